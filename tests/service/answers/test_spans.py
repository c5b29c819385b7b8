"""Which run of a paragraph's sentences is quoted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from read_reports import read, stored

from service.answers.spans import runs
from service.question.expects import Wants

FEW = 0.01


def quoted(sentences, fits, *, wants=Wants.ANYTHING, least=0.5, most=1):
    return [one.text for one in runs(read(stored(" ".join(sentences)), *fits), wants, least, most)]


@pytest.mark.parametrize(
    ("wants", "carries"),
    [
        (Wants.NUMBER, "The average wait is 18 months."),
        (Wants.DATE, "This has been so since March 2023."),
        (Wants.REASON, "This is because two teams were merged."),
    ],
)
def test_a_run_carries_what_is_asked_for_where_the_next_sentence_has_it(wants, carries):
    sentences = ("Carers wait too long.", carries, "A library opened.")

    assert quoted(sentences, (0.9, FEW, FEW), wants=wants) == [f"Carers wait too long. {carries}"]
    assert quoted(sentences, (0.9, FEW, FEW)) == ["Carers wait too long."]


def test_where_no_word_tells_a_reason_what_stands_around_is_quoted():
    sentences = (
        "Rents rose by a third.",
        "Care workers are few.",
        "Mileage is not paid.",
        "Shifts are long.",
        "Staff left.",
    )
    fits = (FEW, 0.9, FEW, FEW, FEW)

    assert quoted(sentences, fits, wants=Wants.REASON) == [" ".join(sentences[:4])]
    assert quoted(sentences, fits) == [sentences[1]]


def test_what_is_asked_for_is_not_looked_for_far_away_and_not_where_it_stands_already():
    far = ("Carers wait too long.", "They say so.", "Leaders know.", "The average wait is 18 months.")
    held = ("Carers wait 18 months.", "Others wait 3 weeks.")

    assert quoted(far, (0.9, FEW, FEW, FEW), wants=Wants.NUMBER) == ["Carers wait too long."]
    assert quoted(held, (0.9, FEW), wants=Wants.NUMBER) == ["Carers wait 18 months."]


@pytest.mark.parametrize(
    "contrast",
    [
        "However, at weekends nobody answered.",
        "Some people had waited all year.",
        "A small number had not heard back.",
        "Except in the north, that is.",
        "But staff disagreed.",
        "This was not the case in winter.",
        "Not all carers agreed.",
        "“But nobody rings back,” one carer said.",
    ],
)
def test_a_contrast_in_the_next_sentence_is_not_cut_off(contrast):
    sentences = ("Calls are answered at once.", contrast, "A library opened.")

    assert quoted(sentences, (0.9, FEW, FEW)) == [f"Calls are answered at once. {contrast}"]


def test_what_is_leaned_on_may_lean_as_well():
    sentences = (
        "Calls are answered late.",
        "This was noticed in May.",
        "It is worse at weekends.",
        "A library opened.",
    )

    assert quoted(sentences, (FEW, FEW, 0.9, FEW)) == [" ".join(sentences[:3])]


@pytest.mark.parametrize("neutral", ["Somebody said so.", "A library opened.", "Some of these are new."])
def test_what_takes_nothing_back_is(neutral):
    assert quoted(("Calls are answered at once.", neutral), (0.9, FEW)) == ["Calls are answered at once."]


@pytest.mark.parametrize(
    "leaning",
    [
        "They also run a helpline.",
        "She had led it since.",
        "The team also visits.",
        "“This helped.”",
        "However, it was closed at weekends.",
        "For example, a hub opened in Marrowby.",
    ],
)
def test_a_sentence_that_leans_brings_the_one_before_it(leaning):
    sentences = ("A library opened.", "A charity supports carers.", leaning)

    assert quoted(sentences, (FEW, FEW, 0.9)) == [f"A charity supports carers. {leaning}"]


@pytest.mark.parametrize("standing", ["One carer told us it was hard.", "Leaders said that more was needed."])
def test_a_sentence_that_stands_alone_brings_nothing(standing):
    assert quoted(("A charity supports carers.", standing), (FEW, 0.9)) == [standing]


def test_a_neighbour_that_fits_about_as_well_belongs_to_it():
    sentences = ("A plan was made.", "Carers wait.", "Staff left.", "Parking is free.")

    assert quoted(sentences, (0.6, 0.9, 0.5, FEW)) == ["A plan was made. Carers wait. Staff left."]


def test_the_best_run_comes_first_and_a_further_one_only_where_it_fits():
    sentences = ("Carers wait.", "A library opened.", "A park opened.", "Staff left.")

    assert quoted(sentences, (0.4, FEW, FEW, 0.9), least=0.3, most=2) == ["Staff left.", "Carers wait."]
    assert quoted(sentences, (0.4, FEW, FEW, 0.9), least=0.5, most=2) == ["Staff left."]
    assert quoted(sentences, (0.4, FEW, FEW, 0.9), least=0.3, most=1) == ["Staff left."]


def test_runs_that_touch_are_one():
    # The second run's best leans on the last sentence of the first.
    sentences = ("Staff left.", "They were not replaced.", "It was said twice.")

    assert quoted(sentences, (0.9, 0.2, 0.4), least=0.3, most=2) == [" ".join(sentences)]
    # The third stands between the first and the second.
    weeks = ("Carers waited.",) * 6
    assert quoted(weeks, (0.0, 0.0, 0.0, 0.0, 0.0, 1.0), least=0.0, most=3) == [" ".join(weeks)]


def test_at_least_one_however_little_it_fits_and_none_of_nothing():
    assert quoted(("Carers wait.",), (0.0,)) == ["Carers wait."]
    assert quoted((), ()) == []


def test_no_more_than_may_be_but_for_what_it_leans_on_and_what_qualifies_it():
    long = [f"Carers in district {n} wait {'very ' * 30}long." for n in range(8)]
    (run,) = quoted(long, [0.9] * 8)
    leaning = ["It began here.", *(["They wait."] * 4), "However, few do."]
    (whole,) = quoted(leaning, [FEW, 0.9, 0.9, 0.9, 0.9, FEW])

    assert len(run) <= 700
    assert whole == " ".join(leaning)


SENTENCES = ("Carers waited 6 weeks.", "They said so.", "However, few left.", "Staff left in May 2024.", "It helped.")


@given(
    st.lists(st.tuples(st.sampled_from(SENTENCES), st.floats(0.0, 1.0)), max_size=9),
    st.sampled_from(sorted(Wants)),
    st.floats(0.0, 1.0),
    st.integers(1, 4),
)
def test_whole_sentences_of_the_paragraph_none_twice(drawn, wants, least, most):
    text = " ".join(sentence for sentence, _ in drawn)
    one = read(stored(text), *(fit for _, fit in drawn))
    found = runs(one, wants, least, most)

    assert bool(found) == bool(drawn)
    assert len(found) <= most
    starts, ends = ({getattr(s, at) for s in one.sentences} for at in ("start", "end"))
    assert all(run.start in starts and run.end in ends for run in found)
    placed = sorted((run.start, run.end) for run in found)
    assert all(end + 1 < start for (_, end), (start, _) in zip(placed, placed[1:], strict=False))
