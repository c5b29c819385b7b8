"""The port of a model that reads two texts together, and what it says of them."""

from __future__ import annotations

import bisect
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """`passage[start:end]` is a token; `logit`, that it stands in a sentence that answers."""

    start: int
    end: int
    logit: float


@dataclass(frozen=True, kw_only=True, slots=True)
class PairRead:
    """A question or claim beside a passage.

    answers   logit that the passage answers the question.
    supports  logit that all that the claim says is said in the passage.
    marks     of the passage's tokens, in order; fewer than all where the passage is longer than the model reads.
    """

    answers: float
    supports: float
    marks: tuple[Mark, ...]

    def marked(self, start: int, end: int) -> float | None:
        """The mean of the logits of the tokens that begin in `passage[start:end]`; None where none was read."""
        first, after = (bisect.bisect_left(self.marks, place, key=lambda mark: mark.start) for place in (start, end))
        inside = self.marks[first:after]
        return math.fsum(mark.logit for mark in inside) / len(inside) if inside else None


class PairModel(Protocol):
    """Safe for several threads."""

    @property
    def name(self) -> str: ...

    def read(self, text: str, passages: Sequence[str]) -> list[PairRead]:
        """Of one question or claim with each passage."""
        ...
