"""Which lines are headings, by the outline first, else by size and weight; and their levels."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indexer.readers.labels import split_bullet
from indexer.readers.pdf_file import OutlineEntry
from indexer.readers.pdf_layout import Item
from indexer.readers.pdf_lines import Line
from indexer.text import fold

_LARGER = 1.12  # times the body's size
_SMALLER = 0.88  # times the body's size: bold lines below it are captions and notes
_LOWEST = 6
_MOST_LINES = 5
_MOST_WORDS = 40
_MOST_BOLD_WORDS = 25
_SENTENCE_WORDS = 8  # a full stop after more words than these ends a sentence
_ENDS_SENTENCE = re.compile(r"[.!;,]['\u2019\u201d\")\]]*$")
_LEADERS = re.compile(r"\.{4}|(?: \.){4}|\u2026{2}")  # of a line of the contents list
_KEY_AND_NUMBER = re.compile(r":\s*[\d£(+]")
_QUOTATION = re.compile(r"^[\u2018\u201c\"'].*[\u2019\u201d\"']\.?$")

Style = tuple[float, bool]


@dataclass(frozen=True, kw_only=True, slots=True)
class Heading:
    """The items `first` to `last` (both of them) are its lines."""

    first: int
    last: int
    level: int


def body_style(lines: Sequence[Line]) -> Style:
    """The size and weight of most letters."""
    sizes: Counter[float] = Counter()
    bold: Counter[tuple[float, bool]] = Counter()
    for line in lines:
        for word in line.words:
            sizes[line.size] += len(word.text)
            bold[line.size, word.bold] += len(word.text)
    if not sizes:
        return 10.0, False
    size = sizes.most_common(1)[0][0]
    return size, bold[size, True] > bold[size, False]


def headings(items: Sequence[Item], outline: Sequence[OutlineEntry]) -> dict[int, Heading]:
    """The headings of a document by the position of their first line."""
    body = body_style([item for item in items if isinstance(item, Line)])
    marked = _by_outline(items, outline)
    runs = dict(marked)
    taken = {at for first, (last, _) in marked.items() for at in range(first, last + 1)}
    at = 0
    while at < len(items):
        last = at if at in taken else _run_from(items, at, taken, body)
        if last is None or at in taken:
            at += 1
            continue
        runs[at] = (last, 0)
        at = last + 1
    levels = _levels(items, runs)
    return {first: Heading(first=first, last=last, level=levels[first]) for first, (last, _) in runs.items()}


def _by_outline(items: Sequence[Item], outline: Sequence[OutlineEntry]) -> dict[int, tuple[int, int]]:
    """First line -> (last line, depth) for the bookmarks whose words stand on their page."""
    pages: dict[int, list[int]] = {}
    for at, item in enumerate(items):
        if isinstance(item, Line):
            pages.setdefault(item.page, []).append(at)
    found: dict[int, tuple[int, int]] = {}
    for entry in outline:
        wanted = _letters(entry.title)
        for at in pages.get(entry.page, ()):
            if wanted and at not in found and (last := _spells(items, at, wanted)) is not None:
                found[at] = (last, entry.depth)
                break
    return found


def _spells(items: Sequence[Item], first: int, wanted: str) -> int | None:
    """The last of the lines from `first` on that together say what is wanted."""
    said = ""
    for at in range(first, min(first + _MOST_LINES, len(items))):
        item = items[at]
        if not isinstance(item, Line):
            return None
        said += _letters(item.text)
        if said == wanted:
            return at
        if not wanted.startswith(said):
            return None
    return None


def _letters(text: str) -> str:
    return "".join(char for char in fold(text) if char.isalnum())


def _run_from(items: Sequence[Item], first: int, taken: set[int], body: Style) -> int | None:
    """The last line of the heading that begins at `first`, by its looks; None where none begins."""
    start = items[first]
    if not isinstance(start, Line) or not _stands_out(start, body):
        return None
    last = first
    while last + 1 < len(items) and last + 1 not in taken:
        line, after = items[last], items[last + 1]
        if not isinstance(line, Line) or not isinstance(after, Line) or not _goes_on(line, after):
            break
        last += 1
    lines = [item for item in items[first : last + 1] if isinstance(item, Line)]
    large = start.size >= _LARGER * body[0]
    if not _reads_as_heading(lines, large=large):
        return None
    return last if large or _stands_alone(items, first, last) else None


def _stands_out(line: Line, body: Style) -> bool:
    size, bold = body
    if line.size >= _LARGER * size:
        return True
    return line.bold and not bold and line.size >= _SMALLER * size


def _goes_on(line: Line, after: Line) -> bool:
    if (after.size, after.bold, after.page, after.region) != (line.size, line.bold, line.page, line.region):
        return False
    if not 0 < after.baseline - line.baseline <= 1.5 * line.size:
        return False
    # The next line begins a heading of its own where its first word would still have had room.
    room = line.edge - line.x1
    return room < after.words[0].x1 - after.words[0].x0 + 0.3 * line.size or after.text[:1].islower()


def _reads_as_heading(lines: Sequence[Line], *, large: bool) -> bool:
    text = " ".join(line.text for line in lines)
    words = len(text.split())
    if len(lines) > _MOST_LINES or words > (_MOST_WORDS if large else _MOST_BOLD_WORDS):
        return False
    if (
        sum(char.isalpha() for char in text) < 2
        or _LEADERS.search(text)
        or _QUOTATION.match(text)
        or split_bullet(text)[0]
    ):
        return False
    if large:
        return not (words > _SENTENCE_WORDS and text.endswith("."))
    return not (text[0].islower() or _ENDS_SENTENCE.search(text) or _KEY_AND_NUMBER.search(text))


def _stands_alone(items: Sequence[Item], first: int, last: int) -> bool:
    """Whether bold lines of the body's size are no part of the paragraph before or after them."""
    start, end = items[first], items[last]
    assert isinstance(start, Line)
    assert isinstance(end, Line)
    before = items[first - 1] if first else None
    if isinstance(before, Line) and _close(before, start) and not before.bold:
        full = before.x1 > before.edge - 0.15 * (before.edge - before.x0)
        if full and not re.search(r"[.?!:;]['\u2019\u201d\")\]]*$", before.text):
            return False
    after = items[last + 1] if last + 1 < len(items) else None
    if not isinstance(after, Line) or not _close(end, after):
        return True
    if after.text[:1].islower():
        return False
    full = end.x1 > end.edge - 0.15 * (end.edge - end.x0)
    return not (full and after.words[0].bold)


