"""The words of a text as names are compared by, and how often the reports hold them."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.index.catalogue import Catalogue
from indexer.index.store import Store
from indexer.index.terms import analyse
from indexer.text import fold
from service.question.wordlists import listed

DIRECTIONS = frozenset({"north", "south", "east", "west", "central", "mid", "greater", "upper", "lower", "new"})
# They stand inside names without a capital.
CONNECTORS = frozenset({"and", "of", "on", "the", "with", "in", "under", "le", "de", "cum", "next", "by"})
# The words that end a body's name, of whatever family.
BODY_WORDS = listed(
    "council constabulary police force trust authority partnership prison hospital school college academy university "
    "service services board borough"
)
COUNCIL_KINDS = frozenset({"city", "county", "borough", "metropolitan", "district", "unitary", "town"})
# After these a place can follow.
PREPOSITIONS = frozenset({"in", "at", "for", "of", "from", "about", "did", "does", "has", "is", "was", "across", "on"})

_WORD = re.compile(r"[^\W_]+(?:['\u2018\u2019\u02bc][^\W_]+)*['\u2019]?|[&+]")
_APOSTROPHES = str.maketrans(dict.fromkeys("\u2018\u2019\u02bc", "'"))
_SAME = {"&": "and", "+": "and", "upon": "on", "saint": "st"}
_BETWEEN = re.compile(r"[\s\-\u2010-\u2015]*")
_ENDS_SENTENCE = re.compile(r"[.?!:;\n\"\u201c(]\s*$")
# How many paragraphs are looked at to see whether a phrase is printed, and how.
_LOOKED_AT = 20


@dataclass(frozen=True, slots=True)
class Word:
    """`text[start:end]` with a possessive ending; `key` is what it is compared by.

    capital  begins with one, in a text that uses both cases.
    opening  begins a sentence, where a capital tells nothing.
    gap      what stands between it and the word before.
    """

    key: str
    start: int
    end: int
    capital: bool
    opening: bool
    gap: str


def words_of(text: str) -> list[Word]:
    shouted = not any(c.islower() for c in text)
    found: list[Word] = []
    before = 0
    for match in _WORD.finditer(text):
        gap = text[before : match.start()]
        word = match.group()
        found.append(
            Word(
                key=key_of(word),
                start=match.start(),
                end=match.end(),
                capital=not shouted and word[0].isupper(),
                opening=not found or _ENDS_SENTENCE.search(gap) is not None,
                gap=gap,
            )
        )
        before = match.end()
    return found


def key_of(word: str) -> str:
    """Without case, accents, apostrophes and possessive endings; "&" is "and", "Saint" is "St", "upon" is "on"."""
    if not word.isascii():
        apart = unicodedata.normalize("NFKD", word.translate(_APOSTROPHES))
        word = "".join(c for c in apart if not unicodedata.combining(c))
    plain = word.casefold().removesuffix("'s").replace("'", "")
    return _SAME.get(plain, plain)


def keys_of(name: str) -> tuple[str, ...]:
    return tuple(word.key for word in words_of(name))


def stem(key: str) -> str:
    """What the reports are searched for to find a word; empty if it has no such form."""
    return next(iter(analyse(key)), "")


def bound(word: Word, before: str, *, comma: bool = False) -> bool:
    """Whether a word follows the one before so closely that both can belong to one name. A full stop may end a
    short form ("St.", "N."); a comma stands only where the name itself has one."""
    gap = word.gap
    if gap in {" ", "-", ""}:
        return True
    if len(before) <= 2:
        gap = gap.removeprefix(".")
    if comma:
        gap = gap.removeprefix(",")
    return _BETWEEN.fullmatch(gap) is not None


class Print:
    """How the indexed reports print words."""

    def __init__(self, catalogue: Catalogue, store: Store) -> None:
        self._catalogue = catalogue
        self._store = store
        unheard = "\x00"
        self._paragraphs = (math.exp(store.rarity([unheard])[unheard]) - 2) / 2
        self._everyday: dict[str, bool] = {}

    def holding(self, key: str) -> int:
        """In about how many paragraphs a word stands."""
        term = stem(key)
        if not term:
            return 0
        odds = math.exp(self._store.rarity([term])[term]) - 1
        return max(0, round((self._paragraphs + 0.5 - odds / 2) / (1 + odds)))

    def everyday(self, key: str) -> bool:
        """Whether a word is printed in lower case: then a question may mean the word, and not a name like it."""
        if key not in self._everyday:
            pattern = re.compile(rf"(?<![\w'\u2019-]){re.escape(key)}(?![\w-])")
            self._everyday[key] = any(pattern.search(text) for text in self._texts(key))
        return self._everyday[key]

    def prints(self, phrase: str, reports: Sequence[str] | None = None) -> bool:
        """Whether one of the reports holds a phrase, in any case."""
        pattern = re.compile(rf"(?<!\w){re.escape(fold(phrase))}(?!\w)")
        return any(pattern.search(fold(text)) for text in self._texts(phrase, reports))

    def _texts(self, phrase: str, reports: Sequence[str] | None = None) -> list[str]:
        within = None if reports is None else self._catalogue.paragraph_ranges(reports=reports)
        matches = self._store.matching(dict.fromkeys(analyse(phrase), 1.0), limit=_LOOKED_AT, within=within)
        found = self._catalogue.paragraphs_by_key([m.key for m in matches])
        return [stored.paragraph.text for stored in found.values()]
