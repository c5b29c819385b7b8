"""From the lines of a plain text to units: a paragraph, a list item or a bare line each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from indexer.readers.labels import split_bullet, split_label
from indexer.text import clean

_WIDEST = 160  # characters; a longer line is a paragraph, not a line of a wrapped one
_RAGGED = 0.75  # of the width: a line of loosely wrapped text that is not the last of its paragraph
_WRAPPED_SHARE = 0.15  # of line ends that stand in the middle of a sentence, in a wrapped text
_STRICT_SHARE = 0.9  # of those where the next word had no room on the line
_LONGEST_KNOWN = 200
_END = re.compile(r"[.!?:;][\"'”’)\]]*$")
_RULE = re.compile(r"[\s=_~*#.+-]{3,}|[\s–—―─━═]+")


@dataclass(kw_only=True, slots=True)
class Line:
    """`end`: the column where the line ends. `known`: the level, where it is one of the family's headings."""

    text: str
    indent: int
    end: int
    page: int | None
    known: int | None
    bullet: str | None  # a bullet's sign
    number: str | None  # a printed number
    goes_on: bool = False  # in the middle of a sentence that began on the page before


@dataclass(kw_only=True, slots=True)
class Unit:
    """Lines that belong together. `alone`: one line with blank lines, or the text's ends, around it."""

    lines: list[Line] = field(default_factory=list)
    alone: bool = False
    is_item: bool = False

    @property
    def text(self) -> str:
        return clean(" ".join(line.text for line in self.lines))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Wrapping:
    """How a text is broken into lines. `slack`: the least share of `width` that a line fills."""

    width: int
    slack: float


def units_of(text: str, heading_level: Callable[[str], int | None]) -> list[Unit]:
    groups = list(_groups(_lines(text, heading_level)))
    wrapping = _wrapping([pair for group in groups for pair in pairwise(group)], _WRAPPED_SHARE)
    units: list[Unit] = []
    for group in groups:
        made = _units_of_group(group, wrapping or _wrapping(list(pairwise(group)), 0))
        made[0].alone = len(group) == 1
        units.extend(made)
    return units


def _lines(text: str, heading_level: Callable[[str], int | None]) -> Iterator[Line | None]:
    """The lines, with None for one or more blank ones. A new page is a blank line, unless a sentence goes on."""
    pages = text.split("\f")
    last: Line | None = None
    blank = False
    for number, page in enumerate(pages, start=1):
        turned = number > 1
        for raw in page.split("\n"):
            words = clean(raw)
            if not words or _RULE.fullmatch(words):
                blank = True
                continue
            line = _line(raw, words, number if len(pages) > 1 else None, heading_level)
            line.goes_on = turned and last is not None and words[0].islower() and not _END.search(last.text)
            if (blank or turned) and not line.goes_on:
                yield None
            blank = turned = False
            last = line
            yield line


def _line(raw: str, words: str, page: int | None, heading_level: Callable[[str], int | None]) -> Line:
    bullet, _ = split_bullet(words)
    number, rest = split_label(words)
    known = None
    if len(words) <= _LONGEST_KNOWN:
        known = heading_level(words)
        if known is None and number:
            known = heading_level(rest)
    return Line(
        text=words,
        indent=len(raw) - len(raw.lstrip()),
        end=len(raw.rstrip()),
        page=page,
        known=known,
        bullet=bullet,
        number=number,
    )


def _groups(lines: Iterator[Line | None]) -> Iterator[list[Line]]:
    group: list[Line] = []
    for line in lines:
        if line is not None:
            group.append(line)
        elif group:
            yield group
            group = []
    if group:
        yield group


def _wrapping(pairs: Sequence[tuple[Line, Line]], share: float) -> _Wrapping | None:
    """None where the lines are paragraphs by themselves."""
    broken = [(line, after) for line, after in pairs if _breaks_sentence(line, after)]
    if not broken or len(broken) < share * len(pairs):
        return None
    ends = sorted(line.end for line, _ in broken)
    width = ends[int(0.95 * (len(ends) - 1))]
    strict = sum(_is_full(line, after, width) for line, after in broken)
    return _Wrapping(width=width, slack=1 if strict >= _STRICT_SHARE * len(broken) else _RAGGED)


def _breaks_sentence(line: Line, after: Line) -> bool:
    return line.end <= _WIDEST and after.text[0].islower() and not after.bullet and not _END.search(line.text)


def _is_full(line: Line, after: Line, width: int) -> bool:
    """Whether the next line's first word had no room on this one."""
    return line.end + 1 + len(after.text.split(" ", 1)[0]) > width


def _units_of_group(group: list[Line], wrapping: _Wrapping | None) -> list[Unit]:
    units: list[Unit] = []
    for line in group:
        if units and _joins(units[-1], line, wrapping):
            units[-1].lines.append(line)
        else:
            units.append(Unit(lines=[line], is_item=line.bullet is not None or line.number is not None))
    return units


def _joins(unit: Unit, line: Line, wrapping: _Wrapping | None) -> bool:
    """Whether a line goes on with the unit above it."""
    before = unit.lines[-1]
    ended = _END.search(before.text) is not None
    in_sentence = wrapping is not None and _breaks_sentence(before, line)
    parts = (line.known is not None and not in_sentence) or before.known is not None
    if line.bullet or line.number:
        parts = parts or ended or unit.is_item or split_bullet(line.text, sure=True)[0] is not None
    if line.goes_on or parts:
        return line.goes_on
    if unit.is_item and line.indent > unit.lines[0].indent:
        return True
    return wrapping is not None and _fills_line(before, line, wrapping, ended=ended)


def _fills_line(before: Line, line: Line, wrapping: _Wrapping, *, ended: bool) -> bool:
    """Whether a line was broken for want of room, and not because a paragraph ended there."""
    if before.end > _WIDEST:
        return False
    if _breaks_sentence(before, line):
        return before.end >= wrapping.width / 2
    full = _is_full(before, line, wrapping.width)
    return full or (not ended and before.end >= wrapping.slack * wrapping.width)
