"""The port of a reader: what it is given, and what it gives."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from indexer.model import Document, SourceFile


class KnownHeadings(Protocol):
    """What a reader may ask of the family of reports that a text belongs to."""

    def heading_level(self, line: str) -> int | None:
        """The level of a line that is one of the family's known headings (1 the highest), else None."""
        ...


Detect = Callable[[str], KnownHeadings]
"""Finds the family from the plain text of a whole document."""

Reader = Callable[[SourceFile, Detect], Document]
