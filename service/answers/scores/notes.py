"""What has to be said around ratings: of how many, what is older, what is missing, what they come to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from indexer.index.catalogue import StoredRating, StoredReport
from service.answers.scores.choose import Choice, RatingsFound, Scope
from service.answers.scores.wording import listed, many, spoken
from service.question.report_dates import when
from service.question.scores.asked import Aim, RatingsAsked, Turn
from service.question.sections import OVERALL

# So many older reports that are left aside are named; of more, only their number is told.
_NAMED = 5
_TWO = 2
_MOVED = {Turn.UP: "It rose.", Turn.DOWN: "It fell.", Turn.SAME: "It stayed the same."}


def count(found: RatingsFound, *, one_subject: bool) -> str:
    """How many of how many, in words."""
    if one_subject and found.of == 1:
        among = many(len(found.about), "such rating that the report prints", "such ratings that the report prints")
        return f"{len(found.ratings)} of the {among}." if found.ratings else f"None of the {among} has that value."
    printing = many(found.of, "indexed report that prints this rating", "indexed reports that print this rating")
    reports = len({r.report.id for r in found.ratings})
    return f"{reports} of the {printing}." if reports else f"None of the {printing} has that value."


def average(found: RatingsFound) -> str:
    """The mean of the printed numbers, said to be computed; of grades in words, how often each is given."""
    scores = [r.rating.score for r in found.about if r.rating.score is not None]
    percents = [r.rating.percent for r in found.about if r.rating.percent is not None]
    numbers = scores or percents
    if not numbers:
        grades = Counter(r.rating.judgement for r in found.about if r.rating.judgement)
        each = listed([f"{number} {spoken(grade)}" for grade, number in grades.most_common()])
        return f"These ratings are words, which have no average: {each}."
    mean = f"{sum(numbers) / len(numbers):.2f}".rstrip("0").rstrip(".")
    reports = many(found.of, "indexed report that prints", "indexed reports that print")
    ratings = many(len(numbers), "rating", "ratings")
    return f"The average is {mean}{'' if scores else '%'}, computed from {ratings} in the {reports} it."


def changed(turns: Sequence[Turn | None]) -> str:
    """Which way each went."""
    if len(turns) == 1:
        return _MOVED[turns[0]] if turns[0] is not None else "The two cannot be compared."
    return (
        f"Of {len(turns)} ratings printed in both an earlier and a later report, {turns.count(Turn.UP)} rose, "
        f"{turns.count(Turn.DOWN)} fell and {turns.count(Turn.SAME)} stayed the same."
    )


def compared(asked: RatingsAsked, scope: Scope, found: RatingsFound, choice: Choice) -> tuple[str, ...]:
    """Whose rating is the higher, of two subjects."""
    sides = list(scope.subjects)
    if asked.aim not in {Aim.HIGHER, Aim.LOWER} or len(sides) != _TWO:
        return ()
    first, second = (_of(scope.subjects[side], found.ratings) for side in sides)
    turns = [turn for key in first if key in second and (turn := choice.turn(second[key], first[key])) is not None]
    if not turns:
        return ()
    if len(turns) > 1:
        both = (
            f"Of {len(turns)} that both reports print, {sides[0]} has the higher in {turns.count(Turn.UP)} and "
            f"{sides[1]} in {turns.count(Turn.DOWN)}; {turns.count(Turn.SAME)} are the same."
        )
        return (both,)
    if turns[0] is Turn.SAME:
        return ("The two are the same.",)
    return (f"The higher is that of {sides[0 if turns[0] is Turn.UP else 1]}.",)


def older(left: Sequence[StoredReport]) -> tuple[str, ...]:
    """The reports that are left aside."""
    if not left:
        return ()
    if len(left) > _NAMED:
        return (f"Only the newest report on each subject counts; {len(left)} older ones are left aside.",)
    named = "; ".join(f"{r.title} ({day:%-d %B %Y})" if (day := when(r)) else r.title for r in left)
    return (f"Answered from the newest {'report' if len(left) == 1 else 'reports'}. Also indexed, and older: {named}.",)


def missing(asked: RatingsAsked, scope: Scope, found: RatingsFound) -> tuple[str, ...]:
    """Of each subject whose reports print no rating of what is asked about, that they do not."""
    what = "no such rating"
    if asked.names is not None and len(asked.names) == 1:
        (name,) = asked.names
        what = "no overall rating" if name == OVERALL else f"no rating for {spoken(name)}"
    having = {r.report.id for r in found.about}
    lacking = (name for name, reports in scope.subjects.items() if reports and not reports & having)
    return tuple(f"What is indexed on {name} prints {what}." for name in lacking)


def _of(reports: Collection[str], ratings: Sequence[StoredRating]) -> dict[tuple[str, str], StoredRating]:
    return {(r.report.profile, r.rating.name): r for r in ratings if r.report.id in reports}
