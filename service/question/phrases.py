"""Known phrases in a text, however they are written: in the plural, with or without hyphens, "&" for "and"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from service.question.words import Token, split, terms_of

__all__ = ["Found", "Phrases", "Token", "spellings", "tokens"]

T = TypeVar("T")

# They tell no two phrases apart, and people leave them out.
_EMPTY = frozenset({"and", "or", "the", "a", "an", "of"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Found(Generic[T]):
    """A phrase in a list of tokens, from `first` to before `after`, and all that it stands for."""

    first: int
    after: int
    values: tuple[T, ...]


def tokens(text: str) -> tuple[Token, ...]:
    """The words of a text in order, without its signs."""
    return tuple(one for one in split(text) if one.word[0].isalnum())


class Phrases(Generic[T]):
    """Finds the longest of them first, so that none is taken for a part of another."""

    def __init__(self, wordings: Iterable[tuple[str, T]]) -> None:
        self._starting: dict[str, set[tuple[str, ...]]] = {}
        self._values: dict[tuple[str, ...], dict[T, None]] = {}
        for wording, value in wordings:
            for terms in spellings(wording):
                self._starting.setdefault(terms[0], set()).add(terms)
                self._values.setdefault(terms, {})[value] = None

    def find(self, text: Sequence[Token]) -> tuple[Found[T], ...]:
        """Those in a text, in its order; none overlaps another."""
        every = [one for view in _views(text) for one in self._matches(view)]
        every.sort(key=lambda one: (one.first - one.after, one.first))
        chosen: list[Found[T]] = []
        for one in every:
            if all(one.after <= other.first or other.after <= one.first for other in chosen):
                chosen.append(one)
        return tuple(sorted(chosen, key=lambda one: one.first))

    def whole(self, wording: str) -> tuple[T, ...]:
        """What a wording as a whole stands for."""
        return tuple(dict.fromkeys(v for terms in spellings(wording) for v in self._values.get(terms, ())))

    def _matches(self, view: Sequence[tuple[str, int, int]]) -> Iterable[Found[T]]:
        for at, (term, first, _) in enumerate(view):
            for terms in self._starting.get(term, ()):
                stop = at + len(terms)
                if stop <= len(view) and all(view[at + i][0] == t for i, t in enumerate(terms)):
                    yield Found(first=first, after=view[stop - 1][2], values=tuple(self._values[terms]))


def spellings(wording: str) -> tuple[tuple[str, ...], ...]:
    """The comparison forms of a phrase: with its hyphenated words as several, and as one. None if it has no words."""
    views = (tuple(term for term, _, _ in view) for view in _views(tokens(wording)))
    return tuple(dict.fromkeys(terms for terms in views if terms))


def _views(text: Sequence[Token]) -> list[list[tuple[str, int, int]]]:
    """The terms that count, each with the tokens it comes from: split at hyphens, and joined over them."""
    split = [(t.term, i, i + 1) for i, t in enumerate(text) if t.term not in _EMPTY]
    split = _laws(split)
    if not any(t.glued for t in text):
        return [split]
    joined: list[tuple[str, int, int]] = []
    words: list[str] = []
    starts: list[int] = []
    for i, token in enumerate(text):
        if token.glued and words:
            words[-1] += token.word
        else:
            words.append(token.word)
            starts.append(i)
    for term, start, after in zip(terms_of(words), starts, [*starts[1:], len(text)], strict=True):
        if term not in _EMPTY:
            joined.append((term, start, after))
    return [split, _laws(joined)]


def _laws(view: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """Has "section 42" as "s42"."""
    found: list[tuple[str, int, int]] = []
    for term, first, after in view:
        if found and found[-1][0] == "section" and term[0].isdigit():
            found[-1] = (f"s{term}", found[-1][1], after)
        else:
            found.append((term, first, after))
    return found
