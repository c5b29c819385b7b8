"""How many reports a question is about, and of how many questions it consists."""

from __future__ import annotations

import re
from collections.abc import Collection
from enum import StrEnum

from service.question.phrases import tokens
from service.question.wordlists import listed
from service.question.words import has_telling


class Breadth(StrEnum):
    """ONE: whatever answers best. EVERY: all reports, none in particular. TIMES: one assessment beside another."""

    ONE = "one"
    EVERY = "every"
    TIMES = "times"


# What inspected bodies and what is written about them are called in any family.
MANY = listed("councils authorities areas reports")
_SINGLE = listed("council authority area report")
_OF_SEVERAL = listed(
    "which what how many any other all some most several no do did have are were can should across between among "
    "amongst from in by"
)
_CHANGES = listed(
    "change changes changed changing improved worse worsened worsening deteriorated progressed compare compared "
    "comparison differ differed different difference differences since earlier previous previously trend"
)
_WHERE = listed("do did")
_YEAR = re.compile(r"(?:19|20)\d\d")
# A second question in the same breath opens as one: "and what does …", "and can they …", but not "and how it …".
_AUXILIARY = r"(?:do|does|did|is|are|was|were|has|have|had|can|could|should|would|will|must|may)"
_OPENS = (
    rf"(?:(?:what|which|who|whom|whose|when|where|why|how)(?:'s)?\s+(?!the\b|an?\b|it\b|they\b|i\b|we\b|you\b|he\b|"
    rf"she\b|to\b|this\b|that\b|these\b|those\b|my\b|our\b)"
    rf"|{_AUXILIARY}\s+(?:they|it|he|she|we|i|you|there|the|this|these|those|any)\b)"
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=\S)|\n+")
_NEXT = re.compile(rf"(?:[,;]?\s+and|;)\s+(?={_OPENS})", re.IGNORECASE)
_BEGINS = re.compile(rf"(?:and\s+|also\s+|so\s+)?{_OPENS}", re.IGNORECASE)
_LEAST_WORDS = 4
_MOST_PARTS = 3


def breadth(text: str, *, names: int, kinds: Collection[str] = ()) -> Breadth:
    """names  how many bodies the question names, `text` being the rest.
    kinds     more words for several bodies, in small letters: what these reports' own are called ("hospitals").
    """
    words = [token.word for token in tokens(text)]
    if names:
        change = not _CHANGES.isdisjoint(words) or len(_YEAR.findall(text)) > 1
        return Breadth.TIMES if names == 1 and change else Breadth.ONE
    several = MANY.union(kinds)
    for at, word in enumerate(words):
        asked = not _OF_SEVERAL.isdisjoint(words[max(0, at - 2) : at])  # one word may stand between: "the", "local"
        if word in several and asked and words[at + 1 : at + 2] != ["for"]:
            return Breadth.EVERY
    return Breadth.EVERY if words[:1] == ["where"] and not _WHERE.isdisjoint(words[1:2]) else Breadth.ONE


def without_changes(text: str) -> str:
    """A question of one time alone: without years and without the words that ask what changed."""
    said = [token for token in tokens(text) if token.word in _CHANGES or _YEAR.fullmatch(token.word)]
    for token in reversed(said):
        text = text[: token.start] + text[token.end :]
    return re.sub(r"\s+", " ", text).strip()


def parts(text: str) -> tuple[str, ...]:
    """The questions that one text asks, each behind what is told before it and after the one before; the text itself
    where it asks but one."""
    told: list[str] = []
    found: list[tuple[str, str]] = []
    for sentence in _SENTENCE.split(text.strip()):
        asked = _questions(sentence)
        if asked:
            first, *rest = (f"{one.rstrip('?.,; ')}?" for one in asked)
            found += [(" ".join(told), first), *(("", one) for one in rest)]
            told = []
        elif sentence.endswith("?") and found:
            found[-1] = (found[-1][0], f"{found[-1][1]} {sentence}")
        else:
            told.append(sentence)
    if not 1 < len(found) <= _MOST_PARTS:
        return (text,)
    return tuple(f"{before} {asked}".strip() for before, asked in found)


def _questions(sentence: str) -> list[str]:
    """A sentence that asks, or its parts that each do; empty if it does not ask."""
    if not _is_question(sentence):
        return []
    pieces: list[str] = []
    start = 0
    for match in _NEXT.finditer(sentence):
        if _is_question(sentence[start : match.start()]) and _is_question(sentence[match.end() :]):
            pieces.append(sentence[start : match.start()].strip())
            start = match.end()
    return [*pieces, sentence[start:].strip()]


def _is_question(piece: str) -> bool:
    matter = any(has_telling([t.term]) for t in tokens(piece) if t.word not in MANY | _SINGLE)
    asks = _BEGINS.match(piece.strip()) is not None or piece.endswith("?")
    return matter and asks and len(piece.split()) >= _LEAST_WORDS
