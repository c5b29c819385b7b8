"""What misspelt words of a text were likely meant to be."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from string import ascii_lowercase
from typing import Any

from rapidfuzz.distance import OSA

from indexer.index.catalogue import Catalogue
from indexer.index.store import Store
from service.model import Correction
from service.question.printed import Print
from service.question.wordlists import COMMON, PREPOSITIONS
from service.question.words import Token, keys_of, split, terms_of, visible

# Of names. Up to `_SHORT` letters another letter may be another name: only letters that change places, are doubled
# or dropped are slips. A word without a telling capital has to be longer, and longest where nothing marks a name.
_LEAST, _SHORT = 5, 6
_TWO_FROM, _THREE_FROM = 9, 14
_MOST_SLIPS = 3
_LONG_NAME = 12
_LEAST_UNTOLD, _LEAST_SMALL = 7, 8
# A word of this length is near a name by no chance.
_LONG = 10
_FEW_WORDS = 4
_RARE = 2
# A word that others are taken for stands in so many paragraphs, and in such a share of all; so many are tried.
_HELD, _HELD_SHARE = 2, 0.003
_TRIED = 3
_LEAST_OF_FAMILY = 4
# Of one text: a question has few unknown words, and what has many is none.
_MOST = 12
_LOWER = re.compile(r"[a-z]+")


class Speller:
    """A word that stands in the reports, in a name or in what the families know is never corrected. Safe for several
    threads."""

    def __init__(self, catalogue: Catalogue, store: Store, names: Mapping[str, str], known: Collection[str]) -> None:
        """names  by key, how words of names are written that others may be taken for.
        known  the keys of all words of names."""
        self._print = Print(catalogue, store)
        self._names = dict(names)
        self._known = frozenset(known) | names.keys()
        self._stems = frozenset(terms_of(sorted(names)))
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for word in sorted(names):
            self._by_length[len(word)].append(word)
        self._common = COMMON | _words_of_families(catalogue)
        self._common_terms = frozenset(terms_of(sorted(self._common)))
        self._meant = lru_cache(maxsize=4096)(self._look_up)

    def correct(self, text: str) -> tuple[str, tuple[Correction, ...]]:
        """The text with its misspelt words put right, and each of them once. A word that is as near to several names
        stays as it is: whom it means is to be asked."""
        text = visible(text)
        words = split(text)
        near = dict(self._near_names(words, ()))
        found: dict[tuple[str, str], Correction] = {}
        pieces: list[str] = []
        end = looked = 0
        for at, word in enumerate(words):
            if at in near:
                meant = self._names[near[at][0]] if len(near[at]) == 1 else None
            elif looked < _MOST and self._unknown(word):
                looked += 1
                meant = self._meant(word.key)
            else:
                continue
            if meant is not None:
                stop = word.end - 2 if word.word.endswith("'s") else word.end
                written = text[word.start : stop]
                meant = _as_written(written, meant)
                found[written, meant] = Correction(written=written, meant=meant)
                pieces += text[end : word.start], meant
                end = stop
        return "".join((*pieces, text[end:])), tuple(found.values())

    def as_names(self, words: Sequence[Token], taken: Collection[int]) -> Iterator[list[Token]]:
        """The words with those put right that may be misspelt words of names; several times, where one of them is as
        near to several. None where there is nothing to put right.

        taken  places of words that are part of something known.
        """
        near = dict(self._near_names(words, taken))
        for turn in range(max(map(len, near.values()), default=0)):
            yield [
                replace(word, key=near[at][min(turn, len(near[at]) - 1)]) if at in near else word
                for at, word in enumerate(words)
            ]

    def _near_names(self, words: Sequence[Token], taken: Collection[int]) -> Iterator[tuple[int, tuple[str, ...]]]:
        looked = 0
        for at, word in enumerate(words):
            if at in taken or len(word.key) < _LEAST or word.key in self._known or not word.key.isalpha():
                continue
            told = word.capital and not word.opening
            if word.key in self._common or not _like_a_name(words, at) or (not told and len(word.key) < _LEAST_UNTOLD):
                continue
            looked += 1
            if looked > _MOST:
                return
            sure = told or len(word.key) >= _LONG
            # What only its ending tells from a name is held wherever the name is.
            alike = word.term in self._stems and (told or not self._print.everyday(word.key))
            if alike or self._print.holding(word.key) <= (_RARE if sure else 0):
                found = self._nearest(word.key, most=_MOST_SLIPS if sure else 1)
                if found:
                    yield at, found

    def _nearest(self, word: str, *, most: int) -> tuple[str, ...]:
        """The words of names that are at most so many slips away, if several then as near as each other."""
        best: list[str] = []
        least = most + 1
        for length in range(len(word) - 3, len(word) + 4):
            for known in self._by_length.get(length, ()):
                away = _slips(word, known)
                if away is not None and away < least:
                    best, least = [known], away
                elif best and away == least:
                    best.append(known)
        return tuple(best)

    def _unknown(self, word: Token) -> bool:
        """Whether it is a word, and neither a name nor an abbreviation, that nothing knows."""
        if (
            word.key in self._known
            or "'" in word.word.removesuffix("'s")
            or word.term in self._common_terms
            or (word.capital and not word.opening)
        ):
            return False
        return _LOWER.fullmatch(word.key) is not None and self._print.holding(word.key) == 0

    def _look_up(self, word: str) -> str | None:
        """The known word that is one slip away, the likeliest slip first: letters that changed places, one doubled or
        too many, one dropped, one exchanged for another; then a common word that is two away."""
        for shortest, least, slips in _SLIPS:
            made = sorted(set(slips(word)) - {word}) if len(word) >= shortest else []
            common = [one for one in made if one in (self._common if len(word) >= _LEAST else COMMON)]
            if len(common) == 1:
                return common[0]
            if len(word) >= least and (found := self._printed(word, common or made)) is not None:
                return self._names.get(found, found) if len(word) >= _LEAST_UNTOLD else found
        if len(word) < _TWO_FROM:
            return None
        near = [one for one in self._common if abs(len(one) - len(word)) <= 2 and _slips(word, one) is not None]
        return near[0] if len(near) == 1 else None

    def _printed(self, word: str, words: Sequence[str]) -> str | None:
        """The commonest of some words that the reports print; a short one could be many, and must be common there."""
        terms = dict(zip(words, terms_of(words), strict=True))
        counts = self._print.counts(sorted(set(terms.values())))
        least = _HELD if len(word) >= _LEAST_SMALL else max(_HELD, _HELD_SHARE * self._print.paragraphs)
        held = sorted((one for one in words if counts[terms[one]] >= least), key=lambda one: -counts[terms[one]])
        return next((one for one in held[:_TRIED] if one in self._common or self._print.everyday(one)), None)


def _words_of_families(catalogue: Catalogue) -> frozenset[str]:
    """The words of sections, grades and glossaries of the families that reports are of."""
    in_use = {report.profile for report in catalogue.reports()}
    texts: list[str] = []
    for name, family in catalogue.profiles().items():
        if name in in_use:
            texts += (w for s in family.get("sections", ()) for w in (s["name"], *s["aliases"]))
            texts += (
                w for key in ("scale", "overall") for g in family.get(key, ()) for w in (g["label"], *g["aliases"])
            )
            texts += _in_glossary(family.get("glossary") or {})
    return frozenset(key for text in texts for key in keys_of(text) if len(key) >= _LEAST_OF_FAMILY and key.isalpha())


def _in_glossary(glossary: Mapping[str, Any]) -> Iterable[str]:
    yield from (full for meant in glossary.get("abbreviations", {}).values() for full in meant)
    yield from (wording for same in glossary.get("same", ()) for wording in same)


def _like_a_name(words: Sequence[Token], at: int) -> bool:
    word = words[at]
    if word.capital or len(words) <= _FEW_WORDS:
        return True
    return len(word.key) >= _LEAST_SMALL or (at > 0 and words[at - 1].key in PREPOSITIONS)


def _slips(word: str, known: str) -> int | None:
    """How many slips of the keyboard lie between two words; None if they are more than the known one's length
    bears, or if other letters make another word of it: slips swap, double and leave out."""
    length = len(known)
    most = 0 if length < _LEAST else 1 + (length >= _TWO_FROM) + (length >= _THREE_FROM)
    away: int = OSA.distance(word, known, score_cutoff=most)
    if away > most or (word[0] != known[0] and (away > 1 or length < _TWO_FROM)):
        return None
    letters, wanted = Counter(word), Counter(known)
    exchanged = sum((letters - wanted).values()) + sum((wanted - letters).values())
    most_exchanged = 1 if length <= _SHORT else 2 if length < _LONG_NAME else 3
    return away if exchanged <= most_exchanged or (away < 2 and length > _SHORT) else None


def _swapped(word: str) -> Iterator[str]:
    yield from (word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1))


def _doubled(word: str) -> Iterator[str]:
    yield from (word[:at] + word[at + 1 :] for at in range(1, len(word)))


def _dropped(word: str) -> Iterator[str]:
    yield from (word[:at] + one + word[at:] for at in range(1, len(word) + 1) for one in ascii_lowercase)


def _exchanged(word: str) -> Iterator[str]:
    yield from (word[:at] + one + word[at + 1 :] for at in range(1, len(word)) for one in ascii_lowercase)


# Each with the length from which words that questions are made of are taken to be meant, and from which any: shorter
# ones have too many neighbours.
_SLIPS = ((3, 5, _swapped), (4, 5, _doubled), (4, 5, _dropped), (6, 8, _exchanged))


def _as_written(written: str, meant: str) -> str:
    if written.isupper() and len(written) > 1:
        return meant.upper()
    return meant[0].upper() + meant[1:] if written[0].isupper() else meant
