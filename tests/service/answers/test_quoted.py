"""The reports' own words as an answer, or as what comes nearest."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from judging import Believing, retrieval
from read_reports import read, stored, understood

from indexer.model import BlockKind
from service.answers.quoted import Quoting
from service.model import Outcome, Reason

FACT = "When did the hub open?"
BROAD = "How does the council support carers?"
# Whoever says so claims that nothing is there.
DENIES = re.compile(r"\b(?:not say|says? nothing|not mention|no mention|not (?:covered|contain))\b", re.IGNORECASE)


def judged(asked, *passages, support=0.9, following=(), reports=None):
    quoting = Quoting(SimpleNamespace(following=lambda key, most: following[:most]))
    quoting._reader = Believing(*passages, support=dict.fromkeys(("aldermere", "tovey"), support))
    return quoting, quoting.judged(asked, retrieval(asked, *passages, reports=reports))


def told(text, *passages, most=6, **more):
    quoting, one = judged(understood(text), *passages, **more)
    return quoting.told(one, most)


def texts(text, *passages, **more):
    return [statement.text for statement in told(text, *passages, **more).statements]


def one(text, *fits, key=0, relevance=0.9, **place):
    return read(stored(text, key, **place), *fits, relevance=relevance)


HUB = one("The council planned a hub. It was delayed once. The hub opened in May 2024.", 0.3, 0.1, 0.9)
PARKING = one("Parking is free.", 0.9, key=1, relevance=0.05)


def test_the_port_is_kept_and_every_statement_rests_on_its_own_words():
    asked = understood(FACT)
    quoting, _ = judged(asked, HUB, PARKING)
    answer = quoting.answer(asked, retrieval(asked, HUB, PARKING), 6, SimpleNamespace())

    assert answer.outcome is Outcome.ANSWERED
    assert answer.support == 0.9
    assert [s.text for s in answer.statements] == ["The hub opened in May 2024."]
    for statement in answer.statements:
        (rest,) = statement.rests
        assert rest.found.paragraph.text[rest.start : rest.end] == statement.text


def test_what_is_much_less_likely_than_the_best_is_left_out():
    assert texts(FACT, HUB, PARKING) == ["The hub opened in May 2024."]


def test_the_paragraph_whose_sentence_answers_best_leads():
    weak = one("Hubs are liked by many.", 0.3, relevance=0.8)
    strong = one("The hub opened in May 2024.", 0.9, relevance=0.6, key=1)

    assert texts(FACT, weak, strong)[0] == "The hub opened in May 2024."


def test_the_run_that_answers_best_comes_first():
    text = "Carers are assessed first. A library opened. Staff were hired. Carers then get a budget."
    passage = one(text, 0.6, 0.01, 0.01, 0.9)

    assert texts("What do carers get?", passage) == ["Carers then get a budget.", "Carers are assessed first."]


def test_what_is_said_of_one_report_stands_together():
    passages = [
        one("Carers waited 6 weeks.", 0.9, relevance=0.9),
        one("People waited a year in Tovey.", 0.9, key=1, relevance=0.8, name="tovey"),
        one("Some assessments took days.", 0.9, key=2, relevance=0.7),
    ]

    assert texts("How long do carers wait?", *passages) == [
        "Carers waited 6 weeks.",
        "Some assessments took days.",
        "People waited a year in Tovey.",
    ]


def test_the_same_is_not_said_twice_though_two_reports_say_it():
    said = "Carers waited 6 weeks for an assessment."

    assert texts("How long do carers wait?", one(said, 0.9), one(said, 0.9, key=1, name="tovey")) == [said]


def test_words_that_open_a_list_bring_its_items_and_nothing_after_them():
    lead = "The council will:"
    items = tuple(stored(text, key, kind=BlockKind.LIST_ITEM) for key, text in ((1, "hire staff;"), (2, "train them.")))
    following = (*items, stored("Something else.", 3))

    assert texts(BROAD, one(lead, 0.9), following=following) == [lead, "hire staff;", "train them."]
    assert texts(BROAD, one("The council will.", 0.9), following=following) == ["The council will."]


def test_no_more_than_are_wanted():
    passages = [one(f"Carers in district {n} waited {n} weeks.", 0.9, key=n) for n in range(9)]

    assert len(texts("How long do carers wait?", *passages, most=4)) == 4


@pytest.mark.parametrize(
    ("missing", "passages", "support", "reason"),
    [
        ((), (HUB,), 0.5, None),
        ((), (HUB,), 0.49, Reason.WEAK_EVIDENCE),
        ((), (), 0.9, Reason.NO_EVIDENCE),
        (("Nether Poole",), (HUB,), 0.9, Reason.SUBJECT_NOT_INDEXED),
        (("Nether Poole",), (), 0.1, Reason.SUBJECT_NOT_INDEXED),
    ],
)
def test_why_nothing_is_answered(missing, passages, support, reason):
    quoting, found = judged(understood(FACT, missing=missing), *passages, support=support)
    answer = quoting.told(found, 6)

    assert found.reason is reason
    assert answer.reason is reason
    assert answer.outcome is (Outcome.ANSWERED if reason is None else Outcome.NOT_FOUND)
    assert bool(answer.statements) == (reason is None)
    assert bool(answer.nearest) == (reason is not None and bool(passages))
    if reason is Reason.SUBJECT_NOT_INDEXED:
        assert answer.before == ("There is no report on Nether Poole to answer from.",)


@pytest.mark.parametrize(
    ("names", "reports", "where"),
    [
        ((), ("aldermere",), "in the one report that was searched"),
        ((), ("aldermere", "tovey"), "in the 2 reports searched"),
        (("Aldermere",), ("aldermere",), "in the report on Aldermere"),
        (("Aldermere", "Tovey"), ("aldermere", "tovey"), "in the 2 reports on Aldermere and Tovey"),
    ],
)
def test_where_nothing_was_found_is_said_and_never_that_nothing_is_there(names, reports, where):
    for passages in ((HUB, PARKING), ()):
        quoting, found = judged(understood("How many zebras?", names=names), *passages, support=0.1, reports=reports)
        (note,) = quoting.told(found, 6).before

        assert note.startswith("I found no passage that clearly answers this ")
        assert where in note
        assert not DENIES.search(note)
        assert "zebra" not in note
        assert ("The closest passages follow." in note) == bool(passages)


def test_what_comes_nearest_is_the_best_of_each_section_with_its_likeliest_run():
    other = one("Staff left. They were not replaced.", 0.9, 0.1, key=2, path=("Staff",), relevance=0.3)
    answer = told("How many zebras?", HUB, one("Also here.", 0.9, key=5), other, support=0.1)

    assert [near.quote for near in answer.nearest] == ["The hub opened in May 2024.", "Staff left."]
    assert [near.found.section.path for near in answer.nearest] == [("Assessing needs",), ("Staff",)]


def test_a_long_paragraph_is_shown_by_a_short_run_of_its_own_words():
    long = one("Carers waited and " * 40 + "left.", 0.4)
    (near,) = told("How many zebras?", long, support=0.1).nearest

    assert len(near.snippet) <= 201
    assert near.snippet.endswith("…")
    assert near.found.paragraph.text.startswith(near.snippet.rstrip("…"))


SENTENCES = ("Carers waited 6 weeks.", "They said so.", "However, few left.", "Staff left in May 2024.", "It helped:")


@given(
    st.lists(st.tuples(st.floats(0.0, 1.0), st.lists(st.floats(0.0, 1.0), min_size=1, max_size=5)), max_size=6),
    st.integers(1, 8),
    st.sampled_from([FACT, BROAD, "Why do carers wait?", "carers waited"]),
    st.sampled_from([0.1, 0.9]),
)
def test_words_of_the_reports_whatever_is_asked(drawn, most, asked, support):
    passages = [
        one(" ".join(SENTENCES[: len(fits)]), *fits, key=key, relevance=relevance, path=(f"Part {key}",))
        for key, (relevance, fits) in enumerate(drawn)
    ]
    answer = told(asked, *passages, most=most, support=support)

    assert len(answer.statements) <= most
    assert bool(answer.statements) == (support == 0.9 and bool(drawn))
    assert bool(answer.nearest) == (support == 0.1 and bool(drawn))
    assert len({s.text for s in answer.statements}) == len(answer.statements)
    for near in answer.nearest:
        assert near.found.paragraph.text[near.start : near.end] == near.quote
        assert near.quote.strip()
