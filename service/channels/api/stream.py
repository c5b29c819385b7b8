"""An answer as server-sent events: meta, understood, evidence, progress…, claim…, and in the end done or error."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence

from fastapi.sse import EventSourceResponse, format_sse_event
from pydantic import TypeAdapter
from structlog.typing import FilteringBoundLogger

from service.channels.api.bodies import AnswerBody, Hit
from service.channels.api.body import Body
from service.channels.api.passages import CitationBody
from service.channels.api.understood_body import UnderstoodBody
from service.channels.problems import describe
from service.language import Stop
from service.model import Answer, Checked, Citation, Claim, Evidence, Understood

MEDIA_TYPE = "text/event-stream"
_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


class MetaEvent(Body):
    id: str
    standalone_question: str


class ProgressEvent(Body):
    """How many of the reports that are asked one by one are read."""

    read: int
    of: int


class ClaimEvent(Body):
    """One verified claim, with the citations that carry it."""

    text: str
    citations: list[CitationBody]
    check: Checked


_EVIDENCE = TypeAdapter(list[Hit])


def wants_stream(accept: str) -> bool:
    """Whether an Accept header asks for events rather than JSON."""
    for part in accept.split(","):
        name, *parameters = (p.strip().lower() for p in part.split(";"))
        if name == MEDIA_TYPE:
            return not any(p.replace(" ", "") in ("q=0", "q=0.0", "q=0.00", "q=0.000") for p in parameters)
    return False


class Watching:
    """Hands what happens in a worker's thread to the event loop, as events in order.

    `stop` ends the work: it is set when the caller is gone.
    """

    def __init__(self) -> None:
        self.stop = Stop()
        self._loop = asyncio.get_running_loop()
        self._events: asyncio.Queue[tuple[str, str]] = asyncio.Queue()
        self._told: set[str] = set()

    def began(self, answer_id: str, standalone_question: str) -> None:
        self._put("meta", MetaEvent(id=answer_id, standalone_question=standalone_question).model_dump_json())

    def understood(self, understood: Understood) -> None:
        self._put("understood", UnderstoodBody.of(understood).model_dump_json())

    def progressed(self, read: int, of: int) -> None:
        self._put("progress", ProgressEvent(read=read, of=of).model_dump_json())

    def found(self, evidence: Sequence[Evidence]) -> None:
        self._put("evidence", _EVIDENCE.dump_json([Hit.of(e) for e in evidence]).decode())

    def claimed(self, claim: Claim, citations: Sequence[Citation]) -> None:
        cited = [CitationBody.of(c) for c in citations]
        self._put("claim", ClaimEvent(text=claim.text, citations=cited, check=claim.check).model_dump_json())

    def answered(self, answer: Answer) -> None:
        """What the stream owes its reader and was not told while the answer was made."""
        if "meta" not in self._told:
            self.began(answer.id, answer.standalone_question)
        if "understood" not in self._told:
            self.understood(answer.understood)
        if "evidence" not in self._told:
            self.found(answer.evidence)
        if "claim" not in self._told:
            by_number = {c.number: c for c in answer.citations}
            for claim in answer.claims:
                self.claimed(claim, [by_number[number] for number in claim.citations])

    def _put(self, name: str, data: str) -> None:
        self._told.add(name)
        self._loop.call_soon_threadsafe(self._events.put_nowait, (name, data))

    async def events(self, working: asyncio.Task[AnswerBody]) -> AsyncIterator[tuple[str, str]]:
        """What happens, until the work ends; then what it gives, or raises."""
        while True:
            coming = asyncio.ensure_future(self._events.get())
            await asyncio.wait({coming, working}, return_when=asyncio.FIRST_COMPLETED)
            if coming.done():
                yield coming.result()
                continue
            coming.cancel()
            while not self._events.empty():
                yield self._events.get_nowait()
            yield "done", working.result().model_dump_json()
            return


async def stream_while(
    watching: Watching, working: asyncio.Task[AnswerBody], log: FilteringBoundLogger
) -> EventSourceResponse:
    """An answer's events while it is made. The response begins with the first of them, so that what fails before it
    has a status of its own. The work is stopped when the caller leaves."""
    happening = watching.events(working)
    first = await anext(happening)

    async def events() -> AsyncIterator[bytes]:
        try:
            yield _event(*first)
            async for name, data in happening:
                yield _event(name, data)
        except Exception as fault:
            log.exception("stream_failed")
            yield _failed(fault)
        finally:
            watching.stop.set()

    return EventSourceResponse(events(), headers=_HEADERS)


def _event(name: str, data: str) -> bytes:
    return format_sse_event(event=name, data_str=data)


def _failed(fault: Exception) -> bytes:
    problem, _ = describe(fault)
    return _event("error", problem.model_dump_json(exclude_none=True))
