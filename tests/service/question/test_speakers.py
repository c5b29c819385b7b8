"""Whose words a question asks for, and which sentences give them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.question.speakers import (
    SPEAKERS,
    asks_for_mentions,
    holds_quotation,
    speakers_asked,
    speaks,
    wants_quotation,
)


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("What did carers say about respite?", {"carers"}),
        ("what did parents and pupils tell them?", {"families", "children"}),
        ("How did staff describe supervision?", {"staff"}),
        ("Did the director comment on the backlog?", {"leaders"}),
        ("What was said by partners?", {"partners"}),
        ("What did people feel about the hub?", {"people"}),
        ("What were the views of carers?", {"carers"}),
        ("What do carers report about respite?", {"carers"}),
        # what the report itself says, and what nobody is asked about
        ("What does the report say about carers?", set()),
        ("What do reports say about staff?", set()),
        ("What is in the report on carers?", set()),
        ("How are carers supported?", set()),
        ("What was said?", set()),
        ("", set()),
    ],
)
def test_whose_words_are_asked_for(text, speakers):
    assert speakers_asked(text) == frozenset(speakers)
    assert speakers_asked(text.upper()) == frozenset(speakers)


@pytest.mark.parametrize(
    ("sentence", "speakers", "gives"),
    [
        ("Carers told us that they felt heard.", {"carers"}, True),
        ("One carer said it was hard.", {"carers"}, True),
        ("According to care leavers, rooms are cold.", {"children"}, True),
        ("Carers told us that they felt heard.", {"staff"}, False),
        ("Carers told us that they felt heard.", {"staff", "carers"}, True),
        ("Carers were assessed.", {"carers"}, False),  # they are spoken of
        ("Carers told us.", set(), False),
    ],
)
def test_which_sentences_give_them(sentence, speakers, gives):
    assert speaks(sentence, frozenset(speakers)) is gives


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("One said, “We were told why.”", True),
        ('Another said: "nobody rang back".', True),
        ("A third called it ‘a maze that isn’t signposted’.", True),
        ("Carers’ views weren’t heard, and the council’s plan was late.", False),
        ("Carers felt heard.", False),
        ("“” and “ab” are too short.", False),
    ],
)
def test_words_in_quotation_marks(text, holds):
    assert holds_quotation(text) is holds


@pytest.mark.parametrize(
    ("text", "wants"),
    [
        ("Give me a quote from a carer about waiting", True),
        ("Quotations about respite", True),
        ("The exact wording on waiting lists", False),
        ("What did carers say in their own words?", True),
        ("Copy it verbatim", False),
        ("How long do carers wait?", False),
        ("What exactly happened?", False),
    ],
)
def test_whether_a_quotation_is_wanted(text, wants):
    assert wants_quotation(text) is wants


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Which councils mention sign language?", True),
        ("who refers to a memory clinic", True),
        ("Do any discuss farms?", True),
        ("What reports mention respite?", True),
        ("What do the reports say about respite?", False),  # it asks what is said
        ("How did staff talk about respite?", False),
        ("How long do carers wait?", False),
        ("Which councils have a memory clinic?", False),
    ],
)
def test_whether_it_is_asked_where_something_is_spoken_of_at_all(text, asks):
    assert asks_for_mentions(text) is asks


@given(st.text(max_size=200))
def test_any_text(text):
    asked = speakers_asked(text)
    assert asked <= SPEAKERS.keys()
    assert isinstance(speaks(text, asked), bool)
    assert isinstance(holds_quotation(text), bool)
