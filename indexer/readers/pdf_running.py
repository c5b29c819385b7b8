"""Lines that a document prints again and again in its margins: headers, footers, page numbers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from indexer.readers.pdf_lines import Line
from indexer.text import fold

_MARGIN = 0.14  # of the page's height
_SAME_HEIGHT = 5.0  # points
_SHARE = 0.4  # of the pages with text: left and right pages often differ, and the first has its own
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"(?:page\s*|p\.?\s*)?[-|]?\s*(?:\d{1,4}|[ivxl]{1,6})\s*(?:(?:of|/)\s*\d{1,4})?\s*[-|]?", re.IGNORECASE
)
_PAGE_OF = re.compile(r"page\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?", re.IGNORECASE)


def running_lines(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> list[set[int]]:
    """For each page, which of its lines (by position) run through the document.

    A line counts by what it says with every number abstracted and by its height on the page. A document of
    one page repeats nothing, so there only a page number is dropped.
    """
    places: dict[str, list[tuple[float, int, int]]] = defaultdict(list)
    found: list[set[int]] = [set() for _ in pages]
    for number, (lines, height) in enumerate(zip(pages, heights, strict=True)):
        for at, line in enumerate(lines):
            if not _in_margin(line, height):
                continue
            text = line.text
            if _PAGE_OF.fullmatch(text) or (len(pages) == 1 and _PAGE_NUMBER.fullmatch(text)):
                found[number].add(at)
            fromtop = line.baseline if line.baseline < height / 2 else line.baseline - height
            places[_abstract(text)].append((fromtop, number, at))
    textual = sum(bool(lines) for lines in pages)
    for where in places.values():
        for group in _same_height(sorted(where)):
            on = {number for _, number, _ in group}
            if len(on) >= 2 and len(on) >= _SHARE * textual:
                for _, number, at in group:
                    found[number].add(at)
    return found


def _in_margin(line: Line, height: float) -> bool:
    return line.baseline <= _MARGIN * height or line.baseline >= (1 - _MARGIN) * height


def _abstract(text: str) -> str:
    if _PAGE_NUMBER.fullmatch(text):
        return "#"
    return _DIGITS.sub("#", fold(text))


def _same_height(places: list[tuple[float, int, int]]) -> list[list[tuple[float, int, int]]]:
    groups: list[list[tuple[float, int, int]]] = []
    for place in places:
        if groups and place[0] - groups[-1][0][0] <= _SAME_HEIGHT:
            groups[-1].append(place)
        else:
            groups.append([place])
    return groups
