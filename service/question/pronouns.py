"""What a whole question leaves to the conversation: its pronouns, "the second one", "which of those"."""

from __future__ import annotations

import re

from service.question.subjects.subjects import Subjects
from service.question.talk import Talk, shortened
from service.question.topics import names, topic, weight
from service.question.wordlists import AUXILIARY, any_of

_OF_THEM = re.compile(
    r"\b(?:of|among|amongst|between|from)\s+(?:them\b|(?:those|these)\b(?:\s+(?!(?:is|was|has|does)\b)[a-z]+s\b)?)",
    re.IGNORECASE,
)
_ORDINAL = re.compile(
    r"\bthe\s+(?P<which>first|second|third|fourth|fifth|last|latter|former)(?:\s+(?:one|of\s+(?:them|those|these)))?"
    rf"(?=\s*(?:$|[?.,;!]|\b(?:{AUXILIARY}|says?|said|means?|scored?)\b))",
    re.IGNORECASE,
)
_PLACES = {"first": 0, "second": 1, "third": 2, "fourth": 3, "fifth": 4, "last": -1, "latter": -1, "former": 0}
# "Is it true that", "is there": these stand for nothing.
_EMPTY = re.compile(
    rf"\b(?:{AUXILIARY}\s+it|it\s+{AUXILIARY}|it['’]s)\s+(?:be\s+|not\s+)?(?:\w+ly\s+|so\s+|too\s+|very\s+)?"
    r"(?:(?!cost\b|work\b|happen\b|\w+ed\b)\w+\s+)(?:to|that|for\s+\w+(?:\s+\w+)?\s+to|if|whether)\b"
    rf"|\b(?:{AUXILIARY}\s+there|there\s+{AUXILIARY}|there['’]s)\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"\b(?P<word>it|its|he|him|his|she|hers?|they|them|theirs?|there|here)\b(?!['’]s\b)", re.IGNORECASE
)
_POINTING = re.compile(
    r"\b(?:this|these|those|such)\b(?!\s+(?:service|website|site|tool|chat))"
    rf"|(?:^|\b(?:{AUXILIARY}|about|like|after|before|of|for|than|why|by|with|at|to|in|on)\s+)that\b"
    r"(?=\s*(?:$|[?.,;!]|(?:mean|happen|work|appl|affect|includ|cost|chang)\w*|[a-z]+\s*$))",
    re.IGNORECASE,
)
# The body or the report itself, which the conversation's subject stands for.
_BODY = re.compile(
    rf"\b(?:the|this|that|their|its)\s+(?:{any_of('city county borough local area')}\s+)*"
    r"(?:council|authority|partnership|area|report|inspection|assessment)\b(?!\s+of\b)",
    re.IGNORECASE,
)
_COMPARES = re.compile(r"\b(?:else|another|others?|same|instead|too|as well|ones?)\b", re.IGNORECASE)
# Before a pronoun: its clause hangs on another, which names what it stands for.
_UNDER = re.compile(
    rf"\b{any_of('when if as because since that who which while whilst before after once until so than')}\s+$",
    re.IGNORECASE,
)
_HOLDER = re.compile(
    r"(?:the|an?|my|your|our|this|each|every)\s+\w+|(?!(?:was|is|has|does)\b)\w{3,}s\b|(?:people|children|staff)\b",
    re.IGNORECASE,
)
_SCORED = re.compile(r"\b(?:scor(?:e|ed|es|ing)|rated)\s+\S+", re.IGNORECASE)
_ASKS_WHAT_IS = re.compile(r"\w+\s+(?:is|are|was|were)\b|(?:is|are|was|were)\s+there\b", re.IGNORECASE)
# "What is X", "what does X mean": the question names its own matter.
_OPENS_TOPIC = re.compile(
    r"^(?:who|what)\s+(?:is|are|was|were)\s+(?!the\b|his\b|her\b)|\b(?:mean|stand\s+for)s?$", re.IGNORECASE
)
_OWN = frozenset({"its", "their", "his", "her"})
_PERSON = frozenset({"he", "him", "his", "she", "her", "hers"})
_GROUP = frozenset({"they", "them", "their", "theirs"})
_PLACE = frozenset({"there", "here"})
_MOST_IN_PLACE = 8
# A question without a name that has no more words of its own than these is about what the last one named.
_FEW_WORDS = 3


def put_in(bare: str, talk: Talk, subjects: Subjects) -> str:
    """The question with what stands for something said before it made plain; itself where nothing does."""
    if match := _OF_THEM.search(bare):
        return _with(bare, match, _meant_by_them(bare, talk, subjects))
    if match := _pronoun(bare):
        return _instead(bare, match, talk)
    if not talk.thing:
        return bare
    if _POINTING.search(_BODY.sub(" ", bare) if talk.bodies else bare):
        return f"{bare} ({talk.thing})"
    few = _FEW_WORDS if names(f"- {talk.thing}") else _FEW_WORDS - 1
    elliptical = not (talk.bodies or names(bare) or _OPENS_TOPIC.search(bare)) and weight(bare) <= few
    return f"{bare} ({talk.thing})" if elliptical or _COMPARES.search(bare) else bare


def chosen(bare: str, talk: Talk, subjects: Subjects) -> str:
    """A text with what "the second one" is in its place, if the answer tells."""
    match = _ORDINAL.search(bare)
    if match is None or not (item := _item(match.group("which").lower(), talk, subjects)):
        return bare
    return f"{bare[: match.start()]}{item}{bare[match.end() :]}"


def _with(bare: str, match: re.Match[str], meant: str) -> str:
    return f"{bare[: match.end()]} ({meant}){bare[match.end() :]}" if meant else bare


def _meant_by_them(bare: str, talk: Talk, subjects: Subjects) -> str:
    """The bodies that the answer names, or that were asked about one after another, and the matter; or it alone."""
    told = subjects.named(talk.answer).names
    bodies = told if len(told) > 1 else talk.asked_of
    if len(bodies) < 2:
        return talk.thing
    matter = topic(subjects.named(talk.question).rest)
    if _SCORED.search(bare):
        matter = topic(_SCORED.sub(" ", matter))
    return shortened("; ".join(part for part in (", ".join(bodies), matter) if part))


def _pronoun(bare: str) -> re.Match[str] | None:
    empty = [m.span() for m in _EMPTY.finditer(bare)]
    for match in _PRONOUN.finditer(bare):
        if not any(start <= match.start() < end for start, end in empty) and not _is_within(bare, match):
            return match
    return None


def _is_within(bare: str, match: re.Match[str]) -> bool:
    """Whether a pronoun stands for what its own question names before it."""
    before, word = bare[: match.start()], match.group("word").lower()
    if word in _PLACE or not topic(before):
        return False
    if _UNDER.search(before):
        return True
    clause = re.search(rf"\b{AUXILIARY}\s+(?P<rest>.+)", before, re.IGNORECASE)
    if word not in _OWN or clause is None:
        return False
    rest = clause.group("rest")
    found = names(f"- {rest}")
    opens = bool(found) and found[0].start <= len("- the ")
    return opens or (word in {"its", "their"} and _HOLDER.match(rest) is not None)


def _instead(bare: str, match: re.Match[str], talk: Talk) -> str:
    word = match.group("word").lower()
    if word in _PLACE and talk.place is not None:
        return f"{bare[: match.start()]}in {talk.place}{bare[match.end() :]}"
    meant = (talk.person if word in _PERSON else talk.doer if word in _GROUP else None) or talk.thing
    if not meant:
        return bare
    if word in _PLACE or not _fits(meant, talk):
        return _with(bare, match, meant)
    owns = word in _OWN - {"her"} or (word == "her" and re.match(r"\s+[a-z]{3,}", bare[match.end() :]))
    return f"{bare[: match.start()]}{meant}{chr(39) + 's' if owns else ''}{bare[match.end() :]}"


def _fits(meant: str, talk: Talk) -> bool:
    """Whether words can take a pronoun's place: a name, or what the last question asked what it is."""
    if "," in meant or len(meant.split()) > _MOST_IN_PLACE:
        return False
    found = names(f"- {meant}")
    whole = bool(found) and len(found[0].text) >= len(meant.removeprefix("the "))
    return whole or _ASKS_WHAT_IS.match(talk.question) is not None


def _item(which: str, talk: Talk, subjects: Subjects) -> str:
    items: list[str] = list(subjects.named(talk.answer).names)
    if len(items) < 2:
        pieces = re.split(r"[;,]\s+(?:and\s+)?|\s+and\s+", talk.answer)
        items = [piece.strip(" .") for piece in pieces if piece.strip(" .")]
    place = _PLACES[which]
    return shortened(items[place]) if len(items) > max(place, 1) else ""
