"""The start page, the API's, and a question without JavaScript."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, HTMLResponse, Response

from indexer.errors import CitewiseError
from service.channels.pages.chips import chips
from service.channels.pages.marking import passage_pieces
from service.channels.pages.render import Pages
from service.channels.understood import UNSURE, PartKind, rephrased, strip_of
from service.channels.understood import answered as answered_by
from service.channels.work import Workers
from service.live import OpenGeneration
from service.model import Answer, Filters, Question
from service.suggestions import Suggestions

_STATIC = Path(__file__).parent / "static"
# The one page with a script: its own, which asks its own service, and makes no markup out of text.
_WITH_WIDGET = (
    "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
_LONGEST_QUESTION = 2000
# Nobody waits longer, in seconds, for the questions that the start page suggests.
_LONGEST_START = 3.0
_MOST_VALUES = 100
_READ = ["GET", "HEAD"]

Wordings = Annotated[list[Annotated[str, Query(max_length=300)]] | None, Query(max_length=_MOST_VALUES)]


def _stated(values: list[str] | None) -> tuple[str, ...] | None:
    """A field of a form that was left empty filters nothing."""
    return tuple(value for value in values or () if value.strip()) or None


def _shown(opened: OpenGeneration, answer: Answer, question: str, filters: Filters) -> dict[str, object]:
    """What the page of an answer shows in a form of its own."""
    told = chips(answer, question, filters)
    return {
        "chips": told,
        "rephrased": rephrased(answer),
        "subjects": opened.retriever.subjects.indexed(),
        "about": next((chip.text for chip in told if chip.kind in (PartKind.SUBJECT, PartKind.MISSING)), ""),
        "within": next((chip.text for chip in told if chip.kind is PartKind.SECTION), ""),
        "strip": strip_of(answer),
        "unsure": UNSURE,
        "nearest": [(near, passage_pieces(near)) for near in answer.nearest],
    }


def start_routes(pages: Pages, workers: Workers, *, widget: tuple[str, str]) -> APIRouter:
    """`widget` is the address of the chat widget's module, and its integrity."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
    suggestions = Suggestions()

    async def suggested() -> tuple[str, ...]:
        """Empty before there is an index, and while its questions are tried for the first time."""
        making = asyncio.ensure_future(workers.run(suggestions.of))
        making.add_done_callback(lambda done: done.cancelled() or done.exception())
        try:
            return await asyncio.wait_for(asyncio.shield(making), _LONGEST_START)
        except (TimeoutError, CitewiseError, HTTPException):
            return ()

    @router.api_route("/", methods=_READ)
    async def start(mode: Literal["inline", "launcher"] = "inline") -> Response:
        source, integrity = widget
        page = pages.render("start", mode=mode, source=source, integrity=integrity, suggestions=await suggested())
        return HTMLResponse(page, headers={"Content-Security-Policy": _WITH_WIDGET})

    return router


def fixed_routes(pages: Pages, openapi: Callable[[], Mapping[str, Any]]) -> APIRouter:
    """What does not depend on the index."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    @router.api_route("/docs", methods=_READ)
    async def docs() -> str:
        return pages.render("docs", api=openapi())

    @router.api_route("/static/{sheet}.css", methods=_READ)
    async def style(sheet: Literal["citewise", "start"]) -> Response:
        return FileResponse(_STATIC / f"{sheet}.css", media_type="text/css", headers={"Cache-Control": "max-age=3600"})

    @router.api_route("/static/icon.svg", methods=_READ)
    async def icon() -> Response:
        return FileResponse(_STATIC / "icon.svg", media_type="image/svg+xml", headers={"Cache-Control": "max-age=3600"})

    return router


def asking_routes(
    pages: Pages, workers: Workers, answered: Callable[[Answer], None], *, patiently: bool = False
) -> APIRouter:
    """answered  told of every answer, in a worker's thread.
    patiently  answers may wait for a language model.
    """
    router = APIRouter(include_in_schema=False)

    @router.api_route("/ask", methods=_READ)
    async def ask(
        q: Annotated[str, Query()] = "",
        subject: Wordings = None,
        section: Wordings = None,
        score: Annotated[list[int] | None, Query(max_length=_MOST_VALUES)] = None,
    ) -> Response:
        question = q.replace("\0", "").strip()
        if not question:
            return HTMLResponse(pages.render("ask", question="", answer=None, fault=None))
        if len(question) > _LONGEST_QUESTION:
            fault = f"The question is longer than {_LONGEST_QUESTION:,} characters. Please shorten it."
            page = pages.render("ask", question=question[:_LONGEST_QUESTION], answer=None, fault=fault)
            return HTMLResponse(page, 422)

        filters = Filters(
            subjects=_stated(subject),
            sections=_stated(section),
            scores=tuple(score) if score else None,
        )

        def work(opened: OpenGeneration) -> str:
            answer = answered_by(opened, Question(text=question, filters=filters))
            answered(answer)
            return pages.render(
                "ask", question=question, answer=answer, fault=None, **_shown(opened, answer, question, filters)
            )

        return HTMLResponse(await workers.run(work, patiently=patiently), headers={"Cache-Control": "no-store"})

    return router
