"""What kind of thing a question asks for: what a sentence has to hold to answer it."""

from __future__ import annotations

import re
from enum import StrEnum

from indexer.text import fold


class Wants(StrEnum):
    """The asked-for thing."""

    DATE = "date"
    NUMBER = "number"
    REASON = "reason"
    ANYTHING = "anything"


_DATES = r"(?:year|date|month|day(?! (?:centre|service|care|opportunit))|century|decade|season|week)s?\b"
_AMOUNTS = (
    r"(?:percentage|per cent|percent|proportion|share|number|amount|rate|cost|price|figure|total|population|age|size|"
    r"length|distance|budget|median|average|mean|ratio|fee|charge|salary|wait(?:ing times?)?|turnover|caseloads?)\b"
)
_MEASURES = r"(?:many|much|long|often|far|old|large|big|high|tall|fast|deep|wide|quickly|frequent(?:ly)?|soon|late)\b"
# Behind another asking word it joins clauses: "how are people supported when they leave".
_ASKS_FIRST = r"^(?:(?!\b(?:what|which|how|where|who|why|when)\b).)*"
# The first that a question fits tells what it wants.
_PATTERNS: tuple[tuple[Wants, str], ...] = (
    (Wants.REASON, r"\bwhy\b|\bhow come\b|\bwhat (?:\w+ ){0,2}(?:reasons?|caus(?:e|es|ed)|explains?|led to)\b|^reason"),
    (
        Wants.DATE,
        (
            rf"{_ASKS_FIRST}\bwhen\b|\bhow (?:long ago|recent(?:ly)?)\b|^date of\b"
            rf"|\b(?:what|which) (?:\w+ ){{0,2}}{_DATES}"
        ),
    ),
    (
        Wants.NUMBER,
        (
            rf"\bhow {_MEASURES}|\b(?:what|which)(?:'s)? (?:\w+ ){{0,3}}{_AMOUNTS}|^(?:the )?(?:\w+ )?{_AMOUNTS}"
            rf"|\b(?:number|percentage|proportion|share|amount|rate|length) of\b|\b{_AMOUNTS}$"
        ),
    ),
)
_KINDS = tuple((kind, re.compile(pattern)) for kind, pattern in _PATTERNS)


def wanted(text: str) -> Wants:
    """By the question's own words, however it is typed; ANYTHING where they do not tell."""
    plain = fold(text).rstrip("?!. ")
    return next((kind for kind, pattern in _KINDS if pattern.search(plain)), Wants.ANYTHING)
