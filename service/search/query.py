"""What is searched for: a question's vector, its words, and what else they may be called."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from indexer.encoders.port import Encoder, Vectors
from indexer.index.store import Store
from service.question import Parsed
from service.question.abbreviations import Expansion
from service.question.asking import asking, weighed
from service.question.words import query_terms
from service.search.together import QueryEncoder

# What a term counts that the question does not hold, but another wording of it does. On the sample questions 0.15 to
# 0.3 changed no figure and found paragraphs that have the other wording alone; 0.6 put wrong ones first.
_ALSO = 0.3
# Of a longer text, what the vector of the whole counts beside that of the sentence that asks: measured with the share
# of its words (question/asking.py).
_REST_VECTOR = 0.5
_ABBREVIATION = re.compile(r"(?=(?:[^A-Z]*[A-Z]){2})[A-Za-z&]{2,10}")
# A section of an Act, in words or as lawyers shorten it.
_SECTION = re.compile(r"(?<!['’])\b(?:(?P<word>section) |s\.? ?)(?P<number>\d{1,3}[a-z]?)\b(?! \()", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Query:
    """A question as it is searched for.

    whole    what is asked, without the story before it, with its abbreviations spelt out, and what has one with it:
             what is read beside it may have but the words, or but the abbreviation.
    text     the same without the names of subjects.
    vector   (dimension,), of length 1.
    rarity   of the question's own terms among all paragraphs.
    terms    to search for, with their weights; among them other wordings.
    covered  what holding each of them counts; those of the question sum to 1.
    """

    whole: str
    text: str
    vector: Vectors
    rarity: Mapping[str, float]
    terms: Mapping[str, float]
    covered: Mapping[str, float]


class QueryMaker:
    """Safe for several threads."""

    def __init__(self, store: Store, encoder: Encoder) -> None:
        self._store = store
        self._encoder = QueryEncoder(encoder)

    def query(self, asked: Parsed) -> Query:
        terms = {**asked.carried.words, **weighed(asked.rest)}
        rarity = self._store.rarity(terms)
        total = sum(rarity[term] * weight for term, weight in terms.items()) or 1.0
        covered = {term: weight * rarity[term] / total for term, weight in terms.items()}
        also = {t for one in asked.expansions for t in query_terms(one.also)} - terms.keys()
        for term, rare in self._store.rarity(sorted(also)).items():
            terms[term] = _ALSO
            covered[term] = _ALSO * rare / total
        return Query(
            whole=spelt_out(asking(asked.text), asked.expansions),
            text=asking(asked.rest),
            vector=self._vector(asked.rest if asked.subjects.reports is not None else asked.text),
            rarity=rarity,
            terms=terms,
            covered=covered,
        )

    def _vector(self, text: str) -> Vectors:
        asks = asking(text)
        whole = self._encoder.encode(text)
        return whole if asks == text else mixed(whole, self._encoder.encode(asks))


def spelt_out(text: str, expansions: Sequence[Expansion]) -> str:
    for one in expansions:
        if one.also.casefold() in text.casefold():
            continue
        if one.spells_out or _ABBREVIATION.fullmatch(one.also):
            text = re.sub(
                rf"(?<!\w){re.escape(one.written)}(?!\w)(?! \()", f"{one.written} ({one.also})", text, count=1
            )
    return _SECTION.sub(_of_law, text)


def _of_law(found: re.Match[str]) -> str:
    other = f"s{found['number']}" if found["word"] else f"section {found['number']}"
    return found.group() if other.casefold() in found.string.casefold() else f"{found.group()} ({other})"


def mixed(whole: Vectors, asks: Vectors) -> Vectors:
    """(dimension,), of length 1: of the text and of its sentence that asks, both of length 1."""
    mixed: Vectors = _REST_VECTOR * whole + (1 - _REST_VECTOR) * asks
    length = float(np.linalg.norm(mixed))
    return asks if length == 0 else np.divide(mixed, length, dtype=np.float32)
