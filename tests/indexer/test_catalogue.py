from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest
from corpora import CORPUS, FakeEncoder, built, write
from hypothesis import given
from hypothesis import strategies as st

from indexer.index.catalogue import Catalogue, merge_ranges
from indexer.index.generations import generation_folder
from indexer.model import BlockKind, Role

DATED = """
[[report]]
file = "borrow.md"
subject = "aldermere"
published = 2023-01-01
[[report]]
file = "aldermere.md"
subject = "Aldermere"
published = 2025-01-01
[[report]]
file = "colne.txt"
subject = "Colne"
"""


@pytest.fixture
def catalogue(corpus: Path, index: Path, fake: FakeEncoder):
    built(write(corpus, {"reports.toml": DATED}), index)
    opened = Catalogue(generation_folder(index) / "catalogue.sqlite")
    yield opened
    opened.close()


def texts(catalogue: Catalogue, ranges: tuple[range, ...] | None) -> list[str]:
    keys = [key for keys in ranges or () for key in keys]
    found = catalogue.paragraphs_by_key(keys)
    return [found[key].paragraph.text for key in keys if key in found]


def test_reports_come_by_subject_then_the_newest_first(catalogue: Catalogue) -> None:
    assert [r.id for r in catalogue.reports()] == ["aldermere", "borrow", "colne", "dunmoor"]
    report = catalogue.report("borrow")
    assert (report.sections, report.paragraphs, report.findings, report.ratings) == (1, 4, 4, 0)
    assert report.metadata.origins["published"] == "reports.toml"
    assert catalogue.report("nobody") is None
    assert catalogue.sections("nobody") == catalogue.paragraphs("nobody") == ()


def test_paragraphs_are_found_by_the_characters_they_hold(catalogue: Catalogue) -> None:
    found = catalogue.holding("31")
    assert {p.report.id for p in found} >= {"borrow"}
    assert all("31" in p.paragraph.text for p in found)
    assert [p.paragraph.text for p in catalogue.holding("31", reports=["borrow"], most=1)] == [
        "31 complaints were upheld."
    ]
    assert catalogue.holding("31", reports=["nobody"]) == ()
    assert catalogue.holding("no such characters") == ()


def test_a_paragraph_with_all_that_is_known_of_it(catalogue: Catalogue) -> None:
    items = [p.paragraph for p in catalogue.paragraphs("borrow")]

    assert [(p.kind, p.text, p.columns) for p in items] == [
        (BlockKind.LIST_ITEM, "31 complaints were upheld.", ()),
        (BlockKind.LIST_ITEM, "Leaders learned from most of them.", ()),
        (BlockKind.TABLE_ROW, "Open enquiries\t31", ("Measure", "Count")),
        (BlockKind.TABLE_ROW, "Closed enquiries\t290", ("Measure", "Count")),
    ]
    assert [p.label for p in items] == ["(a)", "(b)", None, None]
    assert [p.id for p in items] == [f"borrow:complaints:{n}" for n in range(1, 5)]
    assert catalogue.paragraph("borrow:complaints:2").paragraph == items[1]
    assert catalogue.paragraph("borrow:complaints:9") is None
    first = catalogue.paragraphs("borrow")[0]
    assert [p.paragraph.number for p in catalogue.following(first.key, 2)] == [2, 3]


def test_scores_are_not_searched_and_ratings_name_their_paragraph(catalogue: Catalogue) -> None:
    ratings = catalogue.ratings()

    assert [(r.rating.name, r.rating.score) for r in ratings] == [
        ("Safeguarding", 3),
        ("Learning, improvement and innovation", 2),
    ]
    for stored in ratings:
        printed = catalogue.paragraph(stored.rating.paragraph_id)
        assert printed.paragraph.role is Role.RATING
        assert printed.paragraph.text == f"Score: {stored.rating.score}"
        assert catalogue.windows_of(printed.key) == []
        assert stored.section.score == stored.rating.score


@pytest.mark.parametrize(
    ("chosen", "first_words"),
    [
        ({"reports": ["colne"]}, ["The partnership met", "Its wharf office"]),
        ({"reports": ["nobody"]}, []),
        ({"reports": []}, []),
        ({"scores": [2]}, ["Score: 2", "The zebra project"]),
        ({"scores": [1, 4]}, []),
        ({"sections": ["LEARNING, improvement  and innovation"]}, ["Score: 2", "The zebra project"]),
        ({"sections": ["safeguarding", "Access"]}, ["Score: 3", "Safe enquiries were", "People waited 12"]),
        ({"sections": ["Safeguarding"], "reports": ["colne"]}, []),
        ({"reports": ["aldermere", "dunmoor"], "scores": [3]}, ["Score: 3", "Safe enquiries were"]),
    ],
)
def test_ranges_hold_what_meets_every_condition(catalogue: Catalogue, chosen: dict, first_words: list[str]) -> None:
    ranges = catalogue.paragraph_ranges(**chosen)

    assert [" ".join(text.split()[: len(words.split())]) for text, words in zip(
        texts(catalogue, ranges), first_words, strict=True)] == first_words  # fmt: skip


def test_no_condition_is_no_range(catalogue: Catalogue) -> None:
    assert catalogue.paragraph_ranges() is None


def test_all_reports_are_one_range(catalogue: Catalogue) -> None:
    (whole,) = catalogue.paragraph_ranges(reports=[r.id for r in catalogue.reports()])

    assert len(whole) == catalogue.counts()["paragraphs"]


def test_profiles_tell_the_subjects_that_exist(catalogue: Catalogue) -> None:
    assert "generic" in catalogue.profiles()


def test_many_threads_read_the_same(catalogue: Catalogue) -> None:
    def look(number: int) -> object:
        return (
            catalogue.reports(),
            catalogue.paragraphs(list(CORPUS)[number % 4].split(".")[0]),
            catalogue.paragraph_ranges(scores=[2]),
            catalogue.ratings(),
        )

    wanted = [look(number) for number in range(4)]
    with ThreadPoolExecutor(8) as pool:
        assert all(found == wanted[n % 4] for n, found in enumerate(pool.map(look, range(200))))


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 8)).map(lambda t: (t[0], t[0] + t[1]))))
def test_merged_ranges_are_the_fewest_that_hold_the_same(spans: list[tuple[int, int]]) -> None:
    merged = merge_ranges(spans)

    assert {k for r in merged for k in r} == {k for start, stop in spans for k in range(start, stop)}
    assert all(before.stop < after.start for before, after in pairwise(merged))
