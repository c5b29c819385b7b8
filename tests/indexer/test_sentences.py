from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.sentences import is_definition, sentence_spans

PIECES = st.sampled_from(
    ["The plan", "Cllr. Poole", " no. 5", "“we were told", "why”", '"', ". ", "? ", "! ", "e.g. ", "12.5%", " S.42 ", "\t",
     "é", "𝒳", "👩‍👩‍👧", " ", "(a) ", "…", "p.m. ", "DASS", "said no", "\u3000", "Dr. ", "’s"]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map("".join))


@given(TEXTS)
def test_every_character_lies_in_exactly_one_sentence_in_order(text: str) -> None:
    spans = sentence_spans(text)

    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(before[1] <= after[0] for before, after in zip(spans, spans[1:], strict=False))
    inside = [place for start, end in spans for place in range(start, end)]
    outside = set(range(len(text))) - set(inside)
    assert not [text[place] for place in outside if not text[place].isspace()]
    assert not any(text[start].isspace() or text[end - 1].isspace() for start, end in spans)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One came. Two went.", ["One came.", "Two went."]),
        ("Cllr. Poole came. Staff left.", ["Cllr. Poole came.", "Staff left."]),
        ("It is no. 5 of them. Staff left.", ["It is no. 5 of them.", "Staff left."]),
        ("In para. 7 of it. Staff left.", ["In para. 7 of it.", "Staff left."]),
        ("It rose by 12.5% in 2024. It fell after.", ["It rose by 12.5% in 2024.", "It fell after."]),
        ("He said “we wait. They never call. Staff left.", ["He said “we wait.", "They never call.", "Staff left."]),
        ("The 👩‍👩‍👧 group met. 𝒳 came.", ["The 👩‍👩‍👧 group met.", "𝒳 came."]),
        ("  ", []),
        ("", []),
    ],
)
def test_boundaries(text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in sentence_spans(text)] == sentences


def test_the_definition_of_an_abbreviation_is_no_part_of_the_sentence_before_it():
    text = "Wear it at work. *[PPE]: personal protective equipment *[HSE]: Health and Safety Executive"
    found = [text[start:end] for start, end in sentence_spans(text)]
    assert found == [
        "Wear it at work.",
        "*[PPE]: personal protective equipment",
        "*[HSE]: Health and Safety Executive",
    ]
    assert [is_definition(sentence) for sentence in found] == [False, True, True]
    assert not is_definition("[1] is a footnote: see below.")
