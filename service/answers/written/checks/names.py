"""The names, abbreviations, addresses and quotations of a claim, and whether what it cites has them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.text import fold
from service.answers.written.checks.quotes import find_quote

_CAPITAL = re.compile(r"(?<![\w'’])[A-Z][\w&]*(?:[-'’][\w&]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
_OPENS = re.compile(r"(?:^|[.!?:]\s+|[\"“‘(]\s*)$")
_ABBREVIATION = re.compile(r"[A-Z&]{2,}s?\d*$")
_QUOTED = re.compile(r"[“\"]([^”\"]{3,})[”\"]|(?<!\w)‘([^’]{3,}(?:’\w[^’]*)*)’(?!\w)")
_ADDRESS = re.compile(r"(?:https?:|www\.|mailto:|!\[|\]\(|<\s*/?\s*[a-z]|[\w.+-]+@[\w-]+\.\w)\S*", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z][\w]*")
_SMALL = frozenset(["and", "of", "for", "the", "in", "to", "on", "at", "by", "a", "an", "with", "or"])
# Words with a capital that name nothing by themselves.
_TITLES = frozenset(
    [
        "i",
        "council",
        "city",
        "county",
        "borough",
        "district",
        "metropolitan",
        "mr",
        "mrs",
        "ms",
        "dr",
        "authority",
        "the",
        "report",
    ]
)


def unknown_names(claim: str, beside: str) -> list[str]:
    """Words with a capital that `beside` has in no case, where the capital is not that of a sentence's beginning; of
    such beginnings those that are names by what follows."""
    known = set(_WORD.findall(fold(beside)))
    return [name for name in _names(claim) if not _known(name, known, beside)]


def unknown_quotations(claim: str, beside: str) -> list[str]:
    quoted = (m.group(1) or m.group(2) for m in _QUOTED.finditer(claim))
    return [words for words in quoted if find_quote(beside, words) is None]


def unknown_addresses(claim: str, beside: str) -> list[str]:
    """Links, images, mark-up and addresses that the cited text does not have."""
    return [m.group() for m in _ADDRESS.finditer(claim) if m.group().rstrip(".,;)") not in beside]


def _names(claim: str) -> Iterator[str]:
    for match in _CAPITAL.finditer(claim):
        name = _POSSESSIVE.sub("", match.group())
        begins = _OPENS.search(claim[: match.start()]) is not None
        named = bool(_ABBREVIATION.match(name)) or name != match.group() or _CAPITAL.match(claim, match.end() + 1)
        if (not begins or named) and name.casefold() not in _TITLES:
            yield name


def _known(name: str, known: set[str], beside: str) -> bool:
    parts = _WORD.findall(fold(name))
    if all(part in known or part + "s" in known or part.removesuffix("s") in known for part in parts):
        return True
    return bool(_ABBREVIATION.match(name)) and _spelt_out(name.rstrip("s"), beside)


def _spelt_out(abbreviation: str, beside: str) -> bool:
    """Whether words in a row begin with the abbreviation's letters."""
    letters = "".join(c for c in abbreviation.casefold() if c.isalpha())
    initials = "".join(w[0] for w in _WORD.findall(fold(beside)) if w not in _SMALL)
    return len(letters) > 1 and letters in initials
