"""The port to what is searched: vectors and terms, filtered by ranges of keys. Never raw text to embed.

An engine for those who outgrow one machine implements `Store`; tests/contracts holds what it must do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import starmap
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from indexer.encoders.port import Vectors
from indexer.index.terms import Terms
from indexer.index.vectors import VectorFile


class Match(NamedTuple):
    """A key and how well it fits; the higher the better, comparable within one search only."""

    key: int
    score: float


class Store(Protocol):
    def nearest(self, vector: Vectors, *, limit: int, within: Sequence[range] | None = None) -> list[Match]:
        """The windows nearest to a unit vector of shape (dimension,), by cosine, best first.

        within  ascending ranges of window keys to search in; None for all.
        """
        ...

    def matching(self, terms: Mapping[str, float], *, limit: int, within: Sequence[range] | None = None) -> list[Match]:
        """The paragraphs that hold any of the terms, by BM25 times each term's weight, best first.

        terms   as `terms.analyse` gives them, with a weight each.
        within  ascending ranges of paragraph keys to search in; None for all.
        """
        ...

    def cosines(self, vector: Vectors, keys: NDArray[np.int64]) -> Vectors:
        """(len(keys),): of these windows, all of which are there, to a unit vector of shape (dimension,)."""
        ...

    def covering(
        self, weights: Mapping[str, float], *, limit: int, within: Sequence[range] | None = None
    ) -> list[Match]:
        """The paragraphs that hold any of the terms, by the summed weights of those they hold, the most first.

        weights  above 0.
        within   ascending ranges of paragraph keys to search in; None for all.
        """
        ...

    def rarity(self, terms: Iterable[str]) -> dict[str, float]:
        """BM25's inverse document frequency of each term among all paragraphs: the rarer, the higher."""
        ...

    def close(self) -> None: ...


class LocalStore:
    """FAISS and tantivy files of one generation, memory-mapped."""

    def __init__(self, folder: Path) -> None:
        self._vectors = VectorFile.open(folder)
        self._terms = Terms.open(folder)

    def nearest(self, vector: Vectors, *, limit: int, within: Sequence[range] | None = None) -> list[Match]:
        return list(starmap(Match, self._vectors.nearest(vector, limit, within)))

    def matching(self, terms: Mapping[str, float], *, limit: int, within: Sequence[range] | None = None) -> list[Match]:
        return list(starmap(Match, self._terms.matching(terms, limit, within)))

    def cosines(self, vector: Vectors, keys: NDArray[np.int64]) -> Vectors:
        return self._vectors.cosines(vector, keys)

    def covering(
        self, weights: Mapping[str, float], *, limit: int, within: Sequence[range] | None = None
    ) -> list[Match]:
        return list(starmap(Match, self._terms.covering(weights, limit, within)))

    def rarity(self, terms: Iterable[str]) -> dict[str, float]:
        return self._terms.rarity(terms)

    def close(self) -> None:
        self._vectors.close()
