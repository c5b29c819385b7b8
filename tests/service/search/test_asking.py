from __future__ import annotations

import numpy as np
import pytest

from service.question.abbreviations import Expansion
from service.question.asking import asking, weighed
from service.question.words import query_terms
from service.search.query import mixed, spelt_out

STORY = "My mother has lived alone since the spring. She pays for her own care. "


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("How long do carers wait?", "How long do carers wait?"),
        (STORY + "How long do carers wait?", "How long do carers wait?"),
        (STORY + "How long do carers wait? Thank you very much.", "How long do carers wait?"),
        (STORY + "Who assesses her? How long do carers wait?", "How long do carers wait?"),
        (STORY + "How long do carers wait? Why?", "How long do carers wait?"),  # "why" has no matter of its own
        (STORY, STORY),  # nobody asks: all of it counts
        ("carers waiting times", "carers waiting times"),
        ("", ""),
    ],
)
def test_the_sentence_that_asks(text, asks):
    assert asking(text) == asks


def test_the_story_counts_less_and_is_not_forgotten():
    weights = weighed(STORY + "How long do carers wait for care?")

    assert weights.keys() == query_terms(STORY + "How long do carers wait for care?").keys()
    assert weights["carer"] == weights["wait"] == weights["care"] == 1.0
    assert 0 < weights["mother"] == weights["spring"] < 1.0


def test_a_question_alone_counts_whole():
    assert weighed("How long do carers wait?") == query_terms("How long do carers wait?")


def test_the_vector_lies_between_the_two_and_has_length_one():
    east, north = np.array([1.0, 0.0], np.float32), np.array([0.0, 1.0], np.float32)

    both = mixed(east, north)

    assert np.linalg.norm(both) == pytest.approx(1.0)
    assert both[0] > 0 < both[1]
    assert mixed(east, -east).tolist() == (-east).tolist()


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("What of the PSW?", "What of the PSW (principal social worker)?"),
        ("What of the principal social worker?", "What of the principal social worker (PSW)?"),
        ("What of section 117 aftercare?", "What of section 117 (s117) aftercare?"),
        ("What of s42 enquiries?", "What of s42 (section 42) enquiries?"),
        ("What of section 117 (s117) aftercare?", "What of section 117 (s117) aftercare?"),
        ("What of s42 (section 42)?", "What of s42 (section 42)?"),
        ("What of the council's 3 homes?", "What of the council's 3 homes?"),
    ],
)
def test_what_is_read_has_the_abbreviation_and_its_words(text, read):
    pair = ("PSW", "principal social worker")
    known = tuple(
        Expansion(written=written, also=also, spells_out=written == "PSW", of_reports=True)
        for written, also in (pair, pair[::-1])
        if written in text
    )

    assert spelt_out(text, known) == read
