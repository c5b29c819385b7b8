from __future__ import annotations

import pytest

from indexer.model import BlockKind, Paragraph, Role
from service.channels.pages.marking import Mark, Piece, Search, cells, cut, read_mark

TEXT = "Staff said: “we wait – six weeks”.\tSix"


def paragraph(text: str = TEXT, digest: str = "0123456789abcdef") -> Paragraph:
    return Paragraph(
        id="r:s:1", section="s", number=1, text=text, digest=digest, kind=BlockKind.PARAGRAPH, role=Role.FINDING
    )


@pytest.mark.parametrize(
    ("address", "mark"),
    [
        ("learning.2:0-12:0123abcd", Mark(anchor="learning.2", start=0, end=12, digest="0123abcd")),
        ("a.b:c.10:7-9", Mark(anchor="a.b:c.10", start=7, end=9, digest=None)),
        ("learning:0-12", None),
        ("learning.2:0-12:xyz", None),
        ("learning.2:0-12:0123ABCD", None),
        ("learning.2:-1-12", None),
        (f"learning.2:0-{'9' * 40}", None),
        ("", None),
    ],
)
def test_an_address_names_words_or_nothing(address, mark):
    assert read_mark(address) == mark


@pytest.mark.parametrize(
    ("start", "end", "digest", "span"),
    [
        (0, 5, None, (0, 5)),
        (0, len(TEXT), "01234567", (0, len(TEXT))),
        (0, 5, "76543210", None),
        (0, len(TEXT) + 1, None, None),
        (5, 5, None, None),
        (6, 5, None, None),
    ],
)
def test_only_words_of_the_paragraph_that_was_quoted_are_marked(start, end, digest, span):
    assert Mark(anchor="s.1", start=start, end=end, digest=digest).within(paragraph()) == span


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        ("STAFF SAID", ["Staff said"]),
        ('"we   wait - six', ["“we wait – six"]),
        ("six", ["six", "Six"]),
        ("weeks staff", ["weeks", "Staff"]),  # not in this order: each for itself
        ("weeks months", []),
        ("a.*b", []),
        ("  ", []),
    ],
)
def test_words_are_found_as_people_type_them(sought, found):
    (spans,) = Search(sought).spans([TEXT])
    assert [TEXT[start:end] for start, end in spans] == found


def test_texts_with_the_words_as_typed_come_before_those_with_each_of_them():
    assert Search("six weeks").spans(["weeks: six", "six weeks"]) == [[], [(0, 9)]]


def test_a_search_is_only_so_long():
    assert len(Search("word " * 1000).text) <= 200


@pytest.mark.parametrize(
    ("quoted", "sought"),
    [(None, ()), ((0, 5), ()), ((3, 20), ((0, 5), (4, 8), (30, 37))), ((0, len(TEXT)), ((0, len(TEXT)),))],
)
def test_pieces_are_the_whole_text_marked_where_it_was_told(quoted, sought):
    pieces = cut(TEXT, quoted, sought)
    assert "".join(p.text for p in pieces) == TEXT
    marked = [p for p in pieces for _ in p.text]
    assert [n for n, p in enumerate(marked) if p.quoted] == list(range(*(quoted or (0, 0))))
    assert {n for n, p in enumerate(marked) if p.sought} == {n for span in sought for n in range(*span)}


def test_an_empty_text_has_no_piece():
    assert cut("") == ()


def test_a_row_is_cut_at_its_cells_and_keeps_its_marks():
    row = cells((Piece(text="Open enq"), Piece(text="uiries\t31", quoted=True), Piece(text="\t\t7")))
    assert row == (
        (Piece(text="Open enq"), Piece(text="uiries", quoted=True)),
        (Piece(text="31", quoted=True),),
        (),
        (Piece(text="7"),),
    )
