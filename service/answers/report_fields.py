"""What a question asks of a report itself: when it was inspected or published, who led, of what kind it is."""

from __future__ import annotations

import re
from collections.abc import Collection
from enum import StrEnum

from indexer.text import fold
from service.question.wordlists import listed

_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_INSPECTION = listed(
    "inspection inspections inspected inspect inspector inspectors inspectorate assessment assessments assessed assess "
    "visit visited visits fieldwork onsite on-site site reviewed survey surveyed audited reinspected re-inspected"
)
_REPORT = listed("report reports document documents publication letter")
_WHEN = listed("when date dates dated day days month year years ago long time")
_WHO = listed("who whom name names named whose")
_PREVIOUS = listed("previous previously before prior earlier preceding")
_NEXT = listed("next again due future reinspected re-inspected reinspection re-inspection return come back")
_PUBLISHED = listed("published publish publication publishes publisher released release issued issue out came come")
_AGE = listed("old recent current up-to-date fresh")
_LED = listed("lead leads led leading leader team inspectors inspector")
_WROTE = listed("wrote write written writes author authors authored produced compiled")
_MADE = listed(
    "carried conducted undertook undertaken made took taken part place happen happened start started end ended"
)
_SORT = listed("kind type sort framework pilot formal")
_SEVERAL = listed("report reports documents inspections assessments")
_KIND = listed("kind type sort framework pilot formal methodology focused full")
_ADDRESS = listed("link url address website online web download source pdf find")
_HELD = listed(
    "have hold holds indexed index loaded available cover covers covered got know known include includes included list "
    "listed count held contain contains stored corpus there"
)
# What may stand beside the words of any field.
_BESIDE = listed(
    "a an and i are as at be been but by can could did do does for from get give had has have how in into is it its "
    "it's last latest me most newest now of off on or out please recently recent say says show so tell than that "
    "the their them then there these they this those to under up us was were what what's when's who's whats where "
    "which with would you your local area partnership council councils authority authorities borough county city "
    "body bodies ofsted cqc hmi regulator exactly actually between from until period printed carry full any all "
    "many much will"
)


class Field(StrEnum):
    INSPECTED = "inspected"
    PREVIOUS = "previous"
    NEXT = "next"
    PUBLISHED = "published"
    LED = "led"
    TEAM = "team"
    PUBLISHER = "publisher"
    KIND = "kind"
    ADDRESS = "address"
    HELD = "held"


def field_of(rest: str, titles: Collection[str]) -> Field | None:
    """What a question without its names asks of a report; None where it asks something else, or more.

    titles  the words of the titles of the reports that it may be answered from: they choose, and ask nothing.
    """
    words = _words(rest)
    found = _time(words) or _person(words) or _other(words)
    if found is None:
        return None
    field, spent = found
    return field if _telling(words) - spent <= set(titles) else None


def telling_words(rest: str) -> frozenset[str]:
    """What a question has beside the words that any question about a report may have."""
    return _telling(_words(rest))


def _words(text: str) -> frozenset[str]:
    return frozenset(word.removesuffix("'s") for word in _WORD.findall(fold(text)))


def _telling(words: frozenset[str]) -> frozenset[str]:
    return frozenset(word for word in words - _BESIDE - _INSPECTION - _REPORT if not word.isdecimal())


def _time(words: frozenset[str]) -> tuple[Field, frozenset[str]] | None:
    inspection = bool(words & _INSPECTION)
    if words & _WHEN and (inspection or words & _REPORT or words & _PUBLISHED):
        spent = _WHEN | _MADE
        if words & _PREVIOUS:
            return Field.PREVIOUS, spent | _PREVIOUS
        if words & _NEXT and (inspection or words & {"next", "due"}):
            return Field.NEXT, spent | _NEXT
        if words & _PUBLISHED:
            return Field.PUBLISHED, spent | _PUBLISHED
        return (Field.INSPECTED if inspection else Field.PUBLISHED), spent
    if words & _REPORT and "how" in words and words & _AGE:
        return Field.PUBLISHED, _AGE
    return None


def _person(words: frozenset[str]) -> tuple[Field, frozenset[str]] | None:
    who, inspection, report = bool(words & _WHO), bool(words & _INSPECTION), bool(words & _REPORT)
    spent = _WHO | _LED | _MADE | _WROTE
    if who and report and words & _PUBLISHED:
        return Field.PUBLISHER, _WHO | _PUBLISHED
    if inspection and words & {"lead", "led", "leading", "leader"}:
        return Field.LED, spent
    if inspection and words & {"inspectors", "team"} and (who or "team" in words):
        return Field.TEAM, spent
    if (inspection and who) or (report and words & _WROTE):
        return Field.LED, spent
    return None


def _other(words: frozenset[str]) -> tuple[Field, frozenset[str]] | None:
    if words & _INSPECTION and words & _SORT and not words & {"how", "why"}:
        return Field.KIND, _KIND
    if words & _REPORT and words & (_ADDRESS - {"find"}):
        return Field.ADDRESS, _ADDRESS
    if words & _SEVERAL and words & _HELD:
        return Field.HELD, _HELD
    return None
