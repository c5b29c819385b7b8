"""The client against scripted servers, at the network's edge: what each kind of server is known to answer."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import closing

import httpx
import pytest

from service.language import Fault, Message, ModelError, Stop, Usage
from service.language.breaker import Breaker
from service.language.client import ChatClient, Server

SERVER = Server(url="http://model.example/v1", name="m", key=None, total=5.0)
ASKED = (Message(role="user", content="hello"),)
SCHEMA = {"type": "object"}


def events(*texts: str, usage: tuple[int, int] | None = None) -> httpx.Response:
    data = [json.dumps({"choices": [{"delta": {"content": text}}]}) for text in texts]
    if usage:
        data.append(json.dumps({"choices": [], "usage": {"prompt_tokens": usage[0], "completion_tokens": usage[1]}}))
    body = "".join(f"data: {d}\n\n" for d in [*data, "[DONE]"])
    return httpx.Response(200, headers={"content-type": "text/event-stream"}, content=body)


class Scripted:
    """Answers requests in turn, the last answer again and again; keeps what was sent."""

    def __init__(self, *answers: httpx.Response | Exception | Callable[[dict], httpx.Response]) -> None:
        self.answers = list(answers)
        self.sent: list[dict] = []
        self.headers: list[httpx.Headers] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.sent.append(json.loads(request.content))
        self.headers.append(request.headers)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer(self.sent[-1]) if callable(answer) else answer


@pytest.fixture
def client() -> Iterator[Callable[..., ChatClient]]:
    made: list[ChatClient] = []

    def make(script: Scripted, server: Server = SERVER, **options: object) -> ChatClient:
        async def at_once(seconds: float) -> None:
            paused.append(seconds)

        made.append(ChatClient(server, transport=httpx.MockTransport(script), pause=at_once, **options))
        return made[-1]

    paused: list[float] = []
    make.paused = paused
    yield make
    for one in made:
        one.close()


def said(chat: ChatClient) -> str:
    return "".join(chat.write(ASKED, SCHEMA, Stop()))


def test_pieces_come_and_tokens_are_counted(client) -> None:
    used: list[Usage] = []
    script = Scripted(events("Hel", "lo", usage=(3, 2)))
    assert said(client(script, used=used.append)) == "Hello"
    assert used == [Usage(prompt=3, completion=2)]
    assert script.sent[0]["response_format"]["type"] == "json_schema"
    assert script.sent[0]["stream"] is True


def test_a_reply_that_is_not_streamed_is_taken_whole(client) -> None:
    whole = httpx.Response(200, json={"choices": [{"message": {"content": "Hello"}}]})
    assert said(client(Scripted(whole))) == "Hello"


@pytest.mark.parametrize("status", [400, 422, 500])
def test_a_server_that_refuses_a_schema_is_asked_in_another_way_and_remembered(client, status: int) -> None:
    def answer(body: dict) -> httpx.Response:
        kind = body.get("response_format", {}).get("type")
        return httpx.Response(status, json={"error": "literal_error"}) if kind == "json_schema" else events("ok")

    script = Scripted(answer)
    chat = client(script)
    assert [said(chat), said(chat)] == ["ok", "ok"]
    assert [b.get("response_format", {}).get("type") for b in script.sent] == [
        "json_schema",
        "json_object",
        "json_object",
    ]


def test_one_that_takes_no_format_at_all_is_asked_plainly(client) -> None:
    script = Scripted(lambda body: httpx.Response(400, text="no") if "response_format" in body else events("ok"))
    assert said(client(script)) == "ok"
    assert len(script.sent) == 3


def test_parameters_that_a_model_refuses_are_renamed_or_left_out(client) -> None:
    def answer(body: dict) -> httpx.Response:
        if "max_tokens" in body:
            return httpx.Response(400, json={"error": {"message": "use max_completion_tokens instead of max_tokens"}})
        if "temperature" in body:
            return httpx.Response(400, json={"error": {"param": "temperature", "message": "only the default"}})
        return events("ok")

    script = Scripted(answer)
    assert said(client(script)) == "ok"
    last = script.sent[-1]
    assert last["max_completion_tokens"] == SERVER.most_tokens
    assert last["response_format"]["type"] == "json_schema"


def test_what_cannot_be_used_is_asked_for_in_another_way_next_time(client) -> None:
    script = Scripted(events("no JSON"))
    chat = client(script)
    said(chat)
    chat.unusable()
    said(chat)
    assert script.sent[1]["response_format"] == {"type": "json_object"}


def test_a_busy_server_is_asked_again_when_it_says(client) -> None:
    script = Scripted(httpx.Response(429, headers={"retry-after": "7"}), httpx.Response(503), events("ok"))
    assert said(client(script)) == "ok"
    assert client.paused[0] == 7.0


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (httpx.Response(429), Fault.BUSY),
        (httpx.Response(502), Fault.UNREACHABLE),
        (httpx.Response(401), Fault.REJECTED),
        (httpx.Response(307, headers={"location": "http://elsewhere.example"}), Fault.REJECTED),
        (httpx.ConnectError("refused"), Fault.UNREACHABLE),
        (httpx.ConnectTimeout("slow"), Fault.UNREACHABLE),
        (httpx.ReadTimeout("silent"), Fault.TIMEOUT),
        (httpx.Response(200, text="<html>"), Fault.INVALID),
        (httpx.Response(200, json={"error": {"message": "out of memory"}}), Fault.UNREACHABLE),
    ],
)
def test_each_failure_has_its_name(client, answer: httpx.Response | Exception, fault: Fault) -> None:
    with pytest.raises(ModelError) as raised:
        said(client(Scripted(answer)))
    assert raised.value.fault is fault


def test_the_key_goes_to_the_server_and_into_no_message(client) -> None:
    from pydantic import SecretStr

    script = Scripted(httpx.Response(403))
    server = Server(url="https://x.openai.azure.com/openai/v1", name="m", key=SecretStr("hush"))
    with pytest.raises(ModelError) as raised:
        said(client(script, server))
    assert script.headers[0]["authorization"] == "Bearer hush"
    assert script.headers[0]["api-key"] == "hush"
    assert "hush" not in str(raised.value) + repr(server)


def test_after_three_failures_the_server_is_left_alone_and_then_tried_again(client) -> None:
    now = [0.0]
    script = Scripted(httpx.ConnectError("refused"))
    chat = client(script, breaker=Breaker(lambda: now[0]))
    for _ in range(3):
        with pytest.raises(ModelError):
            said(chat)
    asked = len(script.sent)
    with pytest.raises(ModelError) as raised:
        said(chat)
    assert (raised.value.fault, len(script.sent)) == (Fault.UNREACHABLE, asked)
    now[0] = 16.0
    script.answers = [events("back")]
    assert said(chat) == "back"
    assert said(chat) == "back"


def test_a_caller_who_leaves_ends_the_request(client) -> None:
    begun, ended = threading.Event(), threading.Event()

    class Endless(httpx.AsyncByteStream):
        async def __aiter__(self):
            import asyncio

            try:
                while True:
                    yield b'data: {"choices":[{"delta":{"content":"x"}}]}\n\n'
                    begun.set()
                    await asyncio.sleep(0.01)
            finally:
                ended.set()

    endless = httpx.Response(200, headers={"content-type": "text/event-stream"}, stream=Endless())
    stop = Stop()
    with closing(client(Scripted(endless)).write(ASKED, SCHEMA, stop)) as pieces:
        assert next(pieces) == "x"
        stop.set()
        with pytest.raises(ModelError) as raised:
            list(pieces)
    assert raised.value.fault is Fault.CANCELLED
    assert ended.wait(5)


def test_an_answer_that_does_not_end_in_time_is_cut_off(client) -> None:
    async def never(request: httpx.Request) -> httpx.Response:
        import asyncio

        await asyncio.sleep(60)
        return events("late")

    chat = ChatClient(
        Server(url="http://m.example", name="m", key=None, total=0.05), transport=httpx.MockTransport(never)
    )
    with closing(chat), pytest.raises(ModelError) as raised:
        said(chat)
    assert raised.value.fault is Fault.TIMEOUT
