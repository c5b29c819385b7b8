"""The store in memory: the contract in its plainest form, for the others to be measured against."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from indexer.encoders.port import Vectors
from indexer.index.store import Match
from indexer.index.terms import FIELDS, TermsOf, analyse


@dataclass
class Contents:
    """What a store is made from: vectors by window key, words by paragraph key, and what is taken out again."""

    vectors: Mapping[int, Sequence[float]] = field(default_factory=dict)
    words: Sequence[TermsOf] = ()
    removed_windows: Sequence[int] = ()
    removed_reports: Sequence[int] = ()


class PlainStore:
    """The contract in its plainest form: every vector and every word is looked at for every search."""

    def __init__(self, contents: Contents) -> None:
        self._vectors = {
            key: np.asarray(vector, np.float32)
            for key, vector in contents.vectors.items()
            if key not in contents.removed_windows
        }
        words = [one for one in contents.words if one.report not in contents.removed_reports]
        self._fields = {
            name: {one.key: Counter(analyse(getattr(one, name))) for one in words} for name in FIELDS
        }  # by field, by key, how often each term stands there

    def nearest(self, vector: Vectors, *, limit: int, within: Sequence[range] | None = None) -> list[Match]:
        if not self._vectors:
            return []
        cosines = np.stack(list(self._vectors.values())) @ vector
        found = zip(self._vectors, cosines.tolist(), strict=True)
        return _best([Match(key, cosine) for key, cosine in found if _allowed(key, within)], limit)

    def matching(self, terms: Mapping[str, float], *, limit: int, within: Sequence[range] | None = None) -> list[Match]:
        scores: Counter[int] = Counter()
        for name, weight in FIELDS.items():
            held = self._fields[name]
            mean = sum(sum(c.values()) for c in held.values()) / max(1, len(held))
            for key, counts in held.items():
                length = 0.25 + 0.75 * sum(counts.values()) / mean if mean else 1
                for term in terms.keys() & counts.keys():
                    often = counts[term]
                    tf = often * 2.2 / (often + 1.2 * length)
                    scores[key] += terms[term] * weight * self._rarity(name, term) * tf
        return _best([Match(k, s) for k, s in scores.items() if _allowed(k, within)], limit)

    def cosines(self, vector: Vectors, keys: NDArray[np.int64]) -> Vectors:
        return np.array([self._vectors[int(key)] @ vector for key in keys], np.float32)

    def covering(
        self, weights: Mapping[str, float], *, limit: int, within: Sequence[range] | None = None
    ) -> list[Match]:
        held: dict[int, set[str]] = {}
        for fields in self._fields.values():
            for key, counts in fields.items():
                held.setdefault(key, set()).update(weights.keys() & counts.keys())
        sums = {key: sum(weights[term] for term in terms) for key, terms in held.items() if terms}
        return _best([Match(k, s) for k, s in sums.items() if _allowed(k, within)], limit)

    def rarity(self, terms: Iterable[str]) -> dict[str, float]:
        return {term: self._rarity("text", term) for term in terms}

    def close(self) -> None:
        pass

    def _rarity(self, name: str, term: str) -> float:
        held = self._fields[name]
        count = sum(term in counts for counts in held.values())
        return math.log(1 + (len(held) - count + 0.5) / (count + 0.5))


def _allowed(key: int, within: Sequence[range] | None) -> bool:
    return within is None or any(key in keys for keys in within)


def _best(found: list[Match], limit: int) -> list[Match]:
    return sorted(found, key=lambda m: (-m.score, m.key))[: max(0, limit)]
