from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from read_reports import reading, stored, understood

from indexer.model import BlockKind
from service.answers.sentences import extract

FACT = "When did the hub open?"
BROAD = "How does the council support carers?"


def nothing(key, most):
    return ()


def texts(asked, read, most=6, following=nothing):
    return [one.text for one in extract(understood(asked), read, most, following)]


def one(text, *sentences, relevance=0.9, key=0, **place):
    return stored(text, key, **place), relevance, sentences


def test_the_sentence_that_answers_leads_where_one_fact_is_asked_for():
    text = "The council planned a hub. It was delayed once. The hub opened in May 2024."
    read = reading(
        one(
            text,
            ("The council planned a hub.", 0.6),
            ("It was delayed once.", 0.1),
            ("The hub opened in May 2024.", 0.9),
        )
    )

    assert texts(FACT, read)[0] == "The hub opened in May 2024."


def test_a_manner_is_told_in_the_reports_order():
    text = "Carers are assessed first. Carers then get a budget."
    read = reading(one(text, ("Carers are assessed first.", 0.7), ("Carers then get a budget.", 0.9)))

    assert texts(BROAD, read) == ["Carers are assessed first.", "Carers then get a budget."]


def test_the_paragraph_with_the_best_answer_comes_first():
    weak = one("Hubs are liked by many.", ("Hubs are liked by many.", 0.1), relevance=0.6)
    strong = one("The hub opened in May 2024.", ("The hub opened in May 2024.", 0.9), relevance=0.5, key=1)

    assert texts(FACT, reading(weak, strong))[0] == "The hub opened in May 2024."


def test_what_is_much_less_likely_than_the_best_is_left_out():
    best = one("The hub opened in May 2024.", ("The hub opened in May 2024.", 0.9), relevance=0.9)
    far = one("Parking is free.", ("Parking is free.", 0.9), relevance=0.05, key=1)

    assert texts(FACT, reading(best, far)) == ["The hub opened in May 2024."]


@pytest.mark.parametrize(
    "leaning",
    [
        "They also run a helpline.",
        "She had led it since.",
        "The team also visits.",
        "“This helped,” one carer added.",
        "However, it was closed at weekends.",
    ],
)
def test_a_sentence_that_leans_brings_the_one_before_it(leaning):
    text = f"A charity supports carers. {leaning}"
    read = reading(one(text, ("A charity supports carers.", 0.01), (leaning, 0.9)))

    assert texts(BROAD, read) == ["A charity supports carers.", leaning]


@pytest.mark.parametrize(
    "standing",
    [
        "One carer told us it was hard.",
        "Leaders said that more was needed.",
        "For example, a hub opened in Marrowby.",
    ],
)
def test_a_sentence_that_stands_alone_brings_nothing(standing):
    text = f"A charity supports carers. {standing}"
    read = reading(one(text, ("A charity supports carers.", 0.01), (standing, 0.9)))

    assert texts(BROAD, read) == [standing]


def test_a_quotation_that_goes_on_keeps_its_speaker():
    text = "Carers told us that they felt heard. “Nobody had asked before, and now somebody does.”"
    read = reading(
        one(
            text,
            ("Carers told us that they felt heard.", 0.01),
            ("“Nobody had asked before, and now somebody does.”", 0.9),
        )
    )

    assert texts(BROAD, read)[0] == "Carers told us that they felt heard."


def test_the_same_is_not_said_twice_though_two_reports_say_it():
    said = "Carers waited 6 weeks for an assessment."
    read = reading(one(said, (said, 0.9)), one(said, (said, 0.9), key=1, name="tovey"))

    assert texts("How long do carers wait?", read) == [said]


def test_words_that_open_a_list_bring_its_items():
    lead = "The council will:"
    items = tuple(stored(text, key, kind=BlockKind.LIST_ITEM) for key, text in ((1, "hire staff;"), (2, "train them.")))
    after = (*items, stored("Something else.", 3))
    read = reading(one(lead, (lead, 0.9)))

    assert texts(BROAD, read, following=lambda key, most: after[:most]) == [lead, "hire staff;", "train them."]


def test_both_sides_where_the_question_asks_how_something_is():
    good = "Carers praised the timely support."
    bad = "Support for young carers was inconsistent and limited."
    read = reading(
        one(good, (good, 0.9), relevance=0.9),
        one("Parking is free.", ("Parking is free.", 0.9), relevance=0.4, key=1),
        one(bad, (bad, 0.2), relevance=0.3, key=2),
    )

    assert texts("How well are carers supported?", read, most=2) == [good, bad]
    assert bad not in texts(FACT, read, most=2)


def test_a_question_in_a_headings_words_gets_the_section_from_its_start():
    path = ("What is it like to be a young carer here?",)
    first = one("Most are known. Some are not.", ("Most are known.", 0.1), ("Some are not.", 0.4), key=4, path=path)
    second = one("A young carer is it like that.", ("A young carer is it like that.", 0.9), key=5, path=path)

    assert texts("What is it like to be a young carer here?", reading(second, first)) == [
        "Most are known.",
        "A young carer is it like that.",
    ]


def test_nothing_from_nothing():
    assert texts(FACT, reading()) == []
    assert texts(FACT, reading(one("Words.", relevance=0.9))) == []


SENTENCES = ("Carers waited weeks.", "They said so.", "A plan was made.", "Staff left.", "It helped.")


@given(
    st.lists(st.tuples(st.floats(0.0, 1.0), st.lists(st.floats(0.0, 1.0), max_size=5)), max_size=6),
    st.integers(1, 8),
    st.sampled_from([FACT, BROAD, "How good is it?", "carers waited"]),
)
def test_whole_sentences_and_never_too_many(drawn, most, asked):
    passages = [
        one(" ".join(SENTENCES), *zip(SENTENCES, fits, strict=False), relevance=relevance, key=key)
        for key, (relevance, fits) in enumerate(drawn)
    ]
    found = texts(asked, reading(*passages), most)

    assert len(found) <= most
    assert set(found) <= set(SENTENCES)
    assert len(set(found)) == len(found)
    assert bool(found) == any(fits for _, fits in drawn)
