from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.answers.written.checks import find_quote

TEXT = "Leaders said: “We don’t wait”, and 12 people – not all – had been seen within 28\u00a0days of asking."


@pytest.mark.parametrize(
    ("quote", "published"),
    [
        ("12 people", "12 people"),
        ('"We don\'t wait"', "We don’t wait"),
        ("12 PEOPLE - not all - had", "12 people – not all – had"),
        ("within  28 days\nof asking.", "within 28\u00a0days of asking"),
        ("…had been seen…", "had been seen"),
    ],
)
def test_the_published_words_are_found_however_they_were_copied(quote: str, published: str) -> None:
    place = find_quote(TEXT, quote)
    assert place is not None
    assert TEXT[slice(*place)] == published


@pytest.mark.parametrize(
    "quote", ["13 people", "2 people", "12 peoples", "12 peopl", "people had been", "", " … ", '"']
)
def test_one_wrong_character_or_half_a_word_is_no_quote(quote: str) -> None:
    assert find_quote(TEXT, quote) is None


def test_a_later_place_is_found_where_the_first_is_half_a_word() -> None:
    assert find_quote("unmet needs were met", "met") == (17, 20)


@given(st.text(min_size=1, max_size=60), st.data())
def test_any_place_is_one_of_the_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    place = find_quote(text, text[start:end])
    assert place is None or 0 <= place[0] < place[1] <= len(text)
