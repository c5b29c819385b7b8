"""What the index holds, over HTTP: reports, paragraphs, ratings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from fastapi import APIRouter, Header, Path, Query, Response

from indexer.index.catalogue import StoredReport
from service.channels.api.ask_request import Wording
from service.channels.api.catalogue_bodies import (
    ParagraphBody,
    ParagraphPage,
    RatingEntry,
    Ratings,
    ReportEntry,
    ReportPage,
    ReportWhole,
)
from service.channels.api.paging import Cursor, Limit, page
from service.channels.api.rating_filter import choose
from service.channels.problems import ProblemError, documented
from service.channels.work import Workers
from service.links import report_url
from service.live import OpenGeneration

ReportId = Annotated[str, Path(max_length=200, description="The report's id.")]
ParagraphId = Annotated[
    str, Path(max_length=400, description="`<report>:<section>:<n>`.", examples=["aldermere-2025:safeguarding:2"])
]
Values = Query(max_length=100)
_JSON = "application/json"


def report_routes(workers: Workers) -> APIRouter:
    router = APIRouter(prefix="/v1", tags=["reports"])

    @router.get(
        "/reports",
        operation_id="list_reports",
        summary="List the reports",
        response_model=ReportPage,
        responses=documented(422, 500, 503),
    )
    async def reports(limit: Limit = 50, cursor: Cursor = None) -> Response:
        """All reports, by subject, then the newest first."""

        def work(opened: OpenGeneration) -> Response:
            some = page(opened.catalogue.reports(), lambda r: r.id, limit=limit, cursor=cursor, path="/v1/reports")
            body = ReportPage(reports=[ReportEntry.of(r) for r in some.items], next=some.next)
            return Response(body.model_dump_json(), media_type=_JSON, headers=some.headers)

        return await workers.run(work)

    @router.get(
        "/reports/{report_id}",
        operation_id="get_report",
        summary="A report and its sections",
        response_model=ReportWhole,
        responses=documented(404, 422, 500, 503),
    )
    async def report(report_id: ReportId) -> Response:
        def work(opened: OpenGeneration) -> Response:
            found = _report(opened, report_id)
            body = ReportWhole.with_sections(found, opened.catalogue.sections(found.id))
            return Response(body.model_dump_json(), media_type=_JSON)

        return await workers.run(work)

    @router.get(
        "/reports/{report_id}/paragraphs",
        operation_id="list_paragraphs",
        summary="A report's paragraphs",
        response_model=ParagraphPage,
        responses=documented(404, 422, 500, 503),
    )
    async def paragraphs(report_id: ReportId, limit: Limit = 50, cursor: Cursor = None) -> Response:
        """The whole report in reading order, what is no finding included."""

        def work(opened: OpenGeneration) -> Response:
            report = _report(opened, report_id)
            path = f"/v1{report_url(report.id)}/paragraphs"
            found = opened.catalogue.paragraphs(report.id)
            some = page(found, lambda p: p.paragraph.id, limit=limit, cursor=cursor, path=path)
            body = ParagraphPage(paragraphs=[ParagraphBody.of(p) for p in some.items], next=some.next)
            return Response(body.model_dump_json(), media_type=_JSON, headers=some.headers)

        return await workers.run(work)

    return router


def paragraph_routes(workers: Workers) -> APIRouter:
    router = APIRouter(prefix="/v1", tags=["reports"])

    @router.get(
        "/paragraphs/{paragraph_id}",
        operation_id="get_paragraph",
        summary="A paragraph",
        response_model=ParagraphBody,
        responses={304: {"description": "Not Modified"}, **documented(404, 422, 500, 503)},
    )
    async def paragraph(paragraph_id: ParagraphId, if_none_match: Annotated[str | None, Header()] = None) -> Response:
        """The paragraph with its place and its published words. Answers 304 to a matching If-None-Match."""

        def work(opened: OpenGeneration) -> Response:
            found = opened.catalogue.paragraph(paragraph_id)
            if found is None:
                raise ProblemError(404, "there is no such paragraph in the index")
            tag = f'"{found.paragraph.digest}-{opened.generation}"'
            headers = {"ETag": tag, "Cache-Control": "no-cache"}
            if if_none_match is not None and _matches(if_none_match, tag):
                return Response(status_code=304, headers=headers)
            return Response(ParagraphBody.of(found).model_dump_json(), media_type=_JSON, headers=headers)

        return await workers.run(work)

    return router


def rating_routes(workers: Workers) -> APIRouter:
    router = APIRouter(prefix="/v1", tags=["ratings"])

    @router.get(
        "/ratings",
        operation_id="list_ratings",
        summary="Every rating that fits",
        response_model=Ratings,
        responses=documented(422, 500, 503),
    )
    async def ratings(
        subject: Annotated[list[Wording] | None, Values] = None,
        section: Annotated[list[Wording] | None, Values] = None,
        score: Annotated[list[Annotated[int, Query(ge=0, le=100)]] | None, Values] = None,
    ) -> Response:
        """All ratings read from the reports, with the paragraph that prints each: complete, with the denominator."""

        def work(opened: OpenGeneration) -> Response:
            chosen = choose(opened, subjects=subject, sections=section, scores=score)
            body = Ratings(ratings=[RatingEntry.of(r) for r in chosen.ratings], reports=chosen.reports)
            return Response(body.model_dump_json(), media_type=_JSON)

        return await workers.run(work)

    return router


def _report(opened: OpenGeneration, report_id: str) -> StoredReport:
    found = opened.catalogue.report(report_id)
    if found is None:
        raise ProblemError(404, "there is no such report in the index")
    return found


def _matches(header: str, tag: str) -> bool:
    tags: Iterable[str] = (part.strip().removeprefix("W/") for part in header.split(","))
    return any(part in ("*", tag) for part in tags)
