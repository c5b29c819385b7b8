from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.training.changes import CHANGES, changed

NAMES = ["Aldermere", "Tarnholme"]


@pytest.mark.parametrize(
    ("kind", "sentence", "wrong"),
    [
        ("negation", "Staff were not trained.", "Staff were trained."),
        ("negation", "Staff were trained.", "Staff were not trained."),
        ("hedge", "Most carers felt heard.", "All carers felt heard."),
        ("direction", "Waiting lists fell.", "Waiting lists rose."),
        ("direction", "Waiting lists rose.", "Waiting lists fell."),
    ],
)
def test_one_thing_is_changed(kind: str, sentence: str, wrong: str) -> None:
    assert changed(sentence, kind, random.Random(1), NAMES) == wrong


def test_a_number_becomes_another() -> None:
    found = {changed("There were 14 visits.", "number", random.Random(seed), NAMES) for seed in range(20)}

    assert "There were 14 visits." not in found
    assert len(found) > 3


def test_a_name_becomes_that_of_another_body_and_a_month_stays() -> None:
    sentence = "In May 2024 staff in Brackenshire moved."

    assert changed(sentence, "subject", random.Random(1), NAMES) in {
        sentence.replace("Brackenshire", name) for name in NAMES
    }


@pytest.mark.parametrize("kind", CHANGES)
def test_what_is_not_there_is_not_changed(kind: str) -> None:
    assert changed("People sing.", kind, random.Random(1), NAMES) is None


@given(st.text(max_size=80), st.sampled_from(sorted(CHANGES)), st.integers(0, 9))
def test_any_sentence(sentence: str, kind: str, seed: int) -> None:
    found = changed(sentence, kind, random.Random(seed), NAMES)

    assert found is None or isinstance(found, str)
