from __future__ import annotations

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.links import anchored_url, paragraph_id_url, quote_url, web_address


def test_a_paragraph_has_one_address_however_it_is_made():
    assert (
        anchored_url("aldermere-2025", "learning-from-feedback", 3)
        == "/reports/aldermere-2025#learning-from-feedback.3"
    )
    made = paragraph_id_url("aldermere-2025", "aldermere-2025:learning-from-feedback:3")
    assert made == "/reports/aldermere-2025#learning-from-feedback.3"


@pytest.mark.parametrize(
    ("words", "directive"),
    [
        ("co-produced, with carers & staff", "co%2Dproduced%2C%20with%20carers%20%26%20staff"),
        ("Café’s “plan”", "Caf%C3%A9%E2%80%99s%20%E2%80%9Cplan%E2%80%9D"),
        ("Open enquiries\t31", "Open%20enquiries,31"),
        (
            "one two three four five six seven eight nine ten eleven " * 2,
            "one%20two%20three%20four%20five,seven%20eight%20nine%20ten%20eleven",
        ),
    ],
)
def test_the_quoted_words_are_encoded_whole_or_by_their_ends(words, directive):
    assert quote_url("https://a.example/r", words) == f"https://a.example/r#:~:text={directive}"


def test_a_fragment_of_the_address_is_kept():
    assert quote_url("https://a.example/r#part", "words") == "https://a.example/r#part:~:text=words"


@given(st.text(min_size=1).filter(str.strip))
def test_a_text_directive_never_breaks_out(words):
    made = quote_url("https://a.example/r", words.encode("utf-8", "ignore").decode() or "x")
    address, directive = made.split("#:~:text=")
    assert address == "https://a.example/r"
    assert not set(directive) & set("-&#?/ \t\n\"'<>")
    assert directive.count(",") <= 1


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\t"), min_size=1, max_size=80))
def test_short_words_can_be_read_back(words):
    assert unquote(quote_url("https://a.example/r", words).split("#:~:text=")[1]) == words


@pytest.mark.parametrize(
    ("stated", "address"),
    [
        (None, None),
        ("https://a.example/r", "https://a.example/r"),
        (" HTTP://a.example ", "HTTP://a.example"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("//a.example", None),
        ("https:", None),
        ("https://[", None),
        ("reports/a.pdf", None),
    ],
)
def test_only_addresses_of_the_web_become_links(stated, address):
    assert web_address(stated) == address
