from __future__ import annotations

import io
import json
import threading

import pytest

from indexer.errors import IndexOpenError
from service.errors import NotReadyError
from service.logs import make_log
from service.model import Question

QUESTION = Question(text="What did staff learn from complaints?")


def test_a_move_under_load_loses_no_request_and_closes_what_is_unused(fake_index, live, wait):
    stop = threading.Event()
    failures: list[BaseException] = []
    seen: list[set[str]] = []

    def ask() -> None:
        mine: set[str] = set()
        seen.append(mine)
        while not stop.is_set():
            try:
                with live.lease() as opened:
                    assert opened.generation not in fake_index.released
                    answer = opened.answering.answer(QUESTION)
                    assert answer.provenance.generation == opened.generation
                    assert answer.claims
                    assert opened.generation not in fake_index.released
                    mine.add(opened.generation)
            except BaseException as fault:  # noqa: BLE001 - whatever it is, the test must see it
                failures.append(fault)
                return

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for number in range(2, 12):
        fake_index.current = f"g{number}"
        wait(lambda: fake_index.opened[-1] == fake_index.current and live.readiness().detail.count(fake_index.current))
    stop.set()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(set().union(*seen)) > 3
    assert sorted(fake_index.released) == sorted(f"g{n}" for n in range(1, 11))


def test_a_generation_in_use_stays_open_until_its_last_user_leaves(fake_index, live, wait):
    with live.lease() as first:
        with live.lease():
            fake_index.current = "g2"
            wait(lambda: "g2" in live.readiness().detail)
            with live.lease() as now:
                assert now.generation == "g2"
        assert fake_index.released == []
        assert first.catalogue.reports()
    assert fake_index.released == ["g1"]


def test_without_an_index_it_says_how_to_make_one_and_picks_it_up(fake_index, wait):
    fake_index.current = None
    live = fake_index.live()
    live.start()
    wait(lambda: "there is no index in index" in live.readiness().detail)
    assert "citewise index CORPUS --index index" in live.readiness().detail
    with pytest.raises(NotReadyError, match="no index"), live.lease():
        pass
    fake_index.current = "g1"
    wait(lambda: live.readiness().ready)
    live.close()
    assert fake_index.released == ["g1"]


def test_an_index_that_cannot_be_opened_at_the_start_is_told_and_not_tried_again(fake_index, wait):
    faults = []

    def damaged() -> None:
        raise IndexOpenError("vectors.faiss is damaged; build the index again")

    fake_index.opening = damaged
    live = fake_index.live(failed=faults.append)
    live.start()
    wait(lambda: faults)
    assert str(faults[0]) == "vectors.faiss is damaged; build the index again"
    assert live.readiness().detail == str(faults[0])
    assert not live.readiness().ready
    live.close()


def test_a_failed_move_keeps_the_old_generation_and_recovers(fake_index, wait):
    faults, lines = [], io.StringIO()
    live = fake_index.live(make_log("info", lines), failed=faults.append)
    live.start()
    wait(lambda: live.readiness().ready)

    def damaged() -> None:
        raise IndexOpenError("manifest.json is damaged")

    fake_index.opening = damaged
    fake_index.current = "g2"
    wait(lambda: live.readiness().degraded)
    assert "manifest.json is damaged" in live.readiness().detail
    with live.lease() as opened:
        assert opened.generation == "g1"
    fake_index.opening = lambda: None
    fake_index.current = "g3"
    wait(lambda: live.readiness().ready and not live.readiness().degraded)
    with live.lease() as opened:
        assert opened.generation == "g3"
    live.close()
    assert faults == []
    assert any(json.loads(line).get("error") == "manifest.json is damaged" for line in lines.getvalue().splitlines())


def test_the_same_broken_generation_is_tried_ever_more_rarely(fake_index, live, wait):
    tries = []

    def fail() -> None:
        tries.append(1)
        raise MemoryError("no room")

    fake_index.opening = fail
    fake_index.current = "g2"
    wait(lambda: len(tries) >= 2)
    threading.Event().wait(0.4)
    assert 2 <= len(tries) <= 7  # forty looks at the same interval would have been
    fake_index.opening = lambda: None
    wait(lambda: not live.readiness().degraded)


def test_an_index_that_vanishes_keeps_serving(fake_index, live, wait):
    fake_index.current = None
    wait(lambda: live.readiness().degraded)
    with live.lease() as opened:
        assert opened.answering.answer(QUESTION).claims
    fake_index.current = "g1"
    wait(lambda: not live.readiness().degraded)
    assert fake_index.opened == ["g1"]


def test_closing_while_it_opens_leaves_nothing_open(fake_index, wait):
    gate, begun = threading.Event(), threading.Event()

    def slow() -> None:
        begun.set()
        gate.wait(5)

    fake_index.opening = slow
    live = fake_index.live()
    live.start()
    begun.wait(5)
    closing = threading.Thread(target=live.close)
    closing.start()
    threading.Event().wait(0.02)
    gate.set()
    closing.join(5)
    assert fake_index.released == fake_index.opened == ["g1"]
    with pytest.raises(NotReadyError, match="stopping"), live.lease():
        pass
