"""The ways of answering that need no language model, and which of them a question takes."""

from __future__ import annotations

from dataclasses import replace

from indexer.index.catalogue import Catalogue
from service.answers.across import Across
from service.answers.comparison import Sides
from service.answers.definitions import Definitions
from service.answers.leads import lead_of
from service.answers.phrases import some
from service.answers.quoted import Quoting
from service.answers.report_facts import ReportFacts
from service.answers.scores import Scope, ScoresAnswerer
from service.answers.sections import WholeSections
from service.answers.told import Statement, Told
from service.model import Filters, Kind
from service.question import Parsed, Parser
from service.search import Retriever

_EVIDENCE = 20


class Ways:
    """Safe for several threads."""

    def __init__(self, catalogue: Catalogue, parser: Parser, retriever: Retriever) -> None:
        self._parser = parser
        self._retriever = retriever
        self._scores = ScoresAnswerer(catalogue, parser.sections)
        self._facts = ReportFacts(catalogue)
        self._definitions = Definitions(catalogue, parser.glossary)
        self._sections = WholeSections(catalogue)
        self.sides = Sides(catalogue, parser.subjects)
        self.across = Across(retriever, Quoting(catalogue), self.sides.label)

    def label(self, told: Told, statement: Statement) -> str | None:
        """What a statement stands under: what is true of one body is not of another, and a point of a list needs its
        heading."""
        label, lead = self._whose(told, statement), lead_of(statement.rests) if told.retrievals else None
        if lead is None:
            return label
        return f"{label}, “{lead}”" if label else f"“{lead}”"

    def _whose(self, told: Told, statement: Statement) -> str | None:
        if told.label is not None or statement.rating is not None or not told.retrievals:
            return told.label
        return self.under(statement, frozenset[str]().union(*(r.reports for r in told.retrievals)))

    def under(self, statement: Statement, searched: frozenset[str]) -> str | None:
        """The bodies that a statement is about, where reports on several were searched."""
        if not self.sides.apart(searched):
            return None
        return some(tuple(dict.fromkeys(self.sides.label(one.found.report.id) for one in statement.rests)))

    def structured(self, asked: Parsed, filters: Filters) -> Told | None:
        """The answer where printed scores are it, or where they contradict what the question takes for granted.

        Raises UnknownFilterError.
        """
        if asked.subjects.all_missing:
            return None
        told = self._definitions.told(asked.bare, asked.subjects, self._reports(asked, filters), None)
        if told is not None:
            return replace(told, kind=Kind.DEFINITION)
        scope = self._scope(asked, filters)
        if asked.scores.wanted:
            told = self._scores.tell(asked.scores, scope)
            retrieval = self._retriever.retrieve(asked, filters, _EVIDENCE)
            return replace(told, retrievals=(retrieval,), kind=Kind.RATINGS)
        return self._scores.premise(asked.scores, scope)

    def strip(self, asked: Parsed, filters: Filters) -> tuple[Statement, ...]:
        """The printed scores of the bodies and rated sections that any other question names."""
        if not asked.subjects.names or asked.subjects.all_missing:
            return ()
        return self._scores.strip(asked.sections, self._scope(asked, filters))

    def narrowed(self, asked: Parsed, filters: Filters) -> tuple[Filters, Parsed]:
        """Where to look, and what for: only where scores are as the question says, without the words that say so."""
        parsed = asked.scores
        if asked.subjects.all_missing or (parsed.condition is None and parsed.premise is None):
            return filters, asked
        reports, scores = self._scores.narrow(parsed, self._scope(asked, filters))
        filters = replace(
            filters,
            reports=filters.reports if reports is None else tuple(sorted(reports)),
            scores=filters.scores if scores is None else tuple(sorted(scores)),
        )
        if parsed.condition is None:
            return filters, asked
        rest = parsed.condition.rest
        return filters, replace(
            asked, subjects=replace(asked.subjects, rest=rest), text=asked.text if asked.subjects.names else rest
        )

    def whole(self, asked: Parsed, filters: Filters, most: int | None) -> Told | None:
        """What a report says of itself, or a whole section, where that is all that is asked."""
        reports = self._reports(asked, filters)
        if (told := self._facts.told(asked.bare, asked.subjects, reports, most)) is not None:
            return replace(told, kind=Kind.REPORT)
        if (told := self._sections.told(asked.bare, asked.subjects, reports, most)) is not None:
            return replace(told, kind=Kind.SECTION)
        return None

    def _reports(self, asked: Parsed, filters: Filters) -> frozenset[str]:
        return self._retriever.reports(filters, asked.subjects) - asked.subjects.superseded

    def _scope(self, asked: Parsed, filters: Filters) -> Scope:
        reports = self._retriever.reports(filters, asked.subjects)
        return self._scores.scope(asked.subjects, filters, reports, self._parser.subjects.reports_about)
