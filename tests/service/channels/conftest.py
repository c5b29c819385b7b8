from __future__ import annotations

import io
import json

import httpx
import pytest

from service.app import create_app
from service.logs import make_log
from service.settings import Settings


class Door:
    """The application behind an in-process client, and what it logs."""

    def __init__(self, live, **settings) -> None:
        self.lines = io.StringIO()
        settings = {"store_url": "sqlite://", **settings}
        self.app = create_app(Settings(**settings), live, make_log("info", self.lines))
        self.client = httpx.AsyncClient(transport=httpx.ASGITransport(self.app), base_url="http://citewise.test")

    @property
    def log(self) -> list[dict]:
        return [json.loads(line) for line in self.lines.getvalue().splitlines()]

    async def get(self, path, **more):
        return await self.client.get(path, **more)

    async def ask(self, question="What did staff learn from complaints?", *, headers=None, **more):
        return await self.client.post("/v1/ask", json={"question": question, **more}, headers=headers)


def problem(reply: httpx.Response, status: int) -> dict:
    assert reply.status_code == status, reply.text
    assert reply.headers["content-type"] == "application/problem+json"
    body = reply.json()
    assert body["status"] == status
    assert body["title"]
    assert body["detail"]
    assert body["instance"] == f"urn:request:{reply.headers['x-request-id']}"
    return body


@pytest.fixture
def door(live) -> Door:
    return Door(live)


@pytest.fixture
def new_door():
    return Door


@pytest.fixture
def expect_problem():
    return problem
