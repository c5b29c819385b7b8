"""What has to be said around ratings: of how many, what is older, what is missing, what they come to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from indexer.index.catalogue import StoredRating, StoredReport
from service.answers.phrases import many, some
from service.answers.scores.choose import Choice, RatingsFound, value_of
from service.answers.scores.scope import Scope
from service.answers.scores.wording import spoken
from service.question.report_dates import when, years_of
from service.question.scores import Aim, ScoresParsed, Turn
from service.question.sections import OVERALL

# So many older reports that are left aside are named; of more, only their number is told.
_NAMED = 5
_TWO = 2
_MOVED = {Turn.UP: "It rose.", Turn.DOWN: "It fell.", Turn.SAME: "It stayed the same."}


def count(found: RatingsFound, parsed: ScoresParsed, *, one_subject: bool) -> str:
    """How many of how many, in words."""
    several = parsed.names is None or len({r.rating.name for r in found.about}) > 1
    this = "such ratings" if several else "this rating"
    that = "those values" if any(len(some) > 1 for some in parsed.any_of) else "that value"
    if one_subject and found.of == 1:
        among = many(len(found.about), "such rating that the report prints", "such ratings that the report prints")
        return f"{len(found.ratings)} of the {among}." if found.ratings else f"None of the {among} has {that}."
    reports = len({r.report.id for r in found.ratings})
    if not parsed.any_of and reports == found.of:
        return f"{many(found.of, 'indexed report prints', 'indexed reports print')} {this}."
    printing = many(found.of, f"indexed report that prints {this}", f"indexed reports that print {this}")
    return f"{reports} of the {printing}." if reports else f"None of the {printing} has {that}."


def beside(others: int, of: int, *, higher: bool) -> str:
    """How many of the other subjects' ratings are higher or lower."""
    printing = many(of, "other indexed report that prints this rating", "other indexed reports that print this rating")
    has = "has" if others <= 1 else "have"
    return f"{others or 'None'} of the {printing} {has} a {'higher' if higher else 'lower'} one."


def average(found: RatingsFound) -> str:
    """The mean of the printed numbers, said to be computed; of grades in words, how often each is given."""
    scores = [r.rating.score for r in found.about if r.rating.score is not None]
    percents = [r.rating.percent for r in found.about if r.rating.percent is not None]
    numbers = scores or percents
    if not numbers:
        grades = Counter(r.rating.judgement for r in found.about if r.rating.judgement)
        each = some([f"{number} {spoken(grade)}" for grade, number in grades.most_common()])
        return f"These ratings are words, which have no average: {each}."
    mean = f"{sum(numbers) / len(numbers):.2f}".rstrip("0").rstrip(".")
    ratings = many(len(numbers), "rating", "ratings")
    reports = many(found.of, "indexed report that prints", "indexed reports that print")
    return f"The average is {mean}{'' if scores else '%'}, computed from {ratings} in the {reports} it."


def commonest(found: RatingsFound) -> str:
    """Which value is given most often, and how often; the ratings found are those that have it."""
    values = list(dict.fromkeys(value_of(r)[2] for r in found.ratings))
    one = found.ratings[0].rating
    what = "score" if one.score is not None else "rating"
    shown = some([spoken(v) for v in values])
    single = len({r.rating.name for r in found.about}) == 1
    each = len(found.ratings) // max(1, len(values))
    whole = (
        f"{each} of the {many(found.of, 'indexed report that prints', 'indexed reports that print')} one"
        if single
        else f"{each} of the {len(found.about)} printed in {many(found.of, 'indexed report', 'indexed reports')}"
    )
    if len(values) == 1:
        return f"The commonest {what} is {shown}, in {whole}."
    return f"The commonest {what}s are {shown}, each in {whole}."


def changed(turns: Sequence[Turn | None]) -> str:
    """Which way each went."""
    if len(turns) == 1:
        return _MOVED[turns[0]] if turns[0] is not None else "The two cannot be compared."
    return (
        f"Of {len(turns)} ratings printed in both an earlier and a later report, {turns.count(Turn.UP)} rose, "
        f"{turns.count(Turn.DOWN)} fell and {turns.count(Turn.SAME)} stayed the same."
    )


def compared(parsed: ScoresParsed, scope: Scope, found: RatingsFound, choice: Choice) -> tuple[str, ...]:
    """Whose rating is the higher, of two subjects; where that is asked, Yes or No of the first of them."""
    sides = list(scope.subjects)
    if parsed.aim not in {Aim.HIGHER, Aim.LOWER} or len(sides) != _TWO:
        return ()
    first, second = (_of(scope.subjects[side], found.ratings) for side in sides)
    turns = [turn for key in first if key in second and (turn := choice.turn(second[key], first[key])) is not None]
    if not turns:
        return ()
    if len(turns) > 1:
        said = (
            f"Of {len(turns)} that both reports print, {sides[0]} has the higher in {turns.count(Turn.UP)} and "
            f"{sides[1]} in {turns.count(Turn.DOWN)}; {turns.count(Turn.SAME)} are the same."
        )
        return (said,)
    side = sides[0 if turns[0] is Turn.UP else 1]
    said = "The two are the same." if turns[0] is Turn.SAME else f"The higher is that of {side}."
    if not parsed.whether:
        return (said,)
    wanted = Turn.UP if parsed.aim is Aim.HIGHER else Turn.DOWN
    return (f"{'Yes' if turns[0] is wanted else 'No'}: {spoken(said)}",)


def of_other_times(parsed: ScoresParsed, known: Sequence[StoredReport]) -> tuple[str, ...]:
    """That no report is of the years that are spoken of, where all of them tell theirs."""
    every = [years_of(r) for r in known]
    if not parsed.times.years or not all(every) or any(years & parsed.times.years for years in every):
        return ()
    return (f"No indexed report on this is of {some([str(y) for y in sorted(parsed.times.years)], 'or')}.",)


def older(left: Sequence[StoredReport]) -> tuple[str, ...]:
    """The reports that are left aside."""
    if not left:
        return ()
    if len(left) > _NAMED:
        return (f"Only the newest report on each subject counts; {len(left)} older ones are left aside.",)
    named = "; ".join(f"{r.title} ({day:%-d %B %Y})" if (day := when(r)) else r.title for r in left)
    return (f"Answered from the newest {'report' if len(left) == 1 else 'reports'}. Also indexed, and older: {named}.",)


def missing(parsed: ScoresParsed, scope: Scope, found: RatingsFound) -> tuple[str, ...]:
    """Of each subject whose reports print no rating of what is asked about, that they do not."""
    what = "no such rating"
    if parsed.names is not None and len(parsed.names) == 1:
        (name,) = parsed.names
        what = "no overall rating" if name == OVERALL else f"no rating for {spoken(name)}"
    having = {r.report.id for r in found.about}
    lacking = (name for name, reports in scope.subjects.items() if reports and not reports & having)
    return tuple(f"What is indexed on {name} prints {what}." for name in lacking)


def _of(reports: Collection[str], ratings: Sequence[StoredRating]) -> dict[tuple[str, str], StoredRating]:
    return {(r.report.profile, r.rating.name): r for r in ratings if r.report.id in reports}
