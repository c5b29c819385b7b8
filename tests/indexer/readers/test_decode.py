from __future__ import annotations

import codecs
from collections import Counter

import pytest

from indexer.errors import UnreadableFileError
from indexer.model import Block, BlockKind
from indexer.readers.decode import decode, decode_html, looks_like_html, oddities, without_invisible

TEXT = "Café – the council’s “voice”"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
    ],
)
def test_unicode_with_or_without_its_mark(data):
    assert decode(data) == TEXT


def test_line_ends_become_one_kind():
    assert decode(b"a\r\nb\rc\n") == "a\nb\nc\n"


def test_another_encoding_names_the_byte_and_the_fix():
    with pytest.raises(UnreadableFileError) as caught:
        decode(b"The council\x92s plan")
    assert caught.value.reason == "not UTF-8: byte 0x92 at offset 11"
    assert caught.value.fix == "save it as UTF-8"


def test_half_a_utf16_character_is_unreadable():
    with pytest.raises(UnreadableFileError, match="not UTF-16"):
        decode(codecs.BOM_UTF16_LE + b"a\x00b")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7 rest", "looks like a PDF"),
        (b"\n  %PDF-1.7", "looks like a PDF"),
        (b"PK\x03\x04rest", "looks like a ZIP archive or an Office file"),
        (b"\x7fELF\x02\x01", "looks like a program"),
        (b"{\\rtf1\\ansi", "looks like rich text"),
        (b"words\x00more", "binary data, not text: a NUL character at offset 5"),
        ("words".encode("utf-16-le"), "binary data"),
        (b"", "the file is empty"),
        (b" \n\t\r\n ", "the file is empty"),
        (codecs.BOM_UTF8, "the file is empty"),
    ],
)
def test_what_is_not_text_says_what_it_looks_like(data, reason):
    with pytest.raises(UnreadableFileError) as caught:
        decode(data)
    assert caught.value.reason.startswith(reason)
    assert caught.value.fix


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ('<meta charset="windows-1252">', "windows-1252"),
        ("<META CHARSET=iso-8859-1>", "windows-1252"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-15">', "iso-8859-15"),
        ("<meta charset=utf-8>", "utf-8"),
        ("", "utf-8"),
    ],
)
def test_a_page_may_declare_its_encoding(head, encoding):
    page = f"<html><head>{head}</head><body>café</body></html>"
    assert "café" in decode_html(page.encode(encoding))


def test_the_mark_wins_over_the_declared_encoding():
    assert "café" in decode_html(codecs.BOM_UTF8 + "<meta charset=windows-1252>café".encode())


@pytest.mark.parametrize("name", ["rot13", "base64", "unicode_escape", "utf-7", "martian"])
def test_only_encodings_of_the_web_are_honoured(name):
    with pytest.raises(UnreadableFileError, match=f"unknown character set '{name}'"):
        decode_html(f"<meta charset={name}>words".encode())


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"<!DOCTYPE html><p>x", True),
        (b"\xef\xbb\xbf\n <HTML lang=en>", True),
        (b"<!-- saved from url=(0020)https://example.org/ -->\n<html>", True),
        (b'<?xml version="1.0"?><!doctype html>', True),
        (b"<!-- a --> " * 300, False),
        (b"<p>A fragment", False),
        (b"The report on <html> pages", False),
        (b"<htmlish>", False),
        (b"", False),
    ],
)
def test_pages_are_known_by_how_they_begin(data, expected):
    assert looks_like_html(data) is expected


def test_oddities_count_what_was_taken_out_and_what_was_lost():
    notices = oddities("a\ufffdb\ufffd", Counter({"U+200B": 3, "U+00AD": 1}))
    assert [n.code for n in notices] == ["invisible-characters", "replacement-characters"]
    assert "1 × U+00AD, 3 × U+200B" in notices[0].message
    assert notices[1].message.startswith("2 ")
    assert oddities("plain", Counter()) == ()


def test_blocks_lose_invisible_characters_but_not_their_cells():
    removed = Counter({"U+00AD": 1})
    row = Block(kind=BlockKind.TABLE_ROW, text="a\u200b b\t\u200b\tc")
    empty = Block(kind=BlockKind.PARAGRAPH, text="\u200b\u2060")
    assert [b.text for b in without_invisible([row, empty], removed)] == ["a b\t\tc"]
    assert removed == Counter({"U+200B": 3, "U+00AD": 1, "U+2060": 1})
