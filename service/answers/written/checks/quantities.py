"""The quantities that a text states: value, what it is a quantity of, and how exactly it is meant."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

_UNITS = {
    "day": "day",
    "days": "day",
    "week": "week",
    "weeks": "week",
    "month": "month",
    "months": "month",
    "year": "year",
    "years": "year",
    "hour": "hour",
    "hours": "hour",
    "minute": "minute",
    "minutes": "minute",
}
_WORDED = {
    word: float(value)
    for value, word in enumerate(
        [
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ],
        start=2,
    )
} | {"thirty": 30.0, "forty": 40.0, "fifty": 50.0, "sixty": 60.0, "seventy": 70.0, "eighty": 80.0, "ninety": 90.0}
_SHARES = {
    "half": 0.5,
    "third": 1 / 3,
    "thirds": 1 / 3,
    "quarter": 0.25,
    "quarters": 0.25,
    "fifth": 0.2,
    "fifths": 0.2,
    "tenth": 0.1,
    "tenths": 0.1,
}
_FACTORS = {"k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9}
_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_SHARE_WORDS = "|".join(sorted(_SHARES, key=len, reverse=True))
_QUANTITY = re.compile(
    r"(?P<pound>[£$€]\s?)?(?P<digits>\d+(?:,\d{3})*(?:\.\d+)?)(?P<ordinal>st|nd|rd|th)?\b"
    r"(?:\s?(?P<factor>k|m|bn|thousand|million|billion)\b)?(?P<percent>\s?(?:%|per ?cent\b))?"
    rf"|\b(?P<worded>{'|'.join(sorted(_WORDED, key=len, reverse=True))})\b"
    r"(?:\s(?P<wordedfactor>hundred|thousand|million|billion)\b)?(?P<wordedpercent>\s(?:%|per ?cent\b))?"
    rf"|\b(?:a|one|(?P<many>two|three|four))[\s-](?P<share>{_SHARE_WORDS})\b|\b(?P<half>half)\b",
    re.IGNORECASE,
)
_NEXT = re.compile(r"[\s-]*(?:working |calendar |school )?([a-z]+)", re.IGNORECASE)
_MORE = re.compile(
    r"\b(?:more than|over|above|at least|exceed(?:s|ed|ing)?|no fewer than|minimum of)\s*$", re.IGNORECASE
)
_LESS = re.compile(
    r"\b(?:less than|fewer than|under|below|up to|at most|no more than|within|maximum of)\s*$", re.IGNORECASE
)
_ABOUT = re.compile(
    r"\b(?:about|around|approximately|nearly|almost|roughly|some|close to|just (?:over|under))\s*$", re.IGNORECASE
)
_DATE = re.compile(rf"\b(?:{'|'.join(_MONTHS)})\b", re.IGNORECASE)
_LOOK_BACK = 24
_HUNDRED = 100


class Bound(StrEnum):
    """How exactly a quantity is meant."""

    EXACT = "exact"
    MORE = "more"
    LESS = "less"
    ABOUT = "about"


@dataclass(frozen=True, kw_only=True, slots=True)
class Quantity:
    """kind is "money", "share" (0 to 1), "month" (1 to 12), a unit of time, or "" for anything else that is counted."""

    value: float
    kind: str
    bound: Bound


def quantities(text: str) -> list[Quantity]:
    found = [_quantity(match, text) for match in _QUANTITY.finditer(text)]
    return found + [
        Quantity(value=_MONTHS.index(m.group().casefold()) + 1.0, kind="month", bound=Bound.EXACT)
        for m in _months(text)
    ]


def stated(one: Quantity, others: Collection[Quantity]) -> bool:
    """Whether one of the others is the same value of the same thing, however exactly."""
    return any(_same(one, other) for other in others)


def bounded(one: Quantity, others: Collection[Quantity]) -> bool:
    """Whether one of the others is the same, and meant as exactly or more so."""
    alike = [other for other in others if _same(one, other)]
    return not alike or any(other.bound is one.bound or _weaker(one, other) for other in alike)


def _weaker(one: Quantity, other: Quantity) -> bool:
    return one.bound is Bound.ABOUT and other.bound is Bound.EXACT


def _same(one: Quantity, other: Quantity) -> bool:
    if abs(one.value - other.value) > 1e-6 * max(1.0, abs(one.value)):
        return False
    return one.kind == other.kind or (not one.kind and other.kind not in {"money", "share", "month"})


def _quantity(match: re.Match[str], text: str) -> Quantity:
    value, kind = _value(match)
    if not kind:
        following = _NEXT.match(text, match.end())
        kind = _UNITS.get(following.group(1).casefold(), "") if following else ""
    before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
    bound = Bound.EXACT
    for pattern, meant in ((_MORE, Bound.MORE), (_LESS, Bound.LESS), (_ABOUT, Bound.ABOUT)):
        if pattern.search(before):
            bound = meant
    return Quantity(value=value, kind=kind, bound=bound)


def _value(match: re.Match[str]) -> tuple[float, str]:
    if match["half"]:
        return 0.5, "share"
    if match["share"]:
        times = {"two": 2, "three": 3, "four": 4}.get((match["many"] or "").casefold(), 1)
        return times * _SHARES[match["share"].casefold()], "share"
    if match["worded"]:
        value = _WORDED[match["worded"].casefold()]
        factor = (match["wordedfactor"] or "").casefold()
        value *= _HUNDRED if factor == "hundred" else _FACTORS.get(factor, 1.0)
        return (value / _HUNDRED, "share") if match["wordedpercent"] else (value, "")
    value = float(match["digits"].replace(",", "")) * _FACTORS.get((match["factor"] or "").casefold(), 1.0)
    if match["percent"]:
        return value / _HUNDRED, "share"
    return value, "money" if match["pound"] else ""


def _months(text: str) -> Iterator[re.Match[str]]:
    """Not the verb "may" nor the verb "march"."""
    for match in _DATE.finditer(text):
        if match.group()[0].isupper() and (match.start() > 0 or match.group().casefold() not in {"may", "march"}):
            yield match
