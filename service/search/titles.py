"""How much of a report's title a question holds: for reports whose family knows no subjects."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection

from indexer.index.catalogue import Catalogue
from indexer.index.terms import analyse


class Titles:
    """Knows which terms tell the titles of the indexed reports apart: those that fewer than half of them hold."""

    def __init__(self, catalogue: Catalogue) -> None:
        titles = {r.ordinal: frozenset(analyse(f"{r.title} {r.metadata.subject or ''}")) for r in catalogue.reports()}
        held = Counter(term for terms in titles.values() for term in terms)
        self._weights = {
            term: math.log(1 + (len(titles) - count + 0.5) / (count + 0.5))
            for term, count in held.items()
            if 2 * count < len(titles)
        }
        self._holders: dict[str, list[int]] = {}
        self._sizes: dict[int, float] = {}
        for ordinal, terms in titles.items():
            telling = terms & self._weights.keys()
            self._sizes[ordinal] = sum(self._weights[t] for t in telling)
            for term in telling:
                self._holders.setdefault(term, []).append(ordinal)

    def fit(self, terms: Collection[str]) -> dict[int, float]:
        """By report ordinal: F1 of the question's and the title's telling terms, weighted; only where not 0."""
        shared: defaultdict[int, float] = defaultdict(float)
        asked = 0.0
        for term in terms:
            weight = self._weights.get(term, 0.0)
            asked += weight
            for ordinal in self._holders.get(term, ()):
                shared[ordinal] += weight
        return {ordinal: 2 * both / (asked + self._sizes[ordinal]) for ordinal, both in shared.items()}
