"""What was retrieved and read, without an index or a network."""

from __future__ import annotations

from service.question import Parsed
from service.reader import Read, Reading
from service.search import Retrieval


def retrieval(asked: Parsed, *passages: Read, reports: tuple[str, ...] | None = None) -> Retrieval:
    evidence = tuple(one.evidence for one in passages)
    return Retrieval(
        evidence=evidence,
        subjects=asked.subjects,
        rarity={},
        reports=frozenset(one.found.report.id for one in evidence) if reports is None else frozenset(reports),
        paragraphs=9,
        timings_ms={"embed": 1.0, "search": 1.0},
    )


class Believing:
    """A reader that takes the evidence for what it is told, and supports each report's as it is told."""

    def __init__(self, *passages: Read, support: dict[str, float] | None = None) -> None:
        self._read = {one.evidence.found.key: one for one in passages}
        self._support = support or {}

    def read(self, asked, rarity, evidence):
        passages = tuple(self._read[one.found.key] for one in evidence)
        report = evidence[0].found.report.id if evidence else ""
        return Reading(passages=passages, support=self._support.get(report, 0.9), threshold=0.5)
