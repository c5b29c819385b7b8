"""What a misspelt word of a question is likely meant to be: a word of the reports that is one letter off."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from rapidfuzz.distance import OSA

from indexer.index.catalogue import Catalogue
from indexer.index.store import Store
from indexer.index.terms import analyse

# Shorter words have too many neighbours.
_SHORTEST = 5
# Paragraphs that are looked at for the word.
_LOOKED_AT = 20


class Spelling:
    """Safe for several threads."""

    def __init__(self, catalogue: Catalogue, store: Store) -> None:
        self._catalogue = catalogue
        self._store = store
        self._meant = lru_cache(maxsize=4096)(self._look_up)

    def meant(self, term: str) -> str | None:
        """Of a term that no paragraph holds, as `analyse` gives it; None where no term of the reports is near."""
        return self._meant(term) if len(term) >= _SHORTEST and term.isalpha() else None

    def _look_up(self, term: str) -> str | None:
        keys = self._store.alike(term, limit=_LOOKED_AT)
        found = self._catalogue.paragraphs_by_key(keys).values() if keys else ()
        near = Counter(
            other for one in found for other in set(analyse(one.paragraph.text)) if OSA.distance(term, other) == 1
        )
        return near.most_common(1)[0][0] if near else None
