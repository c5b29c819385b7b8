"""Errors as RFC 9457 problem documents, the same for every status on every surface that speaks HTTP."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from asgi_correlation_id import correlation_id
from fastapi import Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from service.errors import AnswererError, NotReadyError, UnknownFilterError
from service.store import StoreError

MEDIA_TYPE = "application/problem+json"

_RETRY_SECONDS = "2"


class FieldFault(BaseModel):
    field: str = Field(description="The field's path, as in `filters.scores.0`; `body` for the whole.")
    message: str


class Problem(BaseModel):
    """What went wrong. `errors` names the fields that are at fault."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "about:blank",
                    "title": "Unprocessable Content",
                    "status": 422,
                    "detail": "question: String should have at least 1 character",
                    "instance": "urn:request:0f3c8f0e4b1c4a6f8f5d3f1f3f1d2c4b",
                    "errors": [{"field": "question", "message": "String should have at least 1 character"}],
                }
            ]
        }
    )

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    instance: str | None = Field(None, description="The request's id, as in the X-Request-ID header and in the log.")
    errors: list[FieldFault] | None = None


class ProblemError(HTTPException):
    """An HTTP error that names the fields at fault."""

    def __init__(self, status: int, detail: str, *, errors: Sequence[FieldFault] = ()) -> None:
        super().__init__(status, detail)
        self.errors = tuple(errors)


def describe(fault: Exception) -> tuple[Problem, Mapping[str, str]]:
    """The problem document of an exception, and the headers that go with it. Internals stay hidden."""
    if isinstance(fault, RequestValidationError):
        return _problem(422, errors=[_field_fault(e) for e in fault.errors()]), {}
    if isinstance(fault, (UnknownFilterError, AnswererError)):
        return _problem(422, errors=[FieldFault(field=fault.field, message=str(fault))]), {}
    if isinstance(fault, NotReadyError):
        return _problem(503, str(fault)), {"Retry-After": _RETRY_SECONDS}
    if isinstance(fault, StoreError):
        return _problem(503, "feedback and answers cannot be kept or read just now; answers are given as before"), {}
    if isinstance(fault, HTTPException):
        errors = list(fault.errors) if isinstance(fault, ProblemError) else None
        return _problem(fault.status_code, fault.detail, errors=errors), fault.headers or {}
    return _problem(500, "the service failed; its log says more under the request's id"), {}


def problem_response(problem: Problem, headers: Mapping[str, str]) -> Response:
    body = problem.model_dump_json(exclude_none=True)
    return Response(body, problem.status, dict(headers), MEDIA_TYPE)


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The error responses of a route, for the OpenAPI document."""
    schema = {"schema": {"$ref": "#/components/schemas/Problem"}}
    return {status: {"description": HTTPStatus(status).phrase, "content": {MEDIA_TYPE: schema}} for status in statuses}


def busy() -> ProblemError:
    fault = ProblemError(503, "too many questions are waiting; ask again in a moment")
    fault.headers = {"Retry-After": _RETRY_SECONDS}
    return fault


def _problem(status: int, detail: str | None = None, *, errors: list[FieldFault] | None = None) -> Problem:
    title = HTTPStatus(status).phrase
    if detail is None:
        detail = "; ".join(f"{e.field}: {e.message}" for e in errors or ())
    request = correlation_id.get()
    return Problem(
        title=title,
        status=status,
        detail=detail or title,
        instance=f"urn:request:{request}" if request else None,
        errors=errors or None,
    )


def _field_fault(error: Mapping[str, Any]) -> FieldFault:
    place = [str(part) for part in error["loc"][1:]]
    if error["type"] == "json_invalid":
        return FieldFault(field="body", message=f"not valid JSON at character {place[0]}: {error['ctx']['error']}")
    return FieldFault(field=".".join(place) or str(error["loc"][0]), message=error["msg"].removeprefix("Value error, "))
