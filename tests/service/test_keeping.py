"""The store as the service uses it: whatever becomes of it, answers go on."""

from __future__ import annotations

import io
import json
import threading
from datetime import UTC, datetime, timedelta

import pytest

from service import keeping as module
from service.keeping import Keeping
from service.logs import make_log
from service.store import StoreError, open_store

pytestmark = pytest.mark.anyio


class Fixture:
    def __init__(self, opener, days=30):
        self.lines = io.StringIO()
        self.keeping = Keeping(opener, make_log("info", self.lines), days=days)

    @property
    def log(self):
        return [json.loads(line) for line in self.lines.getvalue().splitlines()]


@pytest.fixture
def address(tmp_path):
    return f"sqlite:///{tmp_path / 'citewise.db'}"


async def test_feedback_and_answers_are_kept(address):
    kept = Fixture(lambda: open_store(address)).keeping
    await kept.feedback("ans_1", "helpful", "Thanks")
    kept.answered("ans_1", "{}")
    assert await kept.answer("ans_1") == "{}"
    kept.close()
    (said,) = open_store(address).feedback()
    assert (said.verdict, said.comment) == ("helpful", "Thanks")


async def test_what_waits_is_written_before_it_ends(address):
    kept = Fixture(lambda: open_store(address)).keeping
    for number in range(20):
        kept.answered(f"ans_{number}", "{}")
    kept.close()
    assert open_store(address).answer("ans_19") == "{}"
    with pytest.raises(StoreError, match="closed"):
        await kept.feedback("ans_1", "helpful")


async def test_a_store_that_cannot_be_opened_is_told_and_tried_again_later(address, monkeypatch):
    tries = []

    def opener():
        tries.append(1)
        if len(tries) == 1:
            raise StoreError("the disk is away")
        return open_store(address)

    fixture = Fixture(opener)
    for _ in range(2):
        with pytest.raises(StoreError, match="the disk is away"):
            await fixture.keeping.feedback("ans_1", "helpful")
    assert len(tries) == 1
    assert [line["event"] for line in fixture.log] == ["store_unavailable"]
    monkeypatch.setattr(module, "_RETRY_SECONDS", 0)
    await fixture.keeping.feedback("ans_1", "helpful")
    fixture.keeping.close()


async def test_an_answer_that_cannot_be_kept_is_a_line_in_the_log_without_the_answer():
    def opener():
        raise StoreError("the disk is away")

    fixture = Fixture(opener)
    fixture.keeping.answered("ans_1", '{"question": "Mrs Doe"}')
    fixture.keeping.close()
    assert fixture.log[-1]["event"] == "store_failed"
    assert "Doe" not in fixture.lines.getvalue()


async def test_a_store_that_hangs_does_not_fill_the_memory(address, monkeypatch):
    monkeypatch.setattr(module, "_MOST_WAITING", 3)
    go_on = threading.Event()

    def opener():
        go_on.wait(20)
        return open_store(address)

    fixture = Fixture(opener)
    for number in range(5):
        fixture.keeping.answered(f"ans_{number}", "{}")
    with pytest.raises(StoreError, match="keep up"):
        await fixture.keeping.feedback("ans_9", "helpful")
    go_on.set()
    fixture.keeping.close()
    assert [open_store(address).answer(f"ans_{n}") for n in (0, 2, 3)] == ["{}", "{}", None]


async def test_what_is_too_old_is_forgotten_at_the_start(address, wait):
    store = open_store(address)
    store.keep_answer("ans_old", "{}", datetime.now(UTC) - timedelta(days=31))
    store.keep_answer("ans_new", "{}", datetime.now(UTC) - timedelta(days=29))
    kept = Fixture(lambda: open_store(address), days=30).keeping
    kept.start()
    wait(lambda: store.answer("ans_old") is None)
    assert store.answer("ans_new") == "{}"
    kept.close()
