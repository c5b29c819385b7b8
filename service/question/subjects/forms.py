"""The wordings that people use for a body: its names, and short forms that follow from them by rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from service.question.subjects.words import BODY_WORDS, CONNECTORS, COUNCIL_KINDS, DIRECTIONS
from service.question.words import keys_of

Keys = tuple[str, ...]

_LETTERS = {"north": "n", "south": "s", "east": "e", "west": "w"}
_SPLITS = frozenset({"on", "in", "with", "under", "le", "next"})
# Shorter ones are words, or another body's.
_LEAST_INITIALS = 3
_LEAST_PART = 4
_LEAST_JOINED = 8


@dataclass(frozen=True, kw_only=True, slots=True)
class Body:
    """What a body is called.

    shown     the name that it is shown under.
    wordings  its other names.
    bare      its names without what bodies of its family put around them.
    former    it no longer exists.
    """

    shown: str
    wordings: tuple[str, ...] = ()
    bare: tuple[Keys, ...] = ()
    former: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Forms:
    """By a wording's keys, the bodies that it may stand for.

    own        bodies' own names, of those in `exact`.
    exact      one, by its own name or a short form that no other has.
    contested  others, of whose names an alias in `exact` is a part.
    loose      those of whose names it is a part.
    initials   one; only in capitals.
    """

    own: frozenset[Keys]
    exact: Mapping[Keys, str]
    contested: Mapping[Keys, tuple[str, ...]]
    loose: Mapping[Keys, tuple[str, ...]]
    initials: Mapping[Keys, str]


def forms_of(bodies: Sequence[Body]) -> Forms:
    exact: dict[Keys, str] = {}
    aliases: dict[Keys, str] = {}
    for body in bodies:
        for keys in (keys_of(body.shown), *body.bare):
            exact.setdefault(keys, body.shown)
    own = frozenset(exact)
    for body in bodies:
        for wording in body.wordings:
            keys = keys_of(wording)
            (exact if len(keys) > 1 else aliases).setdefault(keys, body.shown)
    loose = _parts(exact)
    contested: dict[Keys, tuple[str, ...]] = {}
    for keys, shown in aliases.items():
        if keys not in exact:
            exact[keys] = shown
            if others := tuple(one for one in loose.get(keys, ()) if one != shown):
                contested[keys] = others
    _add_short(exact, loose, _swaps(exact))
    exact.pop((), None)
    return Forms(own=own, exact=exact, contested=contested, loose=loose, initials=_initials(bodies, exact))


def _parts(exact: Mapping[Keys, str]) -> dict[Keys, tuple[str, ...]]:
    """Heads of names ("Newcastle" upon Tyne), members of pairs ("Telford" and Wrekin), and what directions stand
    before or after (North and South "Tyneside"): the last only where several bodies share it, for by itself it
    is a larger place."""
    owners: dict[Keys, dict[str, None]] = defaultdict(dict)
    shared: dict[Keys, dict[str, None]] = defaultdict(dict)
    for keys, shown in exact.items():
        for part in _members(keys):
            if sum(map(len, part)) >= _LEAST_PART and not DIRECTIONS.issuperset(part):
                owners[part][shown] = None
        place = _without_directions(keys)
        if place and place != keys and without_kind(place) not in exact:  # "Xshire Council" is not North Xshire's
            shared[place][shown] = None
    for place, names in shared.items():
        if len(names) > 1:
            owners[place] |= names
    return {keys: tuple(names) for keys, names in owners.items()}


def _members(keys: Keys) -> list[Keys]:
    for at, key in enumerate(keys):
        if key in _SPLITS and 0 < at < len(keys) - 1:
            return [keys[:at]]
    if "and" not in keys[1:-1]:
        return []
    at = keys.index("and", 1)
    return [keys[:at], keys[at + 1 :]]


def _without_directions(keys: Keys) -> Keys:
    first = _members(keys)[:1] if "and" in keys else []
    place = list(first[0] if first else keys)
    while place and place[0] in DIRECTIONS:
        place.pop(0)
    while place and place[-1] in DIRECTIONS:
        place.pop()
    return tuple(place)


def without_kind(keys: Keys) -> Keys:
    while len(keys) > 1 and keys[-1] in BODY_WORDS | COUNCIL_KINDS:
        keys = keys[:-1]
    return keys


def _swaps(exact: Mapping[Keys, str]) -> dict[str, str]:
    """Short words for words, where a body of one word has an alias of one: they serve in longer names too."""
    own = {keys_of(shown): shown for shown in exact.values()}
    words = {shown: keys[0] for keys, shown in own.items() if len(keys) == 1}
    return {
        words[shown]: keys[0]
        for keys, shown in exact.items()
        if len(keys) == 1 and shown in words and keys[0] != words[shown] and len(keys[0]) < len(words[shown])
    }


def _add_short(exact: dict[Keys, str], loose: dict[Keys, tuple[str, ...]], swaps: Mapping[str, str]) -> None:
    """Short forms that stand for one body become names of it; those of several are told apart by asking."""
    made: dict[Keys, dict[str, None]] = defaultdict(dict)
    for keys, shown in exact.items():
        for short in _shortened(keys, swaps):
            made[short][shown] = None
    for keys, names in loose.items():
        made[keys] |= dict.fromkeys(names)
    for keys, found in made.items():
        if keys in exact:
            continue
        if len(found) == 1:
            exact[keys] = next(iter(found))
        else:
            loose[keys] = tuple(found)


def _shortened(keys: Keys, swaps: Mapping[str, str]) -> Iterable[Keys]:
    if len(keys) < 2:
        return
    lean = tuple(k for k in keys if k not in CONNECTORS)
    for base in dict.fromkeys((keys, lean, tuple(swaps.get(k, k) for k in keys))):
        yield base
        letters = [_LETTERS.get(k, k) for k in base]
        directions = sum(1 for k in base[:2] if k in _LETTERS)
        if directions and len(base) > directions:
            yield tuple(letters[:directions]) + base[directions:]
            yield ("".join(letters[:directions]), *base[directions:])
        joined = "".join(base)
        if len(joined) >= _LEAST_JOINED:
            yield (joined,)


def _initials(bodies: Iterable[Body], exact: Mapping[Keys, str]) -> dict[Keys, str]:
    made: dict[Keys, set[str]] = defaultdict(set)
    for body in bodies:
        for name in (body.shown, *body.wordings):
            letters = "".join(k[0] for k in keys_of(name) if k not in CONNECTORS)
            if len(letters) >= _LEAST_INITIALS:
                made[(letters,)].add(body.shown)
    return {keys: next(iter(names)) for keys, names in made.items() if len(names) == 1 and keys not in exact}
