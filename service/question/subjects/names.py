"""Names in a text: the longest first, so that "North Lincolnshire" is never taken for "Lincolnshire"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from service.question.printed import Print
from service.question.subjects.forms import Forms, Keys
from service.question.subjects.places import Place, beside, place_of
from service.question.subjects.words import BODY_WORDS, CONNECTORS, COUNCIL_KINDS, DIRECTIONS, bound
from service.question.wordlists import PREPOSITIONS
from service.question.words import Token, split

# An alias in small letters counts as a name wherever it stands only from this length on.
_LEAST_ANYWHERE = 5
_LEAST_CORRECTED = 5
_LEAST_OWNER = 3
_COMMON = BODY_WORDS | CONNECTORS | COUNCIL_KINDS | DIRECTIONS
_COMPASS = frozenset({"north", "south", "east", "west"})
# Of one text: what holds more names that may be everyday words is no question, and they count as names.
_MOST_DOUBTFUL = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class Mention:
    """From word `first` to before word `after`. `bodies` are those it may stand for, by the names they are shown
    under; `other` is set instead where a direction makes a known name another body's."""

    first: int
    after: int
    bodies: tuple[str, ...]
    other: str | None = None


class _Sure(Enum):
    YES = "yes"
    NO = "no"
    MAYBE = "maybe"  # an everyday word has the same letters
    JOINED = "joined"  # where nothing but a name can stand


