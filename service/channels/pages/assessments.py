"""Reports of one family on the same subject: which is the newest, which are older."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from indexer.index.catalogue import StoredReport
from service.live import OpenGeneration
from service.question.report_dates import stale, when


@dataclass(frozen=True, kw_only=True, slots=True)
class Others:
    """The other reports of a report's family on its subject, the newest first; none where dates do not tell."""

    newer: tuple[StoredReport, ...]
    older: tuple[StoredReport, ...]


class Assessments:
    """reports  all of them, by subject, then the newest first.
    older    ids of those that a newer one supersedes.
    """

    def __init__(self, opened: OpenGeneration) -> None:
        known, reports = opened.retriever.subjects, opened.catalogue.reports()
        self._subjects = {r.id: name for r in reports if (name := known.subject_of(r.id) or r.metadata.subject)}
        newest_first = _newest_first((when(r) or date.min, r) for r in reports)
        self.reports = tuple(sorted(newest_first, key=lambda r: (self.subject(r) or r.title).casefold()))
        self.older = stale(reports, self._subjects)
        self._families = {name: about.get("title") or name for name, about in opened.catalogue.profiles().items()}

    def subject(self, report: StoredReport) -> str | None:
        return self._subjects.get(report.id)

    def family(self, report: StoredReport) -> str:
        """The family's name as it is shown."""
        return self._families.get(report.profile, report.profile)

    def others(self, report: StoredReport) -> Others:
        day, subject = when(report), self.subject(report)
        if day is None or subject is None:
            return Others(newer=(), older=())
        alike = [
            (when(r), r)
            for r in self.reports
            if r.id != report.id and r.profile == report.profile and self.subject(r) == subject
        ]
        return Others(
            newer=_newest_first((d, r) for d, r in alike if d and d > day),
            older=_newest_first((d, r) for d, r in alike if d and d < day),
        )


def _newest_first(dated: Iterable[tuple[date, StoredReport]]) -> tuple[StoredReport, ...]:
    return tuple(report for _, report in sorted(dated, key=lambda pair: (-pair[0].toordinal(), pair[1].id)))
