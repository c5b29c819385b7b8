from __future__ import annotations

import pytest
from hand_made import COMPLAINTS, answer, gold, known, paragraph, place, read
from hypothesis import given
from hypothesis import strategies as st

from eval.measure import figures
from eval.measure.figures import first_ranks, letters, percentile, shares
from service.model import Outcome, Reason

OTHER = paragraph("The council had a plan for its buildings.", path=("Leadership", "Buildings"))
ELSEWHERE = paragraph("Staff of another council learned from complaints.", file="aldermere.md")


def search_figures(known, found):
    return figures.search_figures(first_ranks(known, [place(one) for one in found]))


def ask_figures(known, given, in_files=()):
    return figures.ask_figures(known, read(given), in_files)


def test_a_search_is_measured_by_the_rank_of_the_first_hit_of_each_kind():
    asked = known(gold("heard back within 28 days", section=("Learning",)))
    found = search_figures(asked, [ELSEWHERE, OTHER, paragraph()])
    assert found == {
        "doc@1": 0.0, "doc@5": 1.0, "doc@10": 1.0, "mrr_doc": 0.5,
        "section@1": 0.0, "section@5": 1.0, "section@10": 1.0, "mrr_section": pytest.approx(1 / 3),
        "passage@1": 0.0, "passage@5": 1.0, "passage@10": 1.0, "mrr_passage": pytest.approx(1 / 3),
    }  # fmt: skip


def test_a_hit_below_the_tenth_is_none():
    found = search_figures(known(gold("heard back")), [*[OTHER] * 10, paragraph()])
    assert (found["passage@10"], found["mrr_passage"]) == (0.0, 0.0)


def test_what_is_not_known_is_not_measured():
    assert "section@1" not in search_figures(known(gold("heard back")), [paragraph()])
    assert "passage@1" not in search_figures(known(gold(section=("Learning",))), [paragraph()])
    assert search_figures(known(), [paragraph()]) == {}
    assert search_figures(known(gold("heard back"), answerable=False), [paragraph()]) == {}


@pytest.mark.parametrize(
    ("path", "fits"),
    [
        (("Leadership", "Learning"), True),
        (("A", "Leadership", "learning"), True),
        (("Learning",), False),
        (("Leadership", "Learning", "Complaints"), False),
    ],
)
def test_a_section_is_hit_where_the_headings_above_end_with_the_golds(path, fits):
    found = search_figures(known(gold(section=("Leadership", "Learning"))), [paragraph(path=path)])
    assert found["section@1"] == float(fits)


def test_a_paragraph_that_is_part_of_a_longer_gold_passage_hits_it_but_a_few_words_do_not():
    passage = f"Before. {COMPLAINTS} After."
    assert search_figures(known(gold(passage)), [paragraph()])["passage@1"] == 1.0
    assert search_figures(known(gold(passage)), [paragraph("Staff learned")])["passage@1"] == 0.0


def test_a_passage_in_the_same_words_of_another_file_is_no_hit():
    found = search_figures(known(gold(COMPLAINTS)), [paragraph(file="aldermere.md")])
    assert (found["passage@1"], found["doc@1"]) == (0.0, 0.0)


def test_a_good_answer_has_every_figure():
    asked = known(gold("within 28 days", section=("Learning",)), answers=["28 days"], must_not=["31 days"])
    assert ask_figures(asked, answer(paragraph()), [True]) == {
        "answered": 1.0, "cited": 1.0, "recall": 1.0, "cited_section": 1.0, "precise": 1.0, "foreign": 0.0, "short_answer": 1.0,
        "must_not": 0.0, "exact_quotes": 1.0, "claims_cited": 1.0,
    }  # fmt: skip


def test_an_answer_from_the_right_section_but_the_wrong_paragraph_is_not_cited():
    asked = known(gold("within 28 days", section=("Learning",)))
    found = ask_figures(asked, answer(paragraph("Lessons were shared."), ELSEWHERE))
    assert (found["cited"], found["cited_section"], found["precise"], found["foreign"]) == (0.0, 1.0, 0.5, 0.5)


def test_where_all_passages_are_needed_one_is_not_enough():
    golds = gold("within 28 days"), gold("a plan for its buildings")
    assert ask_figures(known(*golds), answer(paragraph()))["cited"] == 1.0
    assert ask_figures(known(*golds, whole=True), answer(paragraph()))["cited"] == 0.0
    assert ask_figures(known(*golds, whole=True), answer(paragraph(), OTHER))["cited"] == 1.0


def test_no_answer_to_an_answerable_question_is_not_answered_and_not_cited():
    found = ask_figures(known(gold("within 28 days"), answers=["28 days"]), answer())
    assert (found["answered"], found["cited"], found["short_answer"]) == (0.0, 0.0, 0.0)
    assert "precise" not in found
    assert "exact_quotes" not in found


