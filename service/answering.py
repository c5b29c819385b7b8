"""The way of a question, top to bottom: understand, retrieve, answer, verify every citation."""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping, Sequence

from indexer.index.generations import OpenIndex
from service.answerers.extractive import Extract, Following, extract
from service.citations import cite, stands
from service.model import (
    Answer,
    Citation,
    Claim,
    Evidence,
    Nearest,
    Outcome,
    Provenance,
    Question,
    Reason,
    Searched,
)
from service.retrieval import Retrieval, Retriever
from service.support import Support, judge

_EVIDENCE = 20
_NEAREST = 3
_SNIPPET = 200


class Answering:
    """Safe for several threads."""

    def __init__(self, index: OpenIndex, retriever: Retriever) -> None:
        self._catalogue = index.catalogue
        self._retriever = retriever
        self._provenance = Provenance(
            generation=index.generation,
            embedding_model=index.manifest.model_name,
            answerer="extractive",
        )

    def answer(self, question: Question) -> Answer:
        """Raises UnknownFilterError; whatever else keeps a question from being answered is in the Answer."""
        began = time.perf_counter()
        retrieval = self._retriever.search(question.text, question.filters, _EVIDENCE)
        retrieved = time.perf_counter()
        support = judge(retrieval)
        made = _Made.of(question, retrieval, support, self._catalogue.following)
        timings = {
            **retrieval.timings_ms,
            "answer": (time.perf_counter() - retrieved) * 1000,
            "total": (time.perf_counter() - began) * 1000,
        }
        return made.answer(question, retrieval, self._provenance, timings)


class _Made:
    """Claims and their citations, or why there are none."""

    def __init__(self, outcome: Outcome, reason: Reason | None, text: str) -> None:
        self.outcome = outcome
        self.reason = reason
        self.text = text
        self.claims: list[Claim] = []
        self.citations: list[Citation] = []
        self.nearest: list[Nearest] = []

    @classmethod
    def of(cls, question: Question, retrieval: Retrieval, support: Support, following: Following) -> _Made:
        missing = retrieval.subjects.missing
        if support.reason is not None:
            made = cls(Outcome.NOT_FOUND, support.reason, support.explanation)
            made.nearest = [_nearest(e) for e in _by_section(retrieval.evidence)[:_NEAREST]]
            return made
        made = cls(Outcome.ANSWERED, None, "")
        made._claim(extract(retrieval.subjects.rest, retrieval.evidence, question.max_citations, following))
        made.text = " ".join(f"{c.text} [{c.citations[0]}]" for c in made.claims)
        if older := retrieval.subjects.older:
            named = "; ".join(f"{r.title} ({r.metadata.published:%-d %B %Y})" for r in older)
            made.text += f" Answered from the newest report. Also indexed, and older: {named}."
        if missing:
            made.outcome, made.reason = Outcome.PARTIAL, Reason.SUBJECT_NOT_INDEXED
            made.text += f" There is no report on {' or '.join(missing)} to answer from."
        return made

    def _claim(self, extracts: Sequence[Extract]) -> None:
        for one in extracts:
            citation = cite(len(self.citations) + 1, one.found, one.start, one.end)
            if citation is not None and stands(citation):
                self.citations.append(citation)
                self.claims.append(Claim(text=citation.quote, citations=(citation.number,)))

    def answer(
        self, question: Question, retrieval: Retrieval, provenance: Provenance, timings: Mapping[str, float]
    ) -> Answer:
        filters: dict[str, object] = dict(question.filters.stated())
        if retrieval.subjects.names and "subjects" not in filters:
            filters["subjects"] = list(retrieval.subjects.names)
        lines = dict.fromkeys(c.found.report.metadata.attribution for c in self.citations)
        return Answer(
            id=f"ans_{secrets.token_urlsafe(12)}",
            question=question.text,
            standalone_question=question.text,
            outcome=self.outcome,
            reason=self.reason,
            text=self.text,
            claims=tuple(self.claims),
            citations=tuple(self.citations),
            nearest=tuple(self.nearest),
            searched=Searched(reports=retrieval.reports, paragraphs=retrieval.paragraphs, filters=filters),
            provenance=provenance,
            attribution=" ".join(line for line in lines if line) or None,
            timings_ms={name: round(ms, 2) for name, ms in timings.items()},
        )


def _by_section(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The best of each section."""
    best: dict[tuple[str, str], Evidence] = {}
    for one in evidence:
        best.setdefault((one.found.report.id, one.found.section.id), one)
    return list(best.values())


def _nearest(evidence: Evidence) -> Nearest:
    text = evidence.found.paragraph.text
    snippet = text if len(text) <= _SNIPPET else text[: text.rfind(" ", 0, _SNIPPET) + 1 or _SNIPPET].rstrip() + "…"
    return Nearest(found=evidence.found, snippet=snippet)
