"""Pages of plain HTML, readable without JavaScript. What reports and people write is text here, never markup."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from http import HTTPStatus
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from service.channels.problems import Problem
from service.links import marked_url, paragraph_url, report_url, source_fragment_url


class Pages:
    def __init__(self) -> None:
        self._templates = Environment(
            loader=PackageLoader("service.channels.pages"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters |= {"day": _day, "thousands": "{:,}".format}
        self._templates.globals |= {
            "marked_url": marked_url,
            "paragraph_url": paragraph_url,
            "report_url": report_url,
            "source_fragment_url": source_fragment_url,
        }

    def render(self, name: str, **values: Any) -> str:
        """The page of a template; may be called from any thread."""
        return self._templates.get_template(f"{name}.html").render(values)

    def wanted(self, request: Request) -> bool:
        """Whether an error of this request is for a person with a browser."""
        if request.url.path.startswith("/v1/"):
            return False
        accepted = [part.split(";")[0].strip().lower() for part in request.headers.get("accept", "").split(",")]
        return "text/html" in accepted

    def problem(self, problem: Problem, headers: Mapping[str, str]) -> Response:
        phrase = HTTPStatus(problem.status).phrase
        return HTMLResponse(self.render("problem", problem=problem, phrase=phrase), problem.status, dict(headers))


def _day(value: date) -> str:
    return f"{value.day} {value:%B %Y}"
