"""A whole section of a report: its strengths, what is to improve, its recommendations, its summary, any heading."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.index.catalogue import Catalogue, StoredParagraph, StoredReport
from indexer.index.terms import analyse
from service.answers.section_kinds import KINDS, Wanted, wanted_of, words_of
from service.answers.section_openings import Openings, Passages, run
from service.answers.section_outline import Outline
from service.answers.told import Extract, Statement, Told
from service.model import Shown
from service.question.subjects.subjects import SubjectsNamed

_ITEMS = 12
_MOST_REPORTS = 4
_INSTEAD = "No heading of recommendations or priority actions was found in {}; this is what it lists to improve."


class WholeSections:
    """Safe for several threads."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._outline = Outline(catalogue)
        self._openings = Openings(catalogue)

    def wanted(self, rest: str) -> Wanted | None:
        """What kinds of section a question without its names asks for; None where for none."""
        found = wanted_of(rest)
        return found if found is not None and (found.kinds or found.asks) else None

    def told(self, rest: str, subjects: SubjectsNamed, reports: frozenset[str], most: int | None) -> Told | None:
        """None where no section is asked for, where of several bodies, or where the reports have nothing of it.

        rest     the question without the names of bodies.
        reports  ids of those that it may be answered from.
        most     how many items to show.
        """
        wanted = wanted_of(rest)
        if wanted is None:
            return None
        chosen = self._one_body(subjects, reports)
        answers = []
        for kind in wanted.kinds or (None,):
            found = [one for one in (self._of(report, wanted, kind) for report in chosen) if one is not None]
            headed = [one for one in found if one.note is None]
            answers += headed or found
            if not found:
                return None
        return _told(answers, most or _ITEMS) if answers else None

    def _one_body(self, subjects: SubjectsNamed, reports: frozenset[str]) -> list[StoredReport]:
        chosen = [report for report in self._catalogue.reports() if report.id in reports]
        bodies = {report.metadata.subject or report.title for report in chosen}
        named = len(subjects.names) == 1 and not subjects.missing and not subjects.ambiguous
        one = named or (not subjects.names and len(bodies) == 1)
        return chosen if one and len(chosen) <= _MOST_REPORTS else []

    def _of(self, report: StoredReport, wanted: Wanted, name: str | None) -> Passages | None:
        # What its title says chose the report, and chooses nothing in it.
        left = tuple(word for word in wanted.left if word not in words_of(report.title))
        if name is None or (name == "summary" and left):
            return self._without_kind(report, wanted.left)
        found = self._under_headings(report, name)
        if left:
            narrowed = _narrowed(found, left)
            return narrowed if narrowed or name == "actions" else self._openings.about(report, name, left)
        if found is not None or name == "actions":
            return found
        return self._openings.summary(report) if name == "summary" else self._openings.graded(report, name)

    def _without_kind(self, report: StoredReport, left: Sequence[str]) -> Passages | None:
        """What stands below a heading; or, where nothing but a report is named, what sums it up."""
        if left:
            items = self._outline.below(report, left)
            return _passages(items) if items else None
        return self._under_headings(report, "summary") or self._openings.summary(report)

    def _under_headings(self, report: StoredReport, name: str) -> Passages | None:
        for other in (name, *KINDS[name].instead):
            items = self._outline.items(report, KINDS[other])
            if not items:
                continue
            more = self._openings.graded(report, other) if other != "actions" and self._outline.mixed(items) else None
            if more is not None:
                first = _passages(items)
                return Passages(items=first.items + more.items, headings=first.headings + more.headings)
            note = None if other == name else _INSTEAD.format(report.title)
            return _passages(items, note)
        return None


def _passages(items: Sequence[StoredParagraph], note: str | None = None) -> Passages:
    headings = tuple(dict.fromkeys(one.section.path[-1] for one in items if one.section.path))
    return Passages(items=tuple(run(one) for one in items), headings=headings, note=note)


def _narrowed(found: Passages | None, left: Sequence[str]) -> Passages | None:
    """The items that hold every word which names no kind of section."""
    if found is None:
        return None
    terms = set(analyse(" ".join(left)))
    items = tuple(item for item in found.items if terms <= set(analyse(item.found.paragraph.text)))
    return Passages(items=items, headings=found.headings, note=found.note) if items else None


def _told(answers: Sequence[Passages], most: int) -> Told:
    each = max(1, most // len(answers))
    shown: list[Extract] = [item for one in answers for item in one.items[:each]]
    of = sum(len(one.items) for one in answers)
    after: tuple[str, ...] = ()
    if len(shown) < of:
        where = ", ".join(f"“{h}”" for one in answers if len(one.items) > each for h in one.headings)
        after = (f"{len(shown)} of {of} items are shown; the rest stand under {where}.",)
    return Told(
        statements=tuple(Statement(text=one.text, rests=(one,)) for one in shown),
        before=tuple(one.note for one in answers if one.note),
        after=after,
        shown=Shown(items=len(shown), of=of),
    )
