"""The port of an encoder: text to vectors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


@dataclass(frozen=True, kw_only=True, slots=True)
class ModelFiles:
    """A model on disk. `digest` is the SHA-256 over the names and bytes of all its files."""

    name: str
    folder: Path
    digest: str


class Encoder(Protocol):
    """Turns text into unit vectors.

    dimension   of a vector.
    max_tokens  how many tokens of a text are read, the model's own marks excluded.
    """

    @property
    def model(self) -> ModelFiles: ...
    @property
    def backend(self) -> str: ...
    @property
    def dimension(self) -> int: ...
    @property
    def max_tokens(self) -> int: ...

    def token_offsets(self, text: str) -> Sequence[tuple[int, int]]:
        """Start and end of each token of the whole text, in code points; nothing is cut off."""
        ...

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """(len(texts), dimension), each row of length 1, in the order of the texts."""
        ...

    def encode_query(self, text: str) -> Vectors:
        """(dimension,), of length 1."""
        ...

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """(len(texts), dimension): a few questions at once take less time than one after the other."""
        ...
