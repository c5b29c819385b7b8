"""CPU work off the event loop: few threads, a bounded queue, each piece on a leased generation."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import TypeVar

from service.channels.problems import busy
from service.live import LiveIndex, OpenGeneration

Result = TypeVar("Result")

QUEUE = 256
# More wait for each other longer than they gain by it, and those that came first are no longer the first to be told.
_FOR_EACH_CORE = 2
_MOST = 32


class Workers:
    """Long-lived threads, because each keeps its own connection to the catalogue.

    threads  two for each core where it is None.
    patient  threads for work that mostly waits for a language model, so that no other work waits with it.
    """

    def __init__(self, live: LiveIndex, *, threads: int | None, patient: int = 1) -> None:
        threads = threads or min(_FOR_EACH_CORE * (os.cpu_count() or 1), _MOST)
        self._live = live
        self._most = threads + QUEUE
        self._pending = 0
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="citewise-worker")
        self._patient = ThreadPoolExecutor(patient, thread_name_prefix="citewise-patient")

    async def run(self, work: Callable[[OpenGeneration], Result], *, patiently: bool = False) -> Result:
        """What `work` gives, done on the serving generation. Work that still waits when its caller leaves is dropped.

        patiently  it may wait for a language model.
        Raises NotReadyError before an index is open, and a 503 problem when too much is waiting.
        """
        if self._pending >= self._most:
            raise busy()
        self._pending += 1
        pool = self._patient if patiently else self._pool
        future = pool.submit(copy_context().run, self._leased, work)
        try:
            return await asyncio.wrap_future(future)
        finally:
            self._pending -= 1

    def close(self) -> None:
        for pool in (self._pool, self._patient):
            pool.shutdown(wait=False, cancel_futures=True)

    def _leased(self, work: Callable[[OpenGeneration], Result]) -> Result:
        with self._live.lease() as opened:
            return work(opened)
