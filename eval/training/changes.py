"""Sentences changed by rule so that the passage they stand in no longer supports them."""

from __future__ import annotations

import calendar
import random
import re
from collections.abc import Callable, Mapping, Sequence

_NUMBER = re.compile(r"(?<![\w£$.,/-])\d{1,4}(?:\.\d+)?(?![\w/.,-]*\w)")
_WORDED = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve")
_NAME = re.compile(r"(?<![.!?] )(?<!^)\b[A-Z][a-z]{3,}(?: [A-Z][a-z]{3,})*\b")
_MONTHS = frozenset(calendar.month_name)
_NOT = re.compile(r"\b(?P<verb>is|are|was|were|has|have|had|does|do|did|can|could|would|should|will) not\b")
_VERB = re.compile(r"\b(?P<verb>is|are|was|were|can|could|will|should)\b(?! (?:not|no|also)\b)")
_HEDGES = (
    ("some", "all"), ("most", "all"), ("many", "all"), ("a few", "most"), ("a small number of", "most"),
    ("a minority of", "most"), ("the majority of", "all"), ("often", "always"), ("usually", "always"),
    ("generally", "always"), ("sometimes", "always"), ("may", "will"), ("might", "will"), ("could", "will"),
    ("too many", "no"), ("not all", "no"), ("nearly all", "few"), ("almost all", "few"), ("all", "some"),
    ("plans to", "has begun to"), ("aims to", "does"), ("is developing", "has completed"), ("partly", "fully"),
    ("not yet", "already"), ("is beginning to", "no longer has to"), ("in most cases", "in every case"),
)  # fmt: skip
_DIRECTIONS = (
    ("increased", "decreased"), ("increase", "decrease"), ("increasing", "decreasing"), ("rose", "fell"),
    ("risen", "fallen"), ("improved", "worsened"), ("improving", "deteriorating"), ("improve", "worsen"),
    ("improvement", "deterioration"), ("higher", "lower"), ("more", "fewer"), ("better", "worse"), ("above", "below"),
    ("before", "after"), ("strong", "weak"), ("effective", "ineffective"), ("good", "poor"), ("timely", "late"),
    ("well", "poorly"), ("clear", "unclear"), ("highest", "lowest"), ("reduced", "increased"), ("longer", "shorter"),
    ("faster", "slower"), ("early", "late"), ("positive", "negative"), ("consistent", "inconsistent"),
)  # fmt: skip

Change = Callable[[str, random.Random, Sequence[str]], str | None]


def _number(sentence: str, chance: random.Random, _: Sequence[str]) -> str | None:
    found = list(_NUMBER.finditer(sentence))
    if found:
        one = chance.choice(found)
        value = float(one.group())
        step = chance.choice((-3, -2, -1, 1, 2, 3, 10)) if value < 100 or value > 1900 else chance.choice((-40, 25, 90))
        other = max(1, round(value + step)) if "." not in one.group() else round(value + step / 2, 1)
        return None if other == value else _put(sentence, one.span(), str(other))
    worded = [m for m in re.finditer(r"\b[a-z]+\b", sentence) if m.group() in _WORDED]
    if not worded:
        return None
    one = chance.choice(worded)
    return _put(sentence, one.span(), chance.choice([w for w in _WORDED if w != one.group()]))


def _name(sentence: str, chance: random.Random, names: Sequence[str]) -> str | None:
    found = [m for m in _NAME.finditer(sentence) if m.group() not in _MONTHS]
    others = [n for n in names if n not in sentence]
    if not found or not others:
        return None
    return _put(sentence, chance.choice(found).span(), chance.choice(others))


def _negation(sentence: str, chance: random.Random, _: Sequence[str]) -> str | None:
    if said := _NOT.search(sentence):
        return _put(sentence, said.span(), said.group("verb"))
    found = list(_VERB.finditer(sentence))
    if not found:
        return None
    one = chance.choice(found)
    return _put(sentence, one.span(), f"{one.group('verb')} not")


def _swapped(pairs: Sequence[tuple[str, str]], *, both: bool) -> Change:
    known = dict(pairs) | ({b: a for a, b in pairs} if both else {})
    pattern = re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, known), key=len, reverse=True))})\b", re.IGNORECASE)

    def change(sentence: str, chance: random.Random, _: Sequence[str]) -> str | None:
        found = list(pattern.finditer(sentence))
        if not found:
            return None
        one = chance.choice(found)
        other = known[one.group().lower()]
        return _put(sentence, one.span(), other.capitalize() if one.group()[0].isupper() else other)

    return change


CHANGES: Mapping[str, Change] = {
    "number": _number,
    "subject": _name,
    "negation": _negation,
    "hedge": _swapped(_HEDGES, both=False),
    "direction": _swapped(_DIRECTIONS, both=True),
}


def changed(sentence: str, kind: str, chance: random.Random, names: Sequence[str]) -> str | None:
    """The sentence with one thing changed; None where there is nothing of that kind in it.

    names  of other bodies, for the change of subject.
    """
    return CHANGES[kind](sentence, chance, names)


def _put(text: str, span: tuple[int, int], other: str) -> str:
    return text[: span[0]] + other + text[span[1] :]
