"""Two rankings to one."""

from __future__ import annotations

from collections.abc import Mapping

# Shares of the fused score beside the cosine's 1: docs/decisions/0004 holds the figures they were chosen by.
LEXICAL, HEADING, TITLE = 0.3, 0.3, 0.2


def fuse(
    dense: Mapping[int, float], lexical: Mapping[int, float], heading: Mapping[int, float], title: Mapping[int, float]
) -> dict[int, float]:
    """A score for every key of either ranking.

    dense           cosines.
    lexical         BM25 scores, which are put on a scale of 0 to 1 by the best of this search.
    heading, title  0 to 1, for every key.
    """
    best = max(lexical.values(), default=1.0) or 1.0
    floor = min(dense.values(), default=0.0)
    return {
        key: dense.get(key, floor)
        + LEXICAL * lexical.get(key, 0.0) / best
        + HEADING * heading[key]
        + TITLE * title[key]
        for key in dense.keys() | lexical.keys()
    }
