"""How well a question is put in the words of a heading."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from indexer.index.terms import analyse
from service.question.words import has_telling


def heading_fit(text: str, paths: Iterable[tuple[str, ...]]) -> dict[tuple[str, ...], float]:
    """For every path, how well the best of its headings fits the question, 0 to 1.

    1 where the question holds a heading word for word, else the square of the F1 of their terms: empty words
    count too, since headings are often questions ("What is it like to…").
    """
    asked = tuple(analyse(text))
    held = frozenset(asked)
    wanted = set(paths)
    fits = {heading: _fit(asked, held, heading) for heading in {h for path in wanted for h in path}}
    return {path: max((fits[heading] for heading in path), default=0.0) for path in wanted}


@dataclass(frozen=True, kw_only=True, slots=True)
class _Terms:
    """telling: several terms, of which at least one has subject matter of its own."""

    inorder: tuple[str, ...]
    each: frozenset[str]
    telling: bool


def _fit(asked: tuple[str, ...], held: frozenset[str], heading: str) -> float:
    terms = _terms(heading)
    shared = len(held & terms.each)
    if not shared:
        return 0.0
    if terms.telling and shared == len(terms.each) and _holds(asked, terms.inorder):
        return 1.0
    return float((2 * shared / (len(held) + len(terms.each))) ** 2)


def _holds(asked: tuple[str, ...], terms: tuple[str, ...]) -> bool:
    return any(asked[at : at + len(terms)] == terms for at in range(len(asked) - len(terms) + 1))


@lru_cache(maxsize=1 << 16)
def _terms(heading: str) -> _Terms:
    terms = tuple(analyse(heading))
    return _Terms(inorder=terms, each=frozenset(terms), telling=len(terms) > 1 and has_telling(terms))
