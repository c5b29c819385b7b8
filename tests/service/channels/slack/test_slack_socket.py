"""Socket Mode over a real WebSocket: in this process, and as `citewise slack`."""

from __future__ import annotations

import asyncio
import io
import os
import signal
import subprocess
import sys
import threading
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from fake_slack import until

from indexer.build import BuildOptions, build
from indexer.progress import ConsoleProgress
from service import slacking
from service.errors import ServiceError
from service.logs import make_log
from service.metrics import Metrics
from service.settings import Settings

CORPUS = Path(__file__).parents[4] / "corpus"
QUESTION = "What did staff learn from complaints?"


def command(slack, text: str = QUESTION, envelope: str = "e1") -> dict:
    payload = {
        "command": "/ask-reports", "text": text, "team_id": "T1", "channel_id": "C1", "channel_name": "general",
        "user_id": "U1", "response_url": slack.response_url(), "trigger_id": f"t-{envelope}", "api_app_id": "A1",
    }  # fmt: skip
    return {"envelope_id": envelope, "type": "slash_commands", "payload": payload, "accepts_response_payload": True}


@pytest.fixture
def told(slack, tmp_path) -> dict:
    return {
        "slack_bot_token": "xoxb-1", "slack_app_token": "xapp-1", "slack_api_url": slack.api_url,
        "public_url": "https://reports.wexmoor.example", "store_url": f"sqlite:///{tmp_path / 'kept.db'}",
    }  # fmt: skip


@pytest.fixture
def connected(live, told):
    """Within it, questions are answered."""

    @asynccontextmanager
    async def connect():
        log = make_log("error", io.StringIO())
        async with slacking._connected(Settings(**told), live, log, Metrics()) as workspace:
            yield workspace

    return connect


async def seen(condition) -> None:
    await asyncio.to_thread(until, condition)


def test_a_command_is_acknowledged_and_answered(connected, slack):
    async def talk():
        async with connected() as workspace:
            assert workspace == "Wexmoor"
            await asyncio.to_thread(slack.send, command(slack))
            await seen(lambda: slack.named("respond") and slack.acknowledged)

    asyncio.run(talk())
    assert slack.acknowledged[0]["envelope_id"] == "e1"
    assert slack.named("respond")[0]["text"].startswith("Staff learned")
    tokens = {call.name: call.token for call in slack.calls}
    assert tokens["apps.connections.open"] == "Bearer xapp-1"
    assert tokens["auth.test"] == "Bearer xoxb-1"


def test_help_comes_with_the_acknowledgement(connected, slack):
    async def talk():
        async with connected():
            await asyncio.to_thread(slack.send, command(slack, text=""))
            await seen(lambda: slack.acknowledged)

    asyncio.run(talk())
    assert "in your own words" in slack.acknowledged[0]["payload"]["text"]


def test_a_mention_comes_the_same_way(connected, slack):
    event = {"type": "app_mention", "text": f"<@UBOT> {QUESTION}", "user": "U1", "channel": "C1", "ts": "1.0"}
    payload = {"type": "event_callback", "team_id": "T1", "event_id": "Ev1", "api_app_id": "A1", "event": event}

    async def talk():
        async with connected():
            await asyncio.to_thread(
                slack.send,
                {"envelope_id": "e2", "type": "events_api", "payload": payload, "accepts_response_payload": False},
            )
            await seen(lambda: slack.named("chat.postMessage") and slack.acknowledged)

    asyncio.run(talk())
    assert slack.acknowledged[0]["envelope_id"] == "e2"


def test_a_connection_that_slack_ends_is_made_again(connected, slack):
    async def talk():
        async with connected():
            await asyncio.to_thread(slack.send, {"type": "disconnect", "reason": "refresh_requested", "debug_info": {}})
            await seen(lambda: slack.connections == 2)
            await asyncio.to_thread(slack.send, command(slack))
            await seen(lambda: slack.named("respond"))

    asyncio.run(talk())


def test_running_answers_end_before_the_process_does(connected, slack, fake_index):
    going = threading.Event()

    async def talk():
        async with connected():
            fake_index.before = lambda: going.wait(10)
            await asyncio.to_thread(slack.send, command(slack))
            await seen(lambda: slack.acknowledged)
            threading.Timer(0.3, going.set).start()

    asyncio.run(talk())
    assert slack.named("respond")[0]["text"].startswith("Staff learned")
    assert slack.connections == 1


@pytest.mark.parametrize(
    ("method", "named"),
    [("auth.test", "CITEWISE_SLACK_BOT_TOKEN"), ("apps.connections.open", "CITEWISE_SLACK_APP_TOKEN")],
)
def test_a_token_that_slack_does_not_take_is_named(connected, slack, method, named):
    slack.answers[method] = lambda body: {"ok": False, "error": "invalid_auth"}

    async def talk():
        async with connected():
            pytest.fail("it is connected")

    with pytest.raises(ServiceError, match=f"{named}: invalid_auth"):
        asyncio.run(talk())


def test_a_slack_that_cannot_be_reached_is_told(connected, told):
    told["slack_api_url"] = "http://127.0.0.1:9/api/"

    async def talk():
        async with connected():
            pytest.fail("it is connected")

    with pytest.raises(ServiceError, match="cannot be reached"):
        asyncio.run(talk())


def test_the_command_answers_until_it_is_stopped(slack, told, tmp_path):
    index = tmp_path / "index"
    with ConsoleProgress(quiet=True) as progress:
        assert build(CORPUS, index, BuildOptions(), progress).ok
    settings = {f"CITEWISE_{name.upper()}": str(value) for name, value in {**told, "index": index}.items()}
    process = subprocess.Popen(
        [sys.executable, "-c", "from indexer.cli import main; main()", "slack"],
        env={**os.environ, **settings},
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stderr
        lines: list[str] = []
        threading.Thread(target=lambda: lines.extend(iter(process.stderr.readline, "")), daemon=True).start()
        until(lambda: any("Citewise answers in Wexmoor" in line for line in lines), 60)
        question = "How long do unpaid carers wait for an assessment in Brackenshire?"

        def answered() -> bool:
            """Sent until the index is open."""
            texts = [body["text"] for body in slack.named("respond")]
            if texts and "6 weeks" in texts[-1]:
                return True
            if len(texts) == len(slack.acknowledged):
                slack.send(command(slack, question, f"e{len(texts)}"))
                until(lambda: len(slack.named("respond")) > len(texts), 30)
            return False

        until(answered, 60)
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    finally:
        process.kill()
        process.wait()
    assert not [line for line in lines if "Traceback" in line]
