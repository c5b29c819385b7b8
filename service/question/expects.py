"""What kind of thing a question asks for: what a sentence has to hold to answer it."""

from __future__ import annotations

import re
from enum import StrEnum

from indexer.text import fold


class Wants(StrEnum):
    """The asked-for thing. STATE is how something is ("how well", "how good"), which has strengths and weaknesses."""

    DATE = "date"
    NUMBER = "number"
    PERSON = "person"
    PLACE = "place"
    NAME = "name"
    REASON = "reason"
    MANNER = "manner"
    LIST = "list"
    WHETHER = "whether"
    STATE = "state"
    ANYTHING = "anything"


# Words between the asking word and the kind of thing: "what total number", "in which other town".
_BETWEEN = (
    r"(?:(?:is|are|was|were) the |"
    r"(?:the|a|an|other|main|total|exact|first|last|average|typical|current|kind of) ){0,2}"
)
_ASK = rf"(?:what|which)(?:'s)? {_BETWEEN}"
_AUXILIARY = (
    r"(?:is|are|am|was|were|do|does|did|has|have|had|can|could|will|would|shall|should|may|might|must|"
    r"isn't|aren't|wasn't|weren't|don't|doesn't|didn't|hasn't|haven't|can't|couldn't|won't|shouldn't)"
)
# Where an asking word asks, and does not join clauses: at the start, after a preposition or a comma.
_ASKING_PLACE = (
    r"(?:^(?:and |so |but |please |can you (?:say|tell me) |could you (?:say|tell me) |tell me |"
    r"to |in |by |from |with |for |of |at |on )*|, )"
)
_GOODNESS = (
    r"(?:well|good|bad|effective(?:ly)?|strong|weak|successful(?:ly)?|consistent(?:ly)?|safe(?:ly)?|satisfied|happy|"
    r"confident|prepared|responsive|timely|accessible|reliable|robust|inclusive|person-centred)"
)
_PARTICIPLE = (
    r"(?:\w+ed|made|done|given|taken|kept|held|led|paid|run|shown|known|found|set|put|spent|chosen|written|built|"
    r"taught|brought|going)"
)
_DATES = r"(?:year|date|month|day(?! (?:centre|service|care|opportunit))|century|decade|era|period|season|week)s?\b"
_AMOUNTS = (
    r"(?:percentage|per cent|percent|proportion|share|number|amount|rate|cost|price|figure|total|population|age|size|"
    r"length|distance|budget|median|average|mean|temperature|speed|weight|height|depth|width|ratio|fee|charge|salary|"
    r"waiting times?|response time|turnover|overspend|underspend|caseloads?)\b"
)
_MEASURES = (
    r"(?:many|much|long|often|far|old|large|big|high|tall|fast|deep|wide|heavy|small|quickly|frequent(?:ly)?|soon|"
    r"late|expensive|common)\b"
)
_PLACES = (
    r"(?:country|countries|city|cities|town|village|area of|region|state|province|county|continent|island|river|"
    r"street|ocean|sea|place|location|building|site|venue)s?\b"
)
_PERSONS = (
    r"(?:person|man|woman|king|queen|president|emperor|minister|director|leader|author|scientist|engineer|"
    r"official|officer|chair|chief executive|mayor|inventor|architect|artist|ruler|pope|bishop)s?\b"
    r"(?! (?:say|said|told|think|feel|describe|report|want|need))"
)
_NAMED = (
    r"(?:names?|organi[sz]ation|company|companies|agency|agencies|body|team|charity|charities|group|school|college|"
    r"university|hospital|provider|programme|program|project|scheme|initiative|strategy|policy|law|act|treaty|award|"
    r"prize|book|newspaper|magazine|journal|language|religion|party|council|authority|service|system|software|tool|"
    r"nationality|department|network|partner|title|term|word|theory|war|battle)\b"
)
# The first that a question fits tells what it wants.
_PATTERNS: tuple[tuple[Wants, tuple[str, ...]], ...] = (
    (
        Wants.REASON,
        (
            rf"{_ASKING_PLACE}why\b",
            r"\bhow come\b",
            rf"\b{_ASK}(?:reasons?|caus(?:e|es|ed)|explains?|led to|motiv\w+)\b",
            r"^(?:reasons? (?:for|why)|causes? of)\b",
            r"\bfor what reasons?\b|\bbecause of what\b|\bwhy\?*$",
        ),
    ),
    (Wants.WHETHER, (rf"^(?:and |so |but )?(?!(?:can|could|would|will) you\b){_AUXILIARY}\b",)),
    (
        Wants.STATE,
        (
            rf"\bhow {_GOODNESS}\b(?! as\b)",
            r"\bwhat (?:is|was) it like\b",
            r"\bhow (?:is|are|was|were|does|do|did) .{0,60}\b(?:perform(?:ing|ed)?|doing|cop(?:e|ing)|far(?:e|ing))\b",
            r"\bstrengths\b|\bweakness(?:es)?\b|\bneeds? to (?:do better|improve)\b|\bareas? for improvement\b",
            r"\b(?:quality|effectiveness) of\b|\bwhat (?:works|worked) well\b",
            r"\bwhat (?:do|does|did) .{1,40}\b(?:think|feel) (?:of|about)\b",
            rf"{_ASKING_PLACE}how (?:is|are|was|were) (?!.*\b{_PARTICIPLE}\b)",
        ),
    ),
    (
        Wants.DATE,
        (
            rf"{_ASKING_PLACE}when (?:{_AUXILIARY}\b|exactly\b)",
            r"\b(?:until|since|by|from) when\b|\bhow long ago\b|\bhow recent(?:ly)?\b",
            rf"\b{_ASK}{_DATES}",
            r"^date of\b|^when\b(?!.*,)|\bwhen\?*$|\bwhat times?\?*$",
        ),
    ),
    (
        Wants.NUMBER,
        (
            rf"\bhow {_MEASURES}",
            rf"\b{_ASK}(?:\w+ )?{_AMOUNTS}",
            rf"^(?:the )?{_AMOUNTS}",
            r"\b(?:number|percentage|proportion|share|amount|rate|length) of\b|\bwaiting times?\b",
        ),
    ),
    (
        Wants.PERSON,
        (
            rf"{_ASKING_PLACE}who(?:m|se|'s)?\b",
            r"\b(?:by|to|for|of|with|from|than|after) whom\b|\bwho(?:m|se)?\?*$",
            rf"\b{_ASK}(?:\w+ )?{_PERSONS}",
        ),
    ),
    (Wants.PLACE, (rf"{_ASKING_PLACE}where\b", r"\bwhere\?*$", rf"\b{_ASK}(?:\w+ )?{_PLACES}")),
    (
        Wants.NAME,
        (
            rf"\b{_ASK}(?:\w+ )?{_NAMED}",
            r"\bwhat (?:is|was|are|were) .{1,60} (?:called|named|known as)\b",
            r"\b(?:called|known as|named after|referred to as)\?*$|^names? of\b",
        ),
    ),
    (
        Wants.LIST,
        (
            r"^(?:list|name|give|which of)\b",
            r"\bwhat (?:are|were) (?:the |some |all )?(?:\w+ ){0,3}\w+(?<!s)s\b",
            rf"\b(?:what|which) (?:\w+ )?\w{{3,}}(?<![su'i])s (?:{_AUXILIARY}|\w+ed)\b",
        ),
    ),
    (Wants.WHETHER, (rf", {_AUXILIARY} (?:i|we|you|they|he|she|it|the|my)\b", r"\bwhether\b")),
    (Wants.MANNER, (rf"{_ASKING_PLACE}how\b", r"\bin what ways?\b|\bby what means\b|, how\b|\bhow to\b")),
)
_KINDS = tuple((kind, re.compile("|".join(patterns))) for kind, patterns in _PATTERNS)
# A person's own matter may come before the question: "I work in a school. When can I …"
_LAST_ASKING = re.compile(r"(?<=[.!?] )(?=\S)")


def wanted(text: str) -> Wants:
    """By the question's own words, however it is typed; ANYTHING where they do not tell."""
    plain = fold(text)
    last = _LAST_ASKING.split(plain)[-1]
    for words in (last, plain) if last != plain else (plain,):
        for kind, pattern in _KINDS:
            if pattern.search(words):
                return kind
    return Wants.ANYTHING
