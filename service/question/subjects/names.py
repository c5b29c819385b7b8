"""Names in a text: the longest first, so that "North Lincolnshire" is never taken for "Lincolnshire"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from service.question.subjects.forms import Forms, Keys
from service.question.subjects.words import (
    BODY_WORDS,
    CONNECTORS,
    COUNCIL_KINDS,
    DIRECTIONS,
    PREPOSITIONS,
    Print,
    Word,
    bound,
    keys_of,
)

# A lone word in small letters counts as a name wherever it stands only from this length on.
_LEAST_ANYWHERE = 5
_LEAST_CORRECTED = 5
_COMMON = BODY_WORDS | CONNECTORS | COUNCIL_KINDS | DIRECTIONS
_COMPASS = frozenset({"north", "south", "east", "west"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Mention:
    """From word `first` to before word `after`. `bodies` are those it may stand for, by the names they are shown
    under; `other` is set instead where a direction makes a known name another body's."""

    first: int
    after: int
    bodies: tuple[str, ...]
    other: str | None = None


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
        self.vocabulary = frozenset(
            key
            for keys, shown in forms.exact.items()
            for key in set(keys) & set(keys_of(shown))
            if len(key) >= _LEAST_CORRECTED and key not in _COMMON
        )

    def whole(self, keys: Keys) -> tuple[str, ...]:
        """The bodies that a wording by itself may stand for."""
        if keys in self._forms.exact:
            return self._owners(keys)
        if keys in self._forms.initials:
            return (self._forms.initials[keys],)
        return self._narrowed(self._forms.loose.get(keys, ()))

    def find(self, words: Sequence[Word], text: str) -> list[Mention]:
        """Those in a text, in its order; none overlaps another."""
        found: list[Mention] = []
        at = 0
        while at < len(words):
            mention = self._at(words, at, text) if words[at].key in self._starting else None
            if mention is None:
                at += 1
            else:
                found.append(mention)
                at = mention.after
        return found

    def _at(self, words: Sequence[Word], first: int, text: str) -> Mention | None:
        for keys in self._starting[words[first].key]:
            after = first + len(keys)
            if not _stands(keys, words, first):
                continue
            bodies = self._meant(keys, words, first, text)
            if not bodies:
                continue
            start = self._direction(words, first)
            if start == first:
                return Mention(first=first, after=after, bodies=bodies)
            return self._directed(words, start, first, after, bodies, text)
        return None

    def _meant(self, keys: Keys, words: Sequence[Word], first: int, text: str) -> tuple[str, ...]:
        if keys in self._forms.initials and keys not in self._forms.exact:
            spelt = text[words[first].start : words[first].end]
            known = spelt.removesuffix("'s").removesuffix("’s").isupper() and self._print.holding(keys[0]) == 0
            return (self._forms.initials[keys],) if known else ()
        bodies = self.whole(keys)
        if len(keys) > 1:
            return bodies if any(w.capital for w in words[first : first + len(keys)]) or _whole_name(keys) else ()
        return bodies if self._is_name(words, first, bodies) else ()

    def _is_name(self, words: Sequence[Word], at: int, bodies: tuple[str, ...]) -> bool:
        """Several bodies' names are everyday words too, and short forms are abbreviations of other things."""
        word = words[at]
        if (word.capital and not word.opening) or len(words) == 1:
            return True
        place = at > 0 and _after_preposition(words, at)
        if (
            not word.capital
            and not place
            and (len(word.key) < _LEAST_ANYWHERE or self._indexed.keys().isdisjoint(bodies))
        ):
            return False
        alone = word.capital and len(words) <= 2
        return alone or not self._print.everyday(word.key)

    def _direction(self, words: Sequence[Word], first: int) -> int:
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
        self, words: Sequence[Word], start: int, first: int, after: int, bodies: tuple[str, ...], text: str
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


def _stands(keys: Keys, words: Sequence[Word], first: int) -> bool:
    if first + len(keys) > len(words):
        return False
    pairs = list(_pairs(keys, words, first))
    return all(word.key == key and bound(word, before, comma=len(keys) > 2) for key, word, before in pairs)


def _pairs(keys: Keys, words: Sequence[Word], first: int) -> Iterator[tuple[str, Word, str]]:
    for at in range(1, len(keys)):
        yield keys[at], words[first + at], keys[at - 1]


def _whole_name(keys: Keys) -> bool:
    """Whether several words in small letters cannot well be anything but a name."""
    return keys[0] != "the" and sum(map(len, keys)) >= _LEAST_ANYWHERE + 1


def _after_preposition(words: Sequence[Word], at: int) -> bool:
    before = words[at - 1].key
    if before == "the" and at > 1:
        before = words[at - 2].key
    return before in PREPOSITIONS and not words[at].gap.strip()
