"""How the indexed reports print words."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from indexer.index.catalogue import Catalogue
from indexer.index.store import Store
from indexer.index.terms import analyse
from indexer.text import fold

# How many paragraphs are looked at to see whether a phrase is printed, and how; of a word's company, how many
# letters on each side.
_LOOKED_AT = 40
_BESIDE = 30
# Of all times that a word is printed those in small letters; fewer are misprints.
_SMALL = 0.02


@dataclass(frozen=True, kw_only=True, slots=True)
class Printed:
    """everyday  a word is printed in small letters: then a question may mean the word, and not a name like it.
    company   the terms that stand beside it there."""

    everyday: bool
    company: frozenset[str]


class Print:
    """Safe for several threads."""

    def __init__(self, catalogue: Catalogue, store: Store) -> None:
        self._catalogue = catalogue
        self._store = store
        unheard = "\x00"
        self.paragraphs = (math.exp(store.rarity([unheard])[unheard]) - 2) / 2
        self.printed = lru_cache(maxsize=4096)(self._printed)

    def holding(self, key: str) -> int:
        """In about how many paragraphs a word stands."""
        return self.count(next(iter(analyse(key)), ""))

    def count(self, term: str) -> int:
        """In about how many paragraphs a term stands."""
        return self.counts([term])[term] if term else 0

    def counts(self, terms: Sequence[str]) -> dict[str, int]:
        found: dict[str, int] = {}
        for term, rarity in self._store.rarity(terms).items():
            odds = math.exp(rarity) - 1
            found[term] = max(0, round((self.paragraphs + 0.5 - odds / 2) / (1 + odds)))
        return found

    def everyday(self, key: str) -> bool:
        return self.printed(key).everyday

    def prints(self, phrase: str, reports: Sequence[str] | None = None) -> bool:
        """Whether one of the reports holds a phrase, in any case."""
        pattern = re.compile(rf"(?<!\w){re.escape(fold(phrase))}(?!\w)")
        return any(pattern.search(fold(text)) for text in self._texts(phrase, reports))

    def _printed(self, key: str) -> Printed:
        # What is glued to other signs is an address, a file or a name of several words.
        pattern = re.compile(rf"(?<![\w'\u2019@.:/_-]){re.escape(key)}(?![\w@/-])(?![.:]\w)", re.IGNORECASE)
        small: list[str] = []
        times = every = 0
        for text in self._texts(key):
            for match in pattern.finditer(text):
                every += 1
                if match.group() == key:
                    start, end = match.span()
                    times += 1
                    small += *text[:start][-_BESIDE:].split()[1:], *text[end:][:_BESIDE].split()[:-1]
        everyday = times > _SMALL * every
        company = frozenset(analyse(" ".join(small))) if everyday else frozenset()
        return Printed(everyday=everyday, company=company)

    def _texts(self, phrase: str, reports: Sequence[str] | None = None) -> list[str]:
        within = None if reports is None else self._catalogue.paragraph_ranges(reports=reports)
        matches = self._store.matching(dict.fromkeys(analyse(phrase), 1.0), limit=_LOOKED_AT, within=within)
        found = self._catalogue.paragraphs_by_key([m.key for m in matches])
        return [stored.paragraph.text for stored in found.values()]
