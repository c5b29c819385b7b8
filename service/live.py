"""The open index of a running service, and its move to a new generation without dropping a request.

One thread watches the index folder. A new generation is opened beside the old one, and one reference is
swapped; the old one is closed when the last request that uses it ends.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from structlog.typing import FilteringBoundLogger

from indexer.errors import CitewiseError
from indexer.index.catalogue import Catalogue
from service.answers.observer import Observer
from service.errors import NotReadyError
from service.model import Answer, Filters, Question

if TYPE_CHECKING:  # importing it for real would load faiss
    from service.search import Retrieval

_LONGEST_PAUSE = 60.0


class KnowsSubjects(Protocol):
    def indexed(self) -> tuple[str, ...]: ...
    def find(self, wording: str) -> str | None: ...
    def subject_of(self, report_id: str) -> str | None: ...
    def reports_about(self, name: str) -> tuple[str, ...]: ...


class Searches(Protocol):
    @property
    def subjects(self) -> KnowsSubjects: ...
    def search(self, text: str, filters: Filters, limit: int) -> Retrieval: ...


class Answers(Protocol):
    def answer(self, question: Question, observer: Observer | None = None) -> Answer: ...


@dataclass(frozen=True, kw_only=True)
class OpenGeneration:
    """One generation, open and warm: everything that a request needs.

    counts   how many reports, sections, paragraphs, windows and ratings it holds.
    skipped  how many files of the corpus are not in it, for they could not be read.
    release  closes the files; called once, when nobody uses them any more.
    """

    generation: str
    created: datetime
    embedding_model: str
    counts: Mapping[str, int]
    skipped: int
    catalogue: Catalogue
    retriever: Searches
    answering: Answers
    release: Callable[[], None]


@dataclass(frozen=True, kw_only=True)
class Readiness:
    """Whether questions can be answered, and why not; `degraded` where an older generation has to serve."""

    ready: bool
    detail: str
    degraded: bool = False


class LiveIndex:
    """`lease` gives the generation that serves; a thread, from `start` to `close`, keeps it the newest.

    open_newest  opens and warms the newest generation; raises CitewiseError. May take seconds.
    newest       the newest generation's name, cheaply; None where there is no index yet. May raise CitewiseError.
    failed       told of a failure to open the index that was there at the start, after which no thread runs.
    """

    def __init__(
        self,
        folder: Path,
        *,
        open_newest: Callable[[], OpenGeneration],
        newest: Callable[[], str | None],
        seconds: float,
        log: FilteringBoundLogger,
        failed: Callable[[CitewiseError], None] | None = None,
    ) -> None:
        self._folder = folder
        self._open_newest = open_newest
        self._newest = newest
        self._seconds = seconds
        self._log = log
        self._failed = failed
        self._lock = threading.Lock()
        self._held: _Held | None = None
        self._readiness = Readiness(ready=False, detail=f"opening the index in {folder}")
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="citewise-live", daemon=True)

    def start(self) -> None:
        """Begins to open the index, in the background."""
        self._thread.start()

    def close(self) -> None:
        """Ends the watch. The generation is closed when its last user leaves."""
        self._stop.set()
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join(timeout=_LONGEST_PAUSE)
        self._swap(None, Readiness(ready=False, detail="the service is stopping"))

    def readiness(self) -> Readiness:
        return self._readiness

    @contextmanager
    def lease(self) -> Iterator[OpenGeneration]:
        """The serving generation, which stays open for as long as the block runs.

        Raises NotReadyError if there is none yet.
        """
        with self._lock:
            held = self._held
            if held is None:
                raise NotReadyError(self._readiness.detail)
            held.users += 1
        try:
            yield held.opened
        finally:
            self._leave(held)

    def _leave(self, held: _Held) -> None:
        with self._lock:
            held.users -= 1
            last = held.retired and held.users == 0
        if last:
            self._release(held)

    def _swap(self, opened: OpenGeneration | None, readiness: Readiness) -> None:
        with self._lock:
            old, self._held = self._held, _Held(opened) if opened else None
            self._readiness = readiness
            if old is not None:
                old.retired = True
            unused = old is not None and old.users == 0
        if old is not None and unused:
            self._release(old)

    def _release(self, held: _Held) -> None:
        held.opened.release()
        self._log.info("generation_closed", generation=held.opened.generation)

    def _watch(self) -> None:
        starting, pause = True, self._seconds
        while not self._stop.is_set():
            fault = self._keep_newest()
            if fault is not None and starting and self._failed is not None:
                self._failed(fault)
                return
            # What cannot be opened is tried again ever more rarely, but at once when something newer appears.
            pause = min(pause * 2, _LONGEST_PAUSE) if fault is not None else self._seconds
            starting = False
            self._wait(pause, unless_newer=fault is not None)

    def _keep_newest(self) -> CitewiseError | None:
        """Moves to the newest generation if it is another; gives what kept it from that."""
        try:
            newest = self._newest()
            if newest is None:
                self._without_index()
            elif newest != self._serving():
                self._move()
            elif self._readiness.degraded:
                self._readiness = _ready(newest)
        except CitewiseError as fault:
            self._report(fault)
            return fault
        except Exception as fault:  # noqa: BLE001 - the watch must outlive any fault, and tell of it
            error = CitewiseError(f"the index cannot be opened: {type(fault).__name__}: {fault}")
            self._report(error, cause=fault)
            return error
        return None

    def _wait(self, seconds: float, *, unless_newer: bool) -> None:
        before = self._peek() if unless_newer else None
        waited = 0.0
        while waited < seconds and not self._stop.wait(min(self._seconds, seconds - waited)):
            waited += self._seconds
            if unless_newer and self._peek() != before:
                return

    def _peek(self) -> str | None:
        try:
            return self._newest()
        except CitewiseError:
            return None

    def _serving(self) -> str | None:
        return self._held.opened.generation if self._held else None

    def _move(self) -> None:
        opened = self._open_newest()
        if self._stop.is_set():
            opened.release()
            return
        self._swap(opened, _ready(opened.generation))
        self._log.info("generation_serving", generation=opened.generation)

    def _without_index(self) -> None:
        if self._held is None:
            detail = f"there is no index in {self._folder}; run citewise index CORPUS --index {self._folder}"
            self._readiness = Readiness(ready=False, detail=detail)
        else:
            detail = f"the index folder {self._folder} is gone or empty; generation {self._serving()} keeps serving"
            self._readiness = Readiness(ready=True, degraded=True, detail=detail)

    def _report(self, error: CitewiseError, *, cause: BaseException | None = None) -> None:
        self._log.error("generation_not_opened", error=str(error), exc_info=cause)
        if self._held is None:
            self._readiness = Readiness(ready=False, detail=str(error))
        else:
            detail = f"the newest generation cannot be opened ({error}); generation {self._serving()} keeps serving"
            self._readiness = Readiness(ready=True, degraded=True, detail=detail)


class _Held:
    def __init__(self, opened: OpenGeneration) -> None:
        self.opened = opened
        self.users = 0
        self.retired = False


def _ready(generation: str) -> Readiness:
    return Readiness(ready=True, detail=f"generation {generation} is serving")
