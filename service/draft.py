"""An answer while it is put together: a claim enters it with its citation, or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from indexer.index.catalogue import StoredParagraph
from service.citations import cite, stands
from service.model import Citation, Claim, Evidence, Group, Nearest, Outcome, RatingFound, Reason
from service.retrieval import Retrieval

_SNIPPET = 200


@dataclass(kw_only=True, slots=True)
class _Part:
    """Sentences in a row, under a label where the answer has groups."""

    label: str | None
    sentences: list[str] = field(default_factory=list)
    claims: list[int] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """How one question of a text ended, and what was retrieved for it."""

    outcome: Outcome = Outcome.ANSWERED
    reason: Reason | None = None
    retrievals: tuple[Retrieval, ...] = ()


class Draft:
    """Claims and notes, in the order in which they are to be read.

    supports  for each body of evidence that was read, how likely it answers.
    """

    def __init__(self, outcome: Outcome = Outcome.ANSWERED, reason: Reason | None = None) -> None:
        self.outcome = outcome
        self.reason = reason
        self.claims: list[Claim] = []
        self.citations: list[Citation] = []
        self.ratings: list[RatingFound] = []
        self.nearest: list[Nearest] = []
        self.choices: tuple[str, ...] = ()
        self.supports: list[float] = []
        self._notes: list[str] = []
        self._parts = [_Part(label=None)]

    def claim(self, text: str, found: StoredParagraph, start: int, end: int) -> int | None:
        """Adds a claim that rests on `found`'s `text[start:end]`; its citation's number, None if it was dropped."""
        citation = cite(len(self.citations) + 1, found, start, end)
        if citation is None or not stands(citation):
            return None
        self.citations.append(citation)
        part = self._parts[-1]
        part.claims.append(len(self.claims))
        part.sentences.append(f"{text} [{citation.number}]")
        self.claims.append(Claim(text=text, citations=(citation.number,)))
        return citation.number

    def note(self, sentence: str) -> None:
        """Adds a sentence that is no claim of a report; once, however often it is said."""
        part = self._parts[-1]
        if part.label is not None:
            part.notes.append(sentence)
        elif sentence in self._notes:
            return
        else:
            self._notes.append(sentence)
        part.sentences.append(sentence)

    def begin(self, label: str | None) -> None:
        """What follows stands under this label; under none, for the answer as a whole."""
        self._parts.append(_Part(label=label))

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
    return [Nearest(found=e.found, snippet=_snippet(e.found.paragraph.text)) for e in list(best.values())[:most]]


def _snippet(text: str) -> str:
    if len(text) <= _SNIPPET:
        return text
    return text[: text.rfind(" ", 0, _SNIPPET) + 1 or _SNIPPET].rstrip() + "…"
