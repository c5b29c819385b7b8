"""Where names stand in questions: of a word that may be an everyday one, what its place tells."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from enum import Enum

from service.question.subjects.words import COUNCIL_KINDS
from service.question.wordlists import COMMON
from service.question.words import Token

_AGAINST = frozenset({"v", "vs", "versus"})
_JOINS = _AGAINST | frozenset({"and", "or", "with", "than", "to", "between"})
_IN = frozenset({"in", "at", "across", "within", "near"})
_BEFORE = _IN | frozenset({"of", "for", "from", "about", "between", "than"})
# What follows verbs and things, and names only where another follows ("with").
_PARTICLES = frozenset({"with", "to", "into", "up", "out", "off", "down", "a", "an", "the", "their", "your"})
_KINDS = COUNCIL_KINDS | {"council", "authority"}
_FAR = 4


class Place(Enum):
    """NAME: where only a name stands; LIKELY: mostly one; ANY: either; MATTER: what is looked at in another body."""

    NAME = "name"
    LIKELY = "likely"
    ANY = "any"
    MATTER = "matter"


def place_of(words: Sequence[Token], at: int, taken: Collection[int]) -> Place:
    """taken  places of words of names."""
    word = words[at]
    before = words[at - 1] if at else None
    after = words[at + 1] if at + 1 < len(words) else None
    alone = len(words) == 1 or word.word.endswith("'s")
    of_kind = after is not None and (after.key in _AGAINST or after.key in _KINDS)
    against = before is not None and before.key in _AGAINST
    if alone or of_kind or against or joined(words, at, at + 1, taken) or _listed(words, at, taken):
        return Place.NAME
    if after is not None and after.key in _IN and at + 2 in taken:
        return Place.MATTER
    paused = before is not None and _pause(word.gap)
    if before is None or (paused and (after is None or _pause(after.gap))):
        return Place.LIKELY
    return Place.LIKELY if before.key in _BEFORE and not paused else Place.ANY


def beside(words: Sequence[Token], at: int, place: Place, named: Collection[int]) -> Iterator[str]:
    """The terms of the telling words next to a word, over small ones, and of a particle that binds to it ("deal
    with"); in a name's place only those that stand closest."""
    if at + 1 < len(words) and words[at + 1].key in _PARTICLES and at + 2 not in named:
        yield words[at + 1].term
    far = 2 if place is Place.LIKELY else _FAR
    for step in (-1, 1):
        look = at + step
        while 0 <= look < len(words) and abs(look - at) <= far:
            if not (gap := words[max(look, look - step)].gap).isspace() and gap != "-":
                break
            if words[look].key not in COMMON:
                yield words[look].term
                break
            look += step


def joined(words: Sequence[Token], first: int, after: int, taken: Collection[int]) -> bool:
    """Named in one breath with a body: "X and Y", "X versus Y"."""
    back = first - 2 in taken and words[first - 1].key in _JOINS
    return back or (after + 1 in taken and words[after].key in _JOINS)


def _listed(words: Sequence[Token], at: int, taken: Collection[int]) -> bool:
    """Nothing but a sign stands between it and a name: "X, Y"."""
    return (at - 1 in taken and _pause(words[at].gap)) or (at + 1 in taken and _pause(words[at + 1].gap))


def _pause(gap: str) -> bool:
    return bool(gap.strip())
