"""What the words of a question about ratings do in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum, auto


class Role(Enum):
    """What a word or a phrase does; those that the index knows come first."""

    SECTION = auto()
    GRADE = auto()
    NUMBER = auto()
    FAMILY = auto()
    YEAR = auto()
    BODY = auto()
    # It says that ratings are meant: of anything, or of a report as a whole.
    RATING = auto()
    OUTCOME = auto()
    OVERALL = auto()
    PERCENT = auto()
    POINTS = auto()
    GETS = auto()
    EARNS = auto()
    PARTS = auto()
    # Before a value, and after one.
    LEAST = auto()
    MOST = auto()
    ABOVE = auto()
    BELOW = auto()
    BETWEEN = auto()
    WITHIN = auto()
    OUT_OF = auto()
    OR_MORE = auto()
    OR_LESS = auto()
    TO = auto()
    AND = auto()
    OR = auto()
    NOT = auto()
    THAN = auto()
    # What is to be done with the ratings.
    HIGHEST = auto()
    LOWEST = auto()
    HIGHER = auto()
    LOWER = auto()
    COMMONEST = auto()
    AVERAGE = auto()
    RANKED = auto()
    COUNT = auto()
    WHICH = auto()
    HOW = auto()
    WHETHER = auto()
    POSSIBLE = auto()
    UP = auto()
    DOWN = auto()
    SAME = auto()
    CHANGE = auto()
    # Of which time.
    PILOT = auto()
    EARLIEST = auto()
    PREVIOUS = auto()
    EVERY_TIME = auto()
    MONTH = auto()
    # The text has to answer.
    SAYS = auto()
    WHY = auto()
    SUPPOSED = auto()
    FOR = auto()
    SMALL = auto()
    # Nothing is known of it.
    OTHER = auto()


_PHRASES: Mapping[Role, str] = {
    Role.RATING: (
        "score, scored, scoring, scorer, rated, rating, rate, judgement, judgment, judged, judge, grade, graded, "
        "grading, mark, marked, total score"
    ),
    Role.OUTCOME: "outcome, result, verdict, conclusion",
    Role.OVERALL: "overall, overall effectiveness, effectiveness, in total, as a whole, altogether",
    Role.PERCENT: "percent, per cent, percentage",
    Role.POINTS: "point, percentage point, percent point, step",
    Role.GETS: (
        "get, gets, got, gotten, getting, receive, received, given, give, gave, gives, award, awarded, obtain, "
        "obtained, gain, gained, have, has, had, having, with, assigned, come, came, end up with, found"
    ),
    Role.EARNS: "achieve, achieved, attain, attained, earn, earned, reach, reached, manage, managed",
    Role.PARTS: (
        "statement, quality statement, section, theme, domain, standard, category, criterion, criteria, thing, "
        "part, aspect, topic, anything, everything, something, key question"
    ),
    Role.LEAST: (
        "at least, minimum, minimum of, no less than, not less than, no lower than, not lower than, no worse "
        "than, not worse than, not below, not under"
    ),
    Role.MOST: (
        "at most, maximum of, no more than, not more than, no higher than, not higher than, no better than, not "
        "better than, not above, not over, up to"
    ),
    Role.ABOVE: (
        "more than, higher than, greater than, better than, stronger than, above, over, exceed, exceeds, "
        "exceeding, exceeded, upwards of, beat, beats, outperform, outperforms, outperformed"
    ),
    Role.BELOW: "less than, lower than, fewer than, worse than, weaker than, below, beneath, under, short of",
    Role.BETWEEN: "between, ranging from, from",
    Role.WITHIN: "within",
    Role.OUT_OF: "out of",
    Role.OR_MORE: (
        "or more, or higher, or better, or above, or over, or greater, or up, or upwards, and above, and over, "
        "and higher, and better, and up, and upwards, plus"
    ),
    Role.OR_LESS: (
        "or less, or lower, or worse, or below, or under, or fewer, and below, and under, and lower, and less, "
        "and worse"
    ),
    Role.TO: "to, through",
    Role.AND: "and, but, but also, as well as, both",
    Role.OR: "or, either, nor",
    Role.NOT: (
        "not, never, without, except, excepting, except for, other than, apart from, excluding, anything but, no, "
        "neither, none, cannot, fail to, fails to, failed to, lack, lacks"
    ),
    Role.THAN: "than",
    Role.HIGHEST: "highest, best, top, strongest, greatest, maximum, most highly, most",
    Role.LOWEST: "lowest, worst, weakest, bottom, poorest, least",
    Role.HIGHER: "higher, better, stronger, ahead, more",
    Role.LOWER: "lower, worse, weaker, less, fewer",
    Role.COMMONEST: (
        "commonest, most common, most commonly, most frequent, most frequently, most often, most usual, usual, "
        "typical, do most, did most, most councils, most areas, most authorities, most reports, modal, mode"
    ),
    Role.AVERAGE: "average, mean score, mean rating, mean percentage, mean overall, median, on average",
    Role.RANKED: (
        "rank, ranked, ranking, sort, sorted, in order, order, league table, highest to lowest, best to worst, "
        "lowest to highest, worst to best, highest first, lowest first, best first, worst first"
    ),
    Role.COUNT: (
        "how many, number of, count, proportion, proportion of, share of, percentage of, total number of, how often"
    ),
    Role.WHICH: (
        "which, what, what's, who, who's, whose, any, anyone, anybody, everyone, everybody, list, name, all, "
        "every, other, others, where, show, each, whom"
    ),
    Role.HOW: "how, how's, how well, how highly",
    Role.WHETHER: "whether, if, true, right, correct, confirm, is it true, am i right",
    Role.POSSIBLE: "possible, available, can get",
    Role.UP: (
        "rise, rises, rose, risen, rising, increase, increased, increases, improve, improved, improves, "
        "improving, go up, goes up, gone up, went up, going up, move up, moved up, get better, got better, "
        "getting better, become better, became better, upwards"
    ),
    Role.DOWN: (
        "fall, fallen, fell, drop, dropped, drops, decrease, decreased, decline, declined, worsen, worsened, "
        "deteriorate, deteriorated, go down, goes down, gone down, went down, going down, move down, moved down, "
        "get worse, got worse, getting worse, become worse, became worse, slip, slipped, downgraded, downwards"
    ),
    Role.SAME: (
        "stay the same, stayed the same, remain the same, remained the same, the same, unchanged, not change, not "
        "changed, not improved, not moved"
    ),
    Role.CHANGE: (
        "change, changed, changes, over time, since, progressed, than last, than last time, than before, than "
        "previously, than the last, than in, than the previous, than its previous, than the pilot, compared with "
        "last time, move, moved"
    ),
    Role.PILOT: "pilot, indicative",
    Role.EARLIEST: "first, oldest, earliest, original, originally",
    Role.PREVIOUS: "previous, previously, earlier, older, last time, the time before, before",
    Role.EVERY_TIME: (
        "history, ever, over the years, every time, each time, all years, every year, each year, both reports, "
        "both inspections, both assessments"
    ),
    Role.MONTH: "january, february, march, april, may, june, july, august, september, october, november, december",
    Role.SAYS: (
        "say, said, says, saying, tell us, when, how long, describe, describes, described, mention, mentions, mentioned, do "
        "about, did about, done about, do to, did to, doing, in common, do better, do "
        "differently, do well, did well, need to, about"
    ),
    Role.WHY: (
        "why, how come, reason, reasons, because, cause, caused, causes, explain, explains, explained, led to, "
        "lead to, leads to, behind, contribute, contributed, result in, resulted in, justify, justified, account "
        "for, accounted for, given that, considering, despite, although, fact, what made, what makes, after"
    ),
    Role.SUPPOSED: (
        "would, could, should, will, can, might, must, need, needs, needed, want, wants, aim, aims, plan, plans, "
        "planned, hope, hopes, expect, expected, target, next time, future, has to, have to, had to, in order to"
    ),
    Role.FOR: "for, in, on, at, of",
    Role.SMALL: (
        "please, pls, hello, hi, hiya, hey, thanks, cheers, anywhere, everywhere, comes up, come up, going by, judging by, based on, according to, can you, could you, would you, will you, i want to know, i want to see, i "
        "need to know, i would like to know, i'd like to know, i'd like to see, i need, i want, we need, tell me "
        "about, tell me, know, see, find, compare, comparison, versus, vs, v, compared, compared to, compared "
        "with, exactly, actually, really, only, just, even, still, yet, now, today, currently, current, latest, "
        "newest, most recent, recent, recently, last, new, formal, second, different, difference, differ, alone, "
        "same, stand, perform, performed, performance, fare, fared, do, did, does, done, inspector, inspectors, "
        "inspectorate, regulator, index, indexed, loaded, print, printed, prints, published, corpus, level, "
        "levels, local, again, another, across, among, amongst, per, against, regarding, concerning, with regard "
        "to, in terms of, with respect to, in respect of, year, years, time, times, summary of, overview of, "
        "evidence shows, like, highly, well, about how, what about, how about, too, also, yes, its, does, many, "
        "separately, far, mere, be, being, been, rather, instead, report card"
    ),
}
_ASKING = {"what's", "who's", "how's"}
# Nouns, of which the plural is the same.
_NOUNS = {Role.BODY, Role.RATING, Role.OUTCOME, Role.PERCENT, Role.POINTS, Role.PARTS}
NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
# What inspected bodies and what is written about them are called in any family.
BODIES = (
    "council, authority, local authority, area, local area, partnership, area partnership, borough, county, city, "
    "district, body, place, force, region, town, report, inspection, assessment, county council, city council, "
    "borough council, those, neighbour"
)


def key_of(words: Iterable[str]) -> tuple[str, ...]:
    """What phrases are found by: their words as written, without the sign of an owner."""
    return tuple(word.removesuffix("'s") if word not in _ASKING else word for word in words)


def lexicon(bodies: Iterable[str]) -> Mapping[tuple[str, ...], Role]:
    """Every phrase by its key; `bodies` are what an index adds to them."""
    known: dict[tuple[str, ...], Role] = {}
    for role, some in ((Role.BODY, (*BODIES.split(", "), *bodies)), *((r, p.split(", ")) for r, p in _PHRASES.items())):
        for phrase in some:
            *first, last = phrase.split()
            known[*first, last] = role
            if role in _NOUNS:
                known[*first, f"{last[:-1]}ies" if last.endswith("y") else f"{last}s"] = role
    return known
