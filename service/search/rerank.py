"""An optional second look at the best candidates, by a model that reads question and passage together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from indexer.errors import SettingsError
from service.networks.cross_encoder import LoadedCrossEncoder, load_cross_encoder

_SETTING = "CITEWISE_RERANKER_MODEL"


class Reranker(Protocol):
    """Safe for several threads."""

    @property
    def name(self) -> str: ...

    def scores(self, question: str, passages: Sequence[str]) -> NDArray[np.float64]:
        """(len(passages),): how well each answers, the higher the better; comparable for one question only."""
        ...


class CrossEncoderReranker:
    """Any CrossEncoder of sentence-transformers that gives one score for a pair."""

    def __init__(self, model: LoadedCrossEncoder) -> None:
        self.name = model.name
        self._model = model

    @classmethod
    def load(cls, value: str) -> Self:
        """From a folder, or by a hub name. Raises SettingsError, which names the setting."""
        model = load_cross_encoder(_SETTING, value)
        if len(model.labels) != 1:
            raise SettingsError(
                f"{_SETTING}: {value} gives {len(model.labels)} scores for a pair; a reranker gives one"
            )
        return cls(model)

    def scores(self, question: str, passages: Sequence[str]) -> NDArray[np.float64]:
        if not passages:
            return np.zeros(0)
        return self._model.scores([(question, passage) for passage in passages])[:, 0]


def mixed(fused: NDArray[np.float64], read: NDArray[np.float64]) -> NDArray[np.float64]:
    """Two scores of the same candidates as one, on the scale of the first.

    Both count the same, for there is nothing yet that a share could be fitted on: every model has its own scale.
    """
    if len(fused) < 2:
        return fused
    both: NDArray[np.float64] = fused.mean() + fused.std() * (_standard(fused) + _standard(read)) / 2
    return both


def _standard(values: NDArray[np.float64]) -> NDArray[np.float64]:
    spread = values.std()
    standard: NDArray[np.float64] = (values - values.mean()) / (spread or 1.0)
    return standard
