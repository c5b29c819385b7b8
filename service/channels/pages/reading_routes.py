"""The reading room: all reports, and one of them to read, with quoted words marked and words to search for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse

from indexer.index.catalogue import StoredReport
from indexer.text import fold
from service.channels.pages.assessments import Assessments
from service.channels.pages.marking import Search, read_mark
from service.channels.pages.render import Pages
from service.channels.pages.report_view import arrange
from service.channels.pages.scales import Scale
from service.channels.problems import ProblemError
from service.channels.work import Workers
from service.live import OpenGeneration

_READ = ["GET", "HEAD"]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Chosen:
    text: str
    family: str
    newest: bool

    def fits(self, report: StoredReport, assessments: Assessments) -> bool:
        if (self.family and report.profile != self.family) or (self.newest and report.id in assessments.older):
            return False
        told = (report.title, assessments.subject(report), report.metadata.subject, report.metadata.publisher)
        known = fold(" ".join(filter(None, told)))
        return all(word in known for word in fold(self.text).split())


def reading_routes(pages: Pages, workers: Workers) -> APIRouter:
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    @router.api_route("/reports", methods=_READ)
    async def reports(
        q: Annotated[str, Query()] = "", family: Annotated[str, Query()] = "", newest: Annotated[str, Query()] = ""
    ) -> str:
        chosen = _Chosen(text=q.replace("\0", "").strip(), family=family, newest=newest == "1")
        return await workers.run(lambda opened: _listing(pages, opened, chosen))

    @router.api_route("/reports/{report_id}", methods=_READ)
    async def report(
        report_id: str, q: Annotated[str, Query()] = "", mark: Annotated[str | None, Query()] = None
    ) -> str:
        return await workers.run(lambda opened: _reading(pages, opened, report_id, q.replace("\0", ""), mark))

    return router


def _listing(pages: Pages, opened: OpenGeneration, chosen: _Chosen) -> str:
    assessments = Assessments(opened)
    families = sorted({(r.profile, assessments.family(r)) for r in assessments.reports}, key=lambda f: f[1].casefold())
    fitting = [r for r in assessments.reports if chosen.fits(r, assessments)]
    groups = [(title, [r for r in fitting if r.profile == name]) for name, title in families]
    return pages.render(
        "reports",
        chosen=chosen,
        families=families,
        groups=[(title, found) for title, found in groups if found],
        older=assessments.older,
        shown=len(fitting),
        total=len(assessments.reports),
    )


def _reading(pages: Pages, opened: OpenGeneration, report_id: str, sought: str, mark: str | None) -> str:
    catalogue = opened.catalogue
    found = catalogue.report(report_id)
    if found is None:
        raise ProblemError(404, "there is no such report in the index")
    search = Search(sought)
    view = arrange(
        found,
        catalogue.sections(found.id),
        catalogue.paragraphs(found.id),
        mark=read_mark(mark or ""),
        search=search,
    )
    return pages.render(
        "report",
        view=view,
        generation=opened.generation,
        others=Assessments(opened).others(found),
        scale=Scale(catalogue.profiles().get(found.profile, {})),
        sought=search.text,
        astray=mark is not None and view.quoted is None,
    )
