"""The windows' vectors, in FAISS. The only module that imports faiss.

`vectors.faiss` holds them exactly as embedded and serves filtered searches and later builds. Above
_QUICK_FROM windows `quick.faiss` holds them again in 8 bits a number: scanning it takes a quarter of the time
and memory (2.2 ms against 10 ms at 60,000 on two cores), and its best are measured again exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import faiss
import numpy as np
from numpy.typing import NDArray

from indexer.encoders.port import Vectors
from indexer.errors import IndexOpenError

FILE_NAME = "vectors.faiss"
QUICK_NAME = "quick.faiss"
METRIC = "inner product of unit vectors (cosine)"

_QUICK_FROM = 20_000
# How many times as many as asked the 8-bit scan gives to be measured again, and how many more at most.
_QUICK_SURPLUS = 4
_MOST_SURPLUS = 400


class VectorFile:
    """One generation's vectors for searching, memory-mapped. Safe for several threads."""

    def __init__(self, exact: Any, quick: Any | None) -> None:
        self._exact = exact
        self._quick = quick

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Raises IndexOpenError."""
        # Questions are worked on side by side already; more threads for one only wait for each other, and what
        # they burn while waiting the encoder lacks.
        faiss.omp_set_num_threads(1)
        try:
            exact = faiss.read_index(str(folder / FILE_NAME), faiss.IO_FLAG_MMAP_IFC)
            quick = folder / QUICK_NAME
            return cls(exact, faiss.read_index(str(quick)) if quick.exists() else None)
        except RuntimeError as fault:
            raise IndexOpenError(f"{folder / FILE_NAME} cannot be opened; build the index again") from fault

    def nearest(self, vector: Vectors, limit: int, within: Sequence[range] | None) -> list[tuple[int, float]]:
        """Window keys and cosines, best first."""
        if limit < 1:
            return []
        query = np.ascontiguousarray(vector, np.float32).reshape(1, -1)
        if within is not None:
            return self._among(query, limit, within)
        if self._quick is None:
            return _pairs(*self._exact.search(query, limit))
        _, found = self._quick.search(query, min(limit * _QUICK_SURPLUS, limit + _MOST_SURPLUS))
        keys = found[0][found[0] >= 0]
        cosines = self.cosines(vector, keys)
        best = np.argsort(-cosines, kind="stable")[:limit]
        return list(zip(keys[best].tolist(), cosines[best].tolist(), strict=True))

    def cosines(self, vector: Vectors, keys: NDArray[np.int64]) -> Vectors:
        """(len(keys),), exactly, of windows that are there: a tenth of the time of a search among them."""
        if not len(keys):
            return np.zeros(0, np.float32)
        found: Vectors = self._exact.reconstruct_batch(np.ascontiguousarray(keys, np.int64))
        # Not by BLAS, whose threads wait for each other longer than this takes.
        cosines: Vectors = np.einsum("ij,j->i", found, np.ravel(vector))
        return cosines

    def close(self) -> None:
        """Lets go of the files; the object must not be used afterwards."""
        self._exact = self._quick = None

    def _among(self, query: Vectors, limit: int, within: Sequence[range]) -> list[tuple[int, float]]:
        if not within:
            return []
        parameters: Any = faiss.SearchParameters
        return _pairs(*self._exact.search(query, limit, params=parameters(sel=_selector(within))))


class VectorDraft:
    """The vectors of a generation that is being built, in memory: 4 bytes times dimension a window."""

    def __init__(self, index: Any) -> None:
        self._index = index

    @classmethod
    def empty(cls, dimension: int) -> Self:
        return cls(faiss.IndexIDMap2(faiss.IndexFlatIP(dimension)))

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Raises IndexOpenError."""
        try:
            return cls(faiss.read_index(str(folder / FILE_NAME)))
        except RuntimeError as fault:
            raise IndexOpenError(f"{folder / FILE_NAME} cannot be read; build the index again") from fault

    def __len__(self) -> int:
        count: int = self._index.ntotal
        return count

    def keys(self) -> NDArray[np.int64]:
        """Of all windows that have a vector, in no order."""
        found: NDArray[np.int64] = faiss.vector_to_array(self._index.id_map)
        return found

    def vectors(self, keys: Sequence[int]) -> Vectors:
        """(len(keys), dimension)."""
        found: Vectors = self._index.reconstruct_batch(np.asarray(keys, np.int64))
        return found

    def add(self, keys: Sequence[int], vectors: Vectors) -> None:
        self._index.add_with_ids(np.ascontiguousarray(vectors, np.float32), np.asarray(keys, np.int64))

    def remove(self, keys: Sequence[int]) -> None:
        if keys:
            self._index.remove_ids(faiss.IDSelectorBatch(np.asarray(keys, np.int64)))

    def write(self, folder: Path) -> None:
        """Raises OSError."""
        _write(self._index, folder / FILE_NAME)
        (folder / QUICK_NAME).unlink(missing_ok=True)
        if len(self) >= _QUICK_FROM:
            _write(self._eight_bit(), folder / QUICK_NAME)

    def _eight_bit(self) -> Any:
        flat = faiss.downcast_index(self._index.index)
        vectors: NDArray[np.float32] = flat.reconstruct_n(0, flat.ntotal)
        quick = faiss.IndexScalarQuantizer(flat.d, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT)
        quick.train(vectors)
        mapped = faiss.IndexIDMap2(quick)
        mapped.add_with_ids(vectors, self.keys())
        return mapped


def _write(index: Any, path: Path) -> None:
    # Through Python's own file: faiss tells a full disk on the terminal, and not why.
    with path.open("wb") as opened:
        writer = faiss.PyCallbackIOWriter(opened.write)  # type: ignore[attr-defined]  # faiss's types leave it out
        faiss.write_index(index, writer)


def _selector(within: Sequence[range]) -> Any:
    if len(within) == 1:
        return faiss.IDSelectorRange(within[0].start, within[0].stop)
    return faiss.IDSelectorBatch(np.concatenate([np.arange(r.start, r.stop, dtype=np.int64) for r in within]))


def _pairs(scores: Vectors, keys: NDArray[np.int64]) -> list[tuple[int, float]]:
    return [(key, score) for key, score in zip(keys[0].tolist(), scores[0].tolist(), strict=True) if key >= 0]
