"""The port of a reader: what it is asked, and what it gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from service.model import Evidence
from service.question import Parsed


@dataclass(frozen=True, kw_only=True, slots=True)
class Sentence:
    """`text[start:end]` of a paragraph, and how well it answers beside the others: comparable within one reading."""

    start: int
    end: int
    fit: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Read:
    """A paragraph, how likely it answers (0 to 1), and those of its sentences that may be quoted, in its order.

    coverage  the share of what the question asks for that it holds with its headings, by rarity.
    """

    evidence: Evidence
    relevance: float
    coverage: float
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """The paragraphs, best first; the calibrated probability (0 to 1) that together they answer the question; and from
    which probability on an answer costs less than a refusal, for this reader."""

    passages: tuple[Read, ...]
    support: float
    threshold: float = 0.5

    @property
    def answers(self) -> bool:
        return bool(self.passages) and self.support >= self.threshold


class Reader(Protocol):
    """Safe for several threads."""

    def read(self, asked: Parsed, rarity: Mapping[str, float], evidence: Sequence[Evidence]) -> Reading:
        """Reads the evidence, given best first.

        rarity  of the question's terms among all paragraphs: the higher, the rarer.
        """
        ...
