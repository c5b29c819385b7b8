"""How well a question is put in the words of a heading."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from indexer.index.terms import analyse
from service.words import has_telling


def heading_fit(text: str, paths: Iterable[tuple[str, ...]]) -> dict[tuple[str, ...], float]:
    """For every path, how well the best of its headings fits the question, 0 to 1.

    1 where the question holds a heading word for word, else the square of the F1 of their terms: empty words
    count too, since headings are often questions ("What is it like to…").
    """
    asked = tuple(analyse(text))
    return {path: max((_fit(asked, heading) for heading in path), default=0.0) for path in set(paths)}


def _fit(asked: tuple[str, ...], heading: str) -> float:
    terms = _terms(heading)
    if len(terms) > 1 and has_telling(terms) and _holds(asked, terms):
        return 1.0
    one, other = frozenset(asked), frozenset(terms)
    both = len(one) + len(other)
    return (2 * len(one & other) / both) ** 2 if both else 0.0


def _holds(asked: tuple[str, ...], terms: tuple[str, ...]) -> bool:
    return any(asked[at : at + len(terms)] == terms for at in range(len(asked) - len(terms) + 1))


@lru_cache(maxsize=1 << 16)
def _terms(heading: str) -> tuple[str, ...]:
    return tuple(analyse(heading))
