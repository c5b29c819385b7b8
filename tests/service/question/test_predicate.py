"""What a question about many reports would have each of them say."""

from __future__ import annotations

import pytest

from service.question.predicate import predicate


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Which councils pay people for their time?", "pay people for their time"),
        ("which local areas have no waiting list", "have no waiting list"),
        ("What prisons were praised for libraries?", "were praised for libraries"),
        ("Which councils do not have a waiting list?", "do not have a waiting list"),
        ("Which areas do children not wait too long in?", "children not wait too long in"),
        ("Where do children wait too long?", None),
        ("How long do people wait in all councils?", None),
        ("Which councils?", None),
        ("", None),
    ],
)
def test_what_is_said_of_each_body(text, said):
    assert predicate(text, {"prisons"}) == said
