"""For each text format: the words that go in come out in order, and nothing but UnreadableFileError is raised."""

from __future__ import annotations

import html as html_module
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import read_with, words

from indexer.errors import UnreadableFileError
from indexer.readers.html import read_html
from indexer.readers.markdown import read_markdown
from indexer.readers.plain import read_plain

READERS = [read_plain, read_markdown, read_html]

_LETTERS = st.text(alphabet="abcdeflmnostuvABCÉéœ’", min_size=1, max_size=9).filter(lambda w: w != "o")
_WORDS = st.one_of(
    _LETTERS,
    _LETTERS,
    st.sampled_from(["co-production", "3", "2014", "63%", "(sic)", "£12.5", "s42,", "end.", "why?", "NHS:"]),
)
_STARTS = st.one_of(_LETTERS, st.sampled_from(["2023", "3", "Café", "“We", "£5"]))
_SENTENCES = st.builds(lambda first, rest: [first, *rest], _STARTS, st.lists(_WORDS, max_size=40))
_LABELS = st.sampled_from(["1.", "12.", "999.", "(a)", "2.14", "3)"])
_UPPER_SENTENCES = st.builds(lambda rest: ["The", *rest], st.lists(_WORDS, max_size=30))


def _bare(label):
    return label.removesuffix(".")


# A document is a list of (kind, label or None, words).
_PARTS = st.one_of(
    st.tuples(st.sampled_from(["p", "h", "li", "quote"]), st.none(), _SENTENCES),
    st.tuples(st.just("p"), _LABELS, _UPPER_SENTENCES),
)
_DOCUMENTS = st.lists(_PARTS, min_size=1, max_size=12)


def _expected(parts):
    return [word for _, label, text in parts for word in ([_bare(label), *text] if label else text)]


def _line(label, text):
    return " ".join([label, *text] if label else text)


@given(_DOCUMENTS, st.booleans())
def test_plain_text(parts, blank_lines):
    lines = ["- " + _line(label, text) if kind == "li" else _line(label, text) for kind, label, text in parts]
    blocks = read_with(read_plain, ("\n\n" if blank_lines else "\n").join(lines)).blocks
    # In a heading or in the middle of a wrapped paragraph a number keeps its full stop, and a dash is a dash.
    assert [_bare(w) for w in words(blocks) if w != "-"] == [_bare(w) for w in _expected(parts)]


@given(_DOCUMENTS, st.sampled_from(["*", "_", "**", ""]), st.data())
def test_markdown(parts, mark, data):
    marks = {"p": "", "h": "## ", "li": "- ", "quote": "> "}
    lines = []
    for kind, label, text in parts:
        shown = list(text)
        if len(text) > 2 and text[1].isalpha():
            shown[1] = f"{mark}{text[1]}{mark}"
        gap = data.draw(st.sampled_from([" ", "\n"])) if kind == "p" and label is None and "- " not in text else " "
        lines.append(
            marks[kind]
            + (f"{label} " if label else "")
            + " ".join(shown[:2])
            + (gap + " ".join(shown[2:]) if shown[2:] else "")
        )
    blocks = read_with(read_markdown, "\n\n".join(lines)).blocks
    assert words(blocks) == _expected(parts)


@given(_DOCUMENTS)
def test_html(parts):
    tags = {"p": "p", "h": "h2", "li": "li", "quote": "blockquote"}
    body = ""
    for kind, label, text in parts:
        escaped = [html_module.escape(word) for word in text]
        escaped[0] = f"<b>{escaped[0][:1]}</b>{escaped[0][1:]}" if text[0][0].isalpha() else escaped[0]
        item = f"<{tags[kind]}>{(label + ' ') if label else ''}{' '.join(escaped)}</{tags[kind]}>"
        body += f"<ul>{item}</ul>" if kind == "li" else item
    assert words(read_with(read_html, f"<main>{body}</main>").blocks) == _expected(parts)


@pytest.mark.parametrize("reader", READERS)
@given(data=st.binary(max_size=300))
def test_any_bytes(reader, data):
    try:
        document = read_with(reader, data)
    except UnreadableFileError:
        return
    assert document.blocks


_MARKUP_PARTS = [
    *"#*_-+>|`~<>&[]()!\\:=.\n \t\f",
    *("1.", "2013. ", "\n\n", "---\n", "```\n", "a|b\n-|-\n", "[a]: http://b\n", "Title: ", "(a) ", "©", "word"),
    *("&#8203;", "\ufeff", "<!--", "-->", "<b>", "</div>", "<div>", "<br>", "<li>", "<ul>", "<ol start=-3>", "<h2>"),
    *("<table><tr><td>", "<th colspan=2>", "<details><summary>", "<button aria-controls=a>", "<p id=a hidden>"),
    *("<dl class=accordion><dt>", "<dd>", "<script>", "</script>", "<main>", "<pre>", "<template>", "<svg>", "<math>"),
    *("<i style='color:#fff;background: ;'>", "<i style='font-size:.;opacity:'>", "<select>", "<frameset>", "</body>"),
]
_MARKUP = st.lists(st.sampled_from(_MARKUP_PARTS), max_size=60).map("".join)


@pytest.mark.parametrize("reader", READERS)
@given(text=st.one_of(_MARKUP, st.text(max_size=200)))
def test_any_text(reader, text):
    try:
        document = read_with(reader, text)
    except UnreadableFileError:
        return
    assert document.blocks
    for block in document.blocks:
        assert block.text.strip()
        assert all(cell == " ".join(cell.split()) for cell in block.text.split("\t"))
        assert not block.columns or len(block.columns) == block.text.count("\t") + 1
        assert "\t" not in block.text or block.kind == "table_row"


@given(_MARKUP)
def test_plain_text_of_any_shape_keeps_every_word(text):
    try:
        blocks = read_with(read_plain, "Text\n" + text).blocks
    except UnreadableFileError:
        return
    put_in = re.findall(r"[^\W_]+", text.replace("\ufeff", ""))
    assert "".join(put_in) == "".join(re.findall(r"[^\W_]+", " ".join(words(blocks)))).removeprefix("Text")
