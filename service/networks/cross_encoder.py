"""Any CrossEncoder of sentence-transformers, from a folder or by a hub name.

The only module of the service that imports sentence_transformers.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.errors import SettingsError

_NOT_LOADED = ("*.onnx", "*.h5", "*.ot", "*.msgpack", "openvino/*")


@dataclass(frozen=True, kw_only=True)
class LoadedCrossEncoder:
    """labels  what its scores stand for, folded; one for a model that gives one score."""

    name: str
    labels: tuple[str, ...]
    network: Any

    def scores(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float64]:
        """(len(pairs), len(labels)), as the model gives them."""
        found = self.network.predict(list(pairs), show_progress_bar=False)
        return np.asarray(found, np.float64).reshape(len(pairs), len(self.labels))


def load_cross_encoder(setting: str, value: str) -> LoadedCrossEncoder:
    """
    setting  the setting that names the model, for the message of a fault.
    value    a folder, or a name on the hub.

    Raises SettingsError.
    """
    folder = Path(os.path.expanduser(value))  # noqa: PTH111 - leaves be what names no home; pathlib raises
    if not folder.is_dir():
        folder = _hub_folder(setting, value)
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
            f"{setting}: the model in {folder} cannot be loaded as a CrossEncoder ({type(fault).__name__}: "
            f"{_first_line(fault)})"
        ) from fault
    known = network.config.id2label
    labels = tuple(str(known.get(at, at)).casefold() for at in range(network.num_labels))
    return LoadedCrossEncoder(name=folder.name if folder == Path(value) else value, labels=labels, network=network)


def _hub_folder(setting: str, name: str) -> Path:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(name, ignore_patterns=list(_NOT_LOADED)))
    except (LocalEntryNotFoundError, HfHubHTTPError, HFValidationError, OSError, ValueError) as fault:
        raise SettingsError(
            f"{setting}: {name!r} is neither a folder nor a model of the hub that can be had here"
        ) from fault


def _first_line(fault: Exception) -> str:
    return next(iter(str(fault).splitlines()), "")
