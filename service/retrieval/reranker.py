"""An optional second look at the best candidates, by a model that reads question and passage together.

The only module of the service that imports sentence_transformers.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol, Self

import numpy as np
from numpy.typing import NDArray

from indexer.errors import SettingsError

_SETTING = "CITEWISE_RERANKER_MODEL"
_NOT_LOADED = ("*.onnx", "*.h5", "*.ot", "*.msgpack", "openvino/*")


class Reranker(Protocol):
    """Safe for several threads."""

    @property
    def name(self) -> str: ...

    def scores(self, question: str, passages: Sequence[str]) -> NDArray[np.float64]:
        """(len(passages),): how well each answers, the higher the better; comparable for one question only."""
        ...


class CrossEncoderReranker:
    """Any CrossEncoder of sentence-transformers that gives one score for a pair."""

    def __init__(self, name: str, network: Any) -> None:
        self.name = name
        self._network = network

    @classmethod
    def load(cls, setting: str) -> Self:
        """From a folder, or by a hub name. Raises SettingsError, which names the setting."""
        folder = Path(os.path.expanduser(setting))  # noqa: PTH111 - leaves be what names no home; pathlib raises
        if not folder.is_dir():
            folder = _hub_folder(setting)
        os.environ.setdefault("HF_HUB_OFFLINE", "1")  # everything is on disk by now: never look for updates
        from sentence_transformers import CrossEncoder
        from transformers.utils import logging as transformers_logging

        untyped: Any = transformers_logging
        untyped.disable_progress_bar()
        untyped.set_verbosity_error()
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                network: Any = CrossEncoder(str(folder), device="cpu", local_files_only=True)
                network.eval()
        except Exception as fault:
            raise SettingsError(
                f"{_SETTING}: the model in {folder} cannot be loaded as a CrossEncoder ({type(fault).__name__}: "
                f"{_first_line(fault)})"
            ) from fault
        if network.num_labels != 1:
            raise SettingsError(
                f"{_SETTING}: {setting} gives {network.num_labels} scores for a pair; a reranker gives one"
            )
        return cls(folder.name if folder == Path(setting) else setting, network)

    def scores(self, question: str, passages: Sequence[str]) -> NDArray[np.float64]:
        if not passages:
            return np.zeros(0)
        pairs = [(question, passage) for passage in passages]
        return np.asarray(self._network.predict(pairs, show_progress_bar=False), np.float64).reshape(-1)


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


def _hub_folder(name: str) -> Path:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(name, ignore_patterns=list(_NOT_LOADED)))
    except (LocalEntryNotFoundError, HfHubHTTPError, HFValidationError, OSError, ValueError) as fault:
        raise SettingsError(
            f"{_SETTING}: {name!r} is neither a folder nor a model of the hub that can be had here"
        ) from fault


def _first_line(fault: Exception) -> str:
    return next(iter(str(fault).splitlines()), "")
