"""Whether the evidence is good enough to answer from, and if not, why."""

from __future__ import annotations

from dataclasses import dataclass

from service.model import Reason
from service.question import Parsed
from service.reader import Reading
from service.search import Retrieval


@dataclass(frozen=True, kw_only=True, slots=True)
class Support:
    """`reason` is None where the evidence can be answered from; else `explanation` says why it cannot."""

    reason: Reason | None
    explanation: str


def judge(asked: Parsed, retrieval: Retrieval, reading: Reading) -> Support:
    """The explanations repeat nothing of the question but the bodies that it names."""
    named = asked.subjects
    if named.all_missing:
        whom = " or ".join(named.missing)
        return Support(reason=Reason.SUBJECT_NOT_INDEXED, explanation=f"There is no report on {whom} to answer from.")
    if not retrieval.evidence or reading.about < reading.limits.about:
        return Support(reason=Reason.NO_EVIDENCE, explanation="The reports do not say: nothing in them is about this.")
    if reading.support < reading.limits.support:
        return Support(
            reason=Reason.WEAK_EVIDENCE,
            explanation="The reports do not say: what comes nearest does not answer the question.",
        )
    return Support(reason=None, explanation="")
