"""Which bodies a text names, and which reports are about them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from indexer.index.catalogue import Catalogue, StoredReport
from indexer.index.store import Store
from indexer.index.terms import analyse
from indexer.text import fold

# How many paragraphs are looked at to see whether a report that does not say whom it is about names a body.
_LOOKED_AT = 50


@dataclass(frozen=True, kw_only=True, slots=True)
class SubjectsNamed:
    """The bodies that a text names, by the names they are shown under.

    reports  ids of the reports to answer from; None where the text names nobody.
    missing  the named bodies that no report is about.
    older    reports on them that were left aside, since newer ones of their family supersede them.
    superseded  ids of all reports that are left aside where reports are counted.
    rest     the text without their names.
    """

    names: tuple[str, ...]
    reports: tuple[str, ...] | None
    missing: tuple[str, ...]
    older: tuple[StoredReport, ...]
    superseded: frozenset[str]
    rest: str

    @property
    def all_missing(self) -> bool:
        """Bodies are named, and none of them has a report."""
        return bool(self.missing) and len(self.missing) == len(self.names)


# Before a known name, these make it another one.
_QUALIFIER = re.compile(r"\b(North|South|East|West|Mid|Central|Greater|Upper|Lower|New)(?:\s+|-)$")
# "Somewhere Council", "Some Where Borough Council": a body, known or not.
_COUNCIL = re.compile(
    r"\b(?P<name>(?!(?:What|Which|Who|How|When|Where|Why|Does|Did|Do|Is|Was|Are|Were|Has|Have|Can|The|This|That|Our|In|"
    r"At|For|Of|And|But|Compare|Tell|City|County|Borough|District|Metropolitan|Parish|Town)\b)"
    r"[A-Z][\w'-]+(?:(?:\s+(?:and|upon|on|of|the|with|in))?\s+(?!City|County|Borough|District|Metropolitan|Council)"
    r"[A-Z][\w'-]+)*)\s+(?:(?:City|County|Borough|Metropolitan|District|Unitary)\s+)*[Cc]ouncil\b"
)
_EARLIER = re.compile(
    r"\b(?:pilot|previous(?:ly)?|earlier|former(?:ly)?|first assessment|last time|before|since|then|old(?:er)?|"
    r"chang(?:e[ds]?|ing)|improved|worsened|compared? (?:to|with) (?:its|the|last)|over time|progress)\b",
    re.IGNORECASE,
)


class Subjects:
    """Knows the subjects of the indexed reports, and those that their families say exist."""

    def __init__(self, catalogue: Catalogue, store: Store) -> None:
        self._catalogue = catalogue
        self._store = store
        self._unnamed = [r for r in catalogue.reports() if r.metadata.subject is None]
        self._shown = dict(_listed_names(catalogue))
        self._reports: dict[str, list[StoredReport]] = {}
        around = _around(catalogue)
        for report in catalogue.reports():
            if report.metadata.subject is not None:
                self._reports.setdefault(self._learn(report.metadata.subject, around), []).append(report)
        self._superseded = frozenset(r.id for about in self._reports.values() for r in _older(about))
        # The longest name first, so that "North Lincolnshire" is never taken for "Lincolnshire".
        names = sorted(self._shown, key=len, reverse=True)
        self._pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(_flexible, names))})(?:'s|')?(?![\w-])", re.IGNORECASE)

    def _learn(self, subject: str, around: Sequence[str]) -> str:
        """Takes in the names of a report's subject; gives the name that all reports on it are found under.

        People say "Camden" of a report on "Camden Council", and reports of two families may print the one and
        the other.
        """
        full = _key(subject)
        bare = _bare(full, around)
        name = self._shown.get(full) or self._shown.get(bare) or subject
        self._shown.setdefault(full, name)
        self._shown.setdefault(bare, name)
        return name

    def indexed(self) -> tuple[str, ...]:
        """The subjects that reports are about, in alphabetical order."""
        return tuple(sorted(self._reports, key=str.casefold))

    def named(self, text: str) -> SubjectsNamed:
        if not self._shown:
            return self._nobody(text)
        straight = text.translate({0x2019: "'", 0x2018: "'"})
        names: dict[str, None] = {}
        spans: list[tuple[int, int]] = []
        for match in self._pattern.finditer(straight):
            words = match.group().removesuffix("'s").removesuffix("'")
            if qualifier := _QUALIFIER.search(straight[: match.start()]):
                names[f"{qualifier.group(1)} {words}"] = None  # "South X" is another body than "X"
                spans.append((qualifier.start(1), match.end()))
            elif _is_name(straight, match.start(), words):
                names[self._shown[_key(words)]] = None
                spans.append(match.span())
        for match in _COUNCIL.finditer(straight):
            if not any(start < match.end() and match.start() < end for start, end in spans):
                names[match.group("name")] = None
                spans.append(match.span())
        if not names:
            return self._nobody(text)
        reports: list[str] = []
        older: list[StoredReport] = []
        for name in names:
            current, superseded = self._current(name, text)
            reports.extend(current)
            older.extend(superseded)
        return SubjectsNamed(
            names=tuple(names),
            reports=tuple(reports),
            missing=tuple(name for name in names if not self.reports_about(name)),
            older=tuple(older),
            superseded=frozenset(r.id for r in older),
            rest=_without(text, spans),
        )

    def _nobody(self, text: str) -> SubjectsNamed:
        every = (r for about in self._reports.values() for r in about if r.id in self._superseded)
        superseded = frozenset() if self._speaks_of(every, text) else self._superseded
        return SubjectsNamed(names=(), reports=None, missing=(), older=(), superseded=superseded, rest=text)

    def _current(self, name: str, text: str) -> tuple[tuple[str, ...], list[StoredReport]]:
        """Of the reports on a subject those to answer from, and those left aside as superseded: a question that
        speaks of an earlier time, or names the year of an older report, is answered from all."""
        about = self._reports.get(name, [])
        older = [r for r in about if r.id in self._superseded]
        if not older or self._speaks_of(older, text):
            return self.reports_about(name), []
        return tuple(r.id for r in about if r not in older), older

    def _speaks_of(self, older: Iterable[StoredReport], text: str) -> bool:
        years = set(re.findall(r"\b(?:19|20)\d\d\b", text))
        return bool(_EARLIER.search(text)) or any(years & _years(r) for r in older)

    def find(self, wording: str) -> str | None:
        """The subject that one of its names stands for, as it is shown; None if it is none that is known."""
        return self._shown.get(_key(wording))

    def reports_about(self, name: str) -> tuple[str, ...]:
        """Ids of the reports on a subject; if there are none, of those that do not say whom they are about and
        name it in their text."""
        if about := self._reports.get(name):
            return tuple(r.id for r in about)
        if not self._unnamed:
            return ()
        names = {key for key, shown in self._shown.items() if shown == name}
        within = self._catalogue.paragraph_ranges(reports=[r.id for r in self._unnamed])
        terms = dict.fromkeys(analyse(name), 1.0)
        matches = self._store.matching(terms, limit=_LOOKED_AT, within=within)
        holding = self._catalogue.paragraphs_by_key([m.key for m in matches]).values()
        return tuple(sorted({p.report.id for p in holding if any(_holds(p.paragraph.text, n) for n in names)}))


def _older(reports: Sequence[StoredReport]) -> list[StoredReport]:
    """Of the reports on one subject those that a newer one of their family supersedes."""
    newest: dict[str, date] = {}
    for report in reports:
        published = report.metadata.published or date.min
        newest[report.profile] = max(published, newest.get(report.profile, date.min))
    return [r for r in reports if r.metadata.published and r.metadata.published < newest[r.profile]]


def _years(report: StoredReport) -> set[str]:
    known = report.metadata
    return set(re.findall(r"\d{4}", f"{known.published} {known.inspected} {known.title}"))


def _listed_names(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Every name of a subject that the families of the indexed reports list, with the one it is shown under."""
    for description in _families(catalogue):
        for subject in description.get("subjects", ()):
            for name in (subject["name"], subject["short"], *subject["aliases"]):
                yield _key(name), subject["short"]


