"""Score fusion: the features of a candidate to one score, by a weighted sum and not by reciprocal ranks."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from service.search.weights import Weights


def fused_scores(features: NDArray[np.float64], weights: Weights) -> NDArray[np.float64]:
    """A score for every row: comparable within one search only, and of about the size of a cosine and as much again.

    features  (candidates, len(FEATURES)).
    """
    scores: NDArray[np.float64] = features @ np.array(weights.in_order())
    return scores
