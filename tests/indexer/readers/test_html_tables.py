from __future__ import annotations

import pytest
from reading import read_with

from indexer.model import BlockKind
from indexer.readers.html import read_html


def _rows(html):
    blocks = read_with(read_html, html).blocks
    assert {b.kind for b in blocks} == {BlockKind.TABLE_ROW}
    return [(b.text.split("\t"), b.columns) for b in blocks]


def test_rows_stand_under_their_column_names():
    html = (
        "<table><thead><tr><th>Area<th>Score</thead><tbody><tr><th>Care<td>3<tr><td>Leads<td><p>2</p><p>low</p></table>"
    )
    assert _rows(html) == [(["Care", "3"], ("Area", "Score")), (["Leads", "2 low"], ("Area", "Score"))]


def test_cells_over_several_columns_and_rows():
    html = (
        "<table><tr><th rowspan=2>Area<th colspan=2>2024<tr><th>Score<th>Rank"
        "<tr><td rowspan=2>North<td>3<td>1<tr><td colspan=2>none</table>"
    )
    columns = ("Area", "2024 Score", "2024 Rank")
    assert _rows(html) == [(["North", "3", "1"], columns), (["", "none", ""], columns)]


def test_row_headers_alone_name_no_columns():
    assert _rows("<table><tr><th>Score<td>3<tr><th>Rank<td>1</table>") == [(["Score", "3"], ()), (["Rank", "1"], ())]


def test_a_first_row_in_bold_is_the_header():
    html = "<table><tr><td><b>Area</b><td><p><strong>Score</strong></p><tr><td>Care<td>3</table>"
    assert _rows(html) == [(["Care", "3"], ("Area", "Score"))]


def test_short_cells_in_even_rows_are_data_without_a_header():
    assert _rows("<table><tr><td>Care<td>3<tr><td>Leads<td>2</table>") == [(["Care", "3"], ()), (["Leads", "2"], ())]


def test_a_header_alone_is_a_row():
    assert _rows("<table><tr><th>Area<th>Score</table>") == [(["Area", "Score"], ())]


def test_empty_rows_and_hidden_rows_are_left_out():
    html = "<table><tr><th>A<th>B<tr><td> <td><tr hidden><td>x<td>y<tr><td>1<td></table>"
    assert _rows(html) == [(["1", ""], ("A", "B"))]


def test_rows_longer_than_the_header():
    assert _rows("<table><tr><th>A<tr><td>1<td>2</table>") == [(["1", "2"], ("A", ""))]


def test_a_caption_is_a_paragraph():
    blocks = read_with(read_html, "<table><caption>Scores</caption><tr><th>A<tr><td>1</table>").blocks
    assert [(b.kind, b.text) for b in blocks] == [(BlockKind.PARAGRAPH, "Scores"), (BlockKind.TABLE_ROW, "1")]


@pytest.mark.parametrize(
    "table",
    [
        "<table><tr><td>One<td>Two</table>",
        "<table role=presentation><tr><th>One<tr><td>Two</table>",
        "<table><tr><td><table><tr><td>One</table><tr><td>Two</table>",
    ],
)
def test_a_table_for_layout_is_read_as_paragraphs(table):
    blocks = read_with(read_html, table).blocks
    assert [(b.kind, b.text) for b in blocks] == [(BlockKind.PARAGRAPH, "One"), (BlockKind.PARAGRAPH, "Two")]


def test_headings_in_a_layout_table_are_headings():
    html = "<table><tr><td><h2>Findings</h2><p>Text<td>Side<tr><td>More<td>Side</table>"
    assert read_with(read_html, html).blocks[0].kind is BlockKind.HEADING


@pytest.mark.parametrize("span", ["1000000", "-1", "0", "x", "²", "9" * 40])
def test_spans_of_any_size(span):
    rows = _rows(f"<table><tr><th>A<th>B<tr><td colspan='{span}' rowspan='{span}'>1<td>2<tr><td>3</table>")
    assert rows[0][0][0] == "1"
    assert len(rows[0][0]) < 100
