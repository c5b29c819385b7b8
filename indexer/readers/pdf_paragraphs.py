"""Lines in reading order to passages: the lines of one paragraph or list item, over page breaks too."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.readers.pdf_headings import Heading
from indexer.readers.pdf_layout import Item
from indexer.readers.pdf_leads import Lead, lead_of
from indexer.readers.pdf_lines import Line
from indexer.readers.pdf_tables import Box, Table

_GAP = 1.3  # times the usual distance of two lines
_WIDE = 1.6  # times the font size
_SEEN = 3  # a distance seen less often says nothing of what is usual
_INDENT = 0.8  # of the font size
_NOTE = 0.9  # times the body's size: smaller lines at a page's foot are notes
_FULL = 0.85  # of its column's width: a shorter line ends where its writer wanted
_TAB = 2.0  # of the font size: a gap this wide within a line parts two texts
_ENDS_SENTENCE = re.compile(r"[.?!:;]['\u2019\u201d\")\]]*$")


@dataclass(frozen=True, slots=True)
class Title:
    lines: tuple[Line, ...]
    level: int


@dataclass(slots=True)
class Passage:
    """The lines of a paragraph. `lead` is what stands in front of the first of them."""

    lines: list[Line]
    lead: Lead
    note: bool = False

    @property
    def hang(self) -> float:
        """Where its lines begin, other than the first."""
        if len(self.lines) > 1:
            return self.lines[1].x0
        return self.lines[0].x0 if self.lead.text_x is None else self.lead.text_x


Part = Title | Passage | Table


@dataclass(frozen=True, kw_only=True, slots=True)
class Setting:
    """What is usual in a document. pitches: font size -> distance of baselines. rules: by page."""

    body_size: float
    pitches: Mapping[float, float]
    rules: Mapping[int, Sequence[Box]]


def usual_pitches(items: Sequence[Item]) -> dict[float, float]:
    """For every font size the distance of two lines of one paragraph: the least that is common."""
    seen: defaultdict[float, Counter[float]] = defaultdict(Counter)
    for line, after in pairwise(items):
        if not isinstance(line, Line) or not isinstance(after, Line):
            continue
        if (line.page, line.region, line.size) == (after.page, after.region, after.size):
            pitch = round((after.baseline - line.baseline) * 2) / 2
            if 0.9 * line.size <= pitch <= 3 * line.size:
                seen[line.size][pitch] += 1
    usual = {size: _usual(size, pitches) for size, pitches in seen.items()}
    return {size: pitch for size, pitch in usual.items() if pitch}


def _usual(size: float, pitches: Counter[float]) -> float:
    """Wide spacing counts only where most lines have it; else it is the gap between paragraphs. 0 for none."""
    total = pitches.total()
    narrow = [pitch for pitch, number in pitches.items() if pitch <= _WIDE * size and number * 6 >= total]
    wide = [pitch for pitch, number in pitches.items() if number >= _SEEN and number * 2 >= total]
    return min(narrow or wide, default=0.0)


def parts_of(items: Sequence[Item], found: Mapping[int, Heading], setting: Setting) -> list[Part]:
    """Headings, passages and tables in reading order."""
    parts: list[Part] = []
    at = 0
    while at < len(items):
        item = items[at]
        heading = found.get(at)
        if heading is not None:
            lines = tuple(line for line in items[at : heading.last + 1] if isinstance(line, Line))
            parts.append(Title(lines, heading.level))
            at = heading.last + 1
            continue
        if isinstance(item, Table):
            parts.append(item)
        else:
            _add(item, parts, setting)
        at += 1
    return _over_breaks(parts, setting)


def _add(line: Line, parts: list[Part], setting: Setting) -> None:
    lead = lead_of(line)
    last = parts[-1] if parts else None
    if isinstance(last, Passage) and _continues(last, line, lead, setting):
        last.lines.append(line)
    else:
        parts.append(Passage([line], lead))


def _continues(passage: Passage, line: Line, lead: Lead, setting: Setting) -> bool:
    """Whether a line goes on with the passage right above it in the same column."""
    last = passage.lines[-1]
    if (last.page, last.region) != (line.page, line.region):
        return False
    pitch = line.baseline - last.baseline
    usual = setting.pitches.get(line.size, 1.3 * line.size)
    bullet_alone = passage.lead.bullet and passage.lead.skip == len(last.words)
    if not 0 < pitch <= _GAP * max(usual, line.size) or (abs(line.size - last.size) > 1 and not bullet_alone):
        return False
    ended = _ENDS_SENTENCE.search(last.text) is not None
    if lead.bullet or (lead.label is not None and (lead.set_off or ended)):
        return False
    if _ruled_off(last, line, setting.rules.get(line.page, ())):
        return False
    return bullet_alone or (_aligned(passage, line) and _runs_on(passage, line, ended=ended))


def _runs_on(passage: Passage, line: Line, *, ended: bool) -> bool:
    """Whether a line that stands where the passage's next line must is that line."""
    last = passage.lines[-1]
    if _value_x(line) is not None and not passage.lead.bullet:
        return False
    room = line.edge - last.x1 - (line.words[0].x1 - line.words[0].x0)
    short = room > 0.1 * max(line.edge - line.x0, 1.0)
    return not (short and ended and not line.text[0].islower())


