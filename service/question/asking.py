"""Which sentence of a longer text asks: people tell their story first."""

from __future__ import annotations

import re

from service.question.words import has_telling, query_terms

_BETWEEN = re.compile(r"(?<=[.!?])\s+(?=\S)")
# What the words and the vector of the rest count beside those of the sentence that asks. Measured on development
# questions behind two sentences about something else of the same document, and behind a letter's opening: the right
# passage came first in 0.46 and 0.50 of guidance (all alike: 0.22 and 0.44), 0.88 and 0.86 of articles (0.34 and 0.79).
_REST_WORDS = 0.25


def asking(text: str) -> str:
    """The last sentence with a question mark; the text itself where there is no such or no other sentence."""
    sentences = _BETWEEN.split(text.strip())
    asks = [one for one in sentences if one.endswith("?") and has_telling(query_terms(one))]
    return asks[-1] if len(sentences) > 1 and asks else text


def weighed(text: str) -> dict[str, float]:
    """The terms to search for, each with its weight."""
    asked = query_terms(asking(text))
    return {
        term: weight * (1.0 if term in asked else _REST_WORDS) for term, weight in query_terms(text).items()
    } | asked
