"""Whom reports are about whose family lists no subjects: what changes from title to title."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from indexer.index.catalogue import StoredReport
from service.question.subjects.words import CONNECTORS
from service.question.words import key_of, keys_of

# So many different names make a row of titles a family.
LEAST = 4
_MOST_WORDS = 7
# Of the titles that fit a template, and of a family's reports that fit any.
_NAMELIKE = 0.8
_COVERED = 0.5
_LARGE = 10
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)"
)
_DAY = r"\d+(?:st|nd|rd|th)?"
_DATE = (
    rf"(?:{_DAY}|\b{_MONTH}(?=\W+\d)|(?<=\d[\s_-]){_MONTH}\b)"
    rf"(?:[\s,/\u2010-\u2015_-]+(?:(?:to|and|of)\s+)?(?:{_DAY}\b|{_MONTH}\b))*"
)
_TOKEN = re.compile(rf"(?P<date>{_DATE})|[^\W_]+(?:['\u2019][^\W_]+)*|&", re.IGNORECASE)
_CHANGING = "#"
_EMPTY = CONNECTORS | {_CHANGING, "a", "an", "for", "to", "at", "report", "from"}
_Template = tuple[tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Token:
    key: str
    start: int
    end: int
    capital: bool


@dataclass(frozen=True, slots=True)
class _Title:
    report: str
    text: str
    tokens: tuple[_Token, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        return _keys(self.tokens)

    def slot(self, template: _Template) -> str | None:
        """What stands between a template's words; None where the title does not have them around a name."""
        before, after = len(template[0]), len(self.tokens) - len(template[1])
        middle = self.tokens[before:after]
        around = self.keys[:before], self.keys[after:]
        if not 0 < len(middle) <= _MOST_WORDS or around != template:
            return None
        return self.text[middle[0].start : middle[-1].end] if _namelike(middle) else None


def subjects_in_titles(reports: Iterable[StoredReport]) -> dict[str, str]:
    """By report id: the changing part of its title, where several reports of its family share the rest.

    Titles that several reports have in common tell nothing, and the files' names speak for those.
    """
    families: dict[str, list[StoredReport]] = defaultdict(list)
    for report in reports:
        families[report.profile].append(report)
    found: dict[str, str] = {}
    for family in families.values():
        titles = [_title(r.id, r.metadata.title) for r in family if r.metadata.title]
        same = Counter(title.keys for title in titles)
        told = [t for t in titles if same[t.keys] < LEAST]
        found |= _changing(told)
        left = {r.id for r in family} - {t.report for t in told}
        found |= _changing([_title(r.id, _stem(r.file)) for r in family if r.id in left])
    return found


def _changing(titles: Sequence[_Title]) -> dict[str, str]:
    if len(titles) < LEAST:
        return {}
    found: dict[str, str] = {}
    templates: list[_Template] = []
    left = list(titles)
    while (template := _best(left)) is not None:
        templates.append(template)
        fits = {t.report: slot for t in left if (slot := t.slot(template)) is not None}
        found |= fits
        left = [t for t in left if t.report not in fits]
    large = len(found) >= _LARGE and all(_words(t) >= 3 for t in templates)
    if len(found) < _COVERED * len(titles) and not large:
        return {}
    known = {keys_of(slot) for slot in found.values()}  # a title may be nothing but the name
    found |= {t.report: t.text for t in left if t.keys in known}
    # A title that has only the opening or only the end of them.
    for template in [part for t in templates for part in ((t[0], ()), ((), t[1])) if _words(part) >= 2]:
        found |= {t.report: slot for t in left if t.report not in found and (slot := t.slot(template)) is not None}
    return found


def _best(titles: Sequence[_Title]) -> _Template | None:
    """The template that saves most words over all titles that fit it."""
    fitting: dict[_Template, list[Sequence[_Token]]] = defaultdict(list)
    heads = _frequent(title.keys for title in titles)
    tails = _frequent(title.keys[::-1] for title in titles)
    for title in titles:
        keys = title.keys
        for before in range(len(keys)):
            if keys[:before] not in heads:
                break
            for after in range(len(keys), before, -1):
                if keys[after:][::-1] not in tails:
                    break
                if after - before <= _MOST_WORDS:
                    fitting[keys[:before], keys[after:]].append(title.tokens[before:after])
    usable = [(t, slots) for t, slots in fitting.items() if _is_family(t, slots, len(titles))]
    if not usable:
        return None
    return max(usable, key=lambda one: (_distinct(one[1]) * _words(one[0]), one[0]))[0]


def _frequent(titles: Iterable[tuple[str, ...]]) -> set[tuple[str, ...]]:
    """The openings that enough titles have."""
    counted = Counter(keys[:n] for keys in titles for n in range(len(keys)))
    return {opening for opening, count in counted.items() if count >= LEAST}


def _is_family(template: _Template, slots: Sequence[Sequence[_Token]], titles: int) -> bool:
    if _words(template) < 1 and (_CHANGING not in (*template[0], *template[1]) or len(slots) < _NAMELIKE * titles):
        return False
    names = [slot for slot in slots if _namelike(slot)]
    if _distinct(names) < LEAST or len(names) < _NAMELIKE * len(slots):
        return False
    # Names differ in their words; headings of one matter share them.
    words = [key for keys in set(map(_keys, names)) for key in keys]
    telling = [w for w in words if w not in CONNECTORS]
    return len(telling) <= 3.5 * _distinct(names) and len(set(telling)) >= 0.5 * len(telling)


def _keys(tokens: Iterable[_Token]) -> tuple[str, ...]:
    return tuple(t.key for t in tokens)


def _distinct(slots: Sequence[Sequence[_Token]]) -> int:
    return len(set(map(_keys, slots)))


def _words(template: _Template) -> float:
    return sum(key not in _EMPTY for part in template for key in part) + 0.1 * sum(map(len, template))


def _namelike(slot: Sequence[_Token]) -> bool:
    """Every word with a capital, but for the small ones between; no number or date; not small ones alone."""
    inner = [t for t in slot if t.key not in CONNECTORS]
    ends = slot[0].key not in CONNECTORS - {"the"} and slot[-1].key not in CONNECTORS
    return bool(inner) and ends and all(t.capital and t.key not in _EMPTY for t in inner)


def _title(report: str, text: str) -> _Title:
    """A title that is all in small letters or all in capitals has names in it like any other."""
    cased = any(c.isupper() for c in text) and any(c.islower() for c in text)
    tokens = tuple(
        _Token(
            key=_CHANGING if m["date"] else key_of(m.group()),
            start=m.start(),
            end=m.end(),
            capital=not m["date"] and (m.group()[0].isupper() or not cased),
        )
        for m in _TOKEN.finditer(text)
    )
    return _Title(report, text, tokens)


def _stem(file: str) -> str:
    """A file's name as a title: "oak-hill_2023.pdf" is "Oak Hill 2023"."""
    plain = re.sub(r"[\s_.-]+", " ", PurePath(file).stem).strip()
    return (
        plain
        if any(c.isupper() for c in plain)
        else " ".join(w if w in CONNECTORS else w[:1].upper() + w[1:] for w in plain.split(" "))
    )
