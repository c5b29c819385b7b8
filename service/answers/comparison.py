"""Whose reports are set side by side in an answer, and what each side is asked: as if it were asked alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from indexer.index.catalogue import Catalogue, StoredReport
from service.model import Filters
from service.question import Parsed, Subjects
from service.question.breadth import Breadth, without_changes
from service.question.report_dates import when
from service.question.words import without_comparing

# So many subjects can all be answered when a question leaves open which of them it is about.
_FEW = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Side:
    """A heading of an answer, and the ids of the reports that are answered from under it.

    body  whom they are about; None where sides are assessments of one body.
    """

    label: str
    reports: tuple[str, ...]
    body: str | None = None


class Sides:
    """Safe for several threads."""

    def __init__(self, catalogue: Catalogue, subjects: Subjects) -> None:
        self._catalogue = catalogue
        self._subjects = subjects
        self._all = self._by_label(catalogue.reports())
        self._labels = {report: side.label for side in self._all for report in side.reports}

    @property
    def several(self) -> bool:
        """Whether the indexed reports are about bodies, and about more than one."""
        return bool(self._subjects.indexed()) and len(self._all) > 1

    @property
    def few(self) -> bool:
        """Whether each of several subjects, or reports that name none, can be answered by itself."""
        return 1 < len(self._all) <= _FEW

    def of(self, asked: Parsed, filters: Filters) -> tuple[Side, ...]:
        """Two sides or more; none where the question is not about several."""
        named = asked.subjects
        if filters.reports is not None or filters.subjects is not None:
            return ()
        if not named.names and self.few and (named.unnamed_body or asked.breadth is Breadth.EVERY):
            sides = self._all
        elif len(named.names) > 1:
            sides = tuple(
                Side(label=n, reports=self._current(n, asked), body=n) for n in named.names if n not in named.missing
            )
        elif asked.breadth is Breadth.TIMES:
            sides = self._assessments(named.reports or ())
        else:
            return ()
        return sides if len(sides) > 1 else ()

    def label(self, report_id: str) -> str:
        """What a report's words stand under."""
        return self._labels[report_id]

    def apart(self, reports: Iterable[str]) -> bool:
        """Whether what is said from these reports has to be told apart by whom it is about."""
        return self.several and len({self._labels[report] for report in reports}) > 1

    def _current(self, name: str, asked: Parsed) -> tuple[str, ...]:
        chosen = asked.subjects.reports or ()
        return tuple(r for r in self._subjects.reports_about(name) if r in chosen)

    def _assessments(self, reports: Iterable[str]) -> tuple[Side, ...]:
        """One body's reports of one family, the earliest first."""
        found = [r for r in map(self._catalogue.report, reports) if r is not None]
        dated = sorted((day, r.id) for r in found if (day := when(r)))
        if len({r.profile for r in found}) != 1 or len({day for day, _ in dated}) != len(found):
            return ()
        return tuple(Side(label=f"{day:%-d %B %Y}", reports=(name,)) for day, name in dated)

    def _by_label(self, reports: Iterable[StoredReport]) -> tuple[Side, ...]:
        labelled: dict[str, list[str]] = {}
        for report in reports:
            label = self._subjects.subject_of(report.id) or report.title
            labelled.setdefault(label, []).append(report.id)
        return tuple(Side(label=label, reports=tuple(ids)) for label, ids in labelled.items())


def alone(asked: Parsed, side: Side) -> Parsed:
    """What a side is asked: the matter, without the words that compare, of this body; of one of its assessments also
    without the years, of which each has its own, and without the words that ask what changed."""
    matter = without_comparing(asked.bare) or asked.bare
    if side.body is None:
        matter = without_changes(matter) or matter
    rest = f"{matter} in" if side.body else matter  # as a question of this body leaves it without the name
    subjects = replace(
        asked.subjects, names=(side.body,) if side.body else (), missing=(), reports=side.reports, rest=rest
    )
    text = f"{rest} {side.body}" if side.body else rest
    return replace(asked, text=text, bare=rest, subjects=subjects, breadth=Breadth.ONE)
