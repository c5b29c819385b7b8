"""Who is said to speak in reports: whose words a question asks for, and whether a sentence gives them."""

from __future__ import annotations

import re

SPEAKERS = {
    name: re.compile(pattern, re.IGNORECASE)
    for name, pattern in {
        "people": r"\b(?:people|person|residents?|(?:service )?users|adults)\b",
        "carers": r"\bcarers?\b",
        "families": r"\b(?:parents?|famil(?:y|ies)|relatives)\b",
        "children": r"\b(?:children|pupils|young people|care leavers?)\b",
        "staff": r"\b(?:staff|(?:social )?workers?|practitioners?|employees|managers?|professionals|nurses|teachers)\b",
        "leaders": r"\b(?:leaders?|leadership|directors?|senior|councillors?|members?|chief executive|chair)\b",
        "partners": r"\b(?:partners?|providers?|voluntary|vcf?se?|charit\w+|nhs|stakeholders?|alliance)\b",
        "inspectors": r"\b(?:inspectors?|assessors?|inspectorate|regulator|inspection team|we)\b",
    }.items()
}
SAYS = re.compile(
    r"\b(?:say|says|said|saying|tell|tells|told|think|thought|feel|felt|describe[sd]?|report(?:s|ed)?|explain(?:s|ed)?|"
    r"comment(?:s|ed)?|raise[sd]?|experience[sd]?|view(?:s|ed)?|praise[sd]?|complain(?:s|ed)?|mention(?:s|ed)?|"
    r"recogni[sz]ed|shared|acknowledged|stated|added|quote[sd]?|according to|words of)\b",
    re.IGNORECASE,
)
_OF_REPORT = re.compile(r"\b(?:reports?|inspection|inspectors|assessment)\b", re.IGNORECASE)
# A report, which says something, beside people who report something.
_REPORT = re.compile(
    r"\b(?:the|this|that|these|those|an?|any|all|each|every|which|what|do|does|did|in|of)\s+reports?\b", re.IGNORECASE
)
# Where who says it stands behind the word of saying: "told by carers", "a quote from people", "the views of staff".
_BY = re.compile(
    r"(?:(?:(?:view|experience|quote)s? of|words of|according to|\w+ (?:by|from))\b)(.{0,30})", re.IGNORECASE
)
_QUOTED = re.compile(r"[“\"][^”\"]{3,}[”\"]|(?<!\w)‘[^’]{3,}(?:’\w[^’]*)*’(?!\w)")
_WANTS_QUOTED = re.compile(r"\b(?:quotes?|quotations?|own words)\b", re.IGNORECASE)

_MENTIONS = re.compile(
    r"\b(?:mention(?:s|ed|ing)?|refer(?:s|red|ring)? to|discuss(?:es|ed)?|cover(?:s|ed)?)\b", re.IGNORECASE
)
_SAID_OF = re.compile(r"\b(?:say|says|talk|talks|speak|speaks)(?: \w+)? (?:about|of)\b", re.IGNORECASE)


def speakers_asked(text: str) -> frozenset[str]:
    """Whose words a question asks for; nobody's where it asks what the report itself says."""
    said = SAYS.search(_REPORT.sub(lambda m: "-" * len(m.group()), text))
    if said is None or _OF_REPORT.search(text[: said.start()]):
        return frozenset()
    by = _BY.match(text, said.start())
    who = by.group(1) if by else text[: said.start()]
    return frozenset(name for name, pattern in SPEAKERS.items() if pattern.search(who))


def speaks(sentence: str, speakers: frozenset[str]) -> bool:
    """Whether a sentence gives the words of one of them."""
    return bool(SAYS.search(sentence)) and any(SPEAKERS[name].search(sentence) for name in speakers)


def holds_quotation(text: str) -> bool:
    """Whether words stand in quotation marks."""
    return _QUOTED.search(text) is not None


def wants_quotation(text: str) -> bool:
    return _WANTS_QUOTED.search(text) is not None


def asks_for_mentions(text: str) -> bool:
    """Whether a question asks where something is spoken of at all, and not what is said of it."""
    return _MENTIONS.search(text) is not None


def asks_what_is_said(text: str) -> bool:
    """Whether a question asks what is said about a matter: of no body, that is asked of every report."""
    return _SAID_OF.search(text) is not None
