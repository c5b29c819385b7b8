"""An answer as server-sent events: meta, evidence, claim…, and always done or error at the end."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence

from fastapi.sse import EventSourceResponse, format_sse_event
from pydantic import TypeAdapter
from structlog.typing import FilteringBoundLogger

from service.channels.api.bodies import AnswerBody, Body, CitationBody, Hit
from service.channels.problems import describe

MEDIA_TYPE = "text/event-stream"


class MetaEvent(Body):
    id: str
    standalone_question: str


class ClaimEvent(Body):
    """One verified claim, with the citations that carry it."""

    text: str
    citations: list[CitationBody]


_EVIDENCE = TypeAdapter(list[Hit])


def wants_stream(accept: str) -> bool:
    """Whether an Accept header asks for events rather than JSON."""
    for part in accept.split(","):
        name, *parameters = (p.strip().lower() for p in part.split(";"))
        if name == MEDIA_TYPE:
            return not any(p.replace(" ", "") in ("q=0", "q=0.0", "q=0.00", "q=0.000") for p in parameters)
    return False


def stream(answer: AnswerBody, evidence: Sequence[Hit], log: FilteringBoundLogger) -> EventSourceResponse:
    """A response that has begun cannot fail any more: what goes wrong in it becomes its error event."""

    async def events() -> AsyncIterator[bytes]:
        try:
            for name, data in _events(answer, evidence):
                yield format_sse_event(event=name, data_str=data)
        except Exception as fault:
            log.exception("stream_failed")
            problem, _ = describe(fault)
            yield format_sse_event(event="error", data_str=problem.model_dump_json(exclude_none=True))

    return EventSourceResponse(events(), headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})


def _events(answer: AnswerBody, evidence: Sequence[Hit]) -> Iterator[tuple[str, str]]:
    meta = MetaEvent(id=answer.id, standalone_question=answer.standalone_question)
    yield "meta", meta.model_dump_json()
    yield "evidence", _EVIDENCE.dump_json(list(evidence)).decode()
    by_number = {c.number: c for c in answer.citations}
    for claim in answer.claims:
        event = ClaimEvent(text=claim.text, citations=[by_number[n] for n in claim.citations])
        yield "claim", event.model_dump_json()
    yield "done", answer.model_dump_json()
