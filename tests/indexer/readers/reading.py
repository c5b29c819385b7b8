"""Runs a reader over text or bytes, and shows the blocks as short tuples."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from indexer.model import Block, Document, SourceFile
from indexer.readers.port import Reader


class Known:
    """A family of reports with these headings."""

    def __init__(self, headings: Mapping[str, int]) -> None:
        self._headings = headings

    def heading_level(self, line: str) -> int | None:
        return self._headings.get(line.lower())


def read_with(reader: Reader, data: str | bytes, headings: Mapping[str, int] | None = None) -> Document:
    raw = data.encode() if isinstance(data, str) else data
    return reader(SourceFile(path=Path("report"), name="report", data=raw), lambda _: Known(headings or {}))


def shown(document: Document) -> list[tuple[str, int, str]]:
    """Kind, level, and the text with its label in front: "2.14| The council"."""
    return [(b.kind.value, b.level, f"{b.label}| {b.text}" if b.label else b.text) for b in document.blocks]


def words(blocks: tuple[Block, ...]) -> list[str]:
    return [word for b in blocks for word in [*([b.label] if b.label else []), *b.text.split()]]
