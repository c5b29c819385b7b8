"""The words in which people ask for ratings: the scales' own grades, and what else such a question consists of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Any

from indexer.index.catalogue import Catalogue, StoredRating
from service.question.phrases import Phrases, spellings, tokens
from service.question.sections import OVERALL, KnownSection, Sections
from service.question.words import has_telling

_LONG = 7
# Percentages order the ratings of one grade.
_PERCENT_BELOW_STEP = 1000


@dataclass(frozen=True, kw_only=True, slots=True)
class Grade:
    """A step of one family's scale, its place from the lowest. `overall` that it grades a report as a whole."""

    family: str
    overall: bool
    label: str
    place: int


def _terms(words: str) -> frozenset[str]:
    return frozenset(token.term for token in tokens(words))


# What inspected bodies and what is written about them are called in any family; of a family's own kinds of body
# ("prisons", "hospitals") its reports' titles and subjects tell.
BODIES = _terms(
    "councils authorities areas partnerships boroughs counties cities districts bodies places ones forces regions "
    "towns reports inspections assessments local borough county city council"
)
# Words that a question about ratings may hold beside the sections, grades, numbers and bodies that it names.
_ALLOWED = _terms(
    "score scored scoring rating rated rates rate grade graded grading judgement judgment judged mark marks points "
    "percentage percent per cent overall outcome result verdict effectiveness level quality statement section theme "
    "domain category criterion criteria standard heading topic part area key question "
    "all every each both list show compare comparison comparing versus vs v higher lower highest lowest best worst "
    "top bottom strongest weakest strong weak better worse least most more less fewer few above below over under "
    "maximum minimum greatest poorest poor well badly greater than out total number count average mean median "
    "proportion share latest newest current currently previous earlier first last second recent recently most pilot "
    "indicative formal new old now today ever yet still actually really just only even also same different "
    "difference achieve obtain attain award assign earn receive manage reach perform performing performance come "
    "came fare stand see know want find found please hello one two three four five exactly any either neither "
    "nor change rise rose risen raise fall fell fallen drop increase decrease improve decline go gone went up down "
    "stay remain become became get since again another no not never without fail except other inspector inspectorate "
    "regulator inspection assessment report publication published index indexed loaded corpus evidence shows judge "
    "history ever both overview original originally oldest earliest year years time times "
    "january february march april may june july august september october november december "
    "per against among amongst across within each terms respect regard concerning regarding against lowest-rated "
    "exceed least minimum "
    "summary summarise table range ranked rank ranking order sort place placed where is's whats that's correct right "
    "true sure according official officially final award aspect element service services "
    "didn't doesn't isn't wasn't weren't haven't hasn't hadn't don't aren't couldn't it's they're i'd "
    "led lead behind cause caused reason explain despite although because fact made makes account considering happen"
)
# Scores and ratings of other things than the inspected bodies.
_ELSEWHERE = _terms(
    "survey satisfaction hygiene credit star risk home homes provider nursing agency staff employee user users people "
    "carer resident feedback benchmark matrix rag self turnover vacancy response interest sickness absence occupancy "
    "conversion completion success unemployment tax exchange pay reablement training audit customer poverty "
    "deprivation employment mortality discount target priority"
)


