"""What answers say around the reports' words."""

from __future__ import annotations

from collections.abc import Sequence

from service.question import Parsed
from service.search import Retrieval

_MOST = 12


def some(names: Sequence[str], last: str = "and") -> str:
    """Names in a row; of many the first, and how many more there are."""
    if len(names) > _MOST:
        return f"{', '.join(names[:_MOST])} {last} {len(names) - _MOST:,} more"
    *first, final = names
    return f"{', '.join(first)} {last} {final}" if first else final


def looked_at(asked: Parsed, retrieval: Retrieval) -> str:
    """The reports that were searched, in words."""
    number = len(retrieval.reports)
    named = tuple(name for name in asked.subjects.names if name not in asked.subjects.missing)
    whom = f" on {some(named)}" if named else ""
    if number == 1:
        return f"the report{whom}" if whom else "the one report that was searched"
    return f"the {number:,} reports{whom or ' searched'}"


def many(number: int, one: str, several: str) -> str:
    return f"{number:,} {one if number == 1 else several}"
