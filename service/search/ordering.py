"""From scores to an order that shows more than the best section, and nothing twice."""

from __future__ import annotations

import heapq
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.index.catalogue import Span, StoredParagraph

# Paragraphs that share so much of their words, and every number, say the same.
_SAME_WORDS = 0.85


def ordered(scores: NDArray[np.float64], spans: Sequence[Span], again: float, limit: int) -> list[int]:
    """The places of the best, in order.

    again   taken off the score of a paragraph of whose section a better one was chosen; where there are no headings,
            nothing is.
    """
    heap = [(-score, at) for at, score in enumerate(scores.tolist())]
    heapq.heapify(heap)
    shown: set[int] = set()
    lowered: set[int] = set()
    chosen: list[int] = []
    while heap and len(chosen) < limit:
        score, at = heapq.heappop(heap)
        span = spans[at]
        if again and span.path and span.first in shown and at not in lowered:
            heapq.heappush(heap, (score + again, at))
            lowered.add(at)
        else:
            chosen.append(at)
            shown.add(span.first)
    return chosen


def repeats_last(found: Sequence[StoredParagraph]) -> list[int]:
    """The places of the paragraphs, with those at the end that say what a better one of the same report, or of
    another report on the same subject, has said in nearly the same words.
    """
    words = [frozenset(one.paragraph.text.casefold().split()) for one in found]
    first: list[int] = []
    repeats: list[int] = []
    for at, one in enumerate(found):
        least, most = _SAME_WORDS * len(words[at]), len(words[at]) / _SAME_WORDS
        near = (other for other in first if least <= len(words[other]) <= most)
        same = [other for other in near if _alike(words[at], words[other])]
        repeated = any(_together(one, found[other]) for other in same)
        (repeats if repeated else first).append(at)
    return first + repeats


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    shared = len(one & other)
    if shared < _SAME_WORDS * (len(one) + len(other) - shared):
        return False
    return not any(c.isdigit() for word in one ^ other for c in word)


def _together(one: StoredParagraph, other: StoredParagraph) -> bool:
    subject = one.report.metadata.subject
    return one.report.id == other.report.id or (subject is not None and subject == other.report.metadata.subject)
