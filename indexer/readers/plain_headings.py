"""Which bare lines of a plain text are headings."""

# ruff: noqa: SIM905 - a long list of words reads best as words

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from indexer.readers.plain_lines import Unit

_MOST_WORDS = 12
_MOST_CHARACTERS = 100
_PROSE_CHARACTERS = 100
_MOST_IN_A_ROW = 3  # more short lines in a row are a table's cells, an address or a list of names
_DATE_WORDS = frozenset(
    "jan january feb february mar march apr april may jun june jul july aug august sep sept september oct october "
    "nov november dec december mon monday tue tuesday wed wednesday thu thursday fri friday sat saturday sun sunday "
    "to and of from page".split()
)
_NUMBER = re.compile(r"\d+(?:st|nd|rd|th)?")
_WORD = re.compile(r"\w+")
_NOT_HEADING = re.compile(
    r"©|\(c\)\s|copyright\b|crown copyright"
    r"|[^:]{1,60}:\s+\S"  # "Published: 24 January 2025"
    r"|\d+(?:\.\d+)?\s*[-–—:=]\s*\S"  # "3 - Evidence shows a good standard"
    r"|[‘“\"'«]"  # what somebody said
    r"|[-–*•]",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"://|www\.|@|\|")
# A heading may be a long question: "What is it like to be a child with … in this area?"
_QUESTION = re.compile(r"(?:What|How|Why|Where|When|Who|Which|Do|Does|Is|Are|Can)\b[^.?!]{3,150}\?")
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}$")
_UNFINISHED = re.compile(r"[.,;:!…-]$|\b(?:and|or|the|of|to|a|an|in|for|with|by)$")
_QUOTED_END = re.compile(r"[.!][\"'”’)\]]+$")


def could_be_heading(text: str) -> bool:
    """Whether a line has the form of a heading, wherever it stands."""
    if not _QUESTION.fullmatch(text) and (len(text.split()) > _MOST_WORDS or len(text) > _MOST_CHARACTERS):
        return False
    begins = next((c for c in text if c.isalnum()), "")
    if not (begins.isupper() or begins.isdigit()) or not any(c.isalpha() for c in text):
        return False
    if _UNFINISHED.search(text) or _QUOTED_END.search(text) or _ADDRESS.search(text) or _POSTCODE.search(text):
        return False
    return not _NOT_HEADING.match(text) and not _is_date_or_number(text)


def is_capitals(text: str) -> bool:
    """Whether a line is all in capitals, and more than an acronym or a postcode."""
    return text.isupper() and any(len(word) >= 4 for word in re.findall(r"[^\W\d_]+", text))


def heading_levels(units: Sequence[Unit]) -> list[int | None]:
    """For each unit the level of the heading that it is, or None.

    Known headings have their own level; others stand one below the last known one, those in small
    letters one below those in capitals. Without known ones the first is the title, at level 1.
    """
    bare = [_is_bare(units, at) for at in range(len(units))]
    runs = _runs(bare)
    levels: list[int | None] = []
    known, capitals = 0, False
    for at, unit in enumerate(units):
        line = unit.lines[0]
        level = line.known if len(unit.lines) == 1 else None
        if level is not None:
            known, capitals = level, False
        elif bare[at] and _stands_as_heading(units, at, runs[at]):
            level = known + 1
            if is_capitals(line.text):
                capitals = known > 0
            elif capitals:
                level += 1
            level += (line.number or "").count(".")
            known = max(known, 1)
        levels.append(level)
    return levels


def _is_date_or_number(text: str) -> bool:
    words = _WORD.findall(text.lower())
    return any(c.isdigit() for c in text) and all(word in _DATE_WORDS or _NUMBER.fullmatch(word) for word in words)


def _is_bare(units: Sequence[Unit], at: int) -> bool:
    unit = units[at]
    line = unit.lines[0]
    if len(unit.lines) > 1 or line.known is not None or line.bullet or not could_be_heading(line.text):
        return False
    if line.number is None:
        return True
    # "1. Introduction" is a heading among paragraphs, and an item among items.
    beside = [units[i] for i in (at - 1, at + 1) if 0 <= i < len(units)]
    return not any(other.lines[0].number and not _is_prose(other) for other in beside)


def _is_prose(unit: Unit) -> bool:
    text = unit.text
    return len(text) >= _PROSE_CHARACTERS or len(unit.lines) > 1 or text.endswith((".", "!", "?"))


def _runs(bare: list[bool]) -> list[tuple[int, int]]:
    """For each unit where the run of bare lines that it is in begins and ends (exclusive)."""
    runs: list[tuple[int, int]] = []
    for is_bare, group in groupby(bare):
        length = sum(1 for _ in group)
        first = len(runs)
        runs.extend([(first, first + length) if is_bare else (0, 0)] * length)
    return runs


def _stands_as_heading(units: Sequence[Unit], at: int, run: tuple[int, int]) -> bool:
    """Whether the lines around a bare line let it be a heading."""
    first, end = run
    if at + 1 >= len(units):
        return False
    if first > 0 and units[first - 1].lines[-1].known is None and units[first - 1].text.endswith(":"):
        return False  # the items of a list whose bullets were lost
    leads = end < len(units) and (_is_prose(units[end]) or units[end].is_item or units[end].lines[0].known is not None)
    if end - first > _MOST_IN_A_ROW:
        return at == 0 or (at == end - 1 and leads)
    return units[at].alone or leads
