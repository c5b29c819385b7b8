"""The checks that a claim has to pass, in the order of how little doubt they leave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from indexer.index.catalogue import StoredParagraph
from indexer.windows import join
from service.answers.written.checks.discrepancies import discrepancies
from service.answers.written.checks.judge import Judge


class Check(StrEnum):
    """What a claim failed. The first two are of how it was given, the others of what it says."""

    LABEL = "label"
    QUOTE = "quote"
    ADDRESS = "address"
    QUOTATION = "quotation"
    NUMBER = "number"
    NAME = "name"
    NEGATION = "negation"
    HEDGE = "hedge"
    DIRECTION = "direction"
    MEANING = "meaning"


# A claim fails where any of these counts is not 0. Measured on claims written for the project (eval.measure.claims): of
# true claims in the report's own words none is lost.
_PLAIN: Sequence[tuple[Check, tuple[str, ...]]] = (
    (Check.ADDRESS, ("address",)),
    (Check.QUOTATION, ("quotation",)),
    (Check.NUMBER, ("number",)),
    (Check.NAME, ("name",)),
    (Check.NEGATION, ("negation",)),
    (Check.HEDGE, ("bound", "lost_part", "lost_may", "lost_plan", "added", "weakened")),
    (Check.DIRECTION, ("direction",)),
)
# Of the claim's telling words, so many may be neither in what it cites nor above it. Where a model has read both, it
# judges; a claim in nothing but the report's words needs no judge.
_NEW_WORDS = 0.7
_NEW_WORDS_UNREAD = 0.4
# In characters: what the model reads to its end. Of longer paragraphs it reads the sentences that the claim is about.
_READ_WHOLE = 900


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """What a claim cites: a paragraph, and the `text[start:end]` that it rests on; both None for all of it."""

    found: StoredParagraph
    start: int | None = None
    end: int | None = None

    @property
    def quoted(self) -> tuple[int, int] | None:
        return None if self.start is None or self.end is None else (self.start, self.end)


class Verifier:
    """Safe for several threads.

    judge  of claims that are not wholly in the report's words; without one, words alone decide.
    """

    def __init__(self, judge: Judge | None = None) -> None:
        self._judge = judge

    def failed(self, claim: str, sources: Sequence[Source]) -> Check | None:
        """The first check that the claim fails; None where it says no more than its sources.

        sources  at least one.
        """
        texts = [(s.found.paragraph.text, s.quoted) for s in sources]
        above = "\n".join(dict.fromkeys(_above(s.found) for s in sources))
        counted, aligned = discrepancies(claim, texts, above)
        for check, names in _PLAIN:
            if any(counted[name] for name in names):
                return check
        if not counted["missing"]:
            return None
        if counted["missing_near"] > (_NEW_WORDS_UNREAD if self._judge is None else _NEW_WORDS):
            return Check.MEANING
        if self._judge is not None:
            whole = " ".join(text for text, _ in texts)
            passage = whole if len(whole) <= _READ_WHOLE else aligned.said
            if not self._judge.supports(claim, join(_above(sources[0].found, brief=True), passage)):
                return Check.MEANING
        return None


def _above(found: StoredParagraph, *, brief: bool = False) -> str:
    """What a reader of the paragraph knows from where it stands: whose report, from when, under which headings.

    brief  as it was embedded.
    """
    metadata = found.report.metadata
    if brief:
        return ". ".join(p for p in (metadata.title or metadata.subject, *found.section.path) if p)
    day = f"{metadata.published:%-d %B %Y}" if metadata.published else None
    columns = " ".join(found.paragraph.columns)
    known = (found.report.title, metadata.subject, metadata.publisher, day, *found.section.path, columns)
    return ". ".join(dict.fromkeys(part for part in known if part))
