"""Which windows a paragraph has: in memory, since every search asks for hundreds."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.encoders.port import Vectors
from indexer.index.catalogue import Catalogue, merge_ranges
from indexer.index.store import Store

Keys = NDArray[np.int64]


class ParagraphWindows:
    """Safe for several threads."""

    def __init__(self, catalogue: Catalogue, store: Store) -> None:
        owners = np.array(catalogue.owners(), np.int64).reshape(-1, 2)
        self._keys = owners[:, 0]
        self._owners = owners[:, 1]
        order = np.argsort(self._owners, kind="stable")
        self._by_owner = owners[order]
        self._store = store

    def owners(self, windows: Keys) -> Keys:
        """(len(windows),): the keys of their paragraphs."""
        return self._owners[np.searchsorted(self._keys, windows)]

    def ranges(self, paragraphs: Sequence[range]) -> tuple[range, ...]:
        """Ascending ranges of the keys of these paragraphs' windows, which lie side by side as the paragraphs do."""
        ends = np.array([(keys.start, keys.stop) for keys in paragraphs], np.int64).reshape(-1, 2)
        places = np.searchsorted(self._by_owner[:, 1], ends).tolist()
        keys = self._by_owner[:, 0]
        return merge_ranges((int(keys[a:b].min()), int(keys[a:b].max()) + 1) for a, b in places if a < b)

    def cosines(self, vector: Vectors, paragraphs: Keys) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Of each paragraph's best window and of its second-best, which is the best where there is but one; 0 where
        there is none."""
        first = np.searchsorted(self._by_owner[:, 1], paragraphs, "left")
        counts = np.searchsorted(self._by_owner[:, 1], paragraphs, "right") - first
        rows = np.repeat(np.arange(len(paragraphs)), counts)
        within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        found = self._store.cosines(vector, self._by_owner[np.repeat(first, counts) + within, 0]).astype(np.float64)
        order = np.lexsort((-found, rows))
        found = found[order]
        starts = np.cumsum(counts) - counts
        best = np.zeros(len(paragraphs))
        second = np.zeros(len(paragraphs))
        some, several = counts > 0, counts > 1
        best[some] = second[some] = found[starts[some]]
        second[several] = found[starts[several] + 1]
        return best, second

    def by_nearness(self, vector: Vectors, paragraphs: Keys) -> list[list[int]]:
        """Of each paragraph the keys of its windows, the nearest first."""
        first = np.searchsorted(self._by_owner[:, 1], paragraphs, "left").tolist()
        after = np.searchsorted(self._by_owner[:, 1], paragraphs, "right").tolist()
        found = []
        for start, end in zip(first, after, strict=True):
            keys = self._by_owner[start:end, 0]
            order = np.argsort(-self._store.cosines(vector, keys), kind="stable") if len(keys) > 1 else slice(None)
            found.append(keys[order].tolist())
        return found
