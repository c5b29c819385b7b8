"""Words around names and inside them."""

from __future__ import annotations

import re

from service.question.wordlists import listed
from service.question.words import Token

DIRECTIONS = frozenset({"north", "south", "east", "west", "central", "mid", "greater", "upper", "lower", "new"})
# They stand inside names without a capital.
CONNECTORS = frozenset({"and", "of", "on", "the", "with", "in", "under", "le", "de", "cum", "next", "by"})
# The words that end a body's name, of whatever family.
BODY_WORDS = listed(
    "council constabulary police force trust authority partnership prison hospital school college academy university "
    "service services board borough"
)
COUNCIL_KINDS = frozenset({"city", "county", "borough", "metropolitan", "district", "unitary", "town"})
_BETWEEN = re.compile(r"[\s\-\u2010-\u2015]*")


def bound(word: Token, before: str, *, comma: bool = False) -> bool:
    """Whether a word follows the one before so closely that both can belong to one name. A full stop may end a
    short form ("St.", "N."); a comma stands only where the name itself has one."""
    gap = word.gap
    if gap in {" ", "-", ""}:
        return True
    if len(before) <= 2:
        gap = gap.removeprefix(".")
    if comma:
        gap = gap.removeprefix(",")
    return _BETWEEN.fullmatch(gap) is not None
