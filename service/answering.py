"""The way of a question, top to bottom: understand, retrieve, answer, verify every citation."""

from __future__ import annotations

import secrets
import time
from collections.abc import Sequence

from indexer.index.catalogue import StoredParagraph
from indexer.index.generations import OpenIndex
from service.answerers import ratings as rated
from service.answerers.extractive import extract
from service.answerers.ratings import RatingsAnswerer, RatingsAsked
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
    RatingFound,
    Reason,
    Searched,
)
from service.retrieval import Retrieval, Retriever
from service.support import judge

_EVIDENCE = 20
_NEAREST = 3
_SNIPPET = 200


class Answering:
    """Safe for several threads."""

    def __init__(self, index: OpenIndex, retriever: Retriever) -> None:
        self._catalogue = index.catalogue
        self._retriever = retriever
        self._ratings = RatingsAnswerer(index.catalogue)
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
        asked = self._ratings.asked(retrieval.subjects.rest)
        if asked is not None and not retrieval.subjects.all_missing:
            draft = self._from_ratings(asked, retrieval)
        else:
            draft = self._from_evidence(question, retrieval)
        filters: dict[str, object] = dict(question.filters.stated())
        if retrieval.subjects.names:
            filters.setdefault("subjects", list(retrieval.subjects.names))
        ended = time.perf_counter()
        timings = {**retrieval.timings_ms, "answer": (ended - retrieved) * 1000, "total": (ended - began) * 1000}
        return Answer(
            id=f"ans_{secrets.token_urlsafe(12)}",
            question=question.text,
            standalone_question=question.text,
            outcome=draft.outcome,
            reason=draft.reason,
            text=" ".join(draft.sentences),
            notes=tuple(draft.notes),
            claims=tuple(draft.claims),
            citations=tuple(draft.citations),
            ratings=tuple(draft.ratings),
            nearest=tuple(draft.nearest),
            evidence=retrieval.evidence,
            searched=Searched(reports=len(retrieval.reports), paragraphs=retrieval.paragraphs, filters=filters),
            provenance=self._provenance,
            attribution=draft.attribution(),
            timings_ms={name: round(ms, 2) for name, ms in timings.items()},
        )

    def _from_ratings(self, asked: RatingsAsked, retrieval: Retrieval) -> _Draft:
        """Every printed rating that the question asks for."""
        found = self._ratings.find(asked, retrieval.reports - retrieval.subjects.superseded)
        if not found.ratings:
            draft = _Draft(Outcome.NOT_FOUND, Reason.NO_EVIDENCE)
            draft.note(f"The reports print no such rating: {rated.count(found)}")
            draft.nearest = _nearest(retrieval.evidence)
            return draft
        draft = _Draft(Outcome.ANSWERED)
        if asked.counts:
            draft.note(rated.count(found))
        dated = rated.several_dates(found.ratings)
        for stored in found.ratings:
            paragraph = self._catalogue.paragraph(stored.rating.paragraph_id)
            if paragraph is None:
                continue
            number = draft.claim(rated.sentence(stored, dated=dated), paragraph, 0, len(paragraph.paragraph.text))
            if number is not None:
                draft.ratings.append(
                    RatingFound(
                        report=stored.report,
                        section=stored.rating.name,
                        score=stored.rating.score,
                        judgement=stored.rating.judgement,
                        percent=stored.rating.percent,
                        citation=number,
                    )
                )
        draft.tell_missing(retrieval)
        return draft

    def _from_evidence(self, question: Question, retrieval: Retrieval) -> _Draft:
        """The sentences of the best evidence; or why there is no answer, and where to look."""
        support = judge(retrieval)
        if support.reason is not None:
            draft = _Draft(Outcome.NOT_FOUND, support.reason)
            draft.note(support.explanation)
            draft.nearest = _nearest(retrieval.evidence)
            return draft
        draft = _Draft(Outcome.ANSWERED)
        following = self._catalogue.following
        for one in extract(retrieval.rarity, retrieval.evidence, question.max_citations, following):
            draft.claim(one.found.paragraph.text[one.start : one.end], one.found, one.start, one.end)
        if older := retrieval.subjects.older:
            named = "; ".join(f"{r.title} ({r.metadata.published:%-d %B %Y})" for r in older)
            draft.note(f"Answered from the newest report. Also indexed, and older: {named}.")
        draft.tell_missing(retrieval)
        return draft


class _Draft:
    """An answer while it is put together: a claim enters it with its citation, or not at all."""

    def __init__(self, outcome: Outcome, reason: Reason | None = None) -> None:
        self.outcome = outcome
        self.reason = reason
        self.sentences: list[str] = []
        self.notes: list[str] = []
        self.claims: list[Claim] = []
        self.citations: list[Citation] = []
        self.ratings: list[RatingFound] = []
        self.nearest: list[Nearest] = []

    def claim(self, text: str, found: StoredParagraph, start: int, end: int) -> int | None:
        """Adds a claim that rests on `found`'s `text[start:end]`; its citation's number, None if it was dropped."""
        citation = cite(len(self.citations) + 1, found, start, end)
        if citation is None or not stands(citation):
            return None
        self.citations.append(citation)
        self.claims.append(Claim(text=text, citations=(citation.number,)))
        self.sentences.append(f"{text} [{citation.number}]")
        return citation.number

    def note(self, sentence: str) -> None:
        """Adds a sentence that is no claim of a report."""
        self.notes.append(sentence)
        self.sentences.append(sentence)

    def tell_missing(self, retrieval: Retrieval) -> None:
        if missing := retrieval.subjects.missing:
            self.outcome, self.reason = Outcome.PARTIAL, Reason.SUBJECT_NOT_INDEXED
            self.note(f"There is no report on {' or '.join(missing)} to answer from.")

    def attribution(self) -> str | None:
        """The licence lines of all reports that are quoted, each once."""
        lines = dict.fromkeys(c.found.report.metadata.attribution for c in self.citations)
        return " ".join(line for line in lines if line) or None


def _nearest(evidence: Sequence[Evidence]) -> list[Nearest]:
    """The best paragraph of each of the best sections."""
    best: dict[tuple[str, str], Evidence] = {}
    for one in evidence:
        best.setdefault((one.found.report.id, one.found.section.id), one)
    return [Nearest(found=e.found, snippet=_snippet(e.found.paragraph.text)) for e in list(best.values())[:_NEAREST]]


def _snippet(text: str) -> str:
    if len(text) <= _SNIPPET:
        return text
    return text[: text.rfind(" ", 0, _SNIPPET) + 1 or _SNIPPET].rstrip() + "…"
