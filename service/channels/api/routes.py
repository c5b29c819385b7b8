"""The HTTP API's questions: /v1/ask and /v1/search."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from structlog.typing import FilteringBoundLogger

from service.channels.api.ask_request import AskBody, Asked, Wording
from service.channels.api.bodies import AnswerBody, Hit, Hits
from service.channels.api.stream import MEDIA_TYPE as EVENTS
from service.channels.api.stream import Watching, stream_while, wants_stream
from service.channels.problems import ProblemError, documented
from service.channels.understood import answered as answered_by
from service.channels.work import Workers
from service.errors import UnknownFilterError
from service.language import ModelError
from service.live import OpenGeneration
from service.model import Answer, Filters, Question

Answered = Callable[[Answer], None]

JSON = "application/json"
_NOT_KEPT = {"Cache-Control": "no-store"}
# How often, in seconds, to look whether a caller still waits for a language model.
_GLANCE = 0.5
_CALLER_LEFT = 499

_ASK_RESPONSES = {
    200: {
        "description": "The answer; or, where the request accepts text/event-stream, the events "
        "meta, understood, evidence, progress…, claim…, done or error. The data of `done` is the same answer.",
        "content": {EVENTS: {"schema": {"type": "string"}}},
    },
    **documented(400, 413, 415, 422, 500, 503),
}
Values = Query(max_length=100)


async def _json_only(request: Request) -> None:
    message = Message()
    message["content-type"] = request.headers.get("content-type", "")
    kind = message.get_content_type()
    if "content-type" not in request.headers or not (kind == JSON or kind.endswith("+json")):
        raise ProblemError(415, f"the body must be {JSON}, and the Content-Type header must say so")


def ask_routes(
    workers: Workers, answered: Answered, log: FilteringBoundLogger, *, log_questions: bool, usual: str = "extractive"
) -> APIRouter:
    """answered  told of every answer, in a worker's thread.
    usual  the answerer of a question that names none.
    """
    router = APIRouter(prefix="/v1", tags=["questions"])

    @router.post(
        "/ask",
        operation_id="ask",
        summary="Ask a question",
        response_model=AnswerBody,
        responses=_ASK_RESPONSES,
        dependencies=[Depends(_json_only)],
    )
    async def ask(body: AskBody, request: Request) -> Response:
        """Answers a question about the reports, every claim cited to the paragraph that says it."""
        question = body.asked()
        streamed = wants_stream(request.headers.get("accept", ""))
        if log_questions:
            log.info("question", question=question.text)

        patiently = (question.answerer or usual) == "generative"
        if patiently or streamed:
            making = _Making(question=question, answered=answered, patiently=patiently)
            return await _watched(making, request, workers, log if streamed else None)

        def work(opened: OpenGeneration) -> str:
            answer = answered_by(opened, question)
            answered(answer)
            return AnswerBody.of(answer).model_dump_json()

        return Response(await workers.run(work), media_type=JSON, headers=_NOT_KEPT)

    return router


@dataclass(frozen=True, kw_only=True, slots=True)
class _Making:
    """`patiently` where a language model writes."""

    question: Question
    answered: Answered
    patiently: bool


async def _watched(
    making: _Making, request: Request, workers: Workers, stream_log: FilteringBoundLogger | None
) -> Response:
    """Shown as it is made, where it is streamed, and stopped when the caller leaves."""
    watching = Watching()

    def work(opened: OpenGeneration) -> AnswerBody:
        answer = answered_by(opened, making.question, watching)
        making.answered(answer)
        watching.answered(answer)
        return AnswerBody.of(answer)

    working = asyncio.ensure_future(workers.run(work, patiently=making.patiently))
    working.add_done_callback(lambda done: done.cancelled() or done.exception())
    if stream_log is not None:
        return await stream_while(watching, working, stream_log)
    try:
        while not (await asyncio.wait({working}, timeout=_GLANCE))[0]:
            if await request.is_disconnected():
                watching.stop.set()
        made = await working
    except ModelError:  # which only tells that nobody waits any more
        return Response(status_code=_CALLER_LEFT)
    finally:
        watching.stop.set()
    return Response(made.model_dump_json(), media_type=JSON, headers=_NOT_KEPT)


def search_routes(workers: Workers) -> APIRouter:
    router = APIRouter(prefix="/v1", tags=["questions"])

    @router.get(
        "/search",
        operation_id="search",
        summary="Find paragraphs",
        response_model=Hits,
        responses=documented(422, 500, 503),
    )
    async def search(
        q: Annotated[Asked, Query(description="What to look for.", examples=["co-production with carers"])],
        k: Annotated[int, Query(ge=1, le=50, description="How many at most.")] = 10,
        report: Annotated[list[Wording] | None, Values] = None,
        subject: Annotated[list[Wording] | None, Values] = None,
        section: Annotated[list[Wording] | None, Values] = None,
        score: Annotated[list[Annotated[int, Query(ge=0, le=100)]] | None, Values] = None,
    ) -> Response:
        """The paragraphs that fit best, best first. Each filter may be repeated; its values are alternatives."""
        filters = Filters(
            reports=tuple(report) if report else None,
            subjects=tuple(subject) if subject else None,
            sections=tuple(section) if section else None,
            scores=tuple(score) if score else None,
        )

        def work(opened: OpenGeneration) -> str:
            try:
                found = opened.retriever.search(q, filters, k)
            except UnknownFilterError as fault:  # here the filter is a parameter, in the singular
                raise UnknownFilterError(fault.field.removeprefix("filters.").removesuffix("s"), str(fault)) from fault
            hits = [Hit.of(e) for e in found.evidence]
            return Hits(hits=hits, generation=opened.generation, timings_ms=dict(found.timings_ms)).model_dump_json()

        return Response(await workers.run(work), media_type=JSON)

    return router
