"""Which bodies a text names, and which reports are about them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

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
    rest     the text without their names.
    """

    names: tuple[str, ...]
    reports: tuple[str, ...] | None
    missing: tuple[str, ...]
    rest: str


class Subjects:
    """Knows the subjects of the indexed reports, and those that their families say exist."""

    def __init__(self, catalogue: Catalogue, store: Store) -> None:
        self._catalogue = catalogue
        self._store = store
        self._reports: dict[str, list[StoredReport]] = {}
        self._unnamed = [r for r in catalogue.reports() if r.metadata.subject is None]
        for report in catalogue.reports():
            if report.metadata.subject is not None:
                self._reports.setdefault(report.metadata.subject, []).append(report)
        self._shown = dict(_shown_names(catalogue, self._reports))
        # The longest name first, so that "North Lincolnshire" is never taken for "Lincolnshire".
        names = sorted(self._shown, key=len, reverse=True)
        self._pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(_flexible, names))})(?:'s|')?(?![\w-])", re.IGNORECASE)

    def indexed(self) -> tuple[str, ...]:
        """The subjects that reports are about, in alphabetical order."""
        return tuple(sorted(self._reports, key=str.casefold))

    def named(self, text: str) -> SubjectsNamed:
        if not self._shown:
            return SubjectsNamed(names=(), reports=None, missing=(), rest=text)
        straight = text.translate({0x2019: "'", 0x2018: "'"})
        found: dict[str, list[str]] = {}
        spans: list[tuple[int, int]] = []
        for match in self._pattern.finditer(straight):
            words = match.group().removesuffix("'s").removesuffix("'")
            if _is_name(straight, match.start(), words):
                found.setdefault(self._shown[_key(words)], []).append(words)
                spans.append(match.span())
        if not found:
            return SubjectsNamed(names=(), reports=None, missing=(), rest=text)
        reports: list[str] = []
        missing: list[str] = []
        for name in found:
            about = self.reports_about(name)
            reports.extend(about)
            if not about:
                missing.append(name)
        return SubjectsNamed(
            names=tuple(found), reports=tuple(reports), missing=tuple(missing), rest=_without(text, spans)
        )

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


def _shown_names(catalogue: Catalogue, reports: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Every known name of a subject, folded, with the name it is shown under."""
    in_use = {report.profile for report in catalogue.reports()}
    around: set[str] = set()
    for profile, description in catalogue.profiles().items():
        if profile not in in_use:
            continue
        around.update(description.get("around_subjects", ()))
        for subject in description.get("subjects", ()):
            for name in (subject["name"], subject["short"], *subject["aliases"]):
                yield _key(name), subject["short"]
    for name in reports:
        yield _key(name), name
        # People say "Camden" of a report on "Camden Council".
        yield _bare(_key(name), sorted(around, key=len, reverse=True)), name


def _bare(key: str, around: Iterable[str]) -> str:
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
