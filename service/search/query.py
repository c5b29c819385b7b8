"""What is searched for: a question's vector, its words, and what else they may be called or were meant to be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from indexer.embedding import Encoder, Vectors
from indexer.index.catalogue import Catalogue
from indexer.index.store import Store
from service.question import Parsed
from service.question.words import query_terms
from service.search.asking import asking, mixed_vector, weighed
from service.search.spelling import Spelling
from service.search.together import QueryEncoder

# What a term counts that the question does not hold, but another wording of it does. On the sample questions 0.15 to
# 0.3 changed no figure and found paragraphs that have the other wording alone; 0.6 put wrong ones first.
_ALSO = 0.3


@dataclass(frozen=True, kw_only=True, slots=True)
class Sought:
    """A question as it is searched for.

    whole    what is asked, without the story before it.
    text     the same the names of subjects.
    vector   (dimension,), of length 1.
    rarity   of the question's own terms among all paragraphs.
    terms    to search for, with their weights; among them what misspelt ones were meant to be, and other wordings.
    covered  what holding each of them counts; those of the question sum to 1.
    """

    whole: str
    text: str
    vector: Vectors
    rarity: Mapping[str, float]
    terms: Mapping[str, float]
    covered: Mapping[str, float]


class Seeker:
    """Safe for several threads."""

    def __init__(self, catalogue: Catalogue, store: Store, encoder: Encoder) -> None:
        self._store = store
        self._encoder = QueryEncoder(encoder)
        self._spelling = Spelling(catalogue, store)
        # Of a term that no paragraph holds.
        self._rarest = store.rarity([""])[""]

    def seek(self, asked: Parsed) -> Sought:
        terms = weighed(asked.rest)
        rarity = self._store.rarity(terms)
        total = sum(rarity[term] * weight for term, weight in terms.items()) or 1.0
        searched: dict[str, float] = {}
        covered: dict[str, float] = {}
        for term, weight in terms.items():
            found = self._spelling.meant(term) if rarity[term] >= self._rarest else None
            searched[found or term] = weight
            covered[found or term] = weight * rarity[term] / total
        also = {t for one in asked.expansions for t in query_terms(one.also)} - searched.keys()
        for term, rare in self._store.rarity(sorted(also)).items():
            searched[term] = _ALSO
            covered[term] = _ALSO * rare / total
        return Sought(
            whole=asking(asked.text),
            text=asking(asked.rest),
            vector=self._vector(asked.text),
            rarity=rarity,
            terms=searched,
            covered=covered,
        )

    def _vector(self, text: str) -> Vectors:
        asks = asking(text)
        whole = self._encoder.encode(text)
        return whole if asks == text else mixed_vector(whole, self._encoder.encode(asks))
