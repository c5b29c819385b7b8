from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.readers.front_matter import KEYS, iso_date, split_front_matter


def test_a_block_of_keys_is_metadata_and_the_rest_is_text():
    front = split_front_matter(
        '---\ntitle: "Ashmere: an assessment"\npublished: 2025-01-24\n# a comment\n\nSource-URL: https://example.org/a#b\n'
        "licence: 'OGL v3.0'\nassessment:\n---\n\nThe text.\n---\nmore"
    )
    assert front.metadata == {
        "title": "Ashmere: an assessment",
        "published": "2025-01-24",
        "source_url": "https://example.org/a#b",
        "licence": "OGL v3.0",
    }
    assert front.body == "\nThe text.\n---\nmore"
    assert front.notices == ()


@pytest.mark.parametrize("key", sorted(KEYS - {"published"}))
def test_every_field_may_be_given(key):
    assert split_front_matter(f"---\n{key}: value\n---\ntext").metadata == {key: "value"}


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("author: Somebody", "unknown key 'author'"),
        ("published: 24 January 2025", "is not a date like 2025-01-24"),
        ("published: 2025-02-30", "is not a date like 2025-01-24"),
        ("title: Second", "title is given twice"),
    ],
)
def test_what_cannot_be_used_is_told_and_the_rest_is_taken(line, message):
    front = split_front_matter(f"---\ntitle: First\n{line}\n---\ntext")
    assert front.metadata == {"title": "First"}
    assert [n.code for n in front.notices] == ["front-matter"]
    assert message in front.notices[0].message
    assert front.body == "text"


@pytest.mark.parametrize(
    "text",
    ["---\ntitle: Never closed\n\nThe text.", "---\ntitle: One\nnot a pair at all\n---\ntext"],
)
def test_a_broken_block_is_kept_as_text_and_told(text):
    front = split_front_matter(text)
    assert (front.body, front.metadata) == (text, {})
    assert [n.code for n in front.notices] == ["front-matter"]


@pytest.mark.parametrize(
    "text",
    ["No block.\n---\ntitle: x\n---", "---\n\nA rule, then text.\n\n---\nmore", "----\ntitle: x\n----", "---", ""],
)
def test_a_rule_is_not_front_matter(text):
    front = split_front_matter(text)
    assert (front.body, front.metadata, front.notices) == (text, {}, ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-01-24", "2025-01-24"),
        (" 2025-01-24T10:00:00+00:00", "2025-01-24"),
        ("2025-13-01", None),
        ("2025-01-245", None),
        ("24/01/2025", None),
        ("January 2025", None),
        ("", None),
    ],
)
def test_only_iso_dates_are_dates(text, expected):
    assert iso_date(text) == expected


@given(st.text(alphabet=st.sampled_from("-\n:ab \"'.#"), max_size=80))
def test_any_text_can_be_split(text):
    front = split_front_matter(text)
    assert text.endswith(front.body)
