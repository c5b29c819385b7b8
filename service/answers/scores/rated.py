"""Questions that the printed ratings answer, that they contradict, or that they narrow to some of the reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from indexer.index.catalogue import Catalogue
from service.answers.draft import Draft, Told, nearest
from service.answers.scores.choose import Scope
from service.answers.scores.told import RatingsAnswerer, RatingTold
from service.model import Filters, Outcome, Question, RatingFound, Reason
from service.question import Parsed, Parser
from service.question.sections import OVERALL
from service.search import Retriever

_EVIDENCE = 20
_NEAREST = 3


class Rated:
    """Safe for several threads."""

    def __init__(self, catalogue: Catalogue, parser: Parser, retriever: Retriever) -> None:
        self._parser = parser
        self._retriever = retriever
        self._ratings = RatingsAnswerer(catalogue, parser.sections)

    def told(self, question: Question, asked: Parsed, draft: Draft) -> Told | None:
        """The answer where it is one of ratings; None where the reports' text has to give it.

        Raises UnknownFilterError.
        """
        if asked.subjects.all_missing:
            return None
        wanted = self._ratings.asked(asked.rest, named=len(asked.subjects.names))
        if wanted is None:
            premise = self._ratings.premise(asked.rest, self._scope(question, asked))
            if premise is None or not premise.contradicted:
                return None
            _claim(premise.claims, draft)
            return Told(reason=Reason.FALSE_PREMISE)
        told = self._ratings.tell(wanted, self._scope(question, asked))
        retrieval = self._retriever.retrieve(asked, question.filters, _EVIDENCE)
        for note in told.before:
            draft.note(note)
        _claim(told.claims, draft)
        for note in (*told.missing, *told.after):
            draft.note(note)
        if not told.claims:
            draft.nearest.extend(nearest(retrieval.evidence, _NEAREST))
            return Told(outcome=Outcome.NOT_FOUND, reason=Reason.NO_EVIDENCE, retrievals=(retrieval,))
        if told.missing:
            return Told(outcome=Outcome.PARTIAL, reason=Reason.NO_EVIDENCE, retrievals=(retrieval,))
        return Told(retrievals=(retrieval,))

    def narrowed(self, question: Question, asked: Parsed) -> tuple[Filters, Parsed]:
        """Where to look, and what for: only where the ratings are as the question says, without the words that
        say so."""
        filters = question.filters
        if asked.subjects.all_missing:
            return filters, asked
        if condition := self._ratings.score_filter(asked.rest):
            reports, scores = self._ratings.narrow(condition, self._scope(question, asked))
            filters = replace(
                filters,
                reports=filters.reports if reports is None else tuple(sorted(reports)),
                scores=filters.scores if scores is None else tuple(sorted(scores)),
            )
            subjects = replace(asked.subjects, rest=condition.rest)
            return filters, replace(asked, subjects=subjects, text=asked.text if subjects.names else condition.rest)
        premise = self._ratings.premise(asked.rest, self._scope(question, asked))
        if premise is None or premise.contradicted or filters.sections is not None:
            return filters, asked
        sections = tuple(sorted(premise.names - {OVERALL}))
        return replace(filters, reports=tuple(sorted(premise.holds_in)), sections=sections or None), asked

    def _scope(self, question: Question, asked: Parsed) -> Scope:
        reports = self._retriever.reports(question.filters, asked.subjects)
        return self._ratings.scope(asked.subjects, question.filters, reports, self._parser.subjects.reports_about)


def _claim(claims: Sequence[RatingTold], draft: Draft) -> None:
    for one in claims:
        number = draft.claim(one.text, one.paragraph, 0, len(one.paragraph.paragraph.text))
        if number is not None:
            rating = one.stored.rating
            draft.ratings.append(
                RatingFound(
                    report=one.stored.report,
                    section=rating.name,
                    score=rating.score,
                    judgement=rating.judgement,
                    percent=rating.percent,
                    citation=number,
                )
            )
