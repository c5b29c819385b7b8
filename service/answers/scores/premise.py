"""Whether the ratings are as a question takes for granted, and if not, how they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indexer.index.catalogue import StoredRating
from service.answers.phrases import some
from service.answers.scores.scope import ends_of
from service.answers.scores.wording import RatingWords
from service.question.report_dates import years_of
from service.question.scores import Premise, ScoresParsed, Turn
from service.question.scores.clauses import Condition
from service.question.scores.scale import Scales

# Of a scale's length: a grade of one scale that lies so far from a rating on another one contradicts it.
_APART = 0.34
_LONGEST_SHOWN = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Checked:
    """`holds` are the ratings that are as the question has them, `contradicts` those that show that they are not."""

    holds: tuple[StoredRating, ...] = ()
    contradicts: tuple[StoredRating, ...] = ()


def check(parsed: ScoresParsed, sides: Sequence[Sequence[StoredRating]], scales: Scales) -> Checked:
    """sides  of each subject that the question names, its ratings of what is asked about, the oldest first."""
    taken = parsed.premise
    if taken is None:
        return Checked()
    if taken.than is not None and len(sides) == 2:
        return _compared(taken.than, sides, scales)
    holds: list[StoredRating] = []
    contradicts: list[StoredRating] = []
    for own in sides:
        one = _moved(taken, own, parsed.times.years, scales) if taken.turn is not None else None
        one = one or _valued(taken.condition, own, parsed.times.years, scales)
        holds.extend(one.holds)
        contradicts.extend(one.contradicts)
    return Checked(holds=tuple(holds), contradicts=tuple(contradicts))


def _compared(than: Turn, sides: Sequence[Sequence[StoredRating]], scales: Scales) -> Checked:
    """The first side above, or below, the second one, in each thing that both newest reports rate."""
    first, second = (_newest_of_each(own) for own in sides)
    both = [(first[key], second[key]) for key in first if key in second]
    for one, other in both:
        left, right = scales.place(one), scales.place(other)
        if left is not None and right is not None and (left > right if than is Turn.UP else left < right):
            return Checked(holds=(one, other))
    return Checked(contradicts=tuple(r for pair in both for r in pair))


def _moved(taken: Premise, own: Sequence[StoredRating], years: frozenset[int], scales: Scales) -> Checked | None:
    """None where there are not two ratings of one thing, so that nothing tells of a change."""
    chains: dict[tuple[str, str], list[StoredRating]] = {}
    for r in own:
        chains.setdefault((r.report.profile, r.rating.name), []).append(r)
    against: list[StoredRating] = []
    for chain in chains.values():
        if (ends := ends_of(chain, years)) is None:
            continue
        first, last = map(scales.place, ends)
        if first is None or last is None:
            continue
        turned = last > first if taken.turn is Turn.UP else last < first
        if turned and (taken.condition is None or _is_so(taken.condition, ends[1])):
            return Checked(holds=ends)
        against.extend(ends)
    return Checked(contradicts=tuple(against)) if against else None


def _valued(condition: Condition | None, own: Sequence[StoredRating], years: frozenset[int], scales: Scales) -> Checked:
    if condition is None:
        return Checked()
    told = [r for r in own if any(b.comparable(r) for b in condition.values.bounds)]
    then = [r for r in told if years_of(r.report) & years] or told
    if holding := tuple(r for r in then if _is_so(condition, r) or _as_good_as(condition, r, scales)):
        return Checked(holds=holding)
    return Checked(contradicts=tuple(_newest_of_each(then).values()))


def _is_so(condition: Condition, stored: StoredRating) -> bool:
    return condition.values.hold(stored) != condition.negated


def _newest_of_each(own: Sequence[StoredRating]) -> Mapping[tuple[str, str], StoredRating]:
    return {(r.report.profile, r.rating.name): r for r in own}


def _as_good_as(condition: Condition, stored: StoredRating, scales: Scales) -> bool:
    """Whether a grade that is not on a rating's own scale lies about where the rating does."""
    own = scales.scale_of(stored)
    at = next((g.place for g in own if g.label == stored.rating.judgement), None)
    grades = condition.values.grades
    if condition.negated or at is None:
        return False
    if any((f, o) == (stored.report.profile, stored.section is None) for f, o, _ in grades):
        return False
    for family, overall, label in grades:
        scale = scales.of[family, overall]
        other = next((g.place for g in scale if g.label == label), None)
        if other is not None and abs(other / max(1, len(scale) - 1) - at / max(1, len(own) - 1)) < _APART:
            return True
    return False


def correction(stored: StoredRating, taken: Premise, words: RatingWords, *, dated: bool, told_apart: bool) -> str:
    """The rating as it is, and that it is not what the question says ("… scored 3 for safeguarding, not 1.")."""
    clause = words.clause(stored, dated=dated, told_apart=told_apart)
    condition = taken.condition
    if condition is None or condition.negated or taken.than is not None or not condition.values.exact:
        return f"{clause}."
    shown = [plain for plain in condition.values.plain if len(plain) <= _LONGEST_SHOWN or not plain[0].isdigit()]
    if not shown or condition.values.hold(stored):
        return f"{clause}."
    return f"{clause}, not {some(shown, 'or')}."
