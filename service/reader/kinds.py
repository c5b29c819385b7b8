"""Whether a text holds a thing of the kind that is asked for."""

from __future__ import annotations

import re
from enum import StrEnum

from service.question.expects import Wants


class Kind(StrEnum):
    """What can be recognised in a sentence by its words."""

    DATE = "date"
    NUMBER = "number"
    REASON = "reason"


OF_WANTS = {Wants.DATE: Kind.DATE, Wants.NUMBER: Kind.NUMBER, Wants.REASON: Kind.REASON}
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
            r"[£$€]\d|(?<![\d/])(?!(?:1[5-9]|20)\d\d(?:/\d\d)?\b(?![,.]\d|%))\d",  # a year is no amount
            r"(?i:\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty)\b)",
            r"(?i:\b(?:hundreds?|thousands?|millions?|billions?|half|third|quarter|dozens?|twice|double|once)\b)",
            r"(?i:\b(?:daily|weekly|monthly|quarterly|annual(?:ly)?|yearly|per cent|most|majority|few|no one|none)\b)",
        ),
        Kind.REASON: (
            r"(?i:\b(?:because|due to|owing to|since|so that|in order to|as a result|caus\w+|therefore|thanks to)\b)",
            r"(?i:\b(?:result(?:s|ed|ing)? (?:in|from)|led to|leads to|leading to|reasons?|explain\w*|attribut\w+)\b)",
            r"(?i:\b(?:means that|meant that|this mean[st]|which mean[st]|after)\b)",
        ),
    }.items()
}


def holds(kind: Kind, text: str) -> bool:
    return _FOUND[kind].search(text) is not None
