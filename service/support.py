"""Whether the evidence is good enough to answer from, and if not, why."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.index.terms import analyse
from service.model import Reason
from service.retrieval import Retrieval
from service.words import query_terms

# Below both of these the best evidence is about something else: they keep 99 % of the answerable
# questions of the development sets, and are coarse (docs/decisions/0004). A calibrated estimate is to take their place.
_LEAST_COSINE = 0.42
_LEAST_COVERAGE = 0.5
_BEST = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Support:
    """`reason` is None where the evidence can be answered from; else `explanation` says why it cannot."""

    reason: Reason | None
    explanation: str


def judge(retrieval: Retrieval) -> Support:
    named = retrieval.subjects
    if named.all_missing:
        whom = " or ".join(named.missing)
        return Support(reason=Reason.SUBJECT_NOT_INDEXED, explanation=f"There is no report on {whom} to answer from.")
    if not retrieval.evidence:
        return Support(
            reason=Reason.NO_EVIDENCE, explanation="The reports do not say: nothing in them matches the question."
        )
    best = retrieval.evidence[:_BEST]
    cosine = max((e.dense for e in best if e.dense is not None), default=0.0)
    asked = set(query_terms(named.rest))
    held: set[str] = set()
    for one in best:
        held.update(analyse(" ".join((*one.found.section.path, one.found.paragraph.text))))
    coverage = len(asked & held) / len(asked) if asked else 0.0
    if cosine < _LEAST_COSINE and coverage < _LEAST_COVERAGE:
        return Support(
            reason=Reason.WEAK_EVIDENCE,
            explanation="The reports do not say: what comes nearest is about something else.",
        )
    return Support(reason=None, explanation="")
