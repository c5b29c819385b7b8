"""The start page, the API's, and a question without JavaScript."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from starlette.responses import FileResponse, HTMLResponse, Response

from service.channels.pages.render import Pages
from service.channels.work import Workers
from service.live import OpenGeneration
from service.model import Answer, Filters, Question

_STATIC = Path(__file__).parent / "static"
# The one page with a script: its own, which asks its own service, and makes no markup out of text.
_WITH_WIDGET = (
    "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
_LONGEST_QUESTION = 2000
_MOST_VALUES = 100
_READ = ["GET", "HEAD"]

Wordings = Annotated[list[Annotated[str, Query(max_length=300)]] | None, Query(max_length=_MOST_VALUES)]


def fixed_routes(pages: Pages, openapi: Callable[[], Mapping[str, Any]], *, widget: tuple[str, str]) -> APIRouter:
    """What does not depend on the index. `widget` is the address of the chat widget's module, and its integrity."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    @router.api_route("/", methods=_READ)
    async def start(mode: Literal["inline", "launcher"] = "inline") -> Response:
        source, integrity = widget
        page = pages.render("start", mode=mode, source=source, integrity=integrity)
        return HTMLResponse(page, headers={"Content-Security-Policy": _WITH_WIDGET})

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
            subjects=tuple(subject) if subject else None,
            sections=tuple(section) if section else None,
            scores=tuple(score) if score else None,
        )

        def work(opened: OpenGeneration) -> str:
            answer = opened.answering.answer(Question(text=question, filters=filters))
            answered(answer)
            return pages.render("ask", question=question, answer=answer, fault=None)

        return HTMLResponse(await workers.run(work, patiently=patiently), headers={"Cache-Control": "no-store"})

    return router
