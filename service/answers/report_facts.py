"""What a report says of itself: when it was inspected and published, who led, of what kind it is, which there are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

from indexer.index.catalogue import Catalogue, StoredReport
from indexer.text import fold
from service.answers.report_fields import Field, field_of, telling_words
from service.answers.report_lines import opening, printing
from service.answers.told import Extract, Statement, Told
from service.model import Nearest, Outcome, Reason, Shown
from service.question.report_dates import when, years_of
from service.question.subjects.subjects import SubjectsNamed

_MOST_REPORTS = 4
_LISTED = 12
_FRONT = 12
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_WHAT = {
    Field.INSPECTED: "when the inspection was",
    Field.PREVIOUS: "when the previous inspection was",
    Field.NEXT: "when the next inspection is",
    Field.PUBLISHED: "when it was published",
    Field.LED: "who led the inspection",
    Field.TEAM: "who the inspectors were",
    Field.PUBLISHER: "who published it",
    Field.KIND: "of what kind it is",
    Field.ADDRESS: "where it stands online",
}


class ReportFacts:
    """Safe for several threads."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def field(self, rest: str, reports: frozenset[str]) -> Field | None:
        """What a question without its names asks of a report itself."""
        titles = frozenset().union(*(self._titles[one] for one in reports if one in self._titles))
        return field_of(rest, titles)

    def told(self, rest: str, subjects: SubjectsNamed, reports: frozenset[str], most: int | None) -> Told | None:
        """None where something else is asked, or more; or of so many reports that no one is meant."""
        field = self.field(rest, reports)
        if field is None or len(subjects.names) > 1 or subjects.missing:
            return None
        chosen = self._chosen(rest, reports)
        if field is Field.HELD:
            return self._held(chosen, subjects, most or _LISTED)
        if not 0 < len(chosen) <= _MOST_REPORTS:
            return None
        parts = [self._of(report, field) for report in chosen]
        outcomes = {part.outcome for part in parts}
        return Told(
            statements=tuple(s for part in parts for s in part.statements),
            before=tuple(note for part in parts for note in part.before),
            outcome=parts[0].outcome if len(outcomes) == 1 else Outcome.PARTIAL,
            reason=parts[0].reason if len(outcomes) == 1 else None,
            nearest=tuple(one for part in parts for one in part.nearest),
        )

    def _chosen(self, rest: str, reports: frozenset[str]) -> list[StoredReport]:
        """Those that the years and the words of their titles choose, the newest first."""
        found = [report for report in self._catalogue.reports() if report.id in reports]
        asked = {int(year) for year in _YEAR.findall(rest)}
        found = [one for one in found if not asked or asked & years_of(one)]
        telling = telling_words(rest)
        best = max((len(telling & self._titles[one.id]) for one in found), default=0)
        found = [one for one in found if len(telling & self._titles[one.id]) == best]
        return sorted(found, key=lambda one: str(when(one) or ""), reverse=True)

    def _of(self, report: StoredReport, field: Field) -> Told:
        paragraphs = self._catalogue.paragraphs(report.id)
        found = printing(paragraphs, field)
        note = self._note(report, field)
        if found:
            notes = (note,) if note and field is Field.KIND else ()
            return Told(statements=tuple(map(_stated, found)), before=notes)
        nearest = inspected = printing(paragraphs, Field.INSPECTED)
        if not inspected and (first := opening(paragraphs)):
            nearest = [first]
        if note:
            return Told(statements=tuple(map(_stated, nearest)), before=(note,))
        note = f"{report.title}: no line was found that prints {_WHAT[field]}."
        if inspected and field in {Field.PUBLISHED, Field.PREVIOUS, Field.NEXT}:
            notes = (f"{note} It prints when the inspection was.",)
            return Told(statements=tuple(map(_stated, inspected)), before=notes, outcome=Outcome.PARTIAL)
        return Told(
            before=(note,),
            outcome=Outcome.NOT_FOUND,
            reason=Reason.NO_EVIDENCE,
            nearest=tuple(map(_near, nearest)),
        )

    def _note(self, report: StoredReport, field: Field) -> str | None:
        """What is known of the report apart from its text."""
        known = report.metadata
        if field is Field.PUBLISHED and known.published:
            return f"{report.title} was published on {known.published:%-d %B %Y} ({_source(report, 'published')})."
        if field is Field.INSPECTED and known.inspected:
            return f"{report.title}: inspected {known.inspected} ({_source(report, 'inspected')})."
        if field is Field.PUBLISHER and known.publisher:
            return f"{report.title} was published by {known.publisher} ({_source(report, 'publisher')})."
        if field is Field.ADDRESS and known.source_url:
            return f"{report.title} stands at {known.source_url} ({_source(report, 'source_url')})."
        if field is Field.KIND:
            kind = ", ".join(part for part in (self._families.get(report.profile), known.assessment) if part)
            return f"{report.title} is of this kind: {kind}." if kind else None
        return None

    def _held(self, chosen: list[StoredReport], subjects: SubjectsNamed, most: int) -> Told | None:
        shown = chosen[:most]
        statements = [_stated(lines[0]) for one in shown if (lines := self._opening(one))]
        if not statements:
            return None
        of = f" on {subjects.names[0]}" if subjects.names else ""
        titles = "; ".join(f"{one.title}{f', {day:%B %Y}' if (day := when(one)) else ''}" for one in shown)
        more = f" {len(shown)} of them: " if len(shown) < len(chosen) else " "
        one = "1 report" if len(chosen) == 1 else f"{len(chosen)} reports"
        return Told(
            statements=tuple(statements),
            before=(f"{one}{of} can be asked about.{more}{titles}.",),
            shown=Shown(items=len(shown), of=len(chosen)),
        )

    def _opening(self, report: StoredReport) -> list[Extract]:
        """What tells best which report it is, of its first paragraphs."""
        first = next((one.start for one in self._catalogue.ranges_of([report.ordinal])), 0)
        by_key = self._catalogue.paragraphs_by_key(range(first, first + min(_FRONT, report.paragraphs)))
        paragraphs = tuple(by_key[key] for key in sorted(by_key))
        first_line = opening(paragraphs)
        return printing(paragraphs, Field.INSPECTED)[:1] or ([first_line] if first_line else [])

    @cached_property
    def _titles(self) -> Mapping[str, frozenset[str]]:
        """By report: the words of its title, its kind and its family."""
        return {
            one.id: frozenset(
                re.findall(
                    r"\w+", fold(f"{one.title} {one.metadata.assessment or ''} {self._families.get(one.profile, '')}")
                )
            )
            for one in self._catalogue.reports()
        }

    @cached_property
    def _families(self) -> Mapping[str, str]:
        return {name: family["title"] for name, family in self._catalogue.profiles().items() if family.get("title")}


def _source(report: StoredReport, field: str) -> str:
    origin = report.metadata.origins.get(field)
    told = {"text": "by its text", "file": "by the file's own details", "profile": "as all reports of its kind"}
    return told.get(origin or "", "by the list of reports, not by its text")


def _stated(extract: Extract) -> Statement:
    return Statement(text=extract.text, rests=(extract,))


def _near(line: Extract) -> Nearest:
    return Nearest(found=line.found, snippet=line.text, quote=line.text, start=line.start, end=line.end)
