"""What kind of thing a question asks for: what a sentence has to hold to answer it."""

from __future__ import annotations

import re
from enum import StrEnum

from indexer.text import fold


class Wants(StrEnum):
    """The asked-for thing."""

    DATE = "date"
    NUMBER = "number"
    PERSON = "person"
    REASON = "reason"
    MANNER = "manner"
    LIST = "list"
    WHETHER = "whether"
    ANYTHING = "anything"


_AUXILIARY = (
    r"(?:is|are|am|was|were|do|does|did|has|have|had|can|could|will|would|shall|should|may|might|must|"
    r"isn't|aren't|wasn't|weren't|don't|doesn't|didn't|hasn't|haven't|can't|couldn't|won't|shouldn't)"
)
_DATES = r"(?:year|date|month|day(?! (?:centre|service|care|opportunit))|century|decade|season|week)s?\b"
_AMOUNTS = (
    r"(?:percentage|per cent|percent|proportion|share|number|amount|rate|cost|price|figure|total|population|age|size|"
    r"length|distance|budget|median|average|mean|ratio|fee|charge|salary|wait(?:ing times?)?|turnover|caseloads?)\b"
)
_MEASURES = r"(?:many|much|long|often|far|old|large|big|high|tall|fast|deep|wide|quickly|frequent(?:ly)?|soon|late)\b"
# Behind another asking word it joins clauses: "how are people supported when they leave", "for carers who work".
_ASKS_FIRST = r"^(?:(?!\b(?:what|which|how|where|who|why|when)\b).)*"
# The first that a question fits tells what it wants.
_PATTERNS: tuple[tuple[Wants, str], ...] = (
    (Wants.REASON, r"\bwhy\b|\bhow come\b|\bwhat (?:\w+ ){0,2}(?:reasons?|caus(?:e|es|ed)|explains?|led to)\b|^reason"),
    (Wants.WHETHER, rf"^(?:and |so |but )?(?!(?:can|could|would|will) you\b){_AUXILIARY}\b"),
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
    (Wants.PERSON, rf"{_ASKS_FIRST}\bwho(?:m|se|'s)?\b|\bwhat (?:is|was) the names?\b"),
    (
        Wants.LIST,
        (
            r"^(?:list|name|give|which of)\b|\bwhat (?:are|were) (?:the |some |all )?(?:\w+ ){0,3}\w+(?<!s)s\b"
            rf"|\b(?:what|which) (?:\w+ )?\w{{3,}}(?<![su'i])s (?:{_AUXILIARY}|\w+ed)\b"
        ),
    ),
    (Wants.MANNER, r"\bhow\b|\bin what ways?\b|\bby what means\b"),
)
_KINDS = tuple((kind, re.compile(pattern)) for kind, pattern in _PATTERNS)
# A person's own matter may come before the question: "I work in a school. When can I …"
_LAST_ASKING = re.compile(r"(?<=[.!?] )(?=\S)")


def wanted(text: str) -> Wants:
    """By the question's own words, however it is typed; ANYTHING where they do not tell."""
    plain = fold(text).rstrip("?!. ")
    last = _LAST_ASKING.split(plain)[-1]
    for words in (last, plain) if last != plain else (plain,):
        for kind, pattern in _KINDS:
            if pattern.search(words):
                return kind
    return Wants.ANYTHING
