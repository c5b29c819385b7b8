"""The way of a question, top to bottom: parse it, then its scores, its sides, or search, read and answer."""

from __future__ import annotations

import secrets
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.index.generations import OpenIndex
from indexer.text import fold
from service.answers.assembled import Assembly
from service.answers.choice import EXTRACTIVE, GENERATIVE, Answerers
from service.answers.comparison import Side, alone
from service.answers.observer import NoObserver, Observer
from service.answers.phrases import some
from service.answers.told import Extract, Statement, Told
from service.answers.ways import Ways
from service.language import Stop
from service.model import Answer, Fallback, Filters, Outcome, Provenance, Question, Reason, Searched
from service.question import Parsed, Parser
from service.question.breadth import Breadth
from service.question.report_dates import when
from service.question.wishes import Wish
from service.search import Retriever

_EVIDENCE = 20
_FINDINGS = 6
_ORDINALS = ("First question", "Second question", "Third question")
_CHOICES = 12


class Answering:
    """Safe for several threads."""

    def __init__(self, index: OpenIndex, parser: Parser, retriever: Retriever, answerers: Answerers) -> None:
        self._parser = parser
        self._retriever = retriever
        self._answerers = answerers
        self._ways = Ways(index.catalogue, parser, retriever)
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
        answer_id = f"ans_{secrets.token_urlsafe(12)}"
        self._retriever.check(question.filters)
        asked = self._parser.parse(self._rewritten(question))
        observer = observer or NoObserver()
        observer.began(answer_id, asked.text)
        observer.understood(asked.understood)
        more = asked.carried.wish is Wish.MORE
        assembly = Assembly(observer, "\n".join(turn.answer for turn in question.history) if more else "")
        for told in self._told(question, asked, _Making(assembly=assembly, observer=observer, ways=self._ways)):
            assembly.add(told, [self._ways.label(told, statement) for statement in told.statements])
        return self._answer(answer_id, question, asked, assembly, began)

    def _told(self, question: Question, asked: Parsed, making: _Making) -> Iterator[Told]:
        """What is said to a question; to each of several that one text asks."""
        if (stopped := self._stopped(question, asked)) is not None:
            yield stopped
        elif len(asked.parts) > 1:
            each = replace(question, max_citations=max(1, (question.max_citations or _FINDINGS) // len(asked.parts)))
            for making.part, part in zip(_ORDINALS, asked.parts, strict=False):
                for told in self._one(each, part, making):
                    yield replace(told, label=making.of_part(told.label))
        else:
            yield from self._one(question, asked, making)
            if asked.carried.note is not None:
                yield _note(asked.carried.note)

    def _stopped(self, question: Question, asked: Parsed) -> Told | None:
        """A question that is not searched for: it is not for these reports, or leaves open whom it is about."""
        if asked.outside is not None:
            return Told(before=(asked.outside.advice,), outcome=Outcome.REFUSED, reason=asked.outside.reason)
        if question.filters.subjects is not None or question.filters.reports is not None:
            return None
        if asked.subjects.ambiguous:
            choices = asked.subjects.ambiguous
            note = f"Which of these is meant: {some(choices, 'or')}?"
        elif asked.subjects.unnamed_body and self._ways.sides.several and not self._ways.sides.few:
            known = self._parser.subjects.indexed()
            choices, note = known[:_CHOICES], f"Which one is meant? There are reports on {some(known)}."
        else:
            return None
        return Told(before=(note,), outcome=Outcome.CLARIFY, reason=Reason.AMBIGUOUS, choices=choices)

    def _one(self, question: Question, asked: Parsed, making: _Making) -> Iterator[Told]:
        """The printed scores where they answer; else the text."""
        scored = self._ways.structured(asked, question.filters)
        if scored is None:
            yield from self._from_text(question, asked, making)
            making.assembly.strip(self._ways.strip(asked, question.filters))
            return
        yield scored
        if asked.scores.also_text:  # what the text adds; that it adds nothing is no news beside printed scores
            yield from (t for t in self._from_text(question, asked, making) if t.statements or not scored.statements)

    def _from_text(self, question: Question, asked: Parsed, making: _Making) -> Iterator[Told]:
        """Sides, search, read, answer."""
        ways = self._ways
        filters, asked = ways.narrowed(asked, question.filters)
        if asked.subjects.all_missing:
            yield self._missing(asked, filters)
        elif sides := ways.sides.of(asked, filters):
            yield from self._side_by_side(question, filters, asked, sides, making)
        elif ways.sides.several and asked.breadth is Breadth.EVERY:
            yield from ways.across.told(asked, filters, making.observer.progressed)
        else:
            yield self._alone(question, filters, asked, making)
            yield from _older_reports(asked)
        yield from _bodies_without_report(asked)

    def _alone(self, question: Question, filters: Filters, asked: Parsed, making: _Making) -> Told:
        """From the reports on one body, or from all where none is named."""
        whole = self._ways.whole(asked, filters, question.max_citations)
        if whole is not None:
            return whole
        retrieval = self._retriever.retrieve(asked, filters, _EVIDENCE)
        making.observer.found(retrieval.evidence)
        making.searched = retrieval.reports
        most = question.max_citations or _FINDINGS
        return self._answerers.of(question).answer(asked, retrieval, most, making)

    def _side_by_side(
        self, question: Question, filters: Filters, asked: Parsed, sides: Sequence[Side], making: _Making
    ) -> Iterator[Told]:
        """Each side exactly as if it were asked alone; none is dropped."""
        each = replace(question, max_citations=max(1, (question.max_citations or _FINDINGS) // len(sides)))
        for side in sides:
            own = alone(asked, side)
            making.label = side.label
            told = self._alone(each, replace(filters, reports=side.reports), own, making)
            yield replace(told if told.statements else _closest(told), label=side.label)
        making.label = None

    def _missing(self, asked: Parsed, filters: Filters) -> Told:
        retrieval = self._retriever.retrieve(asked, filters, _EVIDENCE)
        known = self._parser.subjects.indexed()
        notes: tuple[str, ...] = (f"There is no report on {some(asked.subjects.missing, 'or')} to answer from.",)
        if known:
            notes += (f"There are reports on {some(known)}.",)
        return Told(
            before=notes,
            outcome=Outcome.NOT_FOUND,
            reason=Reason.SUBJECT_NOT_INDEXED,
            retrievals=(retrieval,),
        )

    def _rewritten(self, question: Question) -> Question:
        """A follow-up in a language model's words, where one is to answer and finds some."""
        text = self._answerers.rewritten(question)
        return replace(question, text=text, history=()) if text else question

    def _answer(self, answer_id: str, question: Question, asked: Parsed, made: Assembly, began: float) -> Answer:
        _tell_readings(asked, made)
        filters: dict[str, object] = dict(question.filters.stated())
        if asked.subjects.names:
            filters.setdefault("subjects", list(asked.subjects.names))
        retrievals = [r for told in made.told for r in told.retrievals]
        total = (time.perf_counter() - began) * 1000
        spent = {k: sum(r.timings_ms[k] for r in retrievals) for k in ("embed", "search")}
        timings = {**spent, "answer": total - sum(spent.values()), "total": total}
        apart = {r.reports: r.paragraphs for r in retrievals}
        kind = next((told.kind for told in made.told if told.kind is not None), None)
        supports = [told.support for told in made.told if told.support is not None]
        return Answer(
            id=answer_id,
            question=question.text,
            standalone_question=asked.text,
            outcome=made.outcome,
            reason=made.reason or _unsupported(made),
            text=made.text,
            notes=made.notes,
            claims=tuple(made.claims),
            citations=tuple(made.citations),
            groups=made.groups,
            choices=next((told.choices for told in made.told if told.choices), ()),
            ratings=tuple(made.ratings),
            nearest=made.nearest,
            evidence=tuple(e for r in retrievals for e in r.evidence),
            searched=Searched(
                reports=len(frozenset[str]().union(*apart)), paragraphs=sum(apart.values()), filters=filters
            ),
            provenance=_written(self._provenance, made),
            attribution=made.attribution(),
            timings_ms={name: round(ms, 2) for name, ms in timings.items()},
            support=round(supports[0], 3) if len(supports) == 1 else None,
            understood=replace(asked.understood, kind=kind or asked.kind),
            shown=made.shown,
        )


@dataclass(kw_only=True)
class _Making:
    """Passes on what a language model says while it writes, under the label that it will stand under: of one of several
    questions, of a side, or of the bodies whose reports it rests on.

    searched  ids of the reports that it writes from.
    """

    assembly: Assembly
    observer: Observer
    ways: Ways
    part: str | None = None
    label: str | None = None
    searched: frozenset[str] = frozenset()

    @property
    def stop(self) -> Stop:
        return self.observer.stop

    def of_part(self, label: str | None) -> str | None:
        return f"{self.part}, {label}" if self.part and label else self.part or label

    def said(self, statement: Statement) -> None:
        label = self.of_part(self.label)
        self.assembly.say(statement, self.ways.under(statement, self.searched) if label is None else label)


def _bodies_without_report(asked: Parsed) -> Iterator[Told]:
    """Where bodies are named that no report is about, that is told."""
    if asked.subjects.missing and not asked.subjects.all_missing:
        note = f"There is no report on {some(asked.subjects.missing, 'or')} to answer from."
        yield Told(before=(note,), outcome=Outcome.PARTIAL, reason=Reason.SUBJECT_NOT_INDEXED)


def _older_reports(asked: Parsed) -> Iterator[Told]:
    """Where an older report on the same body was left aside, that is told."""
    if older := asked.subjects.older:
        named = "; ".join(f"{r.title} ({day:%-d %B %Y})" for r in older if (day := when(r)))
        yield _note(f"The newest report was searched. Also indexed, and older: {named}.")


def _note(text: str) -> Told:
    return Told(before=(text,), outcome=None)


def _closest(told: Told) -> Told:
    """A side for which no passage clearly answers, with what comes closest as its content."""
    best = told.nearest[0] if told.nearest else None
    if best is None or told.reason is Reason.SUBJECT_NOT_INDEXED:
        return told
    extract = Extract(found=best.found, start=best.start, end=best.end)
    return replace(
        told,
        statements=(Statement(text=extract.text, rests=(extract,)),),
        before=(),
        after=("This is the closest passage; it may not answer.",),
        outcome=Outcome.ANSWERED,
        reason=None,
        nearest=(),
    )


def _tell_readings(asked: Parsed, made: Assembly) -> None:
    """What abbreviations of the question were read as, where a quoted paragraph has those words and no report says
    that they mean the same."""
    cited = [fold(c.found.paragraph.text) for c in made.citations]
    readings: dict[str, list[str]] = {}
    for one in asked.expansions:
        if one.spells_out and not one.of_reports and any(fold(one.also) in text for text in cited):
            readings.setdefault(one.written, []).append(one.also)
    for written, also in readings.items():
        made.note(f"{written} is read as {some(also, 'or')} (from the glossary, not from a report).")


def _unsupported(made: Assembly) -> Reason | None:
    """Of an answer whose sentences are not those of the language model, since none of its could be verified."""
    replaced = [told.written.fallback is Fallback.UNSUPPORTED for told in made.told if told.written is not None]
    return Reason.UNSUPPORTED if made.claims and replaced and all(replaced) else None


def _written(known: Provenance, made: Assembly) -> Provenance:
    """What is known of every answer, with how a language model fared."""
    written = [told.written for told in made.told if told.written is not None]
    if not written:
        return known
    return replace(
        known,
        answerer=GENERATIVE if any(one.kept for one in written) else EXTRACTIVE,
        model=written[-1].model,
        prompt=written[-1].prompt,
        dropped=dict(sum((one.dropped for one in written), Counter[str]())),
        fallback=next((one.fallback for one in written if one.fallback is not None), None),
    )
