"""Topics put into the words that reports are asked with."""

from __future__ import annotations

import random

import pytest

from eval.training.framed import framed, is_topic
from eval.training.rows import Row


def row(text, passage, *, kind="section-broad", right=True, held=False, group="larkrise"):
    return Row(task="answers", set="care", kind=kind, text=text, passage=passage, right=right, group=group, held=held)


ANSWERS = row("advocacy for carers in Larkrise", "Advocacy is offered to carers.", right=True)
REST = [
    row("x", "The library opened.", kind="section-fact", right=False),
    row("x", "Carers met in May.", kind="section-fact", right=False),
    row("x", "Elsewhere.", kind="section-fact", right=False, group="tovey"),
]


def test_a_topic_is_asked_for_in_other_words_beside_passages_of_its_report():
    made = list(framed([ANSWERS, *REST], random.Random(1)))

    assert {one.passage for one in made if one.right} == {ANSWERS.passage}
    assert {one.passage for one in made if not one.right} == {"The library opened.", "Carers met in May."}
    assert len({one.text for one in made}) == 2
    assert all(ANSWERS.text in one.text and one.kind == "section-framed" for one in made)


def test_what_is_held_out_or_asks_by_itself_is_left_out():
    held = ANSWERS.model_copy(update={"held": True})
    asking = row("how are carers supported", "Carers are supported.")
    fact = row("advocacy for carers", "Advocacy is offered.", kind="section-fact")

    assert not list(framed([held, asking, fact], random.Random(1)))


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("corporate parenting in Larkrise", True),
        ("pre-birth assessments", True),
        ("What is corporate parenting?", False),
        ("care leavers - what's going wrong", False),
        ("everything on care leavers", False),
    ],
)
def test_what_is_a_topic(text, is_one):
    assert is_topic(text) is is_one
