"""Tables: rows of cells under their column names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from indexer.model import Block, BlockKind
from indexer.readers.html_hidden import is_hidden
from indexer.readers.html_text import text_of

_WIDEST = 60  # columns; spans beyond are a slip or an attack
_DEEPEST = 500  # rows that a cell may reach down
_SHORT_CELL = 200  # characters
_BLOCKS_IN_LAYOUT = "h1,h2,h3,h4,h5,h6,ul,ol,dl,table,form,article,section"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Cell:
    node: LexborNode
    text: str
    is_header: bool
    across: int
    down: int


@dataclass(frozen=True, kw_only=True, slots=True)
class _Row:
    cells: tuple[_Cell, ...]
    in_head: bool

    def is_header(self) -> bool:
        return self.in_head or (bool(self.cells) and all(cell.is_header for cell in self.cells))


def is_data_table(table: LexborNode) -> bool:
    """Whether a table holds data. A table that only places parts of the page is read as paragraphs."""
    if table.attributes.get("role") in {"presentation", "none"}:
        return False
    rows = [[cell for cell in row.iter() if cell.tag in {"td", "th"}] for row, _ in _row_nodes(table)]
    if any(cell.tag == "th" for row in rows for cell in row):
        return True
    widths = {len(row) for row in rows}
    if (
        len(rows) < 2
        or len(widths) != 1
        or widths.pop() < 2
        or table.css_first("td " + ",td ".join(_BLOCKS_IN_LAYOUT.split(",")))
    ):
        return False
    return all(len(cell.text() or "") <= _SHORT_CELL for row in rows for cell in row)


def rows_of_table(table: LexborNode, panels: Mapping[str, str]) -> Iterator[Block]:
    """The caption as a paragraph, then a TABLE_ROW for each row below the column names.

    A cell that spans columns or rows stands in the first of them, and an empty cell in the others.
    """
    for child in table.iter():
        if child.tag == "caption" and not is_hidden(child, panels):
            caption = text_of(child, panels)
            if caption:
                yield Block(kind=BlockKind.PARAGRAPH, text=caption)
    rows = [_read_row(row, panels, in_head=in_head) for row, in_head in _row_nodes(table) if not is_hidden(row, panels)]
    rows = [row for row in rows if any(cell.text for cell in row.cells)]
    heads = _count_heads(rows)
    grid = _grid(rows)
    columns = _columns(rows[:heads], grid[:heads])
    for cells in grid[heads:] if heads < len(rows) else grid:
        if any(cells):
            names = (*columns, *[""] * (len(cells) - len(columns)))[: len(cells)] if heads < len(rows) else ()
            yield Block(kind=BlockKind.TABLE_ROW, text="\t".join(cells), columns=names if any(names) else ())


def _row_nodes(table: LexborNode) -> Iterator[tuple[LexborNode, bool]]:
    for part in table.iter():
        if part.tag == "tr":
            yield part, False
        elif part.tag in {"thead", "tbody", "tfoot"}:
            for row in part.iter():
                if row.tag == "tr":
                    yield row, part.tag == "thead"


def _read_row(row: LexborNode, panels: Mapping[str, str], *, in_head: bool) -> _Row:
    cells = tuple(
        _Cell(
            node=cell,
            text=text_of(cell, panels),
            is_header=cell.tag == "th",
            across=_span(cell, "colspan", _WIDEST),
            down=_span(cell, "rowspan", _DEEPEST),
        )
        for cell in row.iter()
        if cell.tag in {"td", "th"} and not is_hidden(cell, panels)
    )
    return _Row(cells=cells, in_head=in_head)


def _span(cell: LexborNode, name: str, most: int) -> int:
    text = (cell.attributes.get(name) or "").strip()
    return max(1, min(int(text), most)) if text.isascii() and text.isdigit() and len(text) < 7 else 1


def _count_heads(rows: list[_Row]) -> int:
    """How many rows at the top are column names: header cells, or a first row that is all bold."""
    count = next((i for i, row in enumerate(rows) if not row.is_header()), len(rows))
    if count == 0 and len(rows) > 1 and all(_is_bold(cell) for cell in rows[0].cells if cell.text):
        return 1 if not any(_is_bold(cell) for cell in rows[1].cells if cell.text) else 0
    return count


def _is_bold(cell: _Cell) -> bool:
    bold = "".join((node.text() or "") for node in cell.node.css("strong,b"))
    return "".join(bold.split()) == "".join(cell.text.split())


def _grid(rows: list[_Row]) -> list[list[str]]:
    """The cells' texts where they stand, empty where a cell reaches over from the left or from above."""
    reach: dict[int, int] = {}  # column -> rows that a cell from above still covers
    grid = []
    for row in rows:
        line: list[str] = []
        for cell in row.cells:
            while reach.get(len(line), 0) > 0:
                line.append("")
            for offset in range(cell.across):
                if cell.down > 1:
                    reach[len(line)] = cell.down
                line.append("" if offset else cell.text)
        while reach.get(len(line), 0) > 0:
            line.append("")
        reach = {column: left - 1 for column, left in reach.items() if left > 1}
        grid.append(line)
    return grid


def _columns(heads: list[_Row], grid: list[list[str]]) -> list[str]:
    """The column names: over several rows of them, the upper names first."""
    names: list[str] = []
    for row, line in zip(heads, grid, strict=True):
        spans = {cell.text: cell.across for cell in row.cells}
        last, left = "", 0
        for column, text in enumerate(line):
            if column >= len(names):
                names.append("")
            if text:
                last, left = text, spans.get(text, 1)
            if left > 0:
                names[column] = f"{names[column]} {last}".strip()
                left -= 1
    return names
