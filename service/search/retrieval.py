"""What was retrieved for a question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from service.model import Evidence
from service.question import SubjectsNamed


@dataclass(frozen=True, kw_only=True, slots=True)
class Retrieval:
    """Evidence, best first; whose reports were searched; how long it took, in milliseconds.

    rarity                of the question's terms among all paragraphs: the higher, the rarer.
    reports               ids of those that were searched.
    paragraphs            how many were searched.
    """

    evidence: tuple[Evidence, ...]
    subjects: SubjectsNamed
    rarity: Mapping[str, float]
    reports: frozenset[str]
    paragraphs: int
    timings_ms: Mapping[str, float]
