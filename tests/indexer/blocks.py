"""Blocks of a document, and what a report that was made of them says of its ratings."""

from __future__ import annotations

from indexer.model import Block, BlockKind, Rating, Report


def h(level: int, text: str) -> Block:
    return Block(kind=BlockKind.HEADING, text=text, level=level)


def p(text: str) -> Block:
    return Block(kind=BlockKind.PARAGRAPH, text=text)


def row(*cells: str) -> Block:
    return Block(kind=BlockKind.TABLE_ROW, text="\t".join(cells))


def overall(made: Report) -> Rating | None:
    return next((r for r in made.ratings if r.section is None), None)


def printing(made: Report, rating: Rating) -> str:
    return next(x.text for x in made.paragraphs if x.id == rating.paragraph_id)


def codes(made: Report) -> set[str]:
    return {n.code for n in made.notices}
