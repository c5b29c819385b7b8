"""Characters to words, and words to rows of a shared baseline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from indexer.readers.pdf_page import Char

_WORD_GAP = 0.2  # of the font size: a wider gap parts two words even without a blank character
_SAME_LINE = 0.2  # of the font size: how far baselines of one line may lie apart
_RAISED = 0.8  # of the font size: smaller is raised or lowered
_TWICE_DRAWN = 0.2  # of the font size: a letter drawn again this close only makes it bolder


class Word(NamedTuple):
    text: str
    x0: float
    x1: float
    baseline: float
    size: float
    bold: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """Words on one baseline, left to right. `size` and `bold` are those of most of its letters.

    edge  the right edge of the column that the line stands in.
    """

    words: tuple[Word, ...]
    page: int
    baseline: float
    size: float
    bold: bool
    edge: float = 0.0
    region: int = 0

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return self.words[-1].x1

    @property
    def top(self) -> float:
        return self.baseline - 0.8 * self.size

    @property
    def bottom(self) -> float:
        return self.baseline + 0.2 * self.size

    def within(self, *, edge: float, region: int) -> Line:
        return replace(self, edge=edge, region=region)


def line_of(words: Sequence[Word], page: int) -> Line:
    """A line of at least one word."""
    sizes: Counter[float] = Counter()
    bold = total = 0
    for word in words:
        letters = sum(char.isalnum() for char in word.text)
        sizes[round(word.size * 2) / 2] += letters * 2 + 1  # a lone bullet counts only where nothing else stands
        total += letters
        bold += letters if word.bold else 0
    baselines = Counter(round(word.baseline, 1) for word in words for _ in word.text)
    return Line(
        words=tuple(words),
        page=page,
        baseline=baselines.most_common(1)[0][0],
        size=sizes.most_common(1)[0][0],
        bold=bold * 10 >= total * 9 and total > 0,
    )


def lines_of(chars: Iterable[Char], page: int) -> list[Line]:
    """Lines from top to bottom, each over the whole width of what was given."""
    lines = [line_of(words, page) for row in _with_raised(_rows(chars)) if (words := _words(row))]
    return sorted(lines, key=lambda line: (line.baseline, line.x0))


def _rows(chars: Iterable[Char]) -> list[list[Char]]:
    rows: list[list[Char]] = []
    anchor = 0.0
    for char in sorted(chars, key=lambda c: c.baseline):
        if rows and char.baseline - anchor <= _SAME_LINE * max(char.size, 1.0):
            rows[-1].append(char)
        else:
            rows.append([char])
            anchor = char.baseline
    return rows


def _with_raised(rows: list[list[Char]]) -> list[list[Char]]:
    """Raised and lowered small characters ("1st", note marks) back in the line that they touch."""
    kept: list[list[Char]] = []
    for index, row in enumerate(rows):
        ink = [char for char in row if not char.text.isspace()]
        if not ink:
            continue
        host = None
        if len(ink) <= 8:
            neighbours = [rows[at] for at in (index + 1, index - 1) if 0 <= at < len(rows)]
            host = next((other for other in neighbours if _touches(ink, other)), None)
        if host is None:
            kept.append(row)
        else:
            host.extend(ink)
    return kept


def _touches(small: list[Char], row: list[Char]) -> bool:
    size = max(char.size for char in small)
    for char in row:
        if char.text.isspace() or size > _RAISED * char.size:
            continue
        if abs(char.baseline - small[0].baseline) > 0.6 * char.size:
            continue
        if -0.2 * char.size <= small[0].x0 - char.x1 <= 0.3 * char.size:
            return True
    return False


def _words(row: list[Char]) -> list[Word]:
    words: list[Word] = []
    run: list[Char] = []
    for char in sorted(row, key=lambda c: c.x0):
        if char.text.isspace():
            _close(run, words)
            continue
        if run:
            last = run[-1]
            size = max(min(char.size, last.size), 1.0)
            if char.text == last.text and abs(char.x0 - last.x0) <= _TWICE_DRAWN * size:
                run[-1] = last._replace(bold=True)
                continue
            note_mark = char.text.isdigit() and char.size <= _RAISED * last.size  # not one of the word's letters
            if note_mark or char.x0 - last.x1 > _WORD_GAP * size:
                _close(run, words)
        run.append(char)
    _close(run, words)
    return words


def _close(run: list[Char], words: list[Word]) -> None:
    if not run:
        return
    size = Counter(char.size for char in run).most_common(1)[0][0]
    baseline = next(char.baseline for char in run if char.size == size)
    bold = 2 * sum(char.bold for char in run) > len(run)
    words.append(Word("".join(c.text for c in run), run[0].x0, max(c.x1 for c in run), baseline, size, bold))
    run.clear()
