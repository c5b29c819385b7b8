from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.readers.labels import list_label, split_bullet, split_label


@pytest.mark.parametrize(
    ("text", "label", "rest"),
    [
        ("2.14 The council knows this.", "2.14", "The council knows this."),
        ("2.14. The council", "2.14", "The council"),
        ("7.3.2 Shared areas", "7.3.2", "Shared areas"),
        ("3.1 ‘We listen’", "3.1", "‘We listen’"),
        ("2.5 CQC found", "2.5", "CQC found"),
        ("12. leaders act", "12", "leaders act"),
        ("12) Leaders act", "12)", "Leaders act"),
        ("(a) the first", "(a)", "the first"),
        ("(aa) the next", "(aa)", "the next"),
        ("(iv) the fourth", "(iv)", "the fourth"),
        ("(3) the third", "(3)", "the third"),
        ("b) the second", "b)", "the second"),
        ("iii. the third", "iii", "the third"),
    ],
)
def test_printed_numbers_are_labels(text, label, rest):
    assert split_label(text) == (label, rest)


@pytest.mark.parametrize(
    "text",
    [
        "2023 saw a new plan.",
        "2023. The next plan came later.",
        "3 of 5 people agreed.",
        "12.5 million pounds were spent.",
        "2.5 FTE posts were empty.",
        "9.30 AM is when it opens.",
        "4.2% of people waited.",
        "12.5.2023 The visit",
        "3 - Evidence shows a good standard",
        "5 Councils took part.",
        "(in part) it worked",
        "(see below) it worked",
        "(c) 2024 Somebody",
        "(c) Crown copyright",
        "A. Smith said so.",
        "e.g. this",
        "12.",
        "(a)",
        "",
    ],
)
def test_years_quantities_and_words_are_not(text):
    assert split_label(text) == (None, text)


def test_a_point_number_does_not_number_a_list():
    assert list_label("2.14 The council") == (None, "2.14 The council")
    assert list_label("3. The council") == ("3", "The council")


@pytest.mark.parametrize(
    ("text", "sign", "rest"),
    [
        ("- one", "-", "one"),
        ("• one", "•", "one"),
        ("•one", "•", "one"),
        ("– one", "–", "one"),
        ("o one", "o", "one"),
        ("\uf0b7 one", "\uf0b7", "one"),
        ("-5 degrees", None, "-5 degrees"),
        ("— Somebody who uses services", None, "— Somebody who uses services"),
        ("one", None, "one"),
        ("-", None, "-"),
    ],
)
def test_bullets(text, sign, rest):
    assert split_bullet(text) == (sign, rest)


def test_only_signs_that_are_nothing_else_are_sure_bullets():
    assert split_bullet("- one", sure=True) == (None, "- one")
    assert split_bullet("▪ one", sure=True) == ("▪", "one")


@given(
    st.from_regex(r"[(]?[0-9a-zA-Z.]{1,6}[.)]? ?[A-Za-z0-9 .]{0,12}", fullmatch=True).map(lambda t: " ".join(t.split()))
)
def test_no_word_is_lost(text):
    label, rest = split_label(text)
    if label is None:
        assert rest == text
    else:
        assert text in (f"{label} {rest}", f"{label}. {rest}")
