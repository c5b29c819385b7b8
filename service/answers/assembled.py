"""An answer put together from what its ways of answering say: a claim enters it with its citation, or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from indexer.index.catalogue import StoredParagraph
from service.answers.observer import Observer
from service.answers.told import Extract, Statement, Told
from service.model import Citation, Claim, Group, Nearest, Outcome, RatingFound, Reason, Shown


@dataclass(kw_only=True, slots=True)
class _Part:
    """Sentences in a row, under a label where the answer has groups."""

    label: str | None
    sentences: list[str] = field(default_factory=list)
    claims: list[int] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class Assembly:
    """The one place where citations get their numbers. Whoever watches hears of each claim as it is said.

    said_before  what was answered before and is not wanted again.
    ratings      those that claims state, and those of the strip above them.
    """

    def __init__(self, observer: Observer, said_before: str = "") -> None:
        self._observer = observer
        self._said_before = said_before
        self._parts: dict[str | None, _Part] = {}
        self._said: list[Statement] = []
        self.claims: list[Claim] = []
        self.citations: list[Citation] = []
        self.ratings: list[RatingFound] = []
        self.told: list[Told] = []

    def say(self, statement: Statement, label: str | None = None) -> None:
        """Once, however often it is said. Dropped where a citation does not stand."""
        if any(statement is one for one in self._said) or (self._said_before and statement.text in self._said_before):
            return
        self._said.append(statement)
        cited = self._cited(statement.rests)
        if not cited:
            return
        numbers = tuple(c.number for c in cited)
        claim = Claim(text=statement.text, citations=numbers, check=statement.check)
        part = self._part(label)
        part.claims.append(len(self.claims))
        part.sentences.append(f"{claim.text} {''.join(f'[{n}]' for n in numbers)}")
        self.claims.append(claim)
        self._rate(statement, numbers[0])
        self._observer.claimed(claim, cited)

    def strip(self, statements: Sequence[Statement]) -> None:
        """Printed ratings that stand beside an answer from the text, cited, and are no claims of it."""
        for one in statements:
            if cited := self._cited(one.rests):
                self._rate(one, cited[0].number)

    def note(self, sentence: str, label: str | None = None) -> None:
        """A sentence that is no claim of a report; once, however often it is said."""
        part = self._part(label)
        if sentence not in part.notes:
            part.notes.append(sentence)
            part.sentences.append(sentence)

    def add(self, told: Told, labels: Sequence[str | None]) -> None:
        """labels  of each of its statements."""
        self.told.append(told)
        for sentence in told.before:
            self.note(sentence, told.label)
        for statement, label in zip(told.statements, labels, strict=True):
            self.say(statement, label)
        for sentence in told.after:
            self.note(sentence, told.label)

    @property
    def text(self) -> str:
        """The answer's sentences with their markers, a line for each group."""
        said = [part for part in self._parts.values() if part.sentences]
        return "\n".join(f"{p.label}: {' '.join(p.sentences)}" if p.label else " ".join(p.sentences) for p in said)

    @property
    def notes(self) -> tuple[str, ...]:
        """Of the answer as a whole."""
        return tuple(self._parts[None].notes) if None in self._parts else ()

    @property
    def groups(self) -> tuple[Group, ...]:
        return tuple(
            Group(label=part.label, claims=tuple(part.claims), note=" ".join(part.notes) or None)
            for part in self._parts.values()
            if part.label is not None and part.sentences
        )

    @property
    def nearest(self) -> tuple[Nearest, ...]:
        return tuple(one for told in self.told for one in told.nearest)

    @property
    def shown(self) -> Shown | None:
        listed = [told.shown for told in self.told if told.shown is not None]
        return Shown(items=sum(s.items for s in listed), of=sum(s.of for s in listed)) if listed else None

    @property
    def outcome(self) -> Outcome:
        """In part, where only some of what was asked is answered."""
        outcomes = {told.outcome for told in self.told if told.outcome is not None}
        if self._said_before and not self.claims and outcomes == {Outcome.ANSWERED}:
            return Outcome.NOT_FOUND
        return outcomes.pop() if len(outcomes) == 1 else Outcome.PARTIAL

    @property
    def reason(self) -> Reason | None:
        """The first that kept something from being answered as it was asked."""
        given = next((told.reason for told in self.told if told.reason is not None), None)
        return given or (Reason.NO_EVIDENCE if self.outcome is Outcome.NOT_FOUND else None)

    def attribution(self) -> str | None:
        """The licence lines of all reports that are quoted, each once."""
        quoted = (*(c.found for c in self.citations), *(n.found for n in self.nearest))
        lines = dict.fromkeys(found.report.metadata.attribution for found in quoted)
        return " ".join(line for line in lines if line) or None

    def _part(self, label: str | None) -> _Part:
        return self._parts.setdefault(label, _Part(label=label))

    def _rate(self, statement: Statement, citation: int) -> None:
        stored = statement.rating
        if stored is None:
            return
        rating = stored.rating
        self.ratings.append(
            RatingFound(
                report=stored.report,
                section=rating.name,
                score=rating.score,
                judgement=rating.judgement,
                percent=rating.percent,
                citation=citation,
            )
        )

    def _cited(self, rests: Sequence[Extract]) -> list[Citation]:
        """Those that are cited already keep their number; none, where one does not stand."""
        cited: list[Citation] = []
        for rest in rests:
            known = (*self.citations, *(c for c in cited if c.number > len(self.citations)))
            place = (rest.found.paragraph.id, rest.start, rest.end)
            before = next((c for c in known if (c.found.paragraph.id, c.start, c.end) == place), None)
            citation = before or cite(len(known) + 1, rest.found, rest.start, rest.end)
            if citation is None or not stands(citation):
                return []
            if citation not in cited:
                cited.append(citation)
        self.citations.extend(c for c in cited if c.number > len(self.citations))
        return cited


def cite(number: int, found: StoredParagraph, start: int, end: int) -> Citation | None:
    """A citation of `text[start:end]`; None where that is no run of words of the paragraph."""
    text = found.paragraph.text
    if not 0 <= start < end <= len(text) or not text[start:end].strip():
        return None
    return Citation(number=number, found=found, quote=text[start:end], start=start, end=end)


def stands(citation: Citation) -> bool:
    """Whether the citation's words are those of its paragraph at its offsets: the promise of every answer."""
    words = citation.found.paragraph.text[citation.start : citation.end]
    return bool(citation.quote.strip()) and words == citation.quote
