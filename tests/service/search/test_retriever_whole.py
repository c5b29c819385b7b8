"""Retrieval over a few made-up reports, with a real index and the real model."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from service.errors import UnknownFilterError
from service.model import Filters
from service.question.abbreviations import Expansion
from service.search.features import FEATURES
from service.search.retriever import _near


def ids(retrieval) -> list[str]:
    return [e.found.paragraph.id for e in retrieval.evidence]


def reports(retrieval) -> set[str]:
    return {e.found.report.id for e in retrieval.evidence}


def test_the_paragraph_that_answers_comes_first(made, understood):
    found = made.retriever.retrieve(understood("What do carers in Marrowby say of the sitting service?"), Filters(), 5)

    assert ids(found)[0] == "marrowby-2025:support-for-carers:2"
    assert [e.fused for e in found.evidence[:2]] == sorted((e.fused for e in found.evidence[:2]), reverse=True)
    assert all(e.dense is not None and -1 <= e.dense <= 1 for e in found.evidence)


def test_a_named_subject_locks_the_search(made, understood):
    found = made.retriever.retrieve(understood("What was learnt from complaints in Quillham?"), Filters(), 20)

    assert reports(found) == {"quillham-2025"} == set(found.reports)
    assert found.paragraphs == 2


def test_superseded_reports_are_left_out_where_nobody_is_named(made, understood):
    found = made.retriever.retrieve(understood("How long do carers wait for an assessment?"), Filters(), 20)

    assert reports(found) == {"marrowby-2025", "quillham-2025"} == set(found.reports)
    assert found.paragraphs == 9


def test_a_chosen_report_is_searched_even_if_superseded(made, understood):
    asked = understood("How long do carers wait for an assessment?")

    found = made.retriever.retrieve(asked, Filters(reports=("marrowby-2022",)), 20)

    assert reports(found) == {"marrowby-2022"}


@pytest.mark.parametrize(
    "wording", ["Learning from complaints", "learning from complaints", "learning-from-complaints"]
)
def test_a_section_filter_takes_any_known_wording(made, understood, wording):
    found = made.retriever.retrieve(understood("Who waits for an assessment?"), Filters(sections=(wording,)), 20)

    assert {e.found.section.path[-1] for e in found.evidence} == {"Learning from complaints"}
    assert reports(found) == {"marrowby-2025", "quillham-2025"}


def test_a_section_that_nobody_knows_is_told(made, understood):
    with pytest.raises(UnknownFilterError) as told:
        made.retriever.retrieve(understood("Who waits?"), Filters(sections=("Zebra crossings",)), 20)
    assert told.value.field == "filters.sections"


def test_every_report_is_searched_by_itself_the_likeliest_first(made, understood):
    asked = understood("Which of them read complaints together every month?")

    (of, first), (again, second) = made.retriever.retrieve_across(asked, Filters(), 2, 2)

    assert of == again == 2  # the superseded one is none of them
    assert reports(first) == {"marrowby-2025"} == set(first.reports)
    assert ids(first)[0] == "marrowby-2025:learning-from-complaints:1"
    assert reports(second) == {"quillham-2025"} == set(second.reports)
    assert len(first.evidence) == len(second.evidence) == 2
    assert (first.paragraphs, second.paragraphs) == (7, 2)
    assert first.timings_ms["embed"] > 0
    assert second.timings_ms["embed"] == 0


def test_of_all_reports_filters_leave_those_that_they_choose(made, understood):
    asked = understood("What was learnt from complaints?")

    def across(filters):
        return [(of, sorted(one.reports)) for of, one in made.retriever.retrieve_across(asked, filters, 2, 2)]

    assert across(Filters(reports=("marrowby-2022",))) == [(1, ["marrowby-2022"])]
    assert across(Filters(sections=("Summary",))) == [(1, ["marrowby-2025"])]


@pytest.mark.parametrize(
    ("words", "meaning", "near"),
    [
        ((0.8, 0.7, 0.5), (0.6, 0.1, 0.1), [0, 1]),
        ((0.8, 0.1, 0.1), (0.6, 0.55, 0.2), [0, 1]),
        ((0.1, 0.8, 0.1), (0.6, 0.1, 0.1), [0, 1]),  # one by its meaning, the other by its words
        ((0.0, 0.0), (0.0, 0.0), [0, 1]),
        ((), (), []),
    ],
)
def test_of_many_reports_those_are_read_that_may_answer(words, meaning, near):
    found = [
        (0.0, at, SimpleNamespace(coverage=np.array([0.0, word]), cosine=np.array([0.0, close])), None)
        for at, (word, close) in enumerate(zip(words, meaning, strict=True))
    ]

    assert [at for _, at, _, _ in _near(found)] == near


def test_what_a_report_repeats_comes_after_everything_else(made, understood):
    found = made.retriever.retrieve(understood("How long do carers wait in Marrowby for an assessment?"), Filters(), 20)

    of_carers = [e.found.paragraph.id for e in found.evidence if e.found.paragraph.text == made.carers]
    assert len(of_carers) == 2
    assert ids(found)[-1] == of_carers[1]


def test_a_search_shows_another_section_before_more_of_the_same(made):
    found = made.retriever.search("What is said about complaints or carers in Marrowby?", Filters(), 6)

    assert len({e.found.section.id for e in found.evidence[:2]}) == 2


def test_a_misspelt_word_still_finds(made, understood):
    found = made.retriever.retrieve(understood("neswletter every quarter for caerrs"), Filters(), 3)

    assert ids(found)[0] == "marrowby-2025:support-for-carers:5"
    assert found.evidence[0].lexical is not None


def test_another_wording_is_searched_for_too(made, understood):
    plain = understood("Is there a gazette in Marrowby?")
    expansion = Expansion(written="gazette", also="newsletter", spells_out=False, of_reports=False)

    before = made.retriever.retrieve(plain, Filters(), 9)
    after = made.retriever.retrieve(replace(plain, expansions=(expansion,)), Filters(), 9)

    def lexical(retrieval) -> float | None:
        return next(e.lexical for e in retrieval.evidence if e.found.paragraph.text.endswith("every quarter."))

    assert lexical(before) is None
    assert lexical(after) is not None


def test_the_features_that_are_fitted_on_are_those_that_rank(made, understood):
    asked = understood("What do carers say of the sitting service?")

    _, candidates, features = made.retriever.candidates(asked, Filters())

    assert features.shape == (len(candidates.keys), len(FEATURES))
    assert np.isfinite(features).all()
    assert (features[:, FEATURES.index("second")] <= features[:, FEATURES.index("cosine")]).all()
    assert features[:, FEATURES.index("lexical")].max() == 1.0
    best = candidates.keys[(features @ np.array(made.retriever._weights.in_order())).argmax()]
    assert made.retriever.retrieve(asked, Filters(), 1).evidence[0].found.key == best


class Preferring:
    name = "preferring"

    def __init__(self, word: str) -> None:
        self.word = word
        self.read: list[str] = []

    def scores(self, question, passages):
        self.read = list(passages)
        return np.array([10.0 if self.word in passage else -10.0 for passage in passages])


def test_a_reranker_reads_the_best_with_their_headings_and_moves_what_it_prefers_up(made, understood):
    asked = understood("What do carers in Marrowby get?")
    plain = made.retriever.retrieve(asked, Filters(), 9)
    reranker = Preferring("helpline")

    found = made.looking_twice(reranker=reranker).retrieve(asked, Filters(), 9)

    assert "Support for carers. Carers could ring a helpline at night." in reranker.read
    assert ids(found)[0] == "marrowby-2025:support-for-carers:3"
    assert ids(plain)[0] != ids(found)[0]
    assert sorted(ids(found)) == sorted(ids(plain))
