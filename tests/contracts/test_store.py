"""What every `Store` must do. A new engine joins by a line in STORES; nothing here knows how it works inside."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from plain_store import Contents, PlainStore

from indexer.encoders.port import Vectors
from indexer.index import vectors
from indexer.index.store import LocalStore, Match, Store
from indexer.index.terms import TermsDraft, TermsOf
from indexer.index.vectors import QUICK_NAME, VectorDraft


def local(folder: Path, contents: Contents) -> Store:
    dimension = len(next(iter(contents.vectors.values()), (0.0, 0.0)))
    made = VectorDraft.empty(dimension)
    if contents.vectors:
        made.add(list(contents.vectors), np.array(list(contents.vectors.values()), np.float32))
    made.remove(contents.removed_windows)
    made.write(folder)
    words = TermsDraft(folder)
    words.add(contents.words)
    for report in contents.removed_reports:
        words.remove(report)
    words.commit()
    return LocalStore(folder)


STORES: dict[str, Callable[[Path, Contents], Store]] = {
    "plain": lambda folder, contents: PlainStore(contents),
    "local": local,
}


@pytest.fixture(params=STORES)
def store_of(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[Contents], Store]]:
    opened: list[Store] = []

    def make(contents: Contents) -> Store:
        folder = tmp_path / str(len(opened))
        folder.mkdir()
        opened.append(STORES[request.param](folder, contents))
        return opened[-1]

    yield make
    for store in opened:
        store.close()


def pairs(matches: Sequence[Match]) -> list[tuple[int, float]]:
    return [(m.key, pytest.approx(m.score, abs=1e-5)) for m in matches]


# On a circle: the cosine with the first axis can be read off.
CIRCLE = {10: (1.0, 0.0), 11: (0.8, 0.6), 12: (0.6, 0.8), 13: (0.0, 1.0), 20: (-0.6, 0.8), 21: (-1.0, 0.0)}
EAST = np.array([1.0, 0.0], np.float32)


@pytest.mark.parametrize(
    ("limit", "within", "wanted"),
    [
        (3, None, [(10, 1.0), (11, 0.8), (12, 0.6)]),
        (100, None, [(10, 1.0), (11, 0.8), (12, 0.6), (13, 0.0), (20, -0.6), (21, -1.0)]),
        (1, None, [(10, 1.0)]),
        (0, None, []),
        (2, [range(11, 14)], [(11, 0.8), (12, 0.6)]),
        (9, [range(12, 13), range(20, 21)], [(12, 0.6), (20, -0.6)]),
        (9, [range(11), range(13, 1_000_000)], [(10, 1.0), (13, 0.0), (20, -0.6), (21, -1.0)]),
        (9, [range(14, 20)], []),
        (9, [range(11, 11)], []),
        (9, [range(11, 11), range(12, 12)], []),
        (9, [], []),
        (9, (), []),
    ],
)
def test_nearest(store_of, limit: int, within: list[range] | None, wanted: list[tuple[int, float]]) -> None:
    store = store_of(Contents(vectors=CIRCLE))

    assert pairs(store.nearest(EAST, limit=limit, within=within)) == wanted


def test_the_nearest_of_nothing(store_of) -> None:
    store = store_of(Contents())

    assert store.nearest(EAST, limit=5) == []
    assert store.nearest(EAST, limit=5, within=[range(9)]) == []


def test_ties_are_all_found(store_of) -> None:
    store = store_of(Contents(vectors={5: (0.0, 1.0), 3: (0.6, 0.8), 9: (0.6, 0.8), 4: (0.6, 0.8)}))

    found = store.nearest(EAST, limit=3)
    assert sorted(m.key for m in found) == [3, 4, 9]
    assert [m.score for m in found] == [pytest.approx(0.6)] * 3
    # Of more ties than are asked for, any: but none that is worse.
    assert {m.key for m in store.nearest(EAST, limit=2)} < {3, 4, 9}


def test_removed_windows_are_not_found(store_of) -> None:
    store = store_of(Contents(vectors=CIRCLE, removed_windows=[10, 12]))

    assert pairs(store.nearest(EAST, limit=2)) == [(11, 0.8), (13, 0.0)]
    assert store.nearest(EAST, limit=2, within=[range(10, 11)]) == []


def words(key: int, text: str, *, report: int = 1, heading: str = "", title: str = "") -> TermsOf:
    return TermsOf(key=key, report=report, text=text, heading=heading, title=title)


WORDS = (
    words(1, "Carers waited for the zebra", heading="Access", title="Aldermere"),
    words(2, "Carers, carers and more carers", heading="Carers", title="Aldermere"),
    words(3, "The budget of the zebra house rose", report=2, heading="Money", title="Borrow"),
    words(7, "Nothing of the kind", report=2, heading="Zebra crossings", title="Borrow"),
    words(8, "Staff were trained", report=3, heading="Access", title="Zebra and Colne"),
)


@pytest.mark.parametrize(
    ("terms", "limit", "within"),
    [
        ({"zebra": 1.0}, 10, None),
        ({"zebra": 1.0, "carer": 1.0}, 10, None),
        ({"zebra": 1.0, "carer": 0.1}, 10, None),
        ({"zebra": 0.1, "carer": 3.0}, 10, None),
        ({"zebra": 1.0, "carer": 1.0}, 2, None),
        ({"zebra": 1.0, "carer": 1.0}, 0, None),
        ({"zebra": 1.0}, 10, [range(2, 8)]),
        ({"zebra": 1.0}, 10, [range(1, 2), range(8, 9)]),
        ({"zebra": 1.0}, 10, [range(4, 7)]),
        ({"zebra": 1.0}, 10, [range(1, 1)]),
        ({"zebra": 1.0}, 10, []),
        ({"zebra": 1.0}, 10, ()),
        ({"wombat": 1.0}, 10, None),
        ({"wombat": 1.0, "borrow": 1.0}, 10, None),
        ({}, 10, None),
    ],
)
def test_matching(store_of, terms: dict[str, float], limit: int, within: list[range] | None) -> None:
    found = store_of(Contents(words=WORDS)).matching(terms, limit=limit, within=within)

    wanted = PlainStore(Contents(words=WORDS)).matching(terms, limit=limit, within=within)
    assert pairs(found) == [(m.key, m.score) for m in wanted]


def test_what_stands_in_the_text_comes_before_what_stands_above_it(store_of) -> None:
    found = store_of(Contents(words=WORDS)).matching({"zebra": 1.0}, limit=10)

    assert {m.key for m in found[:2]} == {1, 3}
    assert [m.key for m in found[2:]] == [7, 8]
    assert all(m.score > 0 for m in found)


def test_ranges_choose_and_do_not_change_the_scores(store_of) -> None:
    store = store_of(Contents(words=WORDS))
    free = {m.key: m.score for m in store.matching({"zebra": 1.0}, limit=10)}

    bound = store.matching({"zebra": 1.0}, limit=10, within=[range(3, 9)])

    assert pairs(bound) == [(key, free[key]) for key in (3, 7, 8)]


def test_removed_reports_are_not_matched(store_of) -> None:
    store = store_of(Contents(words=WORDS, removed_reports=[2]))

    assert {m.key for m in store.matching({"zebra": 1.0}, limit=10)} == {1, 8}
    assert store.matching({"budget": 1.0}, limit=10) == []


def test_rarity(store_of) -> None:
    found = store_of(Contents(words=WORDS)).rarity(["zebra", "carer", "staff", "wombat"])

    # Of five paragraphs, two have the zebra and two the carers in their text, one the staff, none a wombat.
    wanted = {"zebra": 2, "carer": 2, "staff": 1, "wombat": 0}
    assert found == {t: pytest.approx(math.log(1 + (5 - n + 0.5) / (n + 0.5)), rel=1e-6) for t, n in wanted.items()}


def test_cosines(store_of) -> None:
    store = store_of(Contents(vectors=CIRCLE))

    assert store.cosines(EAST, np.array([21, 10, 12])).tolist() == [pytest.approx(c) for c in (-1.0, 1.0, 0.6)]
    assert store.cosines(EAST, np.array([], np.int64)).shape == (0,)


@pytest.mark.parametrize(
    ("weights", "limit", "within"),
    [
        ({"zebra": 2.0, "carer": 1.0}, 10, None),
        ({"zebra": 2.0, "carer": 1.0}, 1, None),
        ({"zebra": 2.0, "access": 0.5, "borrow": 0.25}, 10, None),
        ({"zebra": 2.0, "carer": 1.0}, 10, [range(2, 4)]),
        ({"zebra": 2.0}, 10, []),
        ({"wombat": 1.0}, 10, None),
        ({}, 10, None),
    ],
)
def test_covering(store_of, weights: dict[str, float], limit: int, within: list[range] | None) -> None:
    found = store_of(Contents(words=WORDS)).covering(weights, limit=limit, within=within)

    wanted = PlainStore(Contents(words=WORDS)).covering(weights, limit=limit, within=within)
    assert sorted(pairs(found), key=lambda one: one[0]) == sorted((m.key, m.score) for m in wanted)
    assert [m.score for m in found] == sorted((m.score for m in found), reverse=True)


EACH_WAY = pytest.mark.parametrize("quick_from", [20_000, 1])


def clustered(count: int, *, around: int, dimension: int = 64) -> tuple[dict[int, list[float]], Vectors]:
    """Near-identical vectors, as reports of one family give, and questions that lie close to them."""
    random = np.random.default_rng(7)
    centres = random.normal(size=(around, dimension))
    made = centres[random.integers(0, around, count)] + 0.08 * random.normal(size=(count, dimension))
    asked = centres[random.integers(0, around, 20)] + 0.2 * random.normal(size=(20, dimension))
    made /= np.linalg.norm(made, axis=1, keepdims=True)
    asked /= np.linalg.norm(asked, axis=1, keepdims=True)
    return {key * 3 + 1: row for key, row in enumerate(made.tolist())}, asked.astype(np.float32)


@EACH_WAY
def test_many_clustered_vectors_give_the_exact_ten(
    store_of, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, quick_from: int
) -> None:
    monkeypatch.setattr(vectors, "_QUICK_FROM", quick_from)
    held, asked = clustered(4000, around=40)
    store, plain = store_of(Contents(vectors=held)), PlainStore(Contents(vectors=held))
    if isinstance(store, LocalStore):
        assert bool(list(tmp_path.rglob(QUICK_NAME))) == (quick_from == 1)

    for question in asked:
        for within in (None, [range(100, 5000), range(7000, 7100)]):
            found = store.nearest(question, limit=10, within=within)
            exact = plain.nearest(question, limit=len(held), within=within)
            # By score, not by key: two may lie at one distance as far as single precision tells.
            assert [m.score for m in found] == pytest.approx([m.score for m in exact[:10]], abs=1e-6)
            scores = {m.key: m.score for m in exact}
            assert {m.key: pytest.approx(m.score, abs=1e-6) for m in found} == {m.key: scores[m.key] for m in found}


def test_more_may_be_asked_for_than_there_are(store_of, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors, "_QUICK_FROM", 1)
    store = store_of(Contents(vectors=CIRCLE, removed_windows=[21]))

    assert [m.key for m in store.nearest(EAST, limit=50)] == [10, 11, 12, 13, 20]


@EACH_WAY
def test_many_threads_get_what_one_gets(store_of, monkeypatch: pytest.MonkeyPatch, quick_from: int) -> None:
    monkeypatch.setattr(vectors, "_QUICK_FROM", quick_from)
    held, asked = clustered(400, around=10)
    store = store_of(Contents(vectors=held, words=WORDS))

    def search(number: int) -> tuple[list[Match], list[Match]]:
        terms = {("zebra", "carer", "access", "the")[number % 4]: 1.0}
        ranges = [None, [range(900)]][number % 2]
        return store.nearest(asked[number % 20], limit=5, within=ranges), store.matching(terms, limit=5, within=ranges)

    wanted = [search(number) for number in range(20)]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(search, [n % 20 for n in range(400)]))

    assert all(found[number] == wanted[number % 20] for number in range(400))
