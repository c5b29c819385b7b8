"""All reports asked one by one: those that answer, each with its own passage."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from service.answers.nearest import nearest
from service.answers.phrases import many
from service.answers.quoted import Judged, Quoting
from service.answers.told import Extract, Statement, Told
from service.answers.written.checks.discrepancies import discrepancies
from service.model import Filters, Outcome, Reason
from service.question import Parsed
from service.search import Retriever

# Of a report's passages so many are read: what answers in a report that has an answer is first or second there.
_PER_REPORT = 2
# Where only words are asked for, so many are looked at for them.
_LOOKED_AT = 5
# Runs of words that are shown of each report.
_SHOWN = 1
# Of so many the first that does not deny what is asked.
_CONSIDERED = 3
_DENYING = ("negation", "direction")
_NEAREST = 3
# A report that is one of many needs so much of the support that one asked alone does: what is shown of it is one
# passage among others.
_LEAST = 0.8
_HOLDS = 0.95
_OR = re.compile(r"\bor\b", re.IGNORECASE)
# More reports than this are not named in an answer; which ones they are, the way to the rest tells.
_MOST = 40


class Across:
    """Safe for several threads.

    label  of a report: whom it is about.
    """

    def __init__(self, retriever: Retriever, quoting: Quoting, label: Callable[[str], str]) -> None:
        self._retriever = retriever
        self._quoting = quoting
        self._label = label

    def told(self, asked: Parsed, filters: Filters, progressed: Callable[[int, int], None]) -> Iterator[Told]:
        """One for each report that answers, as they are found; at last what was looked at."""
        heard, weak = 0, list[Judged]()
        of = read = 0
        most = _LOOKED_AT if asked.mentions else _PER_REPORT
        for of, retrieval in self._retriever.retrieve_across(asked, filters, most, _PER_REPORT):
            read += 1
            progressed(read, of)
            judged = self._quoting.judged(asked, retrieval)
            label = self._label(next(iter(retrieval.reports)))
            extracts = self._extracts(judged, label)
            if not extracts:
                weak.append(judged)
                continue
            heard += 1
            if heard > _MOST:
                continue
            yield Told(
                statements=tuple(Statement(text=one.text, rests=(one,)) for one in extracts),
                label=label,
                retrievals=(retrieval,),
            )
        yield _summary(heard, read, of, asked, weak)

    def _extracts(self, judged: Judged, label: str) -> list[Extract]:
        found = _answering(judged)
        if found is None:
            return []
        if judged.asked.predicate is None:
            return self._quoting.chosen(found, _SHOWN)
        claim = f"{label} {judged.asked.predicate}."
        return [one for one in self._quoting.chosen(found, _CONSIDERED) if not _denies(claim, one)][:_SHOWN]


def _denies(claim: str, extract: Extract) -> bool:
    """Whether a run of words denies what the question would have the report say, or says the opposite."""
    counted, _ = discrepancies(claim, [(extract.text, None)], "")
    return any(counted[name] for name in _DENYING)


def _answering(judged: Judged) -> Judged | None:
    """What answers in one of many reports; None where nothing does. Where a question asks who speaks of something at
    all, a passage that has its words answers."""
    reading = judged.reading
    if judged.asked.mentions:
        least = _HOLDS / 2 if _OR.search(judged.asked.bare) else _HOLDS
        holding = tuple(one for one in reading.passages if one.coverage >= least and one.sentences)
        return replace(judged, reading=replace(reading, passages=holding)) if holding else None
    return judged if reading.passages and reading.support >= _LEAST * reading.threshold else None


def _summary(heard: int, read: int, of: int, asked: Parsed, weak: list[Judged]) -> Told:
    looked = f"I searched each of {many(of, 'report', 'reports')} by itself and read the likeliest passages of {read}"
    retrievals = tuple(one.retrieval for one in weak)
    if heard:
        shown = f", of which {_MOST} stand here" if heard > _MOST else ""
        note = (
            f"{looked}: a passage that seems to answer was found in {heard}{shown}. "
            "That none was found in another does not show that it says nothing."
        )
        return Told(before=(note,), retrievals=retrievals)
    passages = [one for judged in weak for one in judged.reading.passages]
    passages.sort(key=lambda one: -one.relevance)
    near = " The closest passages follow." if passages else ""
    note = f"{looked}, and found none that clearly answers.{near}"
    return Told(
        before=(note,),
        outcome=Outcome.NOT_FOUND,
        reason=Reason.WEAK_EVIDENCE,
        retrievals=retrievals,
        nearest=nearest(passages, asked.wants, _NEAREST),
    )
