"""Reading order: columns of prose one after the other, everything else from top to bottom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from statistics import median

from indexer.readers.pdf_lines import Line, line_of
from indexer.readers.pdf_tables import Table

_GUTTER = 0.8  # of the font size: the least width of the white strip between two columns
_MIDDLE = 0.2  # of the text's width: a gutter this close to its edge parts labels from text, not columns
_PROSE_WORDS = 3.0  # words a line: fewer are labels and values, read row by row
_PROSE_ROWS = 4
_DEEPEST = 2  # columns are parted at most this often: four columns

Item = Line | Table
Strip = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Row:
    item: Item
    spans: tuple[Strip, ...]

    @property
    def middle(self) -> float:
        return self.item.baseline if isinstance(self.item, Line) else (self.item.box[1] + self.item.box[3]) / 2


def reading_order(lines: Sequence[Line], tables: Sequence[Table]) -> list[Item]:
    """The page's lines, parted at gutters, and tables. Items of one column share `region`, others do not."""
    rows = [_Row(line, tuple((word.x0, word.x1) for word in line.words)) for line in lines]
    rows += [_Row(table, ((table.box[0], table.box[2]),)) for table in tables]
    return list(_ordered(sorted(rows, key=lambda row: row.middle), count(), 0))


def _ordered(rows: list[_Row], regions: count[int], depth: int) -> Iterator[Item]:
    if not rows:
        return
    left = min(span[0] for row in rows for span in row.spans)
    right = max(span[1] for row in rows for span in row.spans)
    plain: list[_Row] = []
    at = 0
    while at < len(rows):
        end, gutter = _columns_from(rows, at, left, right) if depth < _DEEPEST else (at, None)
        if gutter is None:
            plain.append(rows[at])
            at += 1
            continue
        yield from _flowing(plain, right, next(regions))
        plain = []
        sides = _parted(rows[at:end], gutter)
        for side in sides:
            yield from _ordered(side, regions, depth + 1)
        at = end
    yield from _flowing(plain, right, next(regions))


def _flowing(rows: list[_Row], edge: float, region: int) -> Iterator[Item]:
    for row in rows:
        if isinstance(row.item, Line):
            yield row.item.within(edge=edge, region=region)
        else:
            yield replace(row.item, region=region)


def _columns_from(rows: list[_Row], start: int, left: float, right: float) -> tuple[int, float | None]:
    """Where the columns that begin at `start` end, and the middle of their gutter; None where none begin."""
    width = right - left
    inner = (left + _MIDDLE * width, right - _MIDDLE * width)
    strips = _gaps(rows[start], inner)
    best = strips
    end = start + 1
    while end < len(rows):
        narrowed = _common(strips, _gaps(rows[end], inner))
        if not narrowed:
            break
        best = strips = narrowed
        end += 1
    for strip in sorted(best, key=lambda s: s[0] - s[1]):
        gutter = (strip[0] + strip[1]) / 2
        if _both_prose(rows[start:end], gutter):
            return _without_tail(rows, start, end, gutter), gutter
    return start, None


def _gaps(row: _Row, inner: Strip) -> list[Strip]:
    """The white strips of a row inside `inner`, wide enough for a gutter."""
    least = _GUTTER * (row.item.size if isinstance(row.item, Line) else 10.0)
    strips: list[Strip] = []
    at = float("-inf")
    for x0, x1 in (*row.spans, (float("inf"), float("inf"))):
        if x0 - at >= least:
            strip = (max(at, inner[0]), min(x0, inner[1]))
            if strip[1] - strip[0] >= least:
                strips.append(strip)
        at = max(at, x1)
    return strips


def _common(ones: list[Strip], others: list[Strip]) -> list[Strip]:
    both = ((max(a[0], b[0]), min(a[1], b[1])) for a in ones for b in others)
    return [strip for strip in both if strip[1] - strip[0] >= 6.0]


def _both_prose(rows: list[_Row], gutter: float) -> bool:
    """Whether full lines of words stand on both sides. Labels beside values, or a list of names, do not."""
    for side in _parted(rows, gutter):
        lines = [row.item for row in side if isinstance(row.item, Line)]
        if len(lines) < _PROSE_ROWS or sum(len(line.words) for line in lines) < _PROSE_WORDS * len(lines):
            return False
        widest = max(line.x1 - line.x0 for line in lines)
        if median(line.x1 - line.x0 for line in lines) < 0.6 * widest:
            return False
    return True


def _parted(rows: list[_Row], gutter: float) -> tuple[list[_Row], list[_Row]]:
    left: list[_Row] = []
    right: list[_Row] = []
    for row in rows:
        if isinstance(row.item, Table):
            (left if row.item.box[0] < gutter else right).append(row)
            continue
        for side, words in (
            (left, [word for word in row.item.words if word.x0 < gutter]),
            (right, [word for word in row.item.words if word.x0 >= gutter]),
        ):
            if words:
                line = line_of(words, row.item.page)
                side.append(_Row(line, tuple((word.x0, word.x1) for word in words)))
    return left, right


def _without_tail(rows: list[_Row], start: int, end: int, gutter: float) -> int:
    """The end of the columns without a heading of what follows them over the full width."""
    if end == len(rows):
        return end
    sizes = [row.item.size for row in rows[start:end] if isinstance(row.item, Line)]
    usual = median(sizes) if sizes else 0.0
    last = end
    while last - 1 > start:
        item = rows[last - 1].item
        if not isinstance(item, Line) or item.x1 > gutter or not (item.bold or item.size > 1.1 * usual):
            break
        last -= 1
    return last
