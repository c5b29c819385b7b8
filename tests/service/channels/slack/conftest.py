from __future__ import annotations

import hashlib
import hmac
import io
import json
import socket
import threading
import time
from collections.abc import Iterator
from urllib.parse import urlencode

import httpx
import pytest
import uvicorn
from fake_slack import FakeSlack, until
from slack_messages import PUBLIC

from service.app import create_app
from service.logs import make_log
from service.settings import Settings
from service.store import open_store

SECRET = "a signing secret"


class Workplace:
    """The real service over HTTP, and a Slack that posts to it."""

    def __init__(self, live, slack: FakeSlack, store: str, **settings) -> None:
        self.slack = slack
        self.lines = io.StringIO()
        self._store = store
        told = {
            "store_url": store,
            "public_url": PUBLIC,
            "slack_signing_secret": SECRET,
            "slack_bot_token": "xoxb-1",
            "slack_api_url": slack.api_url,
            **settings,
        }
        listening = socket.socket()
        listening.bind(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        app = create_app(Settings(**told), live, make_log("info", self.lines))
        self.server = uvicorn.Server(uvicorn.Config(app, log_config=None, timeout_graceful_shutdown=5))
        self._thread = threading.Thread(target=self.server.run, kwargs={"sockets": [listening]}, daemon=True)
        self._thread.start()
        until(lambda: self.server.started)
        self._count = 0

    @property
    def log(self) -> list[dict]:
        return [json.loads(line) for line in self.lines.getvalue().splitlines()]

    def feedback(self):
        with_store = open_store(self._store)
        try:
            return list(with_store.feedback())
        finally:
            with_store.close()

    def close(self) -> None:
        self.server.should_exit = True
        self._thread.join(30)

    def post(self, path: str, body: bytes, headers: dict[str, str] | None = None, *, age: float = 0) -> httpx.Response:
        """Signed, unless `headers` say otherwise."""
        stamp = str(int(time.time() - age))
        signed = {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": _signature(stamp, body),
        }
        return httpx.post(f"{self.url}{path}", content=body, headers={**signed, **(headers or {})}, timeout=20)

    def command(self, text: str, **more: str) -> httpx.Response:
        self._count += 1
        form = {
            "token": "old", "team_id": "T1", "channel_id": "C1", "channel_name": "general", "user_id": "U1",
            "command": "/ask-reports", "text": text, "api_app_id": "A1", "is_enterprise_install": "false",
            "response_url": self.slack.response_url(), "trigger_id": f"trigger.{self._count}", **more,
        }  # fmt: skip
        return self.post("/slack/commands", urlencode(form).encode())

    def interaction(self, payload: dict) -> httpx.Response:
        return self.post("/slack/interactions", urlencode({"payload": json.dumps(payload)}).encode())

    def press(self, action: str, value: str, **more) -> httpx.Response:
        """A button of an answer that only one person sees."""
        self._count += 1
        payload = {
            "type": "block_actions", "team": {"id": "T1"}, "user": {"id": "U1"}, "channel": {"id": "C1", "name": "general"},
            "container": {"type": "message", "is_ephemeral": True}, "response_url": self.slack.response_url(),
            "trigger_id": f"trigger.{self._count}", "api_app_id": "A1",
            "actions": [{"action_id": action, "block_id": "b", "type": "button", "value": value}], **more,
        }  # fmt: skip
        return self.interaction(payload)

    def event(self, event: dict, **more) -> httpx.Response:
        self._count += 1
        body = {
            "type": "event_callback", "team_id": "T1", "api_app_id": "A1", "event_id": f"Ev{self._count}",
            "event_time": 1, "event": {"user": "U1", "channel": "C1", "ts": f"10.{self._count}", **event}, **more,
        }  # fmt: skip
        return self.post("/slack/events", json.dumps(body).encode(), {"Content-Type": "application/json"})


def _signature(stamp: str, body: bytes) -> str:
    """As Slack makes it; its library's own maker takes only text."""
    return f"v0={hmac.new(SECRET.encode(), f'v0:{stamp}:'.encode() + body, hashlib.sha256).hexdigest()}"


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    running = FakeSlack()
    yield running
    running.close()


@pytest.fixture
def new_workplace(live, slack, tmp_path) -> Iterator:
    opened: list[Workplace] = []

    def make(**settings) -> Workplace:
        opened.append(Workplace(live, slack, f"sqlite:///{tmp_path / 'kept.db'}", **settings))
        return opened[-1]

    yield make
    for one in opened:
        one.close()


@pytest.fixture
def workplace(new_workplace) -> Workplace:
    return new_workplace()
