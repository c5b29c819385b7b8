"""What servers send: pieces of text, counts of tokens, complaints."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx
from pydantic import BaseModel, ConfigDict, ValidationError

from service.language.port import Fault, ModelError, Usage

_LONGEST_WAIT = 30.0
_MOST_SAID = 2000
_BUSY = frozenset({httpx.codes.TOO_MANY_REQUESTS, httpx.codes.SERVICE_UNAVAILABLE})
_OURS = frozenset(
    {httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN, httpx.codes.NOT_FOUND, httpx.codes.PAYMENT_REQUIRED}
)


class Again(Exception):  # noqa: N818 - no error yet: it asks for another try
    """Worth another try. `after` says when, in seconds; `counts` is 0 where the try was none."""

    def __init__(self, fault: Fault, message: str, *, after: float | None = None, counts: int = 1) -> None:
        super().__init__(message)
        self.fault = fault
        self.after = after
        self.counts = counts


class _Said(BaseModel):
    model_config = ConfigDict(extra="ignore")

    content: str | None = None


class _Choice(BaseModel):
    model_config = ConfigDict(extra="ignore")

    delta: _Said | None = None
    message: _Said | None = None


class _Counted(BaseModel):
    model_config = ConfigDict(extra="ignore")

    prompt_tokens: int = 0
    completion_tokens: int = 0


class _Reply(BaseModel):
    model_config = ConfigDict(extra="ignore")

    choices: list[_Choice] = []
    usage: _Counted | None = None
    error: Any = None


def piece(data: str | bytes, used: Callable[[Usage], None], *, streamed: bool) -> str:
    """The text of one event or one whole reply; may be empty.

    Raises ModelError where it is none, or is an error that the server sends as a reply.
    """
    try:
        reply = _Reply.model_validate_json(data)
    except ValidationError as fault:
        raise ModelError(Fault.INVALID, "the server's reply is not that of a chat") from fault
    if reply.error is not None:
        raise ModelError(Fault.UNREACHABLE, "the server broke off with an error")
    if reply.usage is not None:
        used(Usage(prompt=reply.usage.prompt_tokens, completion=reply.usage.completion_tokens))
    said = (c.delta if streamed else c.message for c in reply.choices[:1])
    return "".join(one.content or "" for one in said if one is not None)


def complaint(body: bytes) -> str:
    """What a server says against a request, for looking up what it does not like."""
    text = body[:_MOST_SAID].decode("utf-8", "replace")
    try:
        return json.dumps(json.loads(text), ensure_ascii=False)
    except ValueError:
        return text


def fault_of(response: httpx.Response) -> Exception:
    """For a status that is no success: whether trying again helps."""
    status = response.status_code
    if status in _BUSY:
        return Again(Fault.BUSY, f"the server is busy ({status})", after=_retry_after(response))
    if status in _OURS or httpx.codes.is_redirect(status):
        message = f"the server refuses the request ({status}); check CITEWISE_MODEL_URL, _NAME and _KEY"
        return ModelError(Fault.REJECTED, message)
    if httpx.codes.is_server_error(status):
        return Again(Fault.UNREACHABLE, f"the server fails ({status})")
    return ModelError(Fault.REJECTED, f"the server refuses the request ({status})")


def _retry_after(response: httpx.Response) -> float | None:
    stated = response.headers.get("retry-after", "").strip()
    if not stated:
        return None
    try:
        seconds = float(stated)
    except ValueError:
        try:
            seconds = (parsedate_to_datetime(stated) - datetime.now(UTC)).total_seconds()
        except (TypeError, ValueError):
            return None
    return min(max(0.0, seconds), _LONGEST_WAIT)
