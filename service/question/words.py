"""Which words of a question are searched for."""

from __future__ import annotations

from collections.abc import Iterable

from indexer.index.terms import analyse

# Words that carry no subject matter of their own, as `analyse` gives them. Negations and "who", "when", "how
# many" decide which sentence answers, not which paragraph is about the matter.
_EMPTY = frozenset(
    analyse(
        "a about am an and any are as at be been being between but by can could did do does doing done for from get "
        "give given gives got had has have having he her his how i if in into is it its like made make many may me "
        "might much must my not of on or our out over please said say says shall she should so some such tell than "
        "that the their them then there these they this those to under up upon us was we were what when where "
        "whether which while who whom whose why will with would you your"
    )
)
_MOST = 48


def query_terms(text: str) -> dict[str, float]:
    """The terms to search for, each with its weight; those of an overlong question are cut off.

    A question of empty words alone is searched for all of them.
    """
    every = dict.fromkeys(analyse(text))
    telling = [term for term in every if term not in _EMPTY] or list(every)
    return dict.fromkeys(telling[:_MOST], 1.0)


def has_telling(terms: Iterable[str]) -> bool:
    """Whether any of the terms has subject matter of its own."""
    return any(term not in _EMPTY for term in terms)
