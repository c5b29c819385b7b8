"""What every store of feedback and answers must do. CITEWISE_TEST_STORE adds a database by its address."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from service.store import Feedback, Store, StoreError, open_store

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
OTHERS = [address] if (address := os.environ.get("CITEWISE_TEST_STORE")) else []


@pytest.fixture(params=["sqlite", *OTHERS])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'a folder' / 'cité 100%.db'}"
    engine = create_engine(request.param)
    with engine.begin() as connection:
        for table in ("feedback", "answers", "alembic_version"):
            connection.execute(text(f"DROP TABLE IF EXISTS {table}"))
    engine.dispose()
    return request.param


@pytest.fixture
def store(address: str, tmp_path: Path) -> Iterator[Store]:
    (tmp_path / "a folder").mkdir()
    with closing(open_store(address)) as opened:
        yield opened


def said(answer: str = "ans_1", verdict="helpful", comment=None, voice="", at=NOON) -> Feedback:
    return Feedback(answer_id=answer, verdict=verdict, comment=comment, voice=voice, at=at)


def test_feedback_comes_back_as_it_was_given_the_oldest_first(store: Store):
    later = said("ans_2", "unhelpful", "Wrong year – “2023”.\n=1+1", at=NOON + timedelta(hours=1))
    first = said()
    store.keep_feedback(later)
    store.keep_feedback(first)
    assert list(store.feedback()) == [first, later]


def test_what_is_said_again_takes_the_place_of_what_was_said_and_keeps_the_comment(store: Store):
    store.keep_feedback(said(comment="Good."))
    changed = said(verdict="unhelpful", at=NOON + timedelta(minutes=1))
    store.keep_feedback(changed)
    (kept,) = store.feedback()
    assert (kept.verdict, kept.comment, kept.at) == ("unhelpful", "Good.", changed.at)


def test_voices_of_one_answer_are_kept_apart(store: Store):
    store.keep_feedback(said(voice="a"))
    store.keep_feedback(said(voice="b", verdict="unhelpful"))
    assert [one.voice for one in store.feedback()] == ["a", "b"]


def test_feedback_is_chosen_by_day_and_verdict(store: Store):
    for days, verdict in enumerate(("helpful", "unhelpful", "helpful")):
        store.keep_feedback(said(f"ans_{days}", verdict, at=NOON + timedelta(days=days)))
    assert [one.answer_id for one in store.feedback(since=NOON + timedelta(days=1))] == ["ans_1", "ans_2"]
    assert [one.answer_id for one in store.feedback(verdict="unhelpful")] == ["ans_1"]


def test_times_are_in_utc_whatever_they_were_said_in(store: Store):
    store.keep_feedback(said(at=datetime.fromisoformat("2026-07-01T00:30:00+01:00")))
    (kept,) = store.feedback()
    assert kept.at.isoformat() == "2026-06-30T23:30:00+00:00"


def test_an_answer_comes_back_word_for_word_and_others_not_at_all(store: Store):
    store.keep_answer("ans_1", '{"answer": "é 𝄞"}', NOON)
    assert store.answer("ans_1") == '{"answer": "é 𝄞"}'
    assert store.answer("ans_2") is None


def test_what_is_old_is_forgotten_and_nothing_else(store: Store):
    store.keep_feedback(said("ans_old", at=NOON - timedelta(days=2)))
    store.keep_feedback(said("ans_new"))
    store.keep_answer("ans_old", "{}", NOON - timedelta(days=2))
    store.keep_answer("ans_new", "{}", NOON)
    assert store.forget(NOON - timedelta(days=1)) == 2
    assert [one.answer_id for one in store.feedback()] == ["ans_new"]
    assert (store.answer("ans_old"), store.answer("ans_new")) == (None, "{}")


def test_what_was_kept_is_there_when_it_is_opened_again(store: Store, address: str):
    store.keep_feedback(said())
    with closing(open_store(address)) as again:
        assert len(list(again.feedback())) == 1


def test_several_processes_may_write_the_same(store: Store, address: str):
    def write(number: int) -> None:
        with closing(open_store(address)) as other:
            for _ in range(5):
                other.keep_feedback(said(voice=str(number % 2)))

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(write, range(4)))
    assert len(list(store.feedback())) == 2


def test_a_store_of_a_newer_version_is_left_alone(store: Store, address: str):
    engine = create_engine(address)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(StoreError, match="newer version"):
        open_store(address)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("not an address", "no database address"),
        ("nosuch://host/db", "no database address"),
        ("sqlite:////no/such/folder/citewise.db", "unable to open"),
    ],
)
def test_what_cannot_be_opened_is_told_in_one_line(wrong: str, told: str):
    with pytest.raises(StoreError, match=told) as fault:
        open_store(wrong)
    assert "\n" not in str(fault.value)


def test_a_password_is_never_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    (tmp_path / "broken.db").write_bytes(b"no database" * 100)
    with pytest.raises(StoreError) as fault:
        open_store(f"sqlite:///{tmp_path / 'broken.db'}")
    assert "not a database" in str(fault.value)
    with pytest.raises(StoreError) as fault:
        open_store("postgresql+nosuchdriver://user:hunter2@127.0.0.1:1/db")
    assert "hunter2" not in str(fault.value)
