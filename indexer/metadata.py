"""What is known of a report, and where it was found. Nothing is guessed: what nobody states stays None."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from indexer.model import Block, BlockKind, Document, Metadata, Notice
from indexer.outline import Outline
from indexer.profiles import Profile
from indexer.profiles.match import straight
from indexer.profiles.schema import MetadataPattern
from indexer.text import clean, fold

_FIELDS = (
    "title",
    "subject",
    "publisher",
    "published",
    "inspected",
    "assessment",
    "source_url",
    "licence",
    "attribution",
)
_FROM_TEXT = ("subject", "published", "inspected", "assessment")
_COMPARED = ("subject", "published")
_FROM_PROFILE = ("publisher", "licence", "attribution")
# Reports of a family that states it are told when it is missing; of an unknown document only the title is expected.
_WANTED = {
    "title": "no title was found",
    "subject": "nothing says whom the report is about",
    "published": "nothing says when it was published",
}

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"), ("february", "feb"), ("march", "mar"), ("april", "apr"), ("may",),
            ("june", "jun"), ("july", "jul"), ("august", "aug"), ("september", "sept", "sep"),
            ("october", "oct"), ("november", "nov"), ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}  # fmt: skip
_DAY_MONTH_YEAR = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]+)\.?,?\s+(\d{4})", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_NUMBERS = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
# What programs write into a title property when nobody gave one.
_NO_TITLE = re.compile(
    r"(untitled|microsoft word|powerpoint presentation|document\d*$|.*\.(docx?|pdf|rtf|odt|html?)$)", re.IGNORECASE
)


def parse_date(text: str) -> date | None:
    """A date written in British or ISO manner; None for anything less than a whole date."""
    plain = clean(text)
    if match := _ISO.match(plain):
        year, month, day = (int(part) for part in match.groups())
    elif match := _DAY_MONTH_YEAR.search(plain):
        day, month, year = int(match[1]), _MONTHS.get(match[2].lower(), 0), int(match[3])
    elif match := _NUMBERS.search(plain):
        day, month, year = (int(part) for part in match.groups())
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


@dataclass(frozen=True, kw_only=True, slots=True)
class _Stated:
    value: str
    origin: str


def metadata(
    document: Document, outline: Outline, profile: Profile, stated: Mapping[str, str]
) -> tuple[Metadata, tuple[Notice, ...]]:
    """`stated` is what reports.toml says of the file; it goes before the file, and the file before the text."""
    found: dict[str, _Stated] = {}
    notices: list[Notice] = []
    for field in _FIELDS:
        values = [
            _Stated(value=clean(value), origin=origin)
            for value, origin in _candidates(field, document, outline, profile, stated, notices)
            if value.strip()
        ]
        if values:
            found[field] = values[0]
        notices.extend(_contradictions(field, values))
    published = parse_date(found["published"].value) if "published" in found else None
    if published is None and (given := found.pop("published", None)):
        notices.append(Notice(code="bad-date", message=f'"{given.value}" ({given.origin}) is no date'))
    notices.extend(
        Notice(code=f"no-{field}", message=told)
        for field, told in _WANTED.items()
        if field not in found and (field == "title" or profile.fields[field])
    )
    text = {field: item.value for field, item in found.items() if field != "published"}
    origins = {field: item.origin for field, item in found.items()}
    return Metadata(**text, published=published, origins=origins), tuple(notices)


def _contradictions(field: str, given: list[_Stated]) -> Iterator[Notice]:
    """What reports.toml or the file says and the text contradicts; a title may well be worded in two ways."""
    if field not in _COMPARED:
        return
    for other in given[1:]:
        if _comparable(field, other.value) != _comparable(field, given[0].value):
            first = f'{given[0].origin} says "{given[0].value}"'
            message = f'{field}: {first}, {other.origin} "{other.value}"; the first is used'
            yield Notice(code=f"conflicting-{field}", message=message)


def _comparable(field: str, value: str) -> object:
    return parse_date(value) if field == "published" else fold(value)


def _candidates(
    field: str,
    document: Document,
    outline: Outline,
    profile: Profile,
    stated: Mapping[str, str],
    notices: list[Notice],
) -> Iterator[tuple[str, str]]:
    if field in stated:
        yield _in_subject_form(field, stated[field], profile), "reports.toml"
    given = document.metadata.get(field, "")
    if given and not (field == "title" and _NO_TITLE.match(given)):
        yield _in_subject_form(field, given, profile), "file"
    if field == "title":
        if outline.title:
            yield outline.title, "text"
        elif value := _from_text(field, document, outline, profile, notices):
            yield value, "text"
    elif field in _FROM_TEXT:
        if value := _from_text(field, document, outline, profile, notices):
            yield value, "text"
    elif field in _FROM_PROFILE and (value := getattr(profile.data, field)):
        yield value, "profile"


def _in_subject_form(field: str, value: str, profile: Profile) -> str:
    return profile.subjects.short_name(value) if field == "subject" else value


def _from_text(field: str, document: Document, outline: Outline, profile: Profile, notices: list[Notice]) -> str | None:
    """The first pattern that finds anything decides; more than one value for it is worth a notice."""
    for pattern, rule in profile.fields[field]:
        values: dict[str, str] = {}
        for text in _places(rule, document.blocks, outline, profile):
            value = _value(pattern, rule, text, profile, field)
            if value is not None:
                values.setdefault(fold(value), value)
        if values:
            distinct = list(values.values())
            if len(distinct) > 1:
                both = '", "'.join(distinct[:3])
                notices.append(
                    Notice(code=f"conflicting-{field}", message=f'the text gives "{both}"; the first is used')
                )
            return distinct[0]
    return None


def _value(pattern: re.Pattern[str], rule: MetadataPattern, text: str, profile: Profile, field: str) -> str | None:
    match = pattern.search(straight(text))
    if match is None:
        return None
    if rule.value is not None:
        return rule.value
    start, end = match.span("value")
    value = clean(text[start:end])
    if field == "subject":
        if rule.known and profile.subjects.find(value) is None:
            return None
        value = profile.subjects.short_name(value)
    if field == "published" and parse_date(value) is None:
        return None
    return value or None


def _places(rule: MetadataPattern, blocks: tuple[Block, ...], outline: Outline, profile: Profile) -> Iterator[str]:
    limits = profile.data.metadata
    if rule.place == "title":
        if outline.title:
            yield outline.title
    elif rule.place == "heading":
        yield from (b.text for b in blocks if b.kind is BlockKind.HEADING)
    elif rule.place == "opening":
        yield from (b.text for b in blocks[: limits.opening])
        if limits.closing:
            yield from (b.text for b in blocks[max(limits.opening, len(blocks) - limits.closing) :])
    else:
        yield from (b.text for b in blocks)
