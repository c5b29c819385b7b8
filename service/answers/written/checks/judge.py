"""Models that judge whether a passage supports a claim, where words alone do not decide."""

from __future__ import annotations

from typing import Protocol, Self

from indexer.errors import SettingsError
from service.networks import PairModel
from service.networks.cross_encoder import LoadedCrossEncoder, load_cross_encoder

_SETTING = "CITEWISE_JUDGE_MODEL"
_ENTAILS = "entailment"
# From this logit on a claim is taken to be supported. Of 400 claims written by hand, on reports held out of the
# reader's training, 0.85 of the true ones lie above it, and 0.40 of those with one thing changed.
_SUPPORTED = -0.5


class Judge(Protocol):
    """Safe for several threads."""

    def supports(self, claim: str, passage: str) -> bool: ...


class ReaderJudge:
    """By the packaged reader's head for claims."""

    def __init__(self, reader: PairModel) -> None:
        self._reader = reader

    def supports(self, claim: str, passage: str) -> bool:
        return self._reader.read(claim, [passage])[0].supports >= _SUPPORTED


class CrossEncoderJudge:
    """A model of natural language inference: the passage is the premise, the claim the hypothesis."""

    def __init__(self, model: LoadedCrossEncoder) -> None:
        self._model = model

    @classmethod
    def load(cls, value: str) -> Self:
        """Raises SettingsError, which names the setting."""
        model = load_cross_encoder(_SETTING, value)
        if _ENTAILS not in model.labels:
            told = ", ".join(model.labels)
            raise SettingsError(f"{_SETTING}: {value} judges {told}; one that judges {_ENTAILS} is needed")
        return cls(model)

    def supports(self, claim: str, passage: str) -> bool:
        scores = self._model.scores([(passage, claim)])[0]
        return self._model.labels[int(scores.argmax())] == _ENTAILS
