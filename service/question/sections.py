"""Which sections a text names, in their own words or in wordings that their family of reports knows."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from rapidfuzz import fuzz, process

from indexer.index.catalogue import Catalogue
from indexer.text import fold
from service.errors import UnknownFilterError
from service.question.phrases import Found, Phrases, tokens
from service.question.words import Token

# What a rating of a report as a whole is called in the index.
OVERALL = "Overall"

_OVERALL = re.compile(
    r"(?:the )?overall(?: (?:rating|score|effectiveness|judge?ment|percentage|grade|result|outcome)s?(?: and score)?)?"
)
_NUMBERING = re.compile(r"^(?:(?:theme|part|section|chapter) )?(?:\d+(?:\.\d+)*|[ivx]+)[.:)]? (?=\D)")
_WORD = re.compile(r"\w+")
_EMPTY = frozenset({"and", "or", "the", "a", "an", "of"})
_NEAREST = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownSection:
    """`name` is the standard wording; `rated` that reports rate it."""

    name: str
    rated: bool


class Sections:
    """Safe for several threads. What is read from all reports is read when it is first needed."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def named(self, text: str) -> tuple[str, ...]:
        """The standard names of the sections that a text names, in its order, each once."""
        found = self.find(tokens(text))
        return tuple(dict.fromkeys(known.name for one in found for known in one.values))

    def find(self, text: Sequence[Token]) -> tuple[Found[KnownSection], ...]:
        """Where a text names sections; the longest wordings win."""
        return self.phrases.find(text)

    def resolve(self, wordings: Iterable[str], *, field: str = "filters.sections") -> frozenset[str]:
        """The printed headings and section ids that some wordings stand for, for `Catalogue.paragraph_ranges`.

        Nothing for a section that the families know and no report has. Raises UnknownFilterError for a wording
        that is neither known nor printed; `field` is what it names.
        """
        return frozenset(heading for wording in wordings for heading in self._headings_of(wording, field))

    def rated(self, wordings: Iterable[str], *, field: str) -> tuple[frozenset[str], frozenset[str]]:
        """The names of what is rated that some wordings stand for; and the printed headings and section ids of
        those that stand for no name.

        Raises UnknownFilterError.
        """
        names: set[str] = set()
        headings: set[str] = set()
        for wording in wordings:
            plain = fold(wording)
            if _OVERALL.fullmatch(plain):
                names.add(OVERALL)
                continue
            known = {k.name for k in self.phrases.whole(wording)} | self._rated_by_key.get(_key(plain), set())
            if known:
                names |= known
            else:
                headings |= self._headings_of(wording, field)
        return frozenset(names), frozenset(headings)

    def _headings_of(self, wording: str, field: str) -> set[str]:
        plain = fold(wording)
        known = {k.name for k in self.phrases.whole(wording)}
        found = {heading for name in known for heading in self._printed_as.get(name, ())}
        found |= self._by_key.get(_key(plain), set())
        if plain in self._ids:
            found.add(plain)
        if not found:
            found = set(self._printed.whole(wording))
        if not found and not known:
            raise UnknownFilterError(field, f"no section {wording!r}; the nearest known are {self._nearest(wording)}")
        return found

    def _nearest(self, wording: str) -> str:
        shown = self._names or self._headings
        near = process.extract(
            wording, sorted(shown), scorer=fuzz.WRatio, processor=fold, limit=_NEAREST, score_cutoff=0
        )
        return ", ".join(repr(one) for one, *_ in near) or "none"

    @cached_property
    def families(self) -> tuple[Mapping[str, Any], ...]:
        """The descriptions of the families that reports are of."""
        in_use = {report.profile for report in self._catalogue.reports()}
        return tuple(family for name, family in self._catalogue.profiles().items() if name in in_use)

    @cached_property
    def phrases(self) -> Phrases[KnownSection]:
        """Every wording of every section; for families that list none, the headings of their reports."""
        return Phrases(self._wordings())

    def _wordings(self) -> Iterator[tuple[str, KnownSection]]:
        listing = {family["name"] for family in self.families if family.get("sections")}
        for family in self.families:
            for section in family.get("sections", ()):
                known = KnownSection(name=section["name"], rated=bool(section["rated"]))
                for wording in (section["name"], *section["aliases"]):
                    yield wording, known
        rated = {r.rating.name for r in self._catalogue.ratings() if r.report.profile not in listing}
        for name in sorted(rated - {OVERALL}):
            yield name, KnownSection(name=name, rated=True)
        unlisted = (r.id for r in self._catalogue.reports() if r.profile not in listing)
        for heading in dict.fromkeys(h for report in unlisted for h in self._paths(report)):
            if _key(fold(heading)) not in {_key(fold(name)) for name in rated}:
                yield heading, KnownSection(name=heading, rated=False)

    def _paths(self, report: str) -> Iterator[str]:
        for section in self._catalogue.sections(report):
            yield from section.path

    @cached_property
    def _headings(self) -> frozenset[str]:
        return frozenset(h for report in self._catalogue.reports() for h in self._paths(report.id))

    @cached_property
    def _ids(self) -> frozenset[str]:
        return frozenset(s.id for report in self._catalogue.reports() for s in self._catalogue.sections(report.id))

    @cached_property
    def _by_key(self) -> Mapping[str, set[str]]:
        found: dict[str, set[str]] = {}
        for heading in self._headings:
            plain = fold(heading)
            for key in {_key(plain), _key(_NUMBERING.sub("", plain))}:
                found.setdefault(key, set()).add(plain)
        return found

    @cached_property
    def _printed(self) -> Phrases[str]:
        return Phrases((heading, fold(heading)) for heading in self._headings)

    @cached_property
    def _printed_as(self) -> Mapping[str, set[str]]:
        """By a section's standard name, the headings that open it: with a number before it or a grade after it."""
        grades = sorted(self._grade_wordings(), key=len, reverse=True)
        after = (
            re.compile(rf"(?:[:\s-]+(?:(?:is|are) )?(?:{'|'.join(map(re.escape, grades))}))\.?$") if grades else None
        )
        names = {_key(fold(w)): known.name for w, known in self._wordings()}
        found: dict[str, set[str]] = {}
        for heading in self._headings:
            plain = fold(heading)
            bare = _NUMBERING.sub("", plain)
            stripped = after.sub("", bare) if after is not None else bare
            for key in (_key(plain), _key(bare), _key(stripped)):
                if key in names:
                    found.setdefault(names[key], set()).add(plain)
        return found

    def _grade_wordings(self) -> Iterator[str]:
        for family in self.families:
            for grade in (*family.get("scale", ()), *family.get("overall", ())):
                yield from (fold(wording) for wording in (grade["label"], *grade["aliases"]))

    @cached_property
    def _rated_by_key(self) -> Mapping[str, set[str]]:
        found: dict[str, set[str]] = {}
        for stored in self._catalogue.ratings():
            found.setdefault(_key(fold(stored.rating.name)), set()).add(stored.rating.name)
        return found

    @cached_property
    def _names(self) -> Collection[str]:
        return {known.name for _, known in self._wordings()}


def _key(plain: str) -> str:
    return " ".join(word for word in _WORD.findall(plain) if word not in _EMPTY)
