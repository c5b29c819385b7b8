"""When a report's findings were made, and by which years it is spoken of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from indexer.index.catalogue import StoredReport

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_DATE = re.compile(r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+)?(?P<month>[a-z]{3,9})\.?,?\s+(?P<year>(?:19|20)\d\d)\b")


def when(report: StoredReport) -> date | None:
    """The day of publication; where none is known, the last day of the inspection as it is printed."""
    if report.metadata.published is not None:
        return report.metadata.published
    days = [day for match in _DATE.finditer((report.metadata.inspected or "").lower()) if (day := _day(match))]
    return max(days, default=None)


def years_of(report: StoredReport) -> frozenset[int]:
    """The years of its publication and its inspection."""
    known = report.metadata
    return frozenset(int(year) for year in re.findall(r"\b(?:19|20)\d\d\b", f"{known.published} {known.inspected}"))


def stale(reports: Iterable[StoredReport], subjects: Mapping[str, str]) -> frozenset[str]:
    """Ids of those on whose subject another one of them, of the same family, is newer.

    subjects  by report id; reports that are not among them are not looked at.
    """
    newest: dict[tuple[str, str], date] = {}
    known = [report for report in reports if report.id in subjects]
    dated = [(report, (subjects[report.id], report.profile), day) for report in known if (day := when(report))]
    for _, key, day in dated:
        newest[key] = max(day, newest.get(key, day))
    return frozenset(report.id for report, key, day in dated if day < newest[key])


def _day(match: re.Match[str]) -> date | None:
    month = next((n for n, name in enumerate(_MONTHS, 1) if name.startswith(match.group("month")[:3])), None)
    day = int(match.group("day") or 28)
    if month is None:
        return None
    try:
        return date(int(match.group("year")), month, day)
    except ValueError:
        return None
