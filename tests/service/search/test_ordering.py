from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.index.catalogue import Span
from indexer.index.rows import StoredParagraph, StoredReport
from indexer.model import BlockKind, Metadata, Paragraph, Role, Section
from service.search.ordering import ordered, repeats_last


def span(first: int, *, report: int = 0, path: tuple[str, ...] = ("Heading",)) -> Span:
    return Span(report=report, path=path, wordings=frozenset(), score=None, first=first, last=first + 9)


ONE, TWO, BARE = span(0), span(10), span(20, path=())


def order(scores: list[float], spans: list[Span], *, again: float = 0.0, limit: int = 10):
    return ordered(np.array(scores), spans, again, limit)


def test_by_score_and_by_place_where_scores_are_equal():
    assert order([0.1, 0.9, 0.5, 0.9], [ONE, TWO, ONE, TWO]) == [1, 3, 2, 0]


def test_no_more_than_are_wanted():
    assert order([0.1, 0.9, 0.5], [ONE, TWO, ONE], limit=2) == [1, 2]
    assert order([], []) == []


@pytest.mark.parametrize(("again", "wanted"), [(0.0, [0, 1, 2, 3]), (0.2, [0, 2, 1, 3]), (0.01, [0, 1, 2, 3])])
def test_another_section_before_a_second_paragraph_that_is_about_as_good(again, wanted):
    assert order([1.0, 0.9, 0.8, 0.5], [ONE, ONE, TWO, ONE], again=again) == wanted


def test_a_section_is_lowered_once_however_many_of_it_are_shown():
    assert order([1.0, 0.95, 0.9, 0.6], [ONE, ONE, ONE, TWO], again=0.2) == [0, 1, 2, 3]


def test_where_there_are_no_headings_nothing_is_lowered():
    assert order([1.0, 0.9, 0.8], [BARE, BARE, TWO], again=0.5) == [0, 1, 2]


@given(st.lists(st.tuples(st.floats(-1, 3), st.integers(0, 4), st.booleans()), max_size=30))
def test_every_place_once(drawn):
    spans = [span(10 * at, report=at % 2, path=("H",) if headed else ()) for _, at, headed in drawn]

    found = order([score for score, _, _ in drawn], spans, again=0.3, limit=99)

    assert sorted(found) == list(range(len(drawn)))
    assert not drawn or drawn[found[0]][0] == max(score for score, _, _ in drawn)


def paragraph(text: str, *, report: str = "a", subject: str | None = None) -> StoredParagraph:
    return StoredParagraph(
        key=0,
        report=StoredReport(
            ordinal=0, id=report, file=report, profile="generic", notices=(), sections=1, paragraphs=1, findings=1,
            ratings=0, metadata=Metadata(subject=subject, published=date(2025, 1, 1)),
        ),
        section=Section(id="s", path=("S",), level=1),
        paragraph=Paragraph(
            id=f"{report}:s:1", section="s", number=1, text=text, digest="", kind=BlockKind.PARAGRAPH,
            role=Role.FINDING,
        ),
    )  # fmt: skip


LONG = "Carers waited eleven weeks for an assessment and most of them were told why it took so long"
NEARLY = LONG.replace("eleven weeks", "Eleven weeks") + "."


def test_what_a_report_says_again_comes_last():
    found = [paragraph(LONG), paragraph(NEARLY), paragraph("Something else"), paragraph(LONG)]
    assert repeats_last(found) == [0, 2, 1, 3]


def test_so_does_what_another_report_on_the_same_subject_says_again():
    found = [paragraph(LONG, subject="Aldermere"), paragraph(LONG, report="b", subject="Aldermere"), paragraph("Other")]
    assert repeats_last(found) == [0, 2, 1]


def test_what_other_bodies_say_alike_stays():
    found = [paragraph(LONG, report=name, subject=name) for name in "abc"] + [paragraph("Other", report="d")]
    assert repeats_last(found) == [0, 1, 2, 3]


def test_another_number_is_another_finding():
    found = [paragraph(f"{LONG} in 2024, {number} of them twice") for number in (41, 97)]
    assert repeats_last(found) == [0, 1]


def test_what_differs_in_a_few_words_of_few_is_no_repeat():
    found = [paragraph("Overdue reviews fell sharply"), paragraph("Overdue reviews rose sharply")]
    assert repeats_last(found) == [0, 1]
