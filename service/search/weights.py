"""What each feature of a candidate counts, as `python -m eval.fit.ranking` fitted it: docs/decisions/0015."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from service.search.features import FEATURES
from service.weights import Part, fitted


class Weights(BaseModel):
    """The search's part of the fitted weights.

    origin   when, on what and how it was fitted, and the held-out figures.
    shares   of every feature in the fused score; those of the cosines sum to 1.
    read     what a logit counts that the packaged reader gives: `python -m eval.fit.rereading`.
    again    what a search takes off the fused score of a paragraph of whose section a better one is shown.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    origin: Mapping[str, Any]
    shares: Mapping[str, float]
    again: Annotated[float, Field(ge=0)]
    read: Annotated[float, Field(ge=0)] = 0.0

    def in_order(self) -> tuple[float, ...]:
        """The shares, in the order of FEATURES."""
        return tuple(self.shares[name] for name in FEATURES)


@cache
def packaged_weights() -> Weights:
    weights = Weights.model_validate(fitted(Part.SEARCH))
    assert weights.shares.keys() == set(FEATURES)
    return weights
