"""The ratings at a glance, as a page and as a file for a spreadsheet."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel
from starlette.responses import HTMLResponse, Response

from service.channels.pages.rating_table import SUBJECT, Chosen, csv_rows, rated_families, rating_table
from service.channels.pages.render import Pages
from service.channels.work import Workers
from service.csv_text import csv_text
from service.live import OpenGeneration

_READ = ["GET", "HEAD"]
_BYTE_ORDER_MARK = "\ufeff"  # without it spreadsheets take the file for one of Windows' older encodings


class _Asked(BaseModel):
    """An address's parameters."""

    family: str = ""
    subject: str = ""
    section: str = ""
    value: str = ""
    newest: str = ""
    sort: str = SUBJECT
    order: str = ""

    def chosen(self) -> Chosen:
        return Chosen(
            family=self.family,
            subject=self.subject.replace("\0", "").strip(),
            section=self.section,
            value=self.value,
            newest=self.newest == "1",
            sort=self.sort,
            falling=self.order == "down",
        )


def rating_page_routes(pages: Pages, workers: Workers, public_url: str | None) -> APIRouter:
    """public_url  what is put before addresses in the file; by default what the request came to."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    @router.api_route("/ratings", methods=_READ)
    async def ratings(asked: Annotated[_Asked, Query()]) -> str:
        return await workers.run(lambda opened: _page(pages, opened, asked.chosen()))

    @router.api_route("/ratings.csv", methods=_READ)
    async def ratings_file(request: Request, asked: Annotated[_Asked, Query()]) -> Response:
        absolute = (public_url or str(request.base_url)).rstrip("/")

        def work(opened: OpenGeneration) -> str:
            table, _ = rating_table(opened, asked.chosen())
            return csv_text(csv_rows(table, absolute) if table else ())

        headers = {"Content-Disposition": 'attachment; filename="ratings.csv"'}
        return Response(_BYTE_ORDER_MARK + await workers.run(work), media_type="text/csv", headers=headers)

    return router


def _page(pages: Pages, opened: OpenGeneration, chosen: Chosen) -> str:
    table, chosen = rating_table(opened, chosen)

    def address(path: str = "/ratings", **changes: str | bool) -> str:
        query = replace(chosen, **changes).query()  # type: ignore[arg-type]
        return f"{path}?{urlencode(query)}" if query else path

    return pages.render("ratings", table=table, chosen=chosen, families=rated_families(opened), address=address)