def _around(catalogue: Catalogue) -> list[str]:
    words = {words for family in _families(catalogue) for words in family.get("around_subjects", ())}
    return sorted(words, key=len, reverse=True)


def _families(catalogue: Catalogue) -> list[Mapping[str, Any]]:
    in_use = {report.profile for report in catalogue.reports()}
    return [description for name, description in catalogue.profiles().items() if name in in_use]


def _bare(key: str, around: Sequence[str]) -> str:
    """A name without the words that bodies of its family put around it."""
    for words in around:
        key = key.removeprefix(f"{words} ").removesuffix(f" {words}")
    return key


def _key(name: str) -> str:
    return re.sub(r"\s+", " ", fold(name).replace("&", "and"))


def _flexible(key: str) -> str:
    """A pattern for a folded name: "and" may be "&", blanks may be hyphens or several."""
    return r"(?:\s+|-)".join("(?:and|&)" if w == "and" else re.escape(w) for w in re.split(r"[ -]", key))


def _is_name(text: str, start: int, words: str) -> bool:
    """Several councils' names are everyday words too: a lone word in lower case counts only after a
    preposition that a place can follow."""
    if any(c.isupper() for c in words) or " " in words:
        return True
    return bool(re.search(r"\b(?:in|at|for|of|from|about|did|does|has|is|was)\s+$", text[:start], re.IGNORECASE))


def _holds(text: str, name: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", fold(text)))


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return re.sub(r"\s+", " ", text).strip()
