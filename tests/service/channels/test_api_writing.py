"""Answers that take a while: each claim goes out as it stands, and nobody writes for a caller who left."""

from __future__ import annotations

import asyncio
import json
import threading

import pytest

from service.language import Fault, ModelError
from service.model import Citation, Claim, Understood

pytestmark = pytest.mark.anyio
EVENTS = {"accept": "text/event-stream"}


def parsed(body: str) -> list[tuple[str, dict]]:
    found = []
    for block in body.strip().split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.split("\n") if ": " in line and not line.startswith(":"))
        if lines:
            found.append((lines["event"], json.loads(lines["data"])))
    return found


@pytest.fixture
def claim(catalogue):
    found = catalogue.paragraph("aldermere-2025:feedback:1")
    cited = Citation(number=1, found=found, quote=found.paragraph.text[:13], start=0, end=13)
    return Claim(text="Staff learned.", citations=(1,)), (cited,)


async def test_events_come_in_order_and_end_with_the_whole_answer(door, fake_index, claim):
    def writing(observer):
        observer.understood(Understood(subjects=("Aldermere",)))
        observer.found([])
        observer.progressed(1, 2)
        observer.claimed(*claim)

    fake_index.writing = writing
    reply = await door.ask(answerer="generative", headers=EVENTS)
    events = parsed(reply.text)
    assert [name for name, _ in events] == ["meta", "understood", "evidence", "progress", "claim", "done"]
    assert events[1][1]["subjects"] == ["Aldermere"]
    assert events[3][1] == {"read": 1, "of": 2}
    assert events[4][1]["citations"][0]["quote"] == "Staff learned"
    whole = (await door.ask(answerer="generative")).json()
    assert {**events[5][1], "timings_ms": 0} == {**whole, "timings_ms": 0}


async def test_what_fails_before_the_first_event_has_a_status_of_its_own(door, expect_problem):
    expect_problem(await door.ask(answerer="generative", headers=EVENTS), 422)


async def test_what_fails_later_is_an_error_event(door, fake_index, claim):
    def writing(observer):
        observer.claimed(*claim)
        raise RuntimeError("the disk is gone")

    fake_index.writing = writing
    events = parsed((await door.ask(answerer="generative", headers=EVENTS)).text)
    assert [name for name, _ in events] == ["meta", "claim", "error"]
    assert events[2][1]["status"] == 500
    assert "disk" not in json.dumps(events[2][1])


async def test_a_stream_that_is_closed_stops_the_writing(door, fake_index, claim):
    stopped = threading.Event()

    def writing(observer):
        observer.claimed(*claim)
        if observer.stop.wait(10):
            stopped.set()
        raise ModelError(Fault.CANCELLED, "the caller left")

    fake_index.writing = writing
    asking = asyncio.ensure_future(door.ask(answerer="generative", headers=EVENTS))
    await asyncio.sleep(0.2)
    asking.cancel()
    assert await asyncio.to_thread(stopped.wait, 10)


async def test_other_questions_do_not_wait_for_those_that_are_written(door, fake_index):
    go_on = threading.Event()
    fake_index.writing = lambda _observer: go_on.wait(20)
    slow = [asyncio.ensure_future(door.ask(answerer="generative")) for _ in range(12)]
    await asyncio.sleep(0.05)
    assert (await door.ask()).status_code == 200
    go_on.set()
    assert {reply.status_code for reply in await asyncio.gather(*slow)} == {200}
