"""Slack's side, on this machine: its Web API, response_urls and a Socket Mode connection, that record what they get."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web


@dataclass(frozen=True)
class Call:
    """`name` is a method of the Web API, or "respond"."""

    name: str
    body: dict[str, Any]
    token: str | None = None
    number: str = ""


@dataclass
class FakeSlack:
    """`answers` gives the reply to a method's body; `statuses` those of the response_urls, one after the other."""

    answers: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = field(default_factory=dict)
    statuses: list[int] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    acknowledged: list[dict[str, Any]] = field(default_factory=list)
    connections: int = 0

    def __post_init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._sockets: list[web.WebSocketResponse] = []
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        assert self._ready.wait(10)

    @property
    def api_url(self) -> str:
        return f"{self.url}/api/"

    def response_url(self, number: int = 1) -> str:
        return f"{self.url}/response/{number}"

    def named(self, name: str) -> list[dict[str, Any]]:
        return [call.body for call in self.calls if call.name == name]

    def wait(self, name: str, count: int = 1, seconds: float = 10) -> list[dict[str, Any]]:
        """The bodies of a method's calls, once there are so many."""
        until(lambda: len(self.named(name)) >= count, seconds)
        return self.named(name)

    def send(self, envelope: dict[str, Any]) -> None:
        """Through the Socket Mode connection."""
        until(lambda: self._sockets)
        text = json.dumps(envelope)
        asyncio.run_coroutine_threadsafe(self._sockets[-1].send_str(text), self._loop).result(5)

    def close(self) -> None:
        for socket in self._sockets:
            asyncio.run_coroutine_threadsafe(socket.close(), self._loop).result(5)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        app = web.Application(client_max_size=4 << 20)
        app.router.add_post("/api/{method}", self._method)
        app.router.add_post("/response/{number}", self._response)
        app.router.add_get("/socket", self._socket)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        self._loop.run_until_complete(runner.setup())
        site = web.TCPSite(runner, "127.0.0.1", 0)
        self._loop.run_until_complete(site.start())
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        self._ready.set()
        self._loop.run_forever()
        self._loop.run_until_complete(runner.cleanup())
        self._loop.close()

    async def _method(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        raw = await request.json() if request.content_type == "application/json" else dict(await request.post())
        raw |= request.query
        body = {
            k: json.loads(v) if k in ("blocks", "view", "chunks") and isinstance(v, str) else v for k, v in raw.items()
        }
        self.calls.append(Call(method, body, request.headers.get("Authorization")))
        usual: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
            "auth.test": lambda _: {
                "ok": True,
                "team": "Wexmoor",
                "team_id": "T1",
                "user_id": "UBOT",
                "bot_id": "BBOT",
            },
            "apps.connections.open": lambda _: {"ok": True, "url": f"{self.url}/socket".replace("http", "ws", 1)},
        }
        answer = self.answers.get(method) or usual.get(method) or (lambda _: {"ok": True, "ts": f"1.{len(self.calls)}"})
        told = dict(answer(body))
        return web.json_response(told, status=told.pop("status", 200))

    async def _response(self, request: web.Request) -> web.Response:
        self.calls.append(Call("respond", await request.json(), number=request.match_info["number"]))
        status = self.statuses.pop(0) if self.statuses else 200
        return web.Response(status=status, text="ok" if status == 200 else "invalid_blocks")

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.connections += 1
        self._sockets.append(socket)
        await socket.send_str(
            json.dumps({"type": "hello", "num_connections": 1, "debug_info": {}, "connection_info": {}})
        )
        async for message in socket:
            if message.type == WSMsgType.TEXT:
                self.acknowledged.append(json.loads(message.data))
        self._sockets.remove(socket)
        return socket


def until(condition: Callable[[], object], seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        threading.Event().wait(0.01)
