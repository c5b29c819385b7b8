"""An answer while it is put together: a claim enters it with its citation, or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from indexer.index.catalogue import StoredParagraph
from service.answers.citations import cite, stands
from service.answers.observer import NoObserver, Observer
from service.model import Citation, Claim, Evidence, Fallback, Group, Nearest, Outcome, RatingFound, Reason
from service.search import Retrieval

_SNIPPET = 200


@dataclass(kw_only=True, slots=True)
class _Part:
    """Sentences in a row, under a label where the answer has groups."""

    label: str | None
    sentences: list[str] = field(default_factory=list)
    claims: list[int] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(kw_only=True, slots=True)
class Written:
    """How a language model fared with one body of evidence.

    said     its claims that are shown, folded.
    dropped  by the check that they failed.
    """

    model: str
    prompt: str
    kept: int = 0
    said: set[str] = field(default_factory=set)
    dropped: Counter[str] = field(default_factory=Counter)
    fallback: Fallback | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """How one question of a text ended, and what was retrieved for it."""

    outcome: Outcome = Outcome.ANSWERED
    reason: Reason | None = None
    retrievals: tuple[Retrieval, ...] = ()


class Draft:
    """Claims and notes, in the order in which they are to be read.

    supports  for each body of evidence that was read, how likely it answers.
    written   for each body of evidence that a language model was shown.
    """

    def __init__(self, observer: Observer | None = None) -> None:
        self.observer: Observer = observer or NoObserver()
        self.written: list[Written] = []
        self.claims: list[Claim] = []
        self.citations: list[Citation] = []
        self.ratings: list[RatingFound] = []
        self.nearest: list[Nearest] = []
        self.choices: tuple[str, ...] = ()
        self.supports: list[float] = []
        self._notes: list[str] = []
        self._part = _Part(label=None)
        self._parts = [self._part]

    def claim(self, text: str, found: StoredParagraph, start: int, end: int) -> int | None:
        """Adds a claim that rests on `found`'s `text[start:end]`; its citation's number, None if it was dropped."""
        citation = cite(len(self.citations) + 1, found, start, end)
        if citation is None or not stands(citation):
            return None
        self._add(text, [citation])
        return citation.number

    def claim_resting_on(self, text: str, rests: Iterable[tuple[StoredParagraph, int, int]]) -> tuple[int, ...]:
        """As `claim`, for words in one or several places; those that are cited already keep their number. Empty if it
        was dropped."""
        cited: list[Citation] = []
        for found, start, end in rests:
            next_number = max(len(self.citations), *(c.number for c in cited), 0) + 1
            citation = self._cited(found, start, end) or cite(next_number, found, start, end)
            if citation is None or not stands(citation):
                return ()
            if citation not in cited:
                cited.append(citation)
        if cited:
            self._add(text, cited)
        return tuple(c.number for c in cited)

    def _add(self, text: str, cited: Sequence[Citation]) -> None:
        self.citations.extend(c for c in cited if c.number > len(self.citations))
        numbers = tuple(c.number for c in cited)
        part = self._part
        part.claims.append(len(self.claims))
        part.sentences.append(f"{text} {''.join(f'[{n}]' for n in numbers)}")
        claim = Claim(text=text, citations=numbers)
        self.claims.append(claim)
        self.observer.claimed(claim, cited)

    def _cited(self, found: StoredParagraph, start: int, end: int) -> Citation | None:
        same = (c for c in self.citations if (c.found.paragraph.id, c.start, c.end) == (found.paragraph.id, start, end))
        return next(same, None)

    def writes(self, model: str, prompt: str) -> Written:
        """A language model is about to be shown evidence."""
        self.written.append(Written(model=model, prompt=prompt))
        return self.written[-1]

    def note(self, sentence: str) -> None:
        """Adds a sentence that is no claim of a report; once, however often it is said."""
        part = self._part
        if part.label is not None:
            part.notes.append(sentence)
        elif sentence in self._notes:
            return
        else:
            self._notes.append(sentence)
        part.sentences.append(sentence)

    @property
    def label(self) -> str | None:
        """What is added now stands under it."""
        return self._part.label

    def begin(self, label: str | None) -> None:
        """What follows stands under this label, with what already does; under none, for the answer as a whole."""
        known = next((part for part in self._parts if label is not None and part.label == label), None)
        if known is None:
            known = _Part(label=label)
            self._parts.append(known)
        self._part = known

    @property
    def text(self) -> str:
        """The answer's sentences with their markers, a line for each group."""
        said = [part for part in self._parts if part.sentences]
        return "\n".join(f"{p.label}: {' '.join(p.sentences)}" if p.label else " ".join(p.sentences) for p in said)

    @property
    def notes(self) -> tuple[str, ...]:
        """Of the answer as a whole."""
        return tuple(self._notes)

    @property
    def groups(self) -> tuple[Group, ...]:
        return tuple(
            Group(label=part.label, claims=tuple(part.claims), note=" ".join(part.notes) or None)
            for part in self._parts
            if part.label is not None and part.sentences
        )

    def attribution(self) -> str | None:
        """The licence lines of all reports that are quoted, each once."""
        lines = dict.fromkeys(c.found.report.metadata.attribution for c in self.citations)
        return " ".join(line for line in lines if line) or None


def nearest(evidence: Sequence[Evidence], most: int) -> list[Nearest]:
    """Where to look: the best paragraph of each of the best `most` sections."""
    best: dict[tuple[str, str], Evidence] = {}
    for one in evidence:
        best.setdefault((one.found.report.id, one.found.section.id), one)
    return [
        Nearest(
            found=e.found,
            snippet=_snippet(e.found.paragraph.text),
            quote=e.found.paragraph.text,
            start=0,
            end=len(e.found.paragraph.text),
        )
        for e in list(best.values())[:most]
    ]


def _snippet(text: str) -> str:
    if len(text) <= _SNIPPET:
        return text
    return text[: text.rfind(" ", 0, _SNIPPET) + 1 or _SNIPPET].rstrip() + "…"