class Vocabulary:
    """What an index knows of ratings. Safe for several threads."""

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
    def in_words(self) -> frozenset[str]:
        """The families whose reports as a whole are judged in words."""
        return frozenset(r.report.profile for r in self.ratings if r.section is None and r.rating.judgement)

    @cached_property
    def grades(self) -> Phrases[Grade]:
        return Phrases(self._grade_wordings())

    @cached_property
    def scales(self) -> Mapping[tuple[str, bool], tuple[Grade, ...]]:
        """By family, and whether it is the scale for a report as a whole: its grades from low to high."""
        found: dict[tuple[str, bool], tuple[Grade, ...]] = {}
        for family in self.sections.families:
            for overall in (False, True):
                steps = family.get("overall" if overall else "scale", ()) or family.get("scale", ())
                found[family["name"], overall] = tuple(
                    Grade(family=family["name"], overall=overall, label=step["label"], place=place)
                    for place, step in enumerate(steps)
                )
        return found

    def place(self, stored: StoredRating) -> float | None:
        """How high a rating is on its own scale, comparable within its family; None for one that has no place."""
        rating = stored.rating
        if rating.score is not None:
            return float(rating.score)
        scale = self.scales.get((stored.report.profile, stored.section is None), ())
        step = next((float(g.place) for g in scale if g.label == rating.judgement), None)
        if rating.percent is None:
            return step
        return (step or 0.0) + rating.percent / _PERCENT_BELOW_STEP

    def family_of(self, terms: Iterable[str]) -> frozenset[str] | None:
        """The families that a text speaks of by what tells them apart ("SEND", "CQC"); None for any."""
        counts = {name: len(marks.intersection(terms)) for name, marks in self._marks.items()}
        most = max(counts.values(), default=0)
        return frozenset(n for n, count in counts.items() if count == most) if most else None

    def is_ordinary(self, term: str) -> bool:
        """Whether a question about ratings may hold this word."""
        return term in _ALLOWED or term in self.bodies or term in self._known or not has_telling([term])

    def is_elsewhere(self, term: str) -> bool:
        """Whether ratings of other things than the inspected bodies are spoken of."""
        return term in _ELSEWHERE and term not in self.bodies

    @cached_property
    def bodies(self) -> frozenset[str]:
        """What the inspected bodies are called."""
        plain = BODIES | _terms(" ".join(self._own_kinds()))
        return plain - _terms("learning improvement children adults people")

    def _own_kinds(self) -> Iterator[str]:
        for family in self.sections.families:
            yield from (words for words in family.get("around_subjects", ()) if len(words) > 3)
        kinds = "prison hospital school college academy trust home force constabulary nursery practice service"
        spoken = {t.term for r in self._catalogue.reports() for t in tokens(f"{r.metadata.subject} {r.metadata.title}")}
        yield from (kind for kind in kinds.split() if tokens(kind)[0].term in spoken)

    @cached_property
    def _marks(self) -> Mapping[str, frozenset[str]]:
        generic = BODIES | _terms("and of the inspection inspections service services quality")
        own = {family["name"]: _marks_of(family) - generic for family in self.sections.families}
        shared = {m for a, b in combinations(own.values(), 2) for m in a & b} if len(own) > 1 else set()
        everywhere = {m for m in shared if all(m in marks for marks in own.values())}
        return {name: marks - everywhere for name, marks in own.items()}

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(mark for family in self.sections.families for mark in _marks_of(family))

    @cached_property
    def telling_words(self) -> tuple[str, ...]:
        return tuple(self.telling_words_of)

    @cached_property
    def telling_words_of(self) -> Mapping[str, KnownSection]:
        """Long words that tell what is rated: they stand in the names of no other rated thing."""
        holders: dict[str, dict[KnownSection, None]] = {}
        for family in self.sections.families:
            for section in family.get("sections", ()):
                if section["name"] in self.names:
                    known = KnownSection(name=section["name"], rated=True)
                    single = (w for w in section["aliases"] if " " not in w)
                    for token in tokens(" ".join((section["name"], *single))):
                        if len(token.word) >= _LONG and has_telling([token.term]):
                            holders.setdefault(token.word, {})[known] = None
        return {word: next(iter(some)) for word, some in holders.items() if len(some) == 1}

    def _grade_wordings(self) -> Iterator[tuple[str, Grade]]:
        for scale in self.scales.values():
            pairs = [_pairs(grade.label) for grade in scale]
            for grade, own in zip(scale, pairs, strict=True):
                written = self._written(grade)
                others = {pair for other in pairs if other is not own for pair in other}
                yield from ((wording, grade) for wording in written)
                # "Systemic failings", "inconsistent outcomes": two words of a longer grade that no other one has.
                yield from ((" ".join(pair), grade) for pair in own - others)
        yield from self._first_words()

    def _first_words(self) -> Iterator[tuple[str, Grade]]:
        """A grade that one scale of a family gives in full is, shorter, the like grade of the other: "good" is "good
        standard" where sections are spoken of."""
        for (family, overall), scale in self.scales.items():
            for other in self.scales[family, not overall]:
                for grade in scale:
                    if grade.label != other.label and grade.label.lower().startswith(f"{other.label.lower()} "):
                        yield other.label, grade

    def _written(self, grade: Grade) -> Iterator[str]:
        for family in self.sections.families:
            if family["name"] == grade.family:
                steps = family.get("overall" if grade.overall else "scale", ()) or family.get("scale", ())
                step = steps[grade.place]
                yield from (w for w in (step["label"], step["description"], *step["aliases"]) if w)

    def under(self, theme: str) -> frozenset[str]:
        """What is rated under a section that is not itself rated."""
        return self._under.get(theme, frozenset())

    @cached_property
    def _under(self) -> Mapping[str, frozenset[str]]:
        counts: dict[str, dict[str, int]] = {}
        for stored in self.ratings:
            known = self.sections.phrases.whole(stored.section.path[-1]) if stored.section else ()
            if stored.section is None or stored.rating.name not in {k.name for k in known}:
                continue  # it is printed in a table, which tells nothing of what it belongs to
            for heading in stored.section.path[:-1]:
                for above in self.sections.phrases.whole(heading):
                    own = counts.setdefault(above.name, {})
                    own[stored.rating.name] = own.get(stored.rating.name, 0) + 1
        return {theme: frozenset(own) for theme, own in counts.items()}

    def wider(self, name: str) -> frozenset[str]:
        """The other rated things whose names hold what tells this one: some reports rate two things as one."""
        known = [s for f in self.sections.families for s in f.get("sections", ()) if s["name"] == name]
        forms = {" ".join(t) for s in known for wording in (name, *s["aliases"]) for t in spellings(wording)}
        return frozenset(n for n, own in self._spelt.items() if n != name and any(f" {form} " in own for form in forms))

    @cached_property
    def _spelt(self) -> Mapping[str, str]:
        return {n: " ".join(f" {' '.join(terms)} " for terms in spellings(n)) for n in self.names if n != OVERALL}


def _pairs(label: str) -> set[tuple[str, str]]:
    """Two telling words of a grade of three or more, in order."""
    words = [t.word for t in tokens(label) if has_telling([t.term])]
    return set(combinations(words, 2)) if len(words) > 2 else set()


def _marks_of(family: Mapping[str, Any]) -> frozenset[str]:
    publisher = family.get("publisher") or ""
    capitals = "".join(word[0] for word in re.findall(r"\b[A-Z]\w+", publisher))
    parts = [" ".join(re.findall(r"\b[A-Z]\w*", part)) for part in re.split(r"\band\b", publisher)]
    initials = [*("".join(w[0] for w in part.split()) for part in parts if " " in part), capitals]
    return _terms(f"{family.get('title') or ''} {publisher} {' '.join(initials)}")
