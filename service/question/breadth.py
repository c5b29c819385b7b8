"""How many reports a question is about, and of how many questions it consists."""

from __future__ import annotations

import re
from enum import StrEnum


class Breadth(StrEnum):
    """ONE: whatever answers best. EVERY: all reports, none in particular. TIMES: one assessment beside another."""

    ONE = "one"
    EVERY = "every"
    TIMES = "times"


_BODIES = (
    r"(?:councils|(?:local )?authorities|local areas|areas|(?:area )?partnerships|reports|inspections|assessments|"
    r"forces|services|providers|trusts|prisons|hospitals|homes|schools|regions|places)"
)
_EVERY = re.compile(
    rf"\b(?:which|what|how many|any|other|all|some|most|many|several|do|did|have|are|were|across|between|among|"
    rf"amongst|from|in)(?: (?:of )?(?:the|these|those|our))?(?: \w+)? {_BODIES}\b"
    rf"|\b(?:nationally|everywhere|anywhere|common themes?|across the board)\b|\bthe reports\b",
    re.IGNORECASE,
)
# Progress is mostly that of children or pupils, and stands in headings.
_TIMES = re.compile(
    r"\b(?:chang(?:e[ds]?|ing)|improved|worse(?:n\w*)?|progressed|(?:what|how much) progress|compar\w+|"
    r"differ\w*|over time|since|earlier|previous(?:ly)?|between (?:19|20)\d\d and|from (?:19|20)\d\d to)\b",
    re.IGNORECASE,
)
# A second question in the same breath opens as one: "and what does …", "and can they …", but not "and how it …".
_AUXILIARY = r"(?:do|does|did|is|are|was|were|has|have|had|can|could|should|would|will|must|may)"
_OPENS = (
    rf"(?:(?:what|which|who|whom|whose|when|where|why|how)(?:'s)?\s+(?!the\b|an?\b|it\b|they\b|i\b|we\b|you\b|he\b|"
    rf"she\b|to\b|this\b|that\b|these\b|those\b|my\b|our\b)"
    rf"|{_AUXILIARY}\s+(?:they|it|he|she|we|i|you|there|the|this|these|those|any)\b)"
)
_NEXT = re.compile(rf"\?\s+(?=\S)|(?:[,;]?\s+and|;)\s+(?={_OPENS})", re.IGNORECASE)
_BEGINS = re.compile(rf"(?:and\s+)?{_OPENS}", re.IGNORECASE)
_LEAST_WORDS = 4
_MOST_PARTS = 3


def breadth(text: str, *, names: int) -> Breadth:
    """names  how many bodies the question names."""
    if names == 0:
        return Breadth.EVERY if _EVERY.search(text) else Breadth.ONE
    return Breadth.TIMES if names == 1 and _TIMES.search(text) else Breadth.ONE


def parts(text: str) -> tuple[str, ...]:
    """The questions that one text asks, each with its own opening; the text itself where it asks but one."""
    pieces: list[str] = []
    start = 0
    for match in _NEXT.finditer(text):
        piece, rest = text[start : match.start()], text[match.end() :]
        if _is_question(piece) and _is_question(rest):
            pieces.append(piece)
            start = match.end()
    pieces.append(text[start:])
    if not 1 < len(pieces) <= _MOST_PARTS:
        return (text,)
    return tuple(f"{piece.strip().rstrip('?.,; ')}?" for piece in pieces)


def _is_question(piece: str) -> bool:
    return len(piece.split()) >= _LEAST_WORDS and _BEGINS.match(piece.strip()) is not None
