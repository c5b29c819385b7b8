"""How well a question is put in the words of a heading."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from service.retrieval.words import query_terms


def heading_fit(terms: Mapping[str, float], paths: Mapping[int, tuple[str, ...]]) -> dict[int, float]:
    """For every key whose nearest heading shares words with the question: F1 of their terms, 0 to 1."""
    asked = frozenset(terms)
    fits = {path[-1]: _f1(asked, _heading_terms(path[-1])) for path in set(paths.values()) if path}
    return {key: fit for key, path in paths.items() if path and (fit := fits[path[-1]])}


def _f1(asked: frozenset[str], heading: frozenset[str]) -> float:
    both = len(asked) + len(heading)
    return 2 * len(asked & heading) / both if both else 0.0


@lru_cache(maxsize=1 << 16)
def _heading_terms(heading: str) -> frozenset[str]:
    return frozenset(query_terms(heading))
