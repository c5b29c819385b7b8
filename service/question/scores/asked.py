"""What a question wants of the ratings that reports print, if it wants any."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from indexer.index.catalogue import Catalogue
from service.question.scores.condition import ScoreFilter, condition
from service.question.scores.marked import Marked, mark
from service.question.scores.values import Values
from service.question.scores.vocabulary import Vocabulary
from service.question.scores.wanted import (
    BETTER,
    COUNTS,
    HIGH,
    LOW,
    OUTCOME,
    WHETHER,
    WHICH,
    WORSE,
    wants_ratings,
)
from service.question.sections import OVERALL, Sections


class Aim(StrEnum):
    """SHOW the ratings; only the HIGHEST or LOWEST; their AVERAGE; how they CHANGED from one assessment to the next;
    which of several subjects has the HIGHER or LOWER one; those of all others ABOVE or BELOW the named subject's."""

    SHOW = "show"
    HIGHEST = "highest"
    LOWEST = "lowest"
    AVERAGE = "average"
    CHANGED = "changed"
    HIGHER = "higher"
    LOWER = "lower"
    ABOVE = "above"
    BELOW = "below"


class Turn(StrEnum):
    """Which way a rating went."""

    UP = "up"
    DOWN = "down"
    SAME = "same"


@dataclass(frozen=True, kw_only=True, slots=True)
class RatingsAsked:
    """What of the ratings a question wants.

    names     what is rated, in the profiles' standard wording; None for anything.
    values    which values count; None for all.
    whether   it asks whether they hold, so that other ones answer it as well.
    ranked    they are to be told from high to low.
    counts    it asks which or how many, so that the answer needs its denominator.
    turn      of ratings that changed, which way; None for any.
    percent   it asks for a printed percentage.
    families  of the reports that it speaks of; None for any.
    years     of the reports that it speaks of; pilot that it is a pilot, earliest or previous that it is that one of
              each subject, every_time that it is all of them.
    """

    names: frozenset[str] | None
    values: Values | None
    aim: Aim = Aim.SHOW
    whether: bool = False
    counts: bool = False
    ranked: bool = False
    turn: Turn | None = None
    percent: bool = False
    families: frozenset[str] | None = None
    years: frozenset[int] = frozenset()
    pilot: bool = False
    earliest: bool = False
    previous: bool = False
    every_time: bool = False


