"""Slack over HTTP, for a service that Slack can reach."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from slack_bolt.adapter.fastapi.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp

from service.channels.problems import ProblemError
from service.channels.slack.guard import refusal


def slack_routes(app: AsyncApp) -> APIRouter:
    """Three addresses, as Slack's settings ask for three; each takes whatever Slack sends."""
    router = APIRouter(prefix="/slack", include_in_schema=False)
    handler = AsyncSlackRequestHandler(app)

    @router.post("/commands")
    @router.post("/interactions")
    @router.post("/events")
    async def received(request: Request) -> Response:
        refused = refusal(request.headers, await request.body())
        if refused is not None:
            raise ProblemError(*refused)
        return await handler.handle(request)

    return router
