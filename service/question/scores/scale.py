"""What an index knows of ratings: what is rated, on which scales, and in which words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, product
from typing import Any

from indexer.index.catalogue import Catalogue, StoredRating
from service.question.phrases import Phrases, Token, spellings, tokens
from service.question.scores.lexicon import KINDS, Role, bodies_anywhere, lexicon
from service.question.sections import OVERALL, KnownSection, Sections
from service.question.words import has_telling

# Percentages order the ratings of one grade.
_PERCENT_BELOW_STEP = 1000
_LEAST_TELLING = 6
_TWO = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Grade:
    """A step of one family's scale, its place from the lowest. `overall` that it grades a report as a whole; `band` the
    percentages that it stands for, where the family has such."""

    family: str
    overall: bool
    label: str
    place: int
    value: int | None
    band: tuple[float, float] | None

    @property
    def key(self) -> tuple[str, bool, str]:
        return self.family, self.overall, self.label


class Scales:
    """Safe for several threads."""

    def __init__(self, catalogue: Catalogue, sections: Sections) -> None:
        self._catalogue = catalogue
        self.sections = sections

    @cached_property
    def ratings(self) -> tuple[StoredRating, ...]:
        return self._catalogue.ratings()

    @cached_property
    def names(self) -> frozenset[str]:
        """What is rated anywhere, by its standard name."""
        return frozenset(r.rating.name for r in self.ratings)

    @cached_property
    def grades(self) -> Phrases[Grade]:
        return Phrases(self._grade_wordings())

    @cached_property
    def families(self) -> Phrases[str]:
        return Phrases((w, family["name"]) for family in self.sections.families for w in _family_wordings(family))

    @cached_property
    def words(self) -> Mapping[tuple[str, ...], Role]:
        around = [w for f in self.sections.families for w in f.get("around_subjects", ()) if len(w) > 3]
        shown = {t.term for r in self._catalogue.reports() for t in tokens(f"{r.metadata.subject} {r.metadata.title}")}
        kinds = [kind for kind in KINDS if _terms(kind) <= shown]
        return lexicon((*around, *kinds))

    @cached_property
    def of(self) -> Mapping[tuple[str, bool], tuple[Grade, ...]]:
        """By family, and whether it is the scale for a report as a whole: its grades from low to high."""
        return {
            (family["name"], overall): _scale(family, overall=overall)
            for family, overall in product(self.sections.families, (False, True))
        }

    def scale_of(self, stored: StoredRating) -> tuple[Grade, ...]:
        return self.of.get((stored.report.profile, stored.section is None), ())

    def place(self, stored: StoredRating) -> float | None:
        """How high a rating is on its own scale, comparable within its family; None for one that has no place."""
        rating = stored.rating
        if rating.score is not None:
            return float(rating.score)
        step = next((float(g.place) for g in self.scale_of(stored) if g.label == rating.judgement), None)
        return step if rating.percent is None else (step or 0.0) + rating.percent / _PERCENT_BELOW_STEP

    def under(self, theme: str) -> frozenset[str]:
        """What is rated under a section that is not itself rated."""
        return self._under.get(theme, frozenset())

    def wider(self, name: str) -> frozenset[str]:
        """The other rated things whose names hold what tells this one: some reports rate two things as one."""
        known = [s for f in self.sections.families for s in f.get("sections", ()) if s["name"] == name]
        forms = {" ".join(t) for s in known for wording in (name, *s["aliases"]) for t in spellings(wording)}
        return frozenset(n for n, own in self._spelt.items() if n != name and any(f" {form} " in own for form in forms))

    def part_of(self, words: Sequence[Token]) -> KnownSection | None:
        """What is rated whose name alone holds all of these words, one of them a long one."""
        terms = {w.term for w in words if has_telling([w.term])}
        if not terms or not any(len(w.word) >= _LEAST_TELLING for w in words):
            return None
        holding = [name for name, own in self._terms.items() if terms <= own]
        return KnownSection(name=holding[0], rated=True) if len(holding) == 1 else None

    def spells(self, word: str, names: Iterable[str]) -> bool:
        """Whether a word stands in one of the names of what is rated."""
        return any(_terms(word) <= self._terms.get(name, frozenset()) for name in names)

    @cached_property
    def _terms(self) -> Mapping[str, frozenset[str]]:
        return {name: _terms(name) for name in self.names - {OVERALL}}

    @cached_property
    def _spelt(self) -> Mapping[str, str]:
        return {n: " ".join(f" {' '.join(terms)} " for terms in spellings(n)) for n in self.names - {OVERALL}}

    @cached_property
    def _under(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for stored in self.ratings:
            known = self.sections.phrases.whole(stored.section.path[-1]) if stored.section else ()
            if stored.section is None or stored.rating.name not in {k.name for k in known}:
                continue  # it is printed in a table, which tells nothing of what it belongs to
            for heading in stored.section.path[:-1]:
                for above in self.sections.phrases.whole(heading):
                    found.setdefault(above.name, set()).add(stored.rating.name)
        return {theme: frozenset(own) for theme, own in found.items()}

    def _grade_wordings(self) -> Iterator[tuple[str, Grade]]:
        for family, overall in product(self.sections.families, (False, True)):
            scale = self.of[family["name"], overall]
            parts = [label_parts(grade.label, [g.label for g in scale]) for grade in scale]
            for grade, step, own in zip(scale, _steps(family, overall=overall), parts, strict=True):
                yield from ((w, grade) for w in (step["label"], step["description"], *step["aliases"]) if w)
                # "Systemic failings", "inconsistent outcomes": two words of a longer grade that no other one has.
                others = {part for other in parts if other is not own for part in other}
                yield from ((" ".join(part), grade) for part in own - others)
            for other in self.of[family["name"], not overall]:
                # "Good" is "good standard" where sections are spoken of.
                longer = (g for g in scale if g.label.lower().startswith(f"{other.label.lower()} "))
                yield from ((other.label, grade) for grade in longer)


def _steps(family: Mapping[str, Any], *, overall: bool) -> Sequence[Mapping[str, Any]]:
    steps: Sequence[Mapping[str, Any]] = (overall and family.get("overall")) or family.get("scale", ())
    return steps


def _scale(family: Mapping[str, Any], *, overall: bool) -> tuple[Grade, ...]:
    steps = _steps(family, overall=overall)
    return tuple(
        Grade(
            family=family["name"],
            overall=overall,
            label=step["label"],
            place=place,
            value=step.get("value"),
            band=_band(steps, place),
        )
        for place, step in enumerate(steps)
    )


def _band(steps: Sequence[Mapping[str, Any]], place: int) -> tuple[float, float] | None:
    low = steps[place].get("at_least")
    if low is None:
        return None
    above = steps[place + 1].get("at_least") if place + 1 < len(steps) else None
    return float(low), float(above if above is not None else 101) - 1


def label_parts(label: str, scale: Sequence[str]) -> set[tuple[str, ...]]:
    """Two telling words of a grade of three or more, in order, and its runs of words with so many; of one of two, the
    first where others end alike."""
    every = [t.word for t in tokens(label)]
    words = [word for word in every if has_telling(_terms(word))]
    if len(words) > _TWO:
        runs = (every[first:after] for first, after in combinations(range(len(every) + 1), 2))
        long = {tuple(run) for run in runs if sum(word in words for word in run) >= _TWO}
        return long | set(combinations(words, 2))
    alike = [other for other in scale if other.endswith(f" {every[-1]}")]
    return {(every[0],)} if len(every) == len(words) == _TWO and len(alike) > 1 else set()


def _family_wordings(family: Mapping[str, Any]) -> Iterator[str]:
    """Its title and its publisher, runs of their words, initials, and single words in capitals."""
    publisher = family.get("publisher") or ""
    for whole in (family.get("title") or "", *re.split(r"\band\b", publisher)):
        words = whole.split()
        for first, after in combinations(range(len(words) + 1), 2):
            run = words[first:after]
            telling = [w for w in run if has_telling(_terms(w)) and not _is_body(w)]
            if len(telling) > 1 or (len(words) == 1 and telling) or (len(run) == 1 and run[0].isupper()):
                yield " ".join(run)
        if len(words) > 1 and whole != family.get("title"):
            yield "".join(word[0] for word in words if word[0].isupper())


def _is_body(word: str) -> bool:
    return word.lower().removesuffix("s") in bodies_anywhere()


def _terms(words: str) -> frozenset[str]:
    return frozenset(token.term for token in tokens(words))


def families_of(named: Iterable[Sequence[str]]) -> frozenset[str] | None:
    """The families that a text speaks of, by what each of its wordings may mean; None for any."""
    found = [frozenset(some) for some in named]
    both = frozenset.intersection(*found) if found else frozenset()
    return (both or frozenset[str]().union(*found)) or None