def _close(line: Line, after: Line) -> bool:
    together = (line.page, line.region) == (after.page, after.region)
    return together and 0 < after.baseline - line.baseline <= 1.6 * line.size


def _levels(items: Sequence[Item], runs: Mapping[int, tuple[int, int]]) -> dict[int, int]:
    """Outline depths where there are any; other headings rank by style among all the styles of headings."""
    styles: dict[int, Style] = {}
    for first in runs:
        item = items[first]
        assert isinstance(item, Line)
        styles[first] = (item.size, item.bold)
    ranked = sorted(set(styles.values()), key=lambda style: (-style[0], not style[1]))
    depths: dict[Style, Counter[int]] = {}
    for first, (_, depth) in runs.items():
        if depth:
            depths.setdefault(styles[first], Counter())[depth] += 1
    if not depths:
        return {first: min(ranked.index(style) + 1, _LOWEST) for first, style in styles.items()}
    above = [style for style in ranked if ranked.index(style) < min(ranked.index(known) for known in depths)]
    level_of: dict[Style, int] = {}
    current = 0
    for style in ranked:
        if style in depths:
            current = max(current, len(above) + depths[style].most_common(1)[0][0])
            level_of[style] = len(above) + depths[style].most_common(1)[0][0]
        else:
            current += 1
            level_of[style] = current
    return {
        first: min(len(above) + depth if depth else level_of[styles[first]], _LOWEST)
        for first, (_, depth) in runs.items()
    }
