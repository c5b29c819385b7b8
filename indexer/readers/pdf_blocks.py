"""Headings, passages and tables of a PDF to blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indexer.model import Block, BlockKind
from indexer.readers.pdf_hyphens import Joiner
from indexer.readers.pdf_leads import lead_of, lead_text
from indexer.readers.pdf_lines import Line
from indexer.readers.pdf_paragraphs import Part, Passage, Title
from indexer.readers.pdf_tables import Table
from indexer.text import clean

_DEEPER = 0.6  # of the font size: an item this much further in is a level deeper


def blocks_of(parts: Sequence[Part], joiner: Joiner) -> Iterator[Block]:
    """Blocks in order. None is without text."""
    indents: list[float] = []
    before: _Shown | None = None
    for part in parts:
        if isinstance(part, Table):
            shown = _rows(part, before, joiner)
            yield from shown.blocks
            before = shown
            continue
        if isinstance(part, Title):
            indents.clear()
        before = None
        block = _heading(part, joiner) if isinstance(part, Title) else _passage(part, joiner, indents)
        if block.text:
            yield block


def _heading(title: Title, joiner: Joiner) -> Block:
    text = clean(joiner.text([line.text for line in title.lines]))
    return Block(kind=BlockKind.HEADING, text=text, level=title.level, page=title.lines[0].page)


def _passage(passage: Passage, joiner: Joiner, indents: list[float]) -> Block:
    first, *others = passage.lines
    texts = [lead_text(first, passage.lead), *(line.text for line in others)]
    text = clean(joiner.text([text for text in texts if text]))
    kind, level = BlockKind.PARAGRAPH, 0
    if passage.lead.is_item:
        kind, level = BlockKind.LIST_ITEM, _level(first, indents)
    elif not passage.note:
        indents[:] = [x for x in indents if x < first.x0 - _DEEPER * first.size]
    return Block(kind=kind, text=text, level=level, page=first.page, label=passage.lead.label)


def _level(line: Line, indents: list[float]) -> int:
    """How deep an item stands, by the indents of the open items above it, which are kept in `indents`."""
    slack = _DEEPER * line.size
    while indents and line.x0 < indents[-1] - slack:
        indents.pop()
    if not indents or line.x0 > indents[-1] + slack:
        indents.append(line.x0)
    return len(indents)


class _Shown:
    """A table's blocks, and what a table that continues it on the next page must know."""

    def __init__(self, table: Table, header: tuple[str, ...], blocks: tuple[Block, ...]) -> None:
        self.table = table
        self.header = header
        self.blocks = blocks


def _rows(table: Table, before: _Shown | None, joiner: Joiner) -> _Shown:
    texts = [tuple(_cell(cell, joiner) for cell in row) for row in table.rows]
    header = texts[0] if table.header else ()
    follows = before is not None and before.table.page + 1 == table.page and before.table.columns == table.columns
    if before is not None and follows and before.header and (texts[0] == before.header or not header):
        header = before.header
    rows = texts[1:] if header and texts[0] == header else texts
    blocks = tuple(
        Block(kind=BlockKind.TABLE_ROW, text="\t".join(row), page=table.page, columns=header) for row in rows
    )
    return _Shown(table, header, blocks)


def _cell(lines: Sequence[Line], joiner: Joiner) -> str:
    """A cell's lines as one text. Its bullets are left out, its numbers are not."""
    leads = [(line, lead_of(line)) for line in lines]
    texts = [lead_text(line, lead) if lead.bullet else line.text for line, lead in leads]
    return clean(joiner.text([text for text in texts if text]))
