"""The client of an OpenAI-compatible server: the only module that speaks HTTP to a model."""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import AsyncIterator, Callable, Generator, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import httpx
from anyio.from_thread import start_blocking_portal
from httpx_sse import SSEError, aconnect_sse
from pydantic import SecretStr

from service.language.asking import Asking, Way
from service.language.breaker import Breaker
from service.language.port import Fault, Message, ModelError, Stop, Usage
from service.language.replies import Again, complaint, fault_of, piece

# How often a thread that waits for text looks whether somebody still wants it.
_GLANCE = 0.1
_BACKOFF = 0.5
_TRIES = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Server:
    """Where the model is. `url` is the base that `/chat/completions` is added to; times are in seconds.

    read   how long to wait for the next piece; the first may take long where a prompt is long.
    total  for one text, with waiting for a free place and with trying again.
    """

    url: str
    name: str
    key: SecretStr | None
    connect: float = 5.0
    read: float = 60.0
    total: float = 120.0
    calls: int = 4
    most_tokens: int = 1200


class ChatClient:
    """One loop in one thread of its own does the talking; any thread may ask. Safe for several threads.

    transport  stands in for the network, in tests.
    used       told of the tokens of each text.
    pause      waits, for so many seconds.
    """

    def __init__(
        self,
        server: Server,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        used: Callable[[Usage], None] = lambda _: None,
        pause: Callable[[float], Any] = asyncio.sleep,
        breaker: Breaker | None = None,
    ) -> None:
        self._server = server
        self._transport = transport
        self._used = used
        self._pause = pause
        self._breaker = breaker or Breaker()
        self._asking = Asking()
        self._lock = threading.Lock()
        self._running: _Running | None = None

    @property
    def name(self) -> str:
        return self._server.name

    def write(self, messages: Sequence[Message], schema: Mapping[str, Any], stop: Stop) -> Generator[str, None, None]:
        """As the port says."""
        if not self._breaker.allows():
            raise ModelError(Fault.UNREACHABLE, "the model's server is left alone for a while after faults")
        pieces: queue.SimpleQueue[str | BaseException | None] = queue.SimpleQueue()
        running = self._run()
        task = running.portal.start_task_soon(self._fill, running, pieces, messages, schema)
        try:
            yield from _taken(pieces, task, stop)
        except ModelError as fault:
            if fault.fault in {Fault.UNREACHABLE, Fault.TIMEOUT}:
                self._breaker.failed()
            raise
        finally:
            task.cancel()
        self._breaker.succeeded()

    def unusable(self) -> None:
        self._asking.down(self._asking.way)

    def close(self) -> None:
        with self._lock:
            running, self._running = self._running, None
        if running is not None:
            running.close()

    def _run(self) -> _Running:
        with self._lock:
            if self._running is None:
                self._running = _Running(self._server, self._transport)
            return self._running

    async def _fill(
        self,
        running: _Running,
        pieces: queue.SimpleQueue[str | BaseException | None],
        messages: Sequence[Message],
        schema: Mapping[str, Any],
    ) -> None:
        try:
            async with asyncio.timeout(self._server.total), running.places:
                async for text in self._patiently(running.client, messages, schema):
                    pieces.put(text)
        except TimeoutError:
            pieces.put(ModelError(Fault.TIMEOUT, f"no whole answer within {self._server.total:g} seconds"))
        except asyncio.CancelledError:
            pieces.put(ModelError(Fault.CANCELLED, "the caller left"))
            raise
        except Exception as fault:  # noqa: BLE001 - whatever it is, the thread that waits must learn of it
            pieces.put(fault)
        else:
            pieces.put(None)

    async def _patiently(
        self, client: httpx.AsyncClient, messages: Sequence[Message], schema: Mapping[str, Any]
    ) -> AsyncIterator[str]:
        """Asks again where the server is busy, gone for a moment, or wants to be asked in another way: always before
        the first piece."""
        tries = 0
        while True:
            way, body = self._asking.body(self.name, messages, schema, most_tokens=self._server.most_tokens)
            began = False
            try:
                async for text in self._once(client, way, body):
                    began = True
                    yield text
            except Again as again:
                tries += again.counts
                if began or tries >= _TRIES:
                    raise ModelError(again.fault, str(again)) from again
                await self._pause(
                    again.after if again.after is not None else again.counts * _BACKOFF * 2 ** (tries - 1)
                )
            else:
                return

    async def _once(self, client: httpx.AsyncClient, way: Way, body: Mapping[str, Any]) -> AsyncIterator[str]:
        try:
            async with aconnect_sse(client, "POST", "chat/completions", json=body) as events:
                response = events.response
                if response.status_code != httpx.codes.OK:
                    said = complaint(await response.aread())
                    if response.status_code in _OF_ANOTHER_WAY and self._asking.refused(way, said):
                        raise Again(Fault.INVALID, "the server does not take this way of asking", after=0, counts=0)
                    raise fault_of(response)
                async for text in _texts(events, self._used):
                    yield text
        except httpx.TimeoutException as late:
            connecting = isinstance(late, (httpx.ConnectTimeout, httpx.PoolTimeout))
            raise Again(Fault.UNREACHABLE if connecting else Fault.TIMEOUT, "the server kept silent") from late
        except httpx.TransportError as broken:
            raise Again(Fault.UNREACHABLE, f"the server cannot be reached: {type(broken).__name__}") from broken


