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
    """A paragraph, how likely it answers (0 to 1), and those of its sentences that may be quoted, in its order."""

    evidence: Evidence
    relevance: float
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """From which probability on an answer costs less than a refusal, for this reader: of `support` and of `about`."""

    support: float = 0.5
    about: float = 0.5


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """The paragraphs, best first; the calibrated probability (0 to 1) that together they answer the question; and
    that they are about its matter at all."""

    passages: tuple[Read, ...]
    support: float
    about: float = 1.0
    limits: Limits = Limits()


class Reader(Protocol):
    """Safe for several threads."""

    def read(self, asked: Parsed, rarity: Mapping[str, float], evidence: Sequence[Evidence]) -> Reading:
        """Reads the evidence, given best first.

        rarity  of the question's terms among all paragraphs: the higher, the rarer.
        """
        ...