_AVERAGE = re.compile(r"(?<!above )(?<!below )(?<!than )(?<!above the )(?<!below the )\b(?:average|mean|median)\b")
_RANKED = re.compile(r"\b(?:rank\w*|sort(?:ed)?|in order|(?:highest|best) to (?:lowest|worst)|league table)\b")
_OTHERS = re.compile(
    r"\b(?:which|what|how many|who|any|list|show)\b.*\b(?:(?P<above>higher|better|more|above)|lower|worse|less|below)"
    r" than(?= (?:for|in|on|overall)\b|$)"
)
_SAME = re.compile(r"\b(?:stay\w*|remain\w*|unchanged|same|not (?:chang\w+|improv\w+|mov\w+))\b")
_UP = re.compile(r"\b(?:rise|rose|risen|increas\w*|improv\w*|(?:go|gone|went|move[ds]?) up|better|higher|upwards?)\b")
_DOWN = re.compile(
    r"\b(?:fall|fell|fallen|drop(?:s|ped)?|decreas\w*|declin\w*|worsen\w*|deteriorat\w*|"
    r"(?:go|gone|went|move[ds]?) down|worse|lower|slip(?:s|ped)?|downwards?)\b"
)
_TURNS = ((Turn.SAME, _SAME), (Turn.UP, _UP), (Turn.DOWN, _DOWN))
_MOVED = re.compile(
    r"\b(?:rise|rose|risen|increase[ds]?|improved?|improving|(?:go|gone|going|went|move[ds]?) (?:up|down)|"
    r"fall|fell|fallen|drop(?:s|ped)?|decrease[ds]?|decline[ds]?|worsen\w*|deteriorat\w*|slip(?:s|ped)?|unchanged|"
    r"(?:get|gets|got|getting|gotten|become|became|becoming) (?:better|worse)|"
    r"stay(?:ed)? the same|remain(?:ed)? the same)\b"
)
_CHANGE = re.compile(
    r"\b(?:chang\w+|different|difference|over time|since|between (?:19|20)\d\d|from (?:19|20)\d\d to|"
    r"progress(?:ed|ion)?(?! of))\b"
    r"|\b(?:than|with|to) (?:the |its |their |in )?(?:last|previous|earlier|before|pilot|first|(?:19|20)\d\d)"
)
_OVERALL = re.compile(r"\b(?:overall|effectiveness|percentages?|in total|as a whole|total score|altogether)\b")
_PLURAL = re.compile(r"\b(?:scores|ratings|grades|judgements|judgments)\b")
_PARTS = re.compile(
    r"\b(?:which|what|how many|list|all|every|each|strongest|weakest|best|worst|highest|lowest|top|bottom|rated|"
    r"scoring|whose|its|their|the|of)(?: (?!council|report|author)\w+){0,2} "
    r"(?:quality statements?|statements?|sections?|areas?|themes?|domains?|standards|categor\w+|criteri\w+|"
    r"things?|parts?)\b"
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_EARLIEST = re.compile(r"\b(?:first|oldest|earliest|original(?:ly)?)\b(?! (?:for|in|on|among)\b)")
_PREVIOUS = re.compile(r"\b(?:previous(?:ly)?|earlier|older|last time|the time before)\b")
_EVERY_TIME = re.compile(
    r"\b(?:both|each|every|all) (?:of )?(?:the |its |their )?(?:reports|assessments|inspections|times|years)\b"
    r"|\bhistory\b|\bover the years\b|\bever\b"
)


class Ratings:
    """Safe for several threads."""

    def __init__(self, catalogue: Catalogue, sections: Sections) -> None:
        self.vocabulary = Vocabulary(catalogue, sections)

    def asked(self, text: str, *, named: int = 0) -> RatingsAsked | None:
        """What a question, its subjects' names left out, wants of the ratings; None if it is about something else.

        named  how many subjects it names.
        """
        if not self.vocabulary.ratings:
            return None
        marked = mark(text, self.vocabulary)
        if not wants_ratings(marked, named, self.vocabulary):
            return None
        return self._read(marked, named)

    def score_filter(self, text: str) -> ScoreFilter | None:
        """The ratings that a question makes a condition of the reports or sections whose words it asks for."""
        if not self.vocabulary.ratings:
            return None
        return condition(text, mark(text, self.vocabulary))

    def _read(self, marked: Marked, named: int) -> RatingsAsked:
        plain = marked.plain
        aim, turn = _aim(plain, named)
        values = _values(marked, aim)
        if named == 1 and values is None and (than := _OTHERS.search(plain)):
            aim, turn = (Aim.ABOVE if than.group("above") else Aim.BELOW), None
        percent = bool(re.search(r"\bpercent\w*\b|\bper cent\b|%", plain)) and not COUNTS.search(plain)
        parts = _PARTS.search(plain) is not None
        names = marked.names() & self.vocabulary.names | self._themes(marked)
        if not names:
            names = self._unnamed(marked, named, values, aim, percent=percent, parts=parts)
        elif _OVERALL.search(plain) and not re.search(r"\boverall scores? for sec\d", plain):
            names = names | {OVERALL}
        whether = values is not None and named > 0 and WHETHER.search(plain) is not None and not parts
        counts = bool(COUNTS.search(plain)) or (named == 0 and bool(WHICH.search(plain)))
        return RatingsAsked(
            names=names or None,
            values=values,
            aim=aim,
            whether=whether,
            counts=counts and not (whether and named),
            ranked=_RANKED.search(plain) is not None,
            turn=turn,
            percent=percent,
            families=self.vocabulary.family_of(marked.terms),
            years=frozenset(int(year) for year in _YEAR.findall(plain)),
            pilot="pilot" in plain or "indicative" in plain,
            earliest=_EARLIEST.search(plain) is not None,
            previous=_PREVIOUS.search(plain) is not None,
            every_time=_EVERY_TIME.search(plain) is not None,
        )

    def _unnamed(
        self, marked: Marked, named: int, values: Values | None, aim: Aim, *, percent: bool, parts: bool
    ) -> frozenset[str]:
        """What is rated where the question does not name it: a report as a whole, or any part; empty for any."""
        plain, known = marked.plain, self.vocabulary.names
        whole = frozenset({OVERALL}) & known
        if _OVERALL.search(plain) or percent or OUTCOME.search(plain):
            return whole
        if parts:
            return known - whole
        if values is not None:
            grades = values.grades
            if grades and any(overall for _, overall, _ in grades):
                return whole
            return known - whole
        if aim in {Aim.HIGHEST, Aim.LOWEST}:
            return known - whole if named else whole or known
        several = _PLURAL.search(plain) or (aim is Aim.CHANGED and re.search(r"\b(?:which|what|any)\b", plain))
        return known if several else whole or known

    def _themes(self, marked: Marked) -> frozenset[str]:
        """Of the unrated sections that are named, what is rated under them, as most reports have it."""
        unrated = {k.name for some in marked.sections for k in some if not k.rated}
        return frozenset(n for theme in unrated for n in self.vocabulary.under(theme))


def _aim(plain: str, named: int) -> tuple[Aim, Turn | None]:
    if _AVERAGE.search(plain):
        return Aim.AVERAGE, None
    if _RANKED.search(plain):
        return Aim.SHOW, None
    moved = _MOVED.search(plain)
    if named <= 1 and (moved or _CHANGE.search(plain)):
        open_to_all = WHETHER.search(plain) or (not moved and re.search(r"\bhow\b|\bchang", plain))
        return Aim.CHANGED, None if open_to_all else _turn(plain)
    for pattern, of_two in ((BETTER, Aim.HIGHER), (WORSE, Aim.LOWER)):
        if named > 1 and pattern.search(plain):
            return of_two, None
    for pattern, of_two, of_all in ((HIGH, Aim.HIGHER, Aim.HIGHEST), (LOW, Aim.LOWER, Aim.LOWEST)):
        if pattern.search(plain):
            return (of_two if named > 1 else of_all), None
    return Aim.SHOW, None


def _turn(plain: str) -> Turn | None:
    return next((turn for turn, pattern in _TURNS if pattern.search(plain)), None)


def _values(marked: Marked, aim: Aim) -> Values | None:
    anchored = [s.values for s in marked.spoken if s.anchored]
    if not anchored or aim is Aim.AVERAGE:
        return None
    if len(anchored) == 1:
        return anchored[0]
    return Values(
        bounds=tuple(b for v in anchored for b in v.bounds),
        negated=all(v.negated for v in anchored),
        plain=tuple(p for v in anchored for p in v.plain),
    )
