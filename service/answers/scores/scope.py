"""Whose ratings count for a question, and of which time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from indexer.index.catalogue import Catalogue, StoredRating, StoredReport
from service.answers.scores.wording import subject_of
from service.question.report_dates import stale, when, years_of
from service.question.scores import Aim, ScoresParsed, Times


@dataclass(frozen=True, kw_only=True, slots=True)
class Scope:
    """
    reports   ids of the reports that the question may be answered from.
    older     ids of reports left aside, since newer ones supersede them: they count where a question speaks of
              change or of an earlier time.
    subjects  by the name of each subject that the question names, ids of all its reports.
    names     the filters' rated sections, and `scores` their scores; None for any.
    chosen    the reports were chosen one by one, so that none is left aside for a newer one.
    """

    reports: frozenset[str]
    older: frozenset[str] = frozenset()
    subjects: Mapping[str, frozenset[str]] = field(default_factory=dict)
    names: frozenset[str] | None = None
    scores: frozenset[int] | None = None
    chosen: bool = False


class Reports:
    """Which reports ratings are told from. Safe for several threads."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def known(self, scope: Scope) -> list[StoredReport]:
        within = scope.reports | scope.older
        return [r for r in self._catalogue.reports() if r.id in within]

    def current(self) -> frozenset[str]:
        reports = self._catalogue.reports()
        return frozenset(r.id for r in reports) - stale(reports, self._subjects)

    def superseded(self, scope: Scope) -> frozenset[str]:
        """Ids of the reports that newer ones on the same subject supersede."""
        return scope.older if scope.chosen else scope.older | stale(self.known(scope), self._subjects)

    def of(self, parsed: ScoresParsed, scope: Scope) -> frozenset[str]:
        """Ids of those that a question is answered from: the newest, or those of the time that it speaks of."""
        known = self.known(scope)
        if parsed.families is not None and (fitting := [r for r in known if r.profile in parsed.families]):
            known = fitting
        if parsed.aim is not Aim.CHANGED and not parsed.times.every:
            superseded = self.superseded(scope)
            known = _of_time(known, parsed.times) or [r for r in known if r.id not in superseded]
        return frozenset(r.id for r in known)

    @cached_property
    def several(self) -> frozenset[tuple[str, str]]:
        """Subjects, each with a family, on which several reports print ratings."""
        counts: dict[tuple[str, str], int] = {}
        for r in self._catalogue.reports():
            counts[subject_of(r), r.profile] = counts.get((subject_of(r), r.profile), 0) + (r.ratings > 0)
        return frozenset(key for key, number in counts.items() if number > 1)

    @cached_property
    def _subjects(self) -> Mapping[str, str]:
        return {r.id: subject_of(r) for r in self._catalogue.reports()}


def placed(report: StoredReport) -> int:
    """Its place in time; the lowest where no date is known."""
    day = when(report)
    return day.toordinal() if day is not None else 0


def ends_of(chain: Sequence[StoredRating], years: frozenset[int]) -> tuple[StoredRating, StoredRating] | None:
    """The first and the last of one thing's ratings, of which the oldest comes first; of those from `years` where two
    are."""
    then = [r for r in chain if years_of(r.report) & years]
    some = then if len(then) > 1 else chain
    return (some[0], some[-1]) if len(some) > 1 else None


def _of_time(known: Sequence[StoredReport], times: Times) -> list[StoredReport]:
    """The reports of the time that is spoken of; none where no time is, or no report is of it."""
    if times.pilot and (pilots := [r for r in known if r.metadata.assessment == "pilot"]):
        return pilots
    if times.years and (then := [r for r in known if years_of(r) & times.years]):
        return then
    newest_first = sorted(known, key=placed, reverse=True)
    if times.earliest:
        return _nth_of_each(newest_first, -1)
    return _nth_of_each(newest_first, 1) if times.previous else []


def _nth_of_each(newest_first: Iterable[StoredReport], place: int) -> list[StoredReport]:
    """The report at a place of each subject's and family's, or where there are fewer the last of them."""
    chains: dict[tuple[str, str], list[StoredReport]] = {}
    for report in newest_first:
        chains.setdefault((subject_of(report), report.profile), []).append(report)
    return [chain[place] if place < len(chain) else chain[-1] for chain in chains.values()]
