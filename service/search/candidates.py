"""The paragraphs that may be evidence, by meaning, by words and by their reports' titles, measured alike."""

from __future__ import annotations

import heapq
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.index.catalogue import Catalogue
from indexer.index.store import Store
from service.search.features import Candidates
from service.search.paragraph_windows import ParagraphWindows
from service.search.query import Query

# Windows and paragraphs that are candidates by meaning and by words. A paragraph may have several windows.
_WINDOWS, _LEXICAL = 200, 100
# How many are looked through to measure the candidates' words; those beyond count as the last of them.
_MEASURED = 400
# Reports whose titles fit the question best, which are searched by themselves as well.
_BY_TITLE = 3
_MOST_SPARE = 10.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Scope:
    """What is searched.

    within   ranges of paragraph keys; None for all.
    without  ordinals of reports that are left out where all are searched.
    """

    within: tuple[range, ...] | None
    without: frozenset[int] = frozenset()


class Gatherer:
    """Safe for several threads."""

    def __init__(self, catalogue: Catalogue, store: Store) -> None:
        self._catalogue = catalogue
        self._paragraphs = sum(map(len, catalogue.ranges_of([r.ordinal for r in catalogue.reports()])))
        self._store = store
        self.windows = ParagraphWindows(catalogue, store)

    def candidates(self, query: Query, scope: Scope, titles: Mapping[int, float]) -> Candidates:
        """titles  by report ordinal, how well they fit the question."""
        keys, lexical, coverage = self._found(query, scope, share=1.0)
        if scope.within is None and titles:
            # Among many reports with the same headings, the one that is asked for can be crowded out of the best.
            known = {o: fit for o, fit in titles.items() if o not in scope.without}
            best = heapq.nlargest(_BY_TITLE, known, key=lambda ordinal: known[ordinal])
            more = self._found(query, Scope(within=self._catalogue.ranges_of(best)), share=0.25)
            keys, lexical, coverage = keys | more[0], more[1] | lexical, more[2] | coverage
        every = np.array(sorted(keys), np.int64)
        spans = self._catalogue.spans(every.tolist())
        cosine, second = self.windows.cosines(query.vector, every)
        return Candidates(
            keys=every,
            spans=[spans[key] for key in every.tolist()],
            cosine=cosine,
            second=second,
            lexical=np.array([lexical.get(key, 0.0) for key in every.tolist()]),
            coverage=np.minimum(1.0, [coverage.get(key, 0.0) for key in every.tolist()]),
        )

    def _found(
        self, query: Query, scope: Scope, *, share: float
    ) -> tuple[set[int], dict[int, float], dict[int, float]]:
        """Keys of candidates; BM25 and coverage by key, of more than those.

        share  of the usual number of candidates.
        """
        windows = None if scope.within is None else self.windows.ranges(scope.within)
        dropped = self._catalogue.ranges_of(scope.without)
        # Leaving out many ranges of keys takes the store longer than finding more and dropping those.
        left = self._paragraphs - sum(map(len, dropped))
        spare = min(_MOST_SPARE, self._paragraphs / max(1, left))
        near = self._store.nearest(query.vector, limit=round(_WINDOWS * share * spare), within=windows)
        measured = max(_MEASURED, round(_LEXICAL * share * spare))
        lexical = self._store.matching(query.terms, limit=measured, within=scope.within)
        covering = self._store.covering(query.covered, limit=measured, within=scope.within)
        owners = self.windows.owners(np.array([m.key for m in near], np.int64))
        by_words = np.array([m.key for m in lexical], np.int64)
        keys = {
            *owners[_outside(owners, dropped)][: round(_WINDOWS * share)].tolist(),
            *by_words[_outside(by_words, dropped)][: round(_LEXICAL * share)].tolist(),
        }
        # Whoever is not among those that hold most holds at most as much as the last of them.
        least = covering[-1].score if len(covering) == measured else 0.0
        return keys, dict(lexical), dict.fromkeys(keys, least) | dict(covering)


def _outside(keys: NDArray[np.int64], dropped: tuple[range, ...]) -> NDArray[np.bool_]:
    """(len(keys),): which stand in none of the ascending ranges."""
    ends = np.array([end for one in dropped for end in (one.start, one.stop)], np.int64)
    outside: NDArray[np.bool_] = np.searchsorted(ends, keys, side="right") % 2 == 0
    return outside
