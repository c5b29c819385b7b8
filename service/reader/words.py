"""A text's words beside their terms, quickly: a word is analysed once, however often it is read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from indexer.index.terms import analyse

_WORD = re.compile(r"[£$€]?[^\W_]+(?:[.,'’&/-][^\W_]+)*%?")


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """Of a run of text: its words as written, where each starts (counted from the run's start), each one's terms."""

    written: list[str]
    starts: list[int]
    terms: list[tuple[str, ...]]


def words_of(text: str) -> Words:
    found = list(_WORD.finditer(text))
    written = [m.group() for m in found]
    return Words(written=written, starts=[m.start() for m in found], terms=list(map(terms_of, written)))


def every_term(text: str) -> set[str]:
    return set().union(*map(terms_of, set(_WORD.findall(text))))


@lru_cache(maxsize=1 << 16)
def terms_of(word: str) -> tuple[str, ...]:
    return tuple(analyse(word))


@lru_cache(maxsize=1 << 12)
def heading_terms(*headings: str) -> frozenset[str]:
    return frozenset(every_term(" ".join(headings)))
