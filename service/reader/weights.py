"""The fitted weights of a reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from service.reader.features import PASSAGE, SENTENCE
from service.reader.support import SUPPORT
from service.weights import Part, fitted

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, slots=True)
class Linear:
    """A logistic model's logit: the weighted sum of what is counted, and `bias`."""

    weights: Floats
    bias: float

    def __call__(self, rows: Sequence[Sequence[float]]) -> list[float]:
        """(rows, features) to a logit for each row."""
        if not rows:
            return []
        logits: list[float] = (np.asarray(rows, dtype=np.float64) @ self.weights + self.bias).tolist()
        return logits


@dataclass(frozen=True, kw_only=True, slots=True)
class Weights:
    passage: Linear
    sentence: Linear
    support: Linear
    threshold: float


def load_weights(part: Part) -> Weights:
    """Those that the service comes with."""
    return weights_of(fitted(part))


def weights_of(value: Mapping[str, Any]) -> Weights:
    """A feature that is not named counts nothing."""
    return Weights(
        passage=_linear(value["passage"], PASSAGE),
        sentence=_linear(value["sentence"], SENTENCE),
        support=_linear(value["support"], SUPPORT),
        threshold=value["threshold"],
    )


def _linear(value: Mapping[str, Any], names: Sequence[str]) -> Linear:
    weights = value["weights"]
    return Linear(weights=np.asarray([weights.get(name, 0.0) for name in names]), bias=value["bias"])
