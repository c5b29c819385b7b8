"""Any sentence-transformers model, through torch. The only module that imports sentence_transformers."""

from __future__ import annotations

import os
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from indexer.encoders.port import ModelFiles, Vectors
from indexer.errors import EncoderError


class TorchEncoder:
    """bfloat16 where the processor computes in it (2 times float32's speed, cosine 0.9999), else float32."""

    backend = "torch"

    def __init__(self, model: ModelFiles) -> None:
        import torch

        self.model = model
        self._network = load_network(model)
        if torch.ops.mkldnn._is_mkldnn_bf16_supported():  # noqa: SLF001 - torch has no public name for it
            self._network = self._network.to(torch.bfloat16)
        self._lengths = Limits.of(self._network)

    @property
    def dimension(self) -> int:
        return self._lengths.dimension

    @property
    def max_tokens(self) -> int:
        return self._lengths.max_tokens

    def token_offsets(self, text: str) -> Sequence[tuple[int, int]]:
        return token_offsets(self._network.tokenizer, text)

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        return self._unit(self._network.encode_document(list(texts), batch_size=32, convert_to_tensor=True))

    def encode_query(self, text: str) -> Vectors:
        found: Vectors = self.encode_queries([text])[0]
        return found

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self._unit(self._network.encode_query(list(texts), convert_to_tensor=True))

    def _unit(self, tensor: Any) -> Vectors:
        if not len(tensor):
            return np.zeros((0, self.dimension), np.float32)
        # Normalised here and not in bfloat16, whose eight bits would leave lengths 0.3 % off.
        rows: Vectors = tensor.float().cpu().numpy()
        rows /= np.linalg.norm(rows, axis=1, keepdims=True).clip(min=1e-12)
        return rows


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """dimension of a vector; max_tokens of a text, the marks that the tokenizer adds excluded."""

    dimension: int
    max_tokens: int

    @classmethod
    def of(cls, network: Any) -> Limits:
        marks = network.tokenizer.num_special_tokens_to_add()
        longest = network.max_seq_length or network.tokenizer.model_max_length
        return cls(dimension=network.get_embedding_dimension(), max_tokens=min(longest, 8192) - marks)


def load_network(model: ModelFiles, *, eager: bool = False) -> Any:
    """The SentenceTransformer of a model's files, on the CPU. Raises EncoderError.

    eager  plain attention, whose operations a graph export can follow.
    """
    os.environ.setdefault("HF_HUB_OFFLINE", "1")  # everything is on disk already: never look for updates
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging as transformers_logging

    untyped: Any = transformers_logging
    untyped.disable_progress_bar()
    untyped.set_verbosity_error()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return SentenceTransformer(
                str(model.folder),
                device="cpu",
                local_files_only=True,
                model_kwargs={"attn_implementation": "eager"} if eager else None,
            ).eval()
    except Exception as fault:
        raise EncoderError(
            f"the embedding model {model.name} cannot be loaded from its files ({type(fault).__name__}: {fault}); "
            "check CITEWISE_EMBEDDING_MODEL"
        ) from fault


def token_offsets(tokenizer: Any, text: str) -> Sequence[tuple[int, int]]:
    found = tokenizer(text, add_special_tokens=False, return_offsets_mapping=True, truncation=False, verbose=False)
    offsets: Sequence[tuple[int, int]] = found["offset_mapping"]
    return offsets


def prompts(network: Any) -> Mapping[str, str]:
    """The words a model wants in front: {"query": …, "document": …}, empty where it wants none."""
    known = dict(network.prompts or {})
    fallback = known.get(network.default_prompt_name or "", "")
    document = known.get("document") or known.get("passage") or fallback
    return {"query": known.get("query") or fallback, "document": document}
