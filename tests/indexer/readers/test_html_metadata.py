from __future__ import annotations

import pytest
from reading import read_with

from indexer.readers.html import read_html


def _metadata(head, body="<p>Text</p>"):
    return dict(read_with(read_html, f"<html><head>{head}</head><body>{body}</body></html>").metadata)


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("<title> Ashmere:\n report – Site </title>", {"title": "Ashmere: report – Site"}),
        ("<title>T</title><meta property=og:title content='Ashmere'>", {"title": "Ashmere"}),
        ("<meta property=og:site_name content=Inspectorate>", {"publisher": "Inspectorate"}),
        ("<meta name=DC.publisher content=Inspectorate>", {"publisher": "Inspectorate"}),
        ("<meta property=article:published_time content=2025-01-24T10:00:00Z>", {"published": "2025-01-24"}),
        ("<meta name=DC.date content=2025-01-24>", {"published": "2025-01-24"}),
        ("<meta name=dcterms.issued content=2025-01-24>", {"published": "2025-01-24"}),
        ("<meta name=DC.date content='24 January 2025'>", {}),
        ("<meta name=DC.date content='2025-02-31'>", {}),
        (
            "<meta name=DC.date content='soon'><meta name=dcterms.issued content=2025-01-24>",
            {"published": "2025-01-24"},
        ),
        ("<link rel=canonical href=https://example.org/a>", {"source_url": "https://example.org/a"}),
        ("<meta property=og:url content=https://example.org/a>", {"source_url": "https://example.org/a"}),
        ("<link rel=canonical href=/a>", {}),
        ("<link rel=canonical href='javascript:alert(1)'>", {}),
        ("<meta property=og:title content=' '>", {}),
        (
            '<script type="application/ld+json">{"datePublished":"2025-01-24","publisher":{"name":"A"}}</script>',
            {"published": "2025-01-24", "publisher": "A"},
        ),
        (
            '<script type="application/ld+json">{"@graph":[{"x":1},{"datePublished":"2025-01-24T09:00"}, 3]}</script>',
            {"published": "2025-01-24"},
        ),
        ('<script type="application/ld+json">{"publisher": "A\\ud800b"}</script>', {"publisher": "Ab"}),
        ('<script type="application/ld+json">{broken</script>', {}),
        ('<script type="application/ld+json">' + "[" * 100_000 + "</script>", {}),
        ('<script type="application/ld+json">{"datePublished": 20250124, "publisher": ["x"]}</script>', {}),
    ],
)
def test_what_a_head_declares(head, expected):
    assert _metadata(head) == expected


def test_no_title_where_the_page_has_its_own_heading():
    assert _metadata("<title>Ashmere – Site</title>", "<h1>Ashmere</h1>") == {}


@pytest.mark.parametrize(
    ("time", "expected"),
    [
        ("<time itemprop=datePublished datetime=2025-01-24>24 January</time>", {"published": "2025-01-24"}),
        ("<time pubdate datetime=2025-01-24>24 January</time>", {"published": "2025-01-24"}),
        ("<time class=entry-published datetime=2025-01-24>24 January</time>", {"published": "2025-01-24"}),
        ("<time datetime=2025-01-24>24 January</time>", {}),
        ("<time class=updated datetime=2025-01-24>24 January</time>", {}),
    ],
)
def test_only_a_time_that_is_marked_as_published_counts(time, expected):
    assert _metadata("", f"<p>Text {time}</p>") == expected


def test_metadata_holds_no_invisible_characters():
    assert _metadata("<title>Ash\u200bmere&#8203;</title>") == {"title": "Ashmere"}