_OF_ANOTHER_WAY = frozenset({400, 404, 415, 422, 500, 501})


class _Running:
    """The thread with its loop, the connections, and the places for calls at once."""

    def __init__(self, server: Server, transport: httpx.AsyncBaseTransport | None) -> None:
        self._leaving = ExitStack()
        self.portal = self._leaving.enter_context(start_blocking_portal(name="citewise-model"))
        self.client = self.portal.call(_client, server, transport)
        self.places = self.portal.call(_semaphore, server.calls)

    def close(self) -> None:
        self.portal.call(self.client.aclose)
        self._leaving.close()


async def _semaphore(places: int) -> asyncio.Semaphore:
    return asyncio.Semaphore(places)


async def _client(server: Server, transport: httpx.AsyncBaseTransport | None) -> httpx.AsyncClient:
    headers = {}
    if server.key is not None:
        secret = server.key.get_secret_value()
        headers = {"Authorization": f"Bearer {secret}"}
        if httpx.URL(server.url).host.endswith(".azure.com"):
            headers["api-key"] = secret
    return httpx.AsyncClient(
        base_url=server.url.rstrip("/") + "/",
        headers=headers,
        transport=transport,
        timeout=httpx.Timeout(server.read, connect=server.connect, pool=server.total),
        follow_redirects=False,  # a key is for one server alone
    )


async def _texts(events: Any, used: Callable[[Usage], None]) -> AsyncIterator[str]:
    """The pieces of a streamed reply, or the whole of one that a server did not stream."""
    if "text/event-stream" not in events.response.headers.get("content-type", ""):
        whole = await events.response.aread()
        if text := piece(whole, used, streamed=False):
            yield text
        return
    try:
        async for event in events.aiter_sse():
            if event.data.strip() == "[DONE]":
                return
            if text := piece(event.data, used, streamed=True):
                yield text
    except SSEError as fault:
        raise Again(Fault.INVALID, "the stream is no stream of events") from fault


def _taken(pieces: queue.SimpleQueue[str | BaseException | None], task: Future[None], stop: Stop) -> Iterator[str]:
    while True:
        if stop.is_set():
            task.cancel()
            raise ModelError(Fault.CANCELLED, "the caller left")
        try:
            one = pieces.get(timeout=_GLANCE)
        except queue.Empty:
            continue
        if one is None:
            return
        if isinstance(one, BaseException):
            raise one
        yield one
