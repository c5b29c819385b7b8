"""The way of a question, top to bottom: understand, retrieve, answer, verify every citation."""

from __future__ import annotations

import secrets
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from indexer.index.generations import OpenIndex
from indexer.text import fold
from service.answers.choice import EXTRACTIVE, GENERATIVE, Answerers
from service.answers.comparison import Side, Sides
from service.answers.draft import Draft, Told, nearest
from service.answers.observer import Observer
from service.answers.port import Stated
from service.answers.scores.rated import Rated
from service.model import Answer, Fallback, Outcome, Provenance, Question, Reason, Searched, Turn
from service.question import Parsed, Parser
from service.question.breadth import Breadth, breadth, parts
from service.question.report_dates import when
from service.search import Retrieval, Retriever

_EVIDENCE = 20
# Where all reports are asked about, so that several of them are heard.
_EVIDENCE_OF_EVERY = 60
_ORDINALS = ("First question", "Second question", "Third question")
_CHOICES = 12


class Answering:
    """Safe for several threads."""

    def __init__(
        self,
        index: OpenIndex,
        parser: Parser,
        retriever: Retriever,
        answerers: Answerers,
    ) -> None:
        self._catalogue = index.catalogue
        self._parser = parser
        self._retriever = retriever
        self._rated = Rated(index.catalogue, parser, retriever)
        self._answerers = answerers
        self._sides = Sides(index.catalogue, parser.subjects)
        self._provenance = Provenance(
            generation=index.generation,
            embedding_model=index.manifest.model_name,
            answerer=EXTRACTIVE,
        )

    def answer(self, question: Question, observer: Observer | None = None) -> Answer:
        """Whatever keeps a question from being answered is in the Answer.

        Raises UnknownFilterError; AnswererError if the question names an answerer that there is not; ModelError if
        the observer stops it while a language model writes.
        """
        began = time.perf_counter()
        self._answerers.of(question)
        answer_id, text = f"ans_{secrets.token_urlsafe(12)}", question.text
        if rewritten := self._answerers.rewritten(question):
            question = replace(question, text=rewritten, history=())
        asked = self._parser.of(question)
        draft = Draft(observer)
        draft.observer.began(answer_id, asked.text)
        told = self._stopped(question, asked, draft)
        if told is None:
            told = self._told(question, asked, draft)
            _tell_readings(asked, draft)
        filters: dict[str, object] = dict(question.filters.stated())
        if asked.subjects.names:
            filters.setdefault("subjects", list(asked.subjects.names))
        total = (time.perf_counter() - began) * 1000
        spent = {k: sum(r.timings_ms[k] for r in told.retrievals) for k in ("embed", "search")}
        timings = {**spent, "answer": total - sum(spent.values()), "total": total}
        return Answer(
            id=answer_id,
            question=text,
            standalone_question=asked.text,
            outcome=told.outcome,
            reason=told.reason or _unsupported(draft),
            text=draft.text,
            notes=draft.notes,
            claims=tuple(draft.claims),
            citations=tuple(draft.citations),
            groups=draft.groups,
            choices=draft.choices,
            ratings=tuple(draft.ratings),
            nearest=tuple(draft.nearest),
            evidence=tuple(e for r in told.retrievals for e in r.evidence),
            searched=_searched(told.retrievals, filters),
            provenance=_written(self._provenance, draft),
            attribution=draft.attribution(),
            timings_ms={name: round(ms, 2) for name, ms in timings.items()},
            support=round(draft.supports[0], 3) if len(draft.supports) == 1 else None,
        )

    def _stopped(self, question: Question, asked: Parsed, draft: Draft) -> Told | None:
        """A question that is not searched for: it is not for these reports, or leaves open whom it is about."""
        if asked.outside is not None:
            draft.note(asked.outside.advice)
            return Told(outcome=Outcome.REFUSED, reason=asked.outside.reason)
        if question.filters.subjects is not None or question.filters.reports is not None:
            return None
        if asked.subjects.ambiguous:
            draft.choices = asked.subjects.ambiguous
            draft.note(f"Which of these is meant: {_either(draft.choices)}?")
        elif asked.subjects.unnamed_body and self._sides.several and not self._sides.few:
            known = self._parser.subjects.indexed()
            draft.choices = known[:_CHOICES]
            draft.note(f"Which one is meant? There are reports on {_some(known)}.")
        else:
            return None
        return Told(outcome=Outcome.CLARIFY, reason=Reason.AMBIGUOUS)

    def _told(self, question: Question, asked: Parsed, draft: Draft) -> Told:
        """Each of the questions that the text asks, one after the other."""
        # What a follow-up was made into may read as two questions and is one.
        texts = parts(asked.text) if asked.text == question.text else (asked.text,)
        if len(texts) == 1:
            return self._one(question, asked, draft, under="")
        told: list[Told] = []
        most = max(1, question.max_citations // len(texts))
        for at, text in enumerate(texts):
            turns = (*question.history, *(Turn(question=t, answer="") for t in texts[:at]))
            part = replace(question, text=text, history=turns, max_citations=most)
            draft.begin(_ORDINALS[at])
            told.append(self._one(part, self._parser.of(part), draft, under=f"{_ORDINALS[at]}, "))
        draft.begin(None)
        return _together(told)

    def _one(self, question: Question, asked: Parsed, draft: Draft, *, under: str) -> Told:
        told = self._rated.told(question, asked, draft)
        if told is not None:
            return told if told.reason is not None else _partly(asked, draft, told.retrievals)
        filters, asked = self._rated.narrowed(question, asked)
        question = replace(question, filters=filters)
        sides = self._sides.of(asked, question.filters)
        if sides:
            return self._side_by_side(question, asked, sides, draft, under=under)
        if self._sides.several and breadth(asked.text, names=len(asked.subjects.names)) is Breadth.EVERY:
            return self._across(question, asked, draft, under=under)
        return self._from_evidence(question, asked, draft, under=under)

    def _from_evidence(self, question: Question, asked: Parsed, draft: Draft, *, under: str) -> Told:
        """The sentences of the best evidence; or why there is no answer, and where to look."""
        retrieval = self._retriever.retrieve(asked, question.filters, _EVIDENCE)
        reason = self._by_subject(question, asked, retrieval, draft, under=under)
        if reason is not None:
            if reason is Reason.SUBJECT_NOT_INDEXED and (known := self._parser.subjects.indexed()):
                draft.note(f"There are reports on {_some(known)}.")
            return _nothing(reason, retrieval, draft)
        if older := asked.subjects.older:
            named = "; ".join(f"{r.title} ({day:%-d %B %Y})" for r in older if (day := when(r)))
            draft.note(f"Answered from the newest report. Also indexed, and older: {named}.")
        return _partly(asked, draft, (retrieval,))

    def _side_by_side(
        self, question: Question, asked: Parsed, sides: Sequence[Side], draft: Draft, *, under: str
    ) -> Told:
        """Each side from its own reports, as much of each; of a side whose reports do not say, that is told."""
        most = max(1, question.max_citations // len(sides))
        retrievals = self._retriever.retrieve_each(asked, question.filters, [s.reports for s in sides], _EVIDENCE)
        told: list[Told] = []
        for side, retrieval in zip(sides, retrievals, strict=True):
            draft.begin(f"{under}{side.label}")
            reason = self._claims(question, asked, retrieval, most, draft)
            told.append(Told(retrievals=(retrieval,)) if reason is None else _nothing(reason, retrieval, draft, most=1))
        draft.begin(None)
        together = _together(told)
        return _partly(asked, draft, together.retrievals) if asked.subjects.missing and draft.claims else together

    def _across(self, question: Question, asked: Parsed, draft: Draft, *, under: str) -> Told:
        """What fits best in any report, so that several are heard."""
        retrieval = self._retriever.retrieve(asked, question.filters, _EVIDENCE_OF_EVERY, spread=True)
        before = len(draft.claims)
        reason = self._by_subject(question, asked, retrieval, draft, under=under)
        if reason is not None:
            return _nothing(reason, retrieval, draft)
        draft.begin(None)
        cited = {number for claim in draft.claims[before:] for number in claim.citations}
        heard = len({c.found.report.id for c in draft.citations if c.number in cited})
        draft.note(f"What fits best, from {heard} of {len(retrieval.reports)} reports searched; others may say more.")
        return Told(retrievals=(retrieval,))

    def _by_subject(
        self, question: Question, asked: Parsed, retrieval: Retrieval, draft: Draft, *, under: str
    ) -> Reason | None:
        """Adds what answers to the draft, under the name of each body where several were searched for it: what is true
        of one is not of another. The reason where nothing answers."""
        most = question.max_citations
        if not self._sides.apart(retrieval.reports):
            return self._claims(question, asked, retrieval, most, draft)
        whole = draft.label

        def add(one: Stated) -> None:
            told_of = dict.fromkeys(self._sides.label(rest.found.report) for rest in one.rests)
            draft.begin(f"{under}{_some(tuple(told_of))}")
            _add(draft, one)
            draft.begin(whole)

        return self._answerers.of(question).answer(asked, retrieval, most, draft, add)

    def _claims(
        self, question: Question, asked: Parsed, retrieval: Retrieval, most: int, draft: Draft
    ) -> Reason | None:
        """Adds what answers to the draft; the reason where nothing does."""
        return self._answerers.of(question).answer(asked, retrieval, most, draft, lambda one: _add(draft, one))


def _add(draft: Draft, one: Stated) -> None:
    draft.claim_resting_on(one.text, [(rest.found, rest.start, rest.end) for rest in one.rests])


def _unsupported(draft: Draft) -> Reason | None:
    """Of an answer whose sentences are not those of the language model, since none of its could be verified."""
    replaced = [one.fallback is Fallback.UNSUPPORTED for one in draft.written]
    return Reason.UNSUPPORTED if draft.claims and replaced and all(replaced) else None


def _written(known: Provenance, draft: Draft) -> Provenance:
    """What is known of every answer, with how a language model fared."""
    if not draft.written:
        return known
    last = draft.written[-1]
    return replace(
        known,
        answerer=GENERATIVE if any(one.kept for one in draft.written) else EXTRACTIVE,
        model=last.model,
        prompt=last.prompt,
        dropped=dict(sum((one.dropped for one in draft.written), Counter[str]())),
        fallback=next((one.fallback for one in draft.written if one.fallback is not None), None),
    )


def _nothing(reason: Reason, retrieval: Retrieval, draft: Draft, *, most: int = 3) -> Told:
    """most  how many places to look are given."""
    draft.nearest.extend(nearest(retrieval.evidence, most))
    return Told(outcome=Outcome.NOT_FOUND, reason=reason, retrievals=(retrieval,))


def _partly(asked: Parsed, draft: Draft, retrievals: tuple[Retrieval, ...]) -> Told:
    """Answered; or in part, where bodies are named that no report is about."""
    if not asked.subjects.missing:
        return Told(retrievals=retrievals)
    draft.note(f"There is no report on {_either(asked.subjects.missing)} to answer from.")
    return Told(outcome=Outcome.PARTIAL, reason=Reason.SUBJECT_NOT_INDEXED, retrievals=retrievals)


def _together(told: Sequence[Told]) -> Told:
    """Several endings as one: in part, where only some are answered, for the first reason that kept one from it."""
    retrievals = tuple(r for one in told for r in one.retrievals)
    outcomes = {one.outcome for one in told}
    reason = next((one.reason for one in told if one.reason is not None), None)
    outcome = told[0].outcome if len(outcomes) == 1 else Outcome.PARTIAL
    return Told(outcome=outcome, reason=reason, retrievals=retrievals)


def _tell_readings(asked: Parsed, draft: Draft) -> None:
    """What abbreviations of the question were read as, where a quoted paragraph has those words and no report says
    that they mean the same."""
    cited = [fold(c.found.paragraph.text) for c in draft.citations]
    readings: dict[str, list[str]] = {}
    for one in asked.expansions:
        if one.spells_out and not one.of_reports and any(fold(one.also) in text for text in cited):
            readings.setdefault(one.written, []).append(one.also)
    for written, also in readings.items():
        draft.note(f"{written} is read as {_either(also)} (from the glossary, not from a report).")


def _searched(retrievals: Sequence[Retrieval], filters: dict[str, object]) -> Searched:
    apart = {r.reports: r.paragraphs for r in retrievals}
    reports = frozenset[str]().union(*apart)
    return Searched(reports=len(reports), paragraphs=sum(apart.values()), filters=filters)


def _some(names: Sequence[str]) -> str:
    if len(names) > _CHOICES:
        return f"{', '.join(names[:_CHOICES])} and {len(names) - _CHOICES:,} more"
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def _either(names: Sequence[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} or {last}" if first else last