def _aligned(passage: Passage, line: Line) -> bool:
    """Whether a line begins where the passage's next line must."""
    first, last = passage.lines[0], passage.lines[-1]
    slack = _INDENT * line.size
    value_x = _value_x(first)
    if value_x is not None and not passage.lead.bullet:
        return abs(line.x0 - value_x) <= slack  # a value that goes on below itself, beside its label
    if passage.lead.text_x is not None or passage.lead.bullet:
        if line.x0 >= first.x0 + slack:
            return len(passage.lines) == 1 or abs(line.x0 - passage.hang) <= slack
        # No hanging indent: the text goes on below its bullet.
        ran_on = not _ENDS_SENTENCE.search(last.text) or line.text[0].islower()
        return abs(line.x0 - first.x0) < slack and (ran_on or _is_full(last))
    if len(passage.lines) == 1:
        return -5 * line.size <= line.x0 - first.x0 <= slack
    return abs(line.x0 - passage.hang) <= slack


def _value_x(line: Line) -> float | None:
    """Where the second of two texts set side by side begins; None for a line of one text."""
    words = line.words[lead_of(line).skip :]
    return next((w.x0 for before, w in pairwise(words) if w.x0 - before.x1 > _TAB * line.size), None)


def _is_full(line: Line) -> bool:
    return line.x1 - line.x0 >= _FULL * (line.edge - line.x0)


def _ruled_off(line: Line, after: Line, rules: Sequence[Box]) -> bool:
    middle = (line.bottom + after.top) / 2
    return any(
        x0 <= line.x0 <= x1
        and abs(height - middle) <= 0.75 * (after.baseline - line.baseline)
        and line.baseline - 0.3 * line.size <= height <= after.baseline - 0.3 * after.size
        for x0, top, x1, bottom in rules
        for height in (top, bottom)
    )


def _over_breaks(parts: Sequence[Part], setting: Setting) -> list[Part]:
    """Passages that go on in the next column or on the next page, made one; notes stand after them."""
    joined: list[Part] = []
    for at, part in enumerate(parts):
        if not isinstance(part, Passage):
            joined.append(part)
            continue
        part.note = _is_note(part, parts[at + 1 :], setting)
        host = next((p for p in reversed(joined) if not (isinstance(p, Passage) and p.note)), None)
        if not part.note and isinstance(host, Passage) and _goes_on(host, part):
            host.lines.extend(part.lines)
        else:
            joined.append(part)
    return joined


def _is_note(passage: Passage, following: Sequence[Part], setting: Setting) -> bool:
    """Small print at the foot of a page, where nothing but small print follows."""
    line = passage.lines[0]
    if line.size > _NOTE * setting.body_size:
        return False
    for part in following:
        if isinstance(part, Passage) and part.lines[0].page == line.page:
            if part.lines[0].size > _NOTE * setting.body_size:
                return False
            continue
        return not isinstance(part, Title | Table) or _page_of(part) != line.page
    return True


def _page_of(part: Title | Table) -> int:
    return part.page if isinstance(part, Table) else part.lines[0].page


def _goes_on(passage: Passage, after: Passage) -> bool:
    """Whether a passage goes on over a page's or a column's end."""
    last, line = passage.lines[-1], after.lines[0]
    if (last.page, last.region) == (line.page, line.region) or abs(last.size - line.size) > 0.5:
        return False
    if line.page - last.page > 1 or after.lead.bullet or after.lead.set_off:
        return False
    same_column = abs(line.x0 - passage.hang) <= _INDENT * line.size or last.region != line.region
    if passage.lead.text_x is not None and passage.lead.set_off and line.page != last.page:
        hangs = line.x0 - passage.lines[0].x0 >= _INDENT * line.size
        if hangs and abs(line.x0 - passage.hang) <= _INDENT * line.size:
            return True
    if _ENDS_SENTENCE.search(last.text):
        return False
    return line.text[0].islower() or (after.lead.label is None and same_column and _is_full(last))