def test_an_unanswerable_question_is_refused_without_claims_or_by_correcting_it_from_the_gold():
    asked = known(gold("within 28 days"), answerable=False)
    assert ask_figures(asked, answer())["refused"] == 1.0
    assert ask_figures(asked, answer(paragraph()))["refused"] == 0.0
    assert ask_figures(asked, answer(paragraph(), reason=Reason.FALSE_PREMISE))["refused"] == 1.0
    assert ask_figures(asked, answer(OTHER, reason=Reason.FALSE_PREMISE))["refused"] == 0.0


def test_what_must_not_be_said_is_looked_for_in_the_whole_answer():
    asked = known(gold("within"), must_not=["most  CARERS"])
    assert ask_figures(asked, answer(paragraph()))["must_not"] == 1.0


@pytest.mark.parametrize(
    "quote", [(0, 5, "Stuff"), (1, 6, "Staff"), (5, 6, " "), (0, len(COMPLAINTS), COMPLAINTS + " And more.")]
)
def test_a_quote_that_is_not_the_words_at_its_offsets_is_not_exact(quote):
    assert ask_figures(known(gold("x")), answer(paragraph(), quotes=[quote]))["exact_quotes"] == 0.0


@pytest.mark.parametrize(("in_files", "share"), [((), 1.0), ((None,), 1.0), ((True,), 1.0), ((False,), 0.0)])
def test_a_quote_that_does_not_stand_in_its_file_is_not_exact(in_files, share):
    assert ask_figures(known(gold("x")), answer(paragraph()), in_files)["exact_quotes"] == share


def test_of_the_passages_that_are_all_needed_the_cited_share_is_recalled():
    golds = gold("within 28 days"), gold("a plan for its buildings")
    assert ask_figures(known(*golds, whole=True), answer(paragraph()))["recall"] == 0.5
    assert ask_figures(known(*golds), answer(paragraph()))["recall"] == 1.0
    assert ask_figures(known(*golds), answer(ELSEWHERE))["recall"] == 0.0
    assert "recall" not in ask_figures(known(), answer(ELSEWHERE))


def test_how_a_question_ended_is_measured_where_it_says_how_it_may():
    asked = known(answerable=False, outcomes=[Outcome.REFUSED], reasons=[Reason.OUT_OF_SCOPE, Reason.PERSONAL_DATA])
    right = ask_figures(asked, answer(outcome=Outcome.REFUSED, reason=Reason.PERSONAL_DATA))
    assert (right["refused"], right["right_outcome"], right["right_reason"]) == (1.0, 1.0, 1.0)
    wrong = ask_figures(asked, answer(outcome=Outcome.NOT_FOUND, reason=Reason.NO_EVIDENCE))
    assert (wrong["refused"], wrong["right_outcome"], wrong["right_reason"]) == (1.0, 0.0, 0.0)
    none = ask_figures(asked, answer(paragraph()))
    assert (none["right_outcome"], none["right_reason"]) == (0.0, 0.0)
    assert ask_figures(known(answerable=False), answer()).keys() & {"right_outcome", "right_reason"} == set()


@pytest.mark.parametrize("numbers", [(), (2,), (1, 2)])
def test_a_claim_without_a_citation_that_is_there_is_not_cited(numbers):
    found = ask_figures(known(gold("x")), answer(paragraph(), claims=[("Staff learned.", numbers)]))
    assert found["claims_cited"] == 0.0


def test_a_share_is_over_the_questions_that_have_the_figure():
    found = shares([{"cited": 1.0}, {"cited": 0.0}, {"refused": 1.0}])
    assert {name: (share.value, share.of) for name, share in found.items()} == {"refused": (1.0, 1), "cited": (0.5, 2)}


def test_answering_and_refusing_are_balanced_however_many_there_are_of_each():
    found = shares([{"answered": 1.0}, {"answered": 1.0}, {"answered": 1.0}, {"refused": 0.0}])
    assert (found["balanced"].value, found["balanced"].of) == (0.5, 4)
    assert "balanced" not in shares([{"answered": 1.0}])


def test_only_letters_and_digits_are_compared_with_a_file():
    assert letters("* **Staff** learned,\n  within 28 days") == letters("Staff learned within 28 days")


@given(st.lists(st.floats(0, 1e6), min_size=1), st.floats(0.01, 1))
def test_a_percentile_is_the_least_value_that_so_many_do_not_exceed(values, share):
    found = percentile(values, share)
    assert sum(v <= found for v in values) >= share * len(values) - 1e-9
    assert sum(v < found for v in values) < share * len(values)


def test_percentiles_of_a_hundred():
    values = list(range(1, 101))
    assert (percentile(values, 0.5), percentile(values, 0.99), percentile([7.0], 0.99)) == (50, 99, 7.0)