class Names:
    """Safe for several threads."""

    def __init__(
        self, forms: Forms, indexed: Mapping[str, Sequence[str]], former: Collection[str], printed: Print
    ) -> None:
        """indexed  by shown name, the ids of the reports on a body."""
        self._forms = forms
        self._indexed = dict(indexed)
        self._former = frozenset(former) - self._indexed.keys()
        self._print = printed
        self._starting: dict[str, list[Keys]] = defaultdict(list)
        for keys in {**forms.loose, **forms.initials, **forms.exact}:
            self._starting[keys[0]].append(keys)
        for several in self._starting.values():
            several.sort(key=len, reverse=True)
        self._last = frozenset(keys[-1] for keys in forms.own if len(keys[-1]) >= _LEAST_OWNER) - _COMMON
        self.words = frozenset(key for several in self._starting.values() for keys in several for key in keys)

    def spelt(self) -> dict[str, str]:
        """By key, how the words of names are written that misspelt ones may be taken for."""
        return {
            word.key: shown[word.start : word.end]
            for keys, shown in self._forms.exact.items()
            for word in split(shown)
            if word.key in keys and len(word.key) >= _LEAST_CORRECTED and word.key not in _COMMON
        }

    def whole(self, keys: Keys) -> tuple[str, ...]:
        """The bodies that a wording by itself may stand for."""
        if keys in self._forms.exact:
            return self._owners(keys)
        if keys in self._forms.initials:
            return (self._forms.initials[keys],)
        return self._narrowed(self._forms.loose.get(keys, ()))

    def find(self, words: Sequence[Token], text: str) -> list[Mention]:
        """Those in a text, in its order; none overlaps another."""
        words = [self._owning(word) for word in words]
        found: list[Mention] = []
        doubtful: list[tuple[Mention, _Sure]] = []
        at = 0
        while at < len(words):
            mention, sure = self._at(words, at, text) if words[at].key in self._starting else (None, _Sure.NO)
            if mention is None:
                at += 1
                continue
            if sure is _Sure.YES or len(doubtful) >= _MOST_DOUBTFUL:
                found.append(mention)
            else:
                doubtful.append((mention, sure))
            at = mention.after
        taken = {at for m in found for at in range(m.first, m.after)}
        named = taken | {m.first for m, sure in doubtful if sure is _Sure.MAYBE}
        while True:  # of several names in a row, one tells the next
            joined = [one for one in doubtful if place_of(words, one[0].first, taken) is Place.NAME]
            if not joined:
                break
            found += [m for m, _ in joined]
            taken |= {m.first for m, _ in joined}
            doubtful = [one for one in doubtful if one not in joined]
        found += [m for m, sure in doubtful if sure is _Sure.MAYBE and self._likely(words, m.first, taken, named)]
        return sorted(found, key=lambda m: m.first)

    def _owning(self, word: Token) -> Token:
        """A name in the possessive without its apostrophe ("xshires"), unless the reports print it as a word."""
        key = word.key.removesuffix("s")
        if key == word.key or key not in self._last or word.key in self.words or self._print.everyday(word.key):
            return word
        return replace(word, key=key)

    def _at(self, words: Sequence[Token], first: int, text: str) -> tuple[Mention | None, _Sure]:
        for keys in self._starting[words[first].key]:
            after = first + len(keys)
            if not _stands(keys, words, first):
                continue
            bodies, sure = self._meant(keys, words, first, text)
            if sure is _Sure.NO:
                continue
            start = self._direction(words, first)
            if start == first:
                return Mention(first=first, after=after, bodies=bodies), sure
            return self._directed(words, start, first, after, bodies, text), _Sure.YES
        return None, _Sure.NO

    def _meant(self, keys: Keys, words: Sequence[Token], first: int, text: str) -> tuple[tuple[str, ...], _Sure]:
        if keys in self._forms.initials and keys not in self._forms.exact:
            spelt = text[words[first].start : words[first].end]
            known = spelt.removesuffix("'s").removesuffix("’s").isupper() and self._print.holding(keys[0]) == 0
            return (self._forms.initials[keys],), _Sure.YES if known else _Sure.NO
        bodies = self.whole(keys)
        if not bodies:
            return (), _Sure.NO
        if len(keys) > 1:
            some = words[first : first + len(keys)]
            glued = all(not word.gap for word in some[1:])  # "h&f"
            named = glued or any(w.capital for w in some) or len(words) == len(keys) or _whole_name(keys)
            return bodies, _Sure.YES if named else _Sure.NO
        return bodies, self._sure(keys, words, first, bodies)

    def _sure(self, keys: Keys, words: Sequence[Token], at: int, bodies: tuple[str, ...]) -> _Sure:
        """Whether one word is a name: several are everyday words too, and short forms abbreviate other things."""
        word = words[at]
        if (word.capital and not word.opening) or len(words) == 1 or (word.capital and len(words) <= 2):
            return _Sure.YES
        if keys not in self._forms.own:
            return self._sure_of_short(words, at, bodies)
        return _Sure.MAYBE if self._print.everyday(word.key) else _Sure.YES

    def _sure_of_short(self, words: Sequence[Token], at: int, bodies: tuple[str, ...]) -> _Sure:
        """In small letters a short form is a name where names stand, or if it is long and a report is on the body."""
        word = words[at]
        everyday = self._print.everyday(word.key)
        if word.capital or (at > 0 and _after_preposition(words, at)):
            placed = place_of(words, at, ()) is not Place.ANY
            return _Sure.YES if not everyday else _Sure.MAYBE if placed else _Sure.NO
        if len(word.key) >= _LEAST_ANYWHERE and not self._indexed.keys().isdisjoint(bodies) and not everyday:
            return _Sure.YES
        return _Sure.JOINED

    def _likely(self, words: Sequence[Token], at: int, taken: Collection[int], named: Collection[int]) -> bool:
        """Where a name can stand, an everyday word is one, unless the reports print it in such company; elsewhere only
        where no other body is named.

        taken, named  places of words that are names, and of those that may be.
        """
        place = place_of(words, at, taken)
        if place is Place.MATTER or (place is Place.ANY and taken):
            return False
        return self._print.printed(words[at].key).company.isdisjoint(beside(words, at, place, named))

    def _direction(self, words: Sequence[Token], first: int) -> int:
        """Where the directions begin that stand before a name."""
        start = first
        while start > 0 and words[start - 1].key in DIRECTIONS and bound(words[start], words[start - 1].key):
            before = words[start - 1]
            compass = before.key in _COMPASS
            if not (before.capital and (compass or not before.opening)) and not (compass and not words[first].capital):
                break
            start -= 1
        return start

    def _directed(
        self, words: Sequence[Token], start: int, first: int, after: int, bodies: tuple[str, ...], text: str
    ) -> Mention | None:
        """With a direction it is another body, unless its own reports speak of such a part of it; or a larger place
        or a part of something else, which names no body."""
        name = text[words[start].start : words[after - 1].end].removesuffix("'s").removesuffix("’s")
        own = [report for body in bodies for report in self._indexed.get(body, ())]
        if words[start].key != "greater" and own and self._print.prints(name, own):
            return Mention(first=first, after=after, bodies=bodies)
        if self._print.prints(name):
            return None
        return Mention(first=start, after=after, bodies=(), other=name)

    def _owners(self, keys: Keys) -> tuple[str, ...]:
        """A body that no longer exists and has no report gives way to one that took on its name; an alias is asked
        about where reports are on two bodies that have it in their names."""
        owner = self._forms.exact[keys]
        if owner in self._former:
            later = tuple(one for one in self._forms.loose.get(keys, ()) if one in self._indexed)
            if later:
                return later
        others = self._forms.contested.get(keys, ()) if owner in self._indexed else ()
        return (owner, *(one for one in others if one in self._indexed))

    def _narrowed(self, owners: tuple[str, ...]) -> tuple[str, ...]:
        indexed = tuple(one for one in owners if one in self._indexed)
        return indexed or owners


def _stands(keys: Keys, words: Sequence[Token], first: int) -> bool:
    run = words[first : first + len(keys)]
    return len(run) == len(keys) and all(
        word.key == key and bound(word, before, comma=len(keys) > 2)
        for word, key, before in zip(run[1:], keys[1:], keys[:-1], strict=True)
    )


def _whole_name(keys: Keys) -> bool:
    """Whether several words in small letters cannot well be anything but a name."""
    return keys[0] != "the" and sum(map(len, keys)) >= _LEAST_ANYWHERE


def _after_preposition(words: Sequence[Token], at: int) -> bool:
    before = words[at - 1].key
    if before == "the" and at > 1:
        before = words[at - 2].key
    return before in PREPOSITIONS and not words[at].gap.strip()
