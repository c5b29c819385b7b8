"""Which values of a rating count: 3, "at least good", "between 60 and 75%", "not 2"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import eq, ge, gt, le, lt
from typing import Literal

from indexer.index.catalogue import StoredRating
from service.question.scores.lexicon import Role
from service.question.scores.scale import Grade, Scales

_LARGEST = 1000.0
# A larger number is a percentage, whether or not it is said.
_LARGEST_SCORE = 10
_SAID = {Role.LEAST: "at least ", Role.MOST: "at most ", Role.ABOVE: "above ", Role.BELOW: "below "}

# One value as it is spoken of: a number and whether it is a percentage, or what a grade's wording may mean.
Spoken = tuple[float, bool] | tuple[Grade, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Bound:
    """A range of numbers, or some grades by family, whether of a report as a whole, and label. Both ends belong to
    it."""

    kind: Literal["score", "percent", "grade"]
    low: float = 0.0
    high: float = _LARGEST
    grades: frozenset[tuple[str, bool, str]] = frozenset()

    def comparable(self, stored: StoredRating) -> bool:
        if self.kind == "score":
            return stored.rating.score is not None
        return (stored.rating.percent if self.kind == "percent" else stored.rating.judgement) is not None

    def holds(self, stored: StoredRating) -> bool:
        rating = stored.rating
        if self.kind == "grade":
            return (stored.report.profile, stored.section is None, rating.judgement or "") in self.grades
        number = rating.score if self.kind == "score" else rating.percent
        return number is not None and self.low <= number <= self.high


@dataclass(frozen=True, kw_only=True, slots=True)
class Values:
    """A rating counts if it is within one of the bounds.

    plain  the single values as they may be shown: numbers, and grades in their scale's words.
    said   all of it in plain words ("at least 3").
    exact  it is single values, and no "at least" or the like.
    """

    bounds: tuple[Bound, ...]
    plain: tuple[str, ...]
    said: str
    exact: bool

    def hold(self, stored: StoredRating) -> bool:
        return any(b.holds(stored) for b in self.bounds if b.comparable(stored))

    def on_scale_of(self, stored: StoredRating) -> bool:
        """Whether a rating can be held against them: it has a number, or its family has one of the grades."""
        if any(b.comparable(stored) for b in self.bounds if b.kind != "grade"):
            return True
        return any(family == stored.report.profile for family, _, _ in self.grades)

    @property
    def scores(self) -> frozenset[int] | None:
        """The scores that count among those of one to nine; None where it is not about scores."""
        numeric = [b for b in self.bounds if b.kind == "score"]
        return frozenset(n for n in range(10) if any(b.low <= n <= b.high for b in numeric)) if numeric else None

    @property
    def grades(self) -> frozenset[tuple[str, bool, str]]:
        return frozenset(grade for bound in self.bounds for grade in bound.grades)


def values_of(spoken: Sequence[Spoken], operator: Role | None, scales: Scales) -> Values:
    plain = tuple(dict.fromkeys(map(_shown, spoken)))
    if operator is Role.BETWEEN and len(spoken) > 1:
        bounds = _between(spoken[0], spoken[-1])
        return Values(bounds=bounds, plain=plain, said=f"between {plain[0]} and {plain[-1]}", exact=False)
    bounds = tuple(_bound(one, operator, scales) for one in spoken)
    said = f"{_SAID.get(operator, '')}{' or '.join(plain)}" if operator else " or ".join(plain)
    return Values(bounds=bounds, plain=plain, said=said, exact=operator is None)


def exceeded(values: Values, stored: StoredRating, scales: Scales) -> bool:
    """Whether a rating is higher than all of some values on its scale."""
    places = {grade.label: grade.place for grade in scales.scale_of(stored)}
    at = places.get(stored.rating.judgement or "", -1)
    asked = [places[label] for *_, label in values.grades if label in places]
    number = stored.rating.score if stored.rating.score is not None else stored.rating.percent
    limits = [b.high for b in values.bounds if b.kind != "grade" and b.comparable(stored)]
    return (bool(asked) and max(asked) < at) or (bool(limits) and number is not None and number > max(limits))


def within(points: float, grades: tuple[Grade, ...], scales: Scales) -> Values:
    """What lies outside a grade and no further from it than so many points of its percentages; where a scale has
    none, so many steps."""
    bounds: list[Bound] = []
    steps: set[tuple[str, bool, str]] = set()
    for grade in grades:
        if grade.band is not None:
            low, high = grade.band
            bounds += [Bound(kind="percent", low=low - points, high=low - 1)]
            bounds += [Bound(kind="percent", low=high + 1, high=high + points)]
        elif not any(g.band for g in grades):
            near = (g for g in scales.of[grade.family, grade.overall] if 0 < abs(g.place - grade.place) <= points)
            steps |= {g.key for g in near}
    bounds += [Bound(kind="grade", grades=frozenset(steps))] if steps else []
    label = grades[0].label.lower()
    return Values(bounds=tuple(bounds), plain=(label,), said=f"within {points:g} points of {label}", exact=False)


def end_of_scales(scales: Scales, *, highest: bool) -> Values:
    """The best that there is to get, or the worst."""
    ends = [scale[-1 if highest else 0] for scale in scales.of.values() if scale]
    bounds: list[Bound] = [Bound(kind="grade", grades=frozenset(g.key for g in ends))]
    numbers = {float(g.value) for g in ends if g.value is not None}
    bounds += [Bound(kind="score", low=n, high=n) for n in sorted(numbers)]
    said = "the highest possible" if highest else "the lowest possible"
    return Values(bounds=tuple(bounds), plain=(), said=said, exact=False)


def _between(first: Spoken, last: Spoken) -> tuple[Bound, ...]:
    numbers = [one for one in (first, last) if isinstance(one[0], float)]
    ends = sorted(float(one[0]) for one in numbers if isinstance(one[0], float))
    percent = any(one[1] is True for one in numbers) or any(n > _LARGEST_SCORE for n in ends)
    return (Bound(kind="percent" if percent else "score", low=ends[0], high=ends[-1]),) if ends else ()


def _bound(spoken: Spoken, operator: Role | None, scales: Scales) -> Bound:
    first = spoken[0]
    if isinstance(first, Grade):
        return Bound(kind="grade", grades=frozenset(_graded(_grades(spoken), operator, scales)))
    step = 1.0 if first.is_integer() else 0.0
    low, high = {
        Role.LEAST: (first, _LARGEST),
        Role.ABOVE: (first + step, _LARGEST),
        Role.MOST: (0.0, first),
        Role.BELOW: (0.0, first - step),
    }.get(operator or Role.OTHER, (first, first))
    return Bound(kind="percent" if spoken[1] or first > _LARGEST_SCORE else "score", low=low, high=high)


def _grades(spoken: Spoken) -> tuple[Grade, ...]:
    return tuple(one for one in spoken if isinstance(one, Grade))


def _graded(grades: Iterable[Grade], operator: Role | None, scales: Scales) -> Iterable[tuple[str, bool, str]]:
    counts = {Role.LEAST: ge, Role.ABOVE: gt, Role.MOST: le, Role.BELOW: lt}.get(operator or Role.OTHER, eq)
    for grade in grades:
        on_its_scale = scales.of[grade.family, grade.overall]
        yield from (other.key for other in on_its_scale if counts(other.place, grade.place))


def _shown(spoken: Spoken) -> str:
    first = spoken[0]
    if isinstance(first, Grade):
        return min((grade.label for grade in _grades(spoken)), key=len).lower()
    return f"{first:g}%" if spoken[1] else f"{first:g}"
