"""What the words of a question about ratings do in it: `lexicon.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from enum import Enum
from functools import cache
from importlib.resources import files

# What a word or a phrase does. The index knows the first four; nothing is known of the last.
Role = Enum(
    "Role",
    "SECTION GRADE NUMBER FAMILY YEAR BODY RATING OUTCOME OVERALL PERCENT POINTS GETS EARNS PARTS LEAST MOST ABOVE "
    "BELOW BETWEEN WITHIN OUT_OF OR_MORE OR_LESS TO AND OR NOT THAN HIGHEST LOWEST HIGHER LOWER COMMONEST AVERAGE "
    "RANKED COUNT WHICH HOW WHETHER POSSIBLE UP DOWN SAME CHANGE PILOT EARLIEST PREVIOUS EVERY_TIME MONTH SAYS WHY "
    "SUPPOSED FOR SMALL OTHER",
)
NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NOUNS = {Role.BODY, Role.RATING, Role.OUTCOME, Role.PERCENT, Role.POINTS, Role.PARTS}
_ASKING = {"what's", "who's", "how's"}
# What else is inspected: known where a title or a subject has it.
KINDS = ("prison", "hospital", "school", "college", "academy", "trust", "home", "force", "constabulary", "nursery")


def key_of(words: Iterable[str]) -> tuple[str, ...]:
    """What phrases are found by: their words as written, without the sign of an owner."""
    return tuple(word.removesuffix("'s") if word not in _ASKING else word for word in words)


def lexicon(bodies: Iterable[str]) -> Mapping[tuple[str, ...], Role]:
    """Every phrase by its key; `bodies` are what an index adds to them."""
    known: dict[tuple[str, ...], Role] = {}
    for role, phrases in ((Role.BODY, bodies), *_phrases().items()):
        for phrase in phrases:
            *first, last = phrase.split()
            known[*first, last] = role
            if role in _NOUNS:
                known[*first, plural(last)] = role
    return known


def plural(noun: str) -> str:
    return f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"


@cache
def bodies_anywhere() -> frozenset[str]:
    return frozenset(_phrases()[Role.BODY])


@cache
def _phrases() -> Mapping[Role, tuple[str, ...]]:
    text = files("service.question.scores").joinpath("lexicon.toml").read_text(encoding="utf-8")
    listed = {Role[name.upper()]: " ".join(some.split()) for name, some in tomllib.loads(text).items()}
    return {role: tuple(some.split(", ")) for role, some in listed.items()}
