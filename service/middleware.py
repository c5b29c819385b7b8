"""What surrounds every request: its record, the security headers, the limit on its body."""

from __future__ import annotations

import time
from collections.abc import Sequence

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.typing import FilteringBoundLogger

from service.channels.problems import ProblemError, describe, problem_response
from service.metrics import Metrics

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class Recorder:
    """Logs and counts each request; what nobody else caught becomes a problem document here."""

    def __init__(self, app: ASGIApp, *, log: FilteringBoundLogger, metrics: Metrics) -> None:
        self._app = app
        self._log = log
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()
        status = 0

        async def watch(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, watch)
        except Exception as fault:
            self._log.exception("request_failed", method=scope["method"])
            if status:  # too late for another response: the connection has to break
                raise
            problem, headers = describe(fault)
            await problem_response(problem, headers)(scope, receive, watch)
        finally:
            self._record(scope, status, time.perf_counter() - began)

    def _record(self, scope: Scope, status: int, seconds: float) -> None:
        method = scope["method"] if scope["method"] in _METHODS else "other"
        route = _pattern(scope)
        self._metrics.requested(method, route, status, seconds)
        self._log.info("request", method=method, route=route, status=status, ms=round(seconds * 1000, 1))


class SecureHeaders:
    """Pages may load their own style sheet and nothing else; nobody may frame them."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def add(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, add if scope["type"] == "http" else send)


class ListedOrigins(CORSMiddleware):
    """Pages of the listed origins may ask from their own address; others get no permission, and a problem document."""

    def __init__(self, app: ASGIApp, *, origins: Sequence[str]) -> None:
        super().__init__(
            app,
            allow_origins=origins,
            allow_methods=("GET", "POST"),
            allow_headers=("Content-Type",),
            allow_credentials=True,  # a proxy's sign-on may be a cookie, and the origins are exact
            expose_headers=("Retry-After", "X-Request-ID"),
            max_age=600,
        )

    def preflight_response(self, request_headers: Headers) -> Response:
        made = super().preflight_response(request_headers)
        if made.status_code < 400:
            return made
        problem, headers = describe(ProblemError(403, "this origin, method or header is not allowed here"))
        return problem_response(problem, {**headers, "Vary": "Origin"})


class BodyLimit:
    """A body that is too large is a 413 problem as soon as that is known, before it is kept in memory."""

    def __init__(self, app: ASGIApp, *, limit: int) -> None:
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        stated = Headers(scope=scope).get("content-length", "")
        announced = int(stated) if stated.isascii() and stated.isdigit() and len(stated) < 20 else 0
        read = 0

        async def limited() -> Message:
            nonlocal read
            if announced > self._limit:
                raise self._too_large()
            message = await receive()
            read += len(message.get("body", b""))
            if read > self._limit:
                raise self._too_large()
            return message

        await self._app(scope, limited, send)

    def _too_large(self) -> ProblemError:
        return ProblemError(413, f"the body is larger than {self._limit} bytes")


_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def _pattern(scope: Scope) -> str:
    """The route's pattern, never the path itself: that may hold anything."""
    route = scope.get("route")
    return str(getattr(route, "path_format", None) or getattr(route, "path", None) or "none")
