from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.question.expects import Wants, wanted

KINDS = {
    Wants.DATE: [
        "When did the hub open?",
        "in what year was the strategy agreed",
        "The plan was adopted in which month?",
        "Since when has the post been vacant?",
        "By when must the contract be replaced?",
        "I run a day centre. When can we reopen?",
        "date of the last inspection",
    ],
    Wants.NUMBER: [
        "How many people were waiting?",
        "how long do carers wait",
        "What percentage of reviews were on time?",
        "carers assessment waiting time",
        "By how much did it overspend?",
        "How often does the board meet?",
        "what is the median wait",
    ],
    Wants.REASON: [
        "Why did the project end?",
        "What caused the backlog?",
        "What led to the closure?",
        "reasons for delays",
        "The service was closed for what reason?",
    ],
    Wants.ANYTHING: [
        "co-production",
        "What did the peer review find?",
        "Which day centre do people praise?",
        "What is the strategy called?",
        "Where is the hub?",
        "What needs to improve?",
        "strengths and weaknesses of transitions",
        "",
    ],
}


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in KINDS.items() for text in texts])
def test_the_kind_of_thing_from_the_questions_own_words(kind, text):
    assert wanted(text) is kind


@pytest.mark.parametrize(
    ("text", "not_kind"),
    [
        ("What happens when a person leaves hospital?", Wants.DATE),
        ("How are people supported when they leave hospital?", Wants.DATE),
    ],
)
def test_words_that_join_clauses_do_not_ask(text, not_kind):
    assert wanted(text) is not not_kind


@given(st.text(max_size=200))
def test_any_text_has_a_kind_and_its_case_does_not_tell(text):
    assert isinstance(wanted(text), Wants)


@pytest.mark.parametrize("text", [text for texts in KINDS.values() for text in texts])
def test_typed_in_capitals(text):
    assert wanted(text.upper()) is wanted(text)
