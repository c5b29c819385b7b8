"""Where a text holds a thing of the kind that is asked for."""

from __future__ import annotations

import re
from collections.abc import Collection
from enum import StrEnum

from service.question.expects import Wants
from service.reader.words import Words


class Kind(StrEnum):
    """What can be recognised in a sentence. A person, a place and a named thing are all known by their capitals."""

    DATE = "date"
    NUMBER = "number"
    NAME = "name"
    REASON = "reason"
    MANNER = "manner"
    LIST = "list"
    STATE = "state"


OF_WANTS = {
    Wants.DATE: Kind.DATE,
    Wants.NUMBER: Kind.NUMBER,
    Wants.PERSON: Kind.NAME,
    Wants.PLACE: Kind.NAME,
    Wants.NAME: Kind.NAME,
    Wants.REASON: Kind.REASON,
    Wants.MANNER: Kind.MANNER,
    Wants.LIST: Kind.LIST,
    Wants.STATE: Kind.STATE,
}
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_FOUND = {
    kind: re.compile("|".join(patterns))
    for kind, patterns in {
        Kind.DATE: (
            r"\b(?:1\d|20)\d\d(?:s|/\d\d)?\b",
            rf"\b{_MONTH}\b",
            r"\b\d{1,2}(?:st|nd|rd|th)\b",
            r"\b\d{3,4} (?:AD|BC)\b",
            r"(?i:\bcentur(?:y|ies)\b|\byears? ago\b|\b(?:spring|summer|autumn|winter) (?:of )?\d)",
            r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b",
        ),
        Kind.NUMBER: (
            r"[£$€]?\d[\d,.]*",
            r"(?i:\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty)\b)",
            r"(?i:\b(?:hundreds?|thousands?|millions?|billions?|half|third|quarter|dozens?|twice|double|once)\b)",
            r"(?i:\b(?:daily|weekly|monthly|quarterly|annual(?:ly)?|yearly|per cent|most|majority|few|no one|none)\b)",
        ),
        Kind.REASON: (
            r"(?i:\b(?:because|due to|owing to|since|so that|in order to|as a result|caus\w+|therefore|thanks to)\b)",
            r"(?i:\b(?:result(?:s|ed|ing)? (?:in|from)|led to|leads to|leading to|reasons?|explain\w*|attribut\w+)\b)",
            r"(?i:\b(?:means that|meant that|this mean[st]|which mean[st]|after)\b)",
            r"(?i:\bto (?:ensure|help|avoid|prevent|reduce|protect|improve|make|give|keep)\b)",
        ),
        Kind.MANNER: (
            r"(?i:\b(?:by \w+ing|through|using|via|with|by means of|such as|including|includes?|regular(?:ly)?)\b)",
            r"(?i:\b(?:should|must|can|need to|used|uses|help(?:s|ed)?|support(?:s|ed)?|work(?:s|ed)? with)\b)",
            r"(?i:\b(?:method|process)\w*\b)",
        ),
        Kind.LIST: (
            r"(?i:,[^,]{2,60},? (?:and|or) |:$)",
            r"(?i:\b(?:includ(?:e|es|ed|ing)|such as|for example|consist\w* of)\b)",
        ),
        Kind.STATE: (
            r"(?i:\b(?:good|well|strong(?:ly)?|strengths?|effective(?:ly)?|improv\w+|positive(?:ly)?|success\w*)\b)",
            r"(?i:\b(?:excellent|consistent(?:ly)?|timely|clear(?:ly)?|better|worse|however|but|not|weak\w*)\b)",
            r"(?i:\b(?:poor(?:ly)?|delay\w*|limited|lack\w*|inconsistent(?:ly)?|need(?:s|ed)? to|gaps?)\b)",
            r"(?i:\b(?:too (?:long|many|few|often)|challeng\w+|concerns?|shortfalls?)\b)",
        ),
    }.items()
}
_DAY_OR_MONTH = re.compile(rf"^{_MONTH}$|day$")


def holds(kind: Kind, text: str) -> bool:
    """Whether a text has a thing of a kind that its words tell; any but NAME."""
    return _FOUND[kind].search(text) is not None


def places(kind: Kind, text: str, words: Words, known: Collection[str]) -> list[int]:
    """Where in the text, in characters, things of a kind begin.

    known  the question's own terms: a name that it already holds is none that it asks for.
    """
    if kind is Kind.NAME:
        return [words.starts[at] for at in _names(text, words, known)]
    return [match.start() for match in _FOUND[kind].finditer(text)]


def _names(text: str, words: Words, known: Collection[str]) -> list[int]:
    found = []
    for at, word in enumerate(words.written):
        if not word[0].isupper() or _DAY_OR_MONTH.search(word) or any(term in known for term in words.terms[at]):
            continue
        follows = at + 1 < len(words.written) and words.written[at + 1][0].isupper()
        if (at and text[words.starts[at] - 1] not in "\"“'‘(" and text[words.starts[at] - 2] not in ".?!") or follows:
            found.append(at)
    return found
