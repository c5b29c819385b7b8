"""The store as the service uses it: in a thread of its own, and never in the way of an answer."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from structlog.typing import FilteringBoundLogger

from service.store import Feedback, Store, StoreError, Verdict

Result = TypeVar("Result")

_DAY_SECONDS = 24 * 60 * 60
# More that waits to be written is let go: a store that hangs must not fill the memory.
_MOST_WAITING = 1000
# After a store could not be opened, leave it alone for so many seconds.
_RETRY_SECONDS = 10


class Keeping:
    """Opens the store when it is first needed, and again where that failed.

    days  how long anything is kept.
    """

    def __init__(self, open_store: Callable[[], Store], log: FilteringBoundLogger, *, days: int) -> None:
        self._open = open_store
        self._log = log
        self._days = days
        self._store: Store | None = None
        self._failed: tuple[float, StoreError] | None = None
        self._ended = threading.Event()
        self._waiting = 0
        self._lock = threading.Lock()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="citewise-store")

    def start(self) -> None:
        """Forgets what is too old, now and once a day."""
        threading.Thread(target=self._forget_daily, name="citewise-forget", daemon=True).start()

    async def feedback(self, answer_id: str, verdict: Verdict, comment: str | None = None, voice: str = "") -> None:
        """Kept when this returns. Raises StoreError."""
        said = Feedback(answer_id=answer_id, verdict=verdict, comment=comment, voice=voice, at=datetime.now(UTC))
        await asyncio.wrap_future(self._submit(lambda store: store.keep_feedback(said)))

    async def answer(self, answer_id: str) -> str | None:
        """The answer's JSON as it was given; None where it is not kept. Raises StoreError."""
        return await asyncio.wrap_future(self._submit(lambda store: store.answer(answer_id)))

    def answered(self, answer_id: str, body: str) -> None:
        """Keeps the answer when there is time; what fails is told to the log alone. May be called from any thread."""
        at = datetime.now(UTC)
        self._quietly(lambda store: store.keep_answer(answer_id, body, at))

    def close(self) -> None:
        """Writes what waits, and ends."""
        with self._lock:
            self._ended.set()
        self._thread.submit(self._close_store)
        self._thread.shutdown(wait=True)

    def _forget_daily(self) -> None:
        while True:
            before = datetime.now(UTC) - timedelta(days=self._days)
            self._quietly(lambda store, before=before: store.forget(before))  # type: ignore[misc]
            if self._ended.wait(_DAY_SECONDS):
                return

    def _quietly(self, work: Callable[[Store], object]) -> None:
        def told(done: Future[object]) -> None:
            fault = done.exception()
            if fault is not None:
                self._log.error("store_failed", detail=str(fault))

        try:
            self._submit(work).add_done_callback(told)
        except StoreError as fault:
            self._log.error("store_failed", detail=str(fault))

    def _submit(self, work: Callable[[Store], Result]) -> Future[Result]:
        with self._lock:
            if self._ended.is_set() or self._waiting >= _MOST_WAITING:
                raise StoreError("the store is closed" if self._ended.is_set() else "the store does not keep up")
            self._waiting += 1
            future = self._thread.submit(self._with_store, work)
        future.add_done_callback(self._one_less)
        return future

    def _one_less(self, _done: Future[Result]) -> None:
        with self._lock:
            self._waiting -= 1

    def _with_store(self, work: Callable[[Store], Result]) -> Result:
        if self._store is None:
            self._store = self._opened()
        return work(self._store)

    def _close_store(self) -> None:
        if self._store is not None:
            self._store.close()

    def _opened(self) -> Store:
        now = time.monotonic()
        if self._failed is not None and now - self._failed[0] < _RETRY_SECONDS:
            raise self._failed[1]
        try:
            store = self._open()
        except StoreError as fault:
            self._failed = (now, fault)
            self._log.error("store_unavailable", detail=str(fault))
            raise
        self._failed = None
        return store
