"""The contract's JSON, made from the vocabulary: what the API and `--json` give."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import Field

from service.channels.api.body import Body
from service.channels.api.passages import CitationBody, NearestBody, ReportBrief, SectionBrief, passage
from service.channels.api.understood_body import UnderstoodBody
from service.model import (
    Answer,
    Checked,
    Claim,
    Evidence,
    Fallback,
    Group,
    Outcome,
    RatingFound,
    Reason,
    Shown,
)


class ClaimBody(Body):
    text: str
    citations: list[int]
    check: Checked

    @classmethod
    def of(cls, claim: Claim) -> ClaimBody:
        return cls(text=claim.text, citations=list(claim.citations), check=claim.check)


class AnswerRating(Body):
    subject: str | None
    report: str = Field(description="The report's id.")
    section: str
    score: int | None
    judgement: str | None
    percent: int | None
    citation: int

    @classmethod
    def of(cls, rating: RatingFound) -> AnswerRating:
        return cls(
            subject=rating.report.metadata.subject,
            report=rating.report.id,
            section=rating.section,
            score=rating.score,
            judgement=rating.judgement,
            percent=rating.percent,
            citation=rating.citation,
        )


class ShownBody(Body):
    """Of an answer that lists: how many items stand in it, of how many that there are."""

    items: int
    of: int

    @classmethod
    def told(cls, shown: Shown | None) -> ShownBody | None:
        return None if shown is None else cls(items=shown.items, of=shown.of)


class SearchedBody(Body):
    reports: int
    paragraphs: int
    filters: Mapping[str, Any]


class ProvenanceBody(Body):
    generation: str
    embedding_model: str
    answerer: str
    model: str | None
    prompt: str | None
    dropped: dict[str, int] = Field(description="How many of the model's claims failed which check.")
    fallback: Fallback | None = Field(description="Why the model did not write all that is shown.")


class GroupBody(Body):
    """A part of the answer under a heading of its own: a subject, an assessment, one of several questions."""

    label: str
    claims: list[int] = Field(description="Their places among the answer's claims, from 0.")
    note: str | None = Field(description="What stands in their place, or beside them.")

    @classmethod
    def of(cls, group: Group) -> GroupBody:
        return cls(label=group.label, claims=list(group.claims), note=group.note)


class AnswerBody(Body):
    id: str
    question: str
    standalone_question: str
    outcome: Outcome
    reason: Reason | None
    answer: str
    understood: UnderstoodBody
    claims: list[ClaimBody]
    shown: ShownBody | None
    citations: list[CitationBody]
    groups: list[GroupBody] = Field(description="Where the answer is told apart; each claim stands in one of them.")
    notes: list[str] = Field(description="The sentences of the answer that are no claims of a report.")
    choices: list[str] = Field(description="What to ask about instead, where the outcome is `clarify`.")
    ratings: list[AnswerRating]
    nearest: list[NearestBody]
    searched: SearchedBody
    provenance: ProvenanceBody
    attribution: str | None
    timings_ms: Mapping[str, float]
    support: float | None = Field(
        description="How likely the evidence answers the question, 0 to 1; null where that was not estimated."
    )

    @classmethod
    def of(cls, answer: Answer) -> AnswerBody:
        return cls(
            id=answer.id,
            question=answer.question,
            standalone_question=answer.standalone_question,
            outcome=answer.outcome,
            reason=answer.reason,
            answer=answer.text,
            understood=UnderstoodBody.of(answer.understood),
            shown=ShownBody.told(answer.shown),
            claims=[ClaimBody.of(c) for c in answer.claims],
            citations=[CitationBody.of(c) for c in answer.citations],
            groups=[GroupBody.of(g) for g in answer.groups],
            notes=list(answer.notes),
            choices=list(answer.choices),
            ratings=[AnswerRating.of(r) for r in answer.ratings],
            nearest=[NearestBody.of(n) for n in answer.nearest],
            searched=SearchedBody.model_validate(answer.searched, from_attributes=True),
            provenance=ProvenanceBody.model_validate(answer.provenance, from_attributes=True),
            attribution=answer.attribution,
            timings_ms=dict(answer.timings_ms),
            support=answer.support,
        )


class HitScores(Body):
    """dense: cosine; lexical: BM25; fused: what the hits are ranked by. Null where that way did not find it."""

    dense: float | None
    lexical: float | None
    fused: float


class Hit(Body):
    paragraph_id: str
    report: ReportBrief
    section: SectionBrief
    paragraph: int
    page: int | None
    label: str | None
    text: str
    url: str
    scores: HitScores

    @classmethod
    def of(cls, evidence: Evidence) -> Hit:
        scores = HitScores(dense=evidence.dense, lexical=evidence.lexical, fused=evidence.fused)
        return cls(**passage(evidence.found), scores=scores)


class Hits(Body):
    hits: list[Hit]
    generation: str
    timings_ms: Mapping[str, float]
