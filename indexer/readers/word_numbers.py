"""The numbers that Word prints in front of paragraphs and keeps nowhere in the text."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from indexer.readers.word_styles import W, whole

_PLACE = re.compile(r"%([1-9])")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class _Level:
    start: int
    form: str
    pattern: str


class Numbering:
    """Counts as Word does: every abstract list has one counter a level, and a level restarts below a higher one."""

    def __init__(self, root: ET.Element | None) -> None:
        self._abstract: dict[str, str] = {}
        self._levels: dict[str, dict[int, _Level]] = {}
        self._restarts: dict[tuple[str, int], int] = {}
        self._counts: defaultdict[str, dict[int, int]] = defaultdict(dict)
        for element in () if root is None else root.iter(f"{W}abstractNum"):
            self._levels[element.get(f"{W}abstractNumId", "")] = dict(map(_level, element.iter(f"{W}lvl")))
        for element in () if root is None else root.iter(f"{W}num"):
            self._read_number(element)

    def next(self, number: str, level: int) -> str | None:
        """The number printed in front of the next paragraph of a list, without its closing full stop.

        None for bullets and for lists that the document does not describe.
        """
        abstract = self._abstract.get(number, "")
        levels = self._levels.get(abstract, {})
        if level not in levels:
            return None
        counts = self._counts[abstract]
        restart = self._restarts.pop((number, level), None)
        if restart is not None:
            counts[level] = restart
        else:
            counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        if levels[level].form in {"bullet", "none"}:
            return None

        def printed(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            known = levels.get(at)
            return _printed(counts.get(at, known.start), known.form) if known else ""

        return _PLACE.sub(printed, levels[level].pattern).strip().rstrip(".:") or None

    def is_compound(self, number: str, level: int) -> bool:
        """Whether the printed number names the levels above too, as "2.14" does."""
        known = self._levels.get(self._abstract.get(number, ""), {}).get(level)
        return known is not None and len(_PLACE.findall(known.pattern)) > 1

    def _read_number(self, element: ET.Element) -> None:
        number = element.get(f"{W}numId", "")
        abstract = element.find(f"{W}abstractNumId")
        self._abstract[number] = "" if abstract is None else abstract.get(f"{W}val", "")
        for override in element.iter(f"{W}lvlOverride"):
            start = override.find(f"{W}startOverride")
            if start is not None:
                self._restarts[number, whole(override.get(f"{W}ilvl"), 0)] = whole(start.get(f"{W}val"), 1)


def _level(element: ET.Element) -> tuple[int, _Level]:
    def value(name: str, default: str) -> str:
        child = element.find(f"{W}{name}")
        return default if child is None else child.get(f"{W}val", default)

    at = whole(element.get(f"{W}ilvl"), 0)
    level = _Level(start=whole(value("start", "1"), 1), form=value("numFmt", "decimal"), pattern=value("lvlText", ""))
    return at, level


def _printed(number: int, form: str) -> str:
    if form in {"lowerLetter", "upperLetter"} and 0 < number <= 780:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if form == "lowerLetter" else letter.upper()
    if form in {"lowerRoman", "upperRoman"} and 0 < number < 4000:
        letters = ""
        for value, sign in _ROMAN:
            while number >= value:
                letters, number = letters + sign, number - value
        return letters if form == "lowerRoman" else letters.upper()
    return f"{number:02d}" if form == "decimalZero" else str(number)
