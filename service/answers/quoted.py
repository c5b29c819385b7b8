"""The answerer that needs no language model: the reports' own words that answer, each run with its offsets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from indexer.index.catalogue import Catalogue, StoredParagraph
from indexer.index.terms import analyse
from indexer.model import BlockKind
from indexer.sentences import sentence_spans
from service.answers.nearest import nearest
from service.answers.phrases import looked_at, some
from service.answers.port import Listener
from service.answers.spans import runs
from service.answers.told import Extract, Statement, Told
from service.model import Evidence, Outcome, Reason
from service.question import Parsed
from service.question.speakers import holds_quotation, speaks
from service.reader import FittedReader, Read, Reading
from service.search import Retrieval

# Shares of the best paragraph's relevance, and of the best sentence's fit, from which on others are quoted beside them.
_RELEVANCE, _FIT = 0.3, 0.5
# Runs of the paragraph that answers best, and of each other one.
_OF_BEST, _BESIDE = 2, 1
# Of two runs the shorter's share of terms that the other has too, from which on they say the same.
_SAME = 0.85
_MOST_ITEMS = 10


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """What was read for a question, and why it can't be answered from; None where it can."""

    asked: Parsed
    retrieval: Retrieval
    reading: Reading
    reason: Reason | None

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """What answers best first."""
        return tuple(one.evidence for one in self.reading.passages)

    @property
    def support(self) -> float | None:
        return self.reading.support if self.reading.passages else None


class Quoting:
    """Safe for several threads."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._reader = FittedReader()

    def answer(self, asked: Parsed, retrieval: Retrieval, most: int, _: Listener) -> Told:
        """As the port says."""
        return self.told(self.judged(asked, retrieval), most)

    def judged(self, asked: Parsed, retrieval: Retrieval) -> Judged:
        reading = self._reader.read(asked, retrieval.rarity, _giving(asked, retrieval.evidence) or retrieval.evidence)
        return Judged(asked=asked, retrieval=retrieval, reading=reading, reason=_reason(asked, reading))

    def told(self, judged: Judged, most: int) -> Told:
        """What was judged, as an answer, or as what comes nearest."""
        if judged.reason is not None:
            return nothing(judged, judged.reason)
        extracts = self.chosen(judged, most)
        return Told(
            statements=tuple(Statement(text=one.text, rests=(one,)) for one in extracts),
            retrievals=(judged.retrieval,),
            support=judged.support,
        )

    def chosen(self, judged: Judged, most: int) -> list[Extract]:
        """At most `most` runs, those of the paragraph that answers best first and the others of its report after
        them. What says the same again is left out; words that open a list bring its items along."""
        asked = judged.asked
        closely = (one for one in judged.reading.passages if one.sentences)
        read = sorted((_told_by(asked, one) for one in closely), key=lambda one: -_together(one))
        if not read:
            return []
        near = [one for one in read if one.relevance >= read[0].relevance * _RELEVANCE]
        least = max(_best(one) for one in near) * _FIT
        found: list[Extract] = []
        for at, one in enumerate(near):
            if at and _best(one) < least:
                continue
            own = runs(one, asked.wants, least, _BESIDE if at else _OF_BEST)
            found += [*own, *self._items(own)]
        return _by_report(_different(found, most))

    def _items(self, found: Sequence[Extract]) -> list[Extract]:
        """The list items, whole, that follow a paragraph whose end opens them."""
        last = next((one for one in found if one.end == len(one.found.paragraph.text) and one.text.endswith(":")), None)
        if last is None:
            return []
        following = self._catalogue.following(last.found.key, _MOST_ITEMS)
        items = takewhile(lambda p: p.paragraph.kind is BlockKind.LIST_ITEM, following)
        return [_whole(item) for item in items]


def nothing(judged: Judged, reason: Reason) -> Told:
    """No answer, what was looked at, and what comes nearest. That nothing was found is said, not that nothing is
    there."""
    retrieval = judged.retrieval
    if reason is Reason.SUBJECT_NOT_INDEXED:
        note = f"There is no report on {some(judged.asked.subjects.missing, 'or')} to answer from."
    else:
        near = " The closest passages follow." if judged.reading.passages else ""
        note = f"I found no passage that clearly answers this in {looked_at(judged.asked, retrieval)}.{near}"
    return Told(
        before=(note,),
        outcome=Outcome.NOT_FOUND,
        reason=reason,
        retrievals=(retrieval,),
        nearest=nearest(judged.reading.passages, judged.asked.wants),
        support=judged.support,
    )


def _reason(asked: Parsed, reading: Reading) -> Reason | None:
    if asked.subjects.all_missing:
        return Reason.SUBJECT_NOT_INDEXED
    if not reading.passages:
        return Reason.NO_EVIDENCE
    return None if reading.answers else Reason.WEAK_EVIDENCE


def _giving(asked: Parsed, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The paragraphs with the words of those whose words are asked for, in quotation marks where that is asked for."""
    if not (asked.speakers or asked.quotation):
        return ()
    texts = ((one, one.found.paragraph.text) for one in evidence)
    return tuple(one for one, text in texts if any(_gives(asked, text[s:e]) for s, e in sentence_spans(text)))


def _gives(asked: Parsed, sentence: str) -> bool:
    said = not asked.speakers or speaks(sentence, asked.speakers)
    return said and (not asked.quotation or holds_quotation(sentence))


def _told_by(asked: Parsed, one: Read) -> Read:
    """A passage with its sentences that give the words that are asked for before all others."""
    if not (asked.speakers or asked.quotation):
        return one
    text = one.evidence.found.paragraph.text
    return replace(
        one, sentences=tuple(replace(s, fit=(s.fit + _gives(asked, text[s.start : s.end])) / 2) for s in one.sentences)
    )


def _best(one: Read) -> float:
    return max(sentence.fit for sentence in one.sentences)


def _together(one: Read) -> float:
    """How likely a paragraph and its best sentence answer."""
    return one.relevance * _best(one)


def _by_report(extracts: Sequence[Extract]) -> list[Extract]:
    """Those of one report together, each report where its first stands; else as they are."""
    reports = list(dict.fromkeys(one.found.report.id for one in extracts))
    return sorted(extracts, key=lambda one: reports.index(one.found.report.id))


def _different(extracts: Iterable[Extract], most: int) -> list[Extract]:
    """Without those that say again what one before them said."""
    kept: list[Extract] = []
    said: list[set[str]] = []
    for one in extracts:
        terms = set(analyse(one.text))
        if any(len(terms & other) >= _SAME * max(1, min(len(terms), len(other))) for other in said):
            continue
        kept.append(one)
        said.append(terms)
        if len(kept) == most:
            break
    return kept


def _whole(found: StoredParagraph) -> Extract:
    return Extract(found=found, start=0, end=len(found.paragraph.text))
