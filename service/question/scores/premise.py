"""What a question takes for granted of ratings: "why did it score 1?", "given that it got worse"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from service.question.scores.asked import Ratings, Turn
from service.question.scores.marked import Marked, mark
from service.question.scores.values import Values, values_in
from service.question.sections import OVERALL

# What may be, or what somebody wants, is not taken to be so.
_SUPPOSED = re.compile(
    r"\b(?:would|could|should|will|can|might|may|must|need(?:s|ed)? to|has to|have to|had to|in order to|if|aim\w*|"
    r"plan(?:s|ned)?|hop(?:e|es|ed|ing)|want(?:s|ed)?|target\w*|next time|future|expect(?:s|ed)?|whether|wh(?:ich|at) "
    r"(?:score|rating|grade)s?)\b"
)
_MOVED_UP = re.compile(
    r"\b(?:rise|rose|risen|increased?|improved?|improving|(?:go|gone|went|move[ds]?|moving) up|get better|got better)\b"
)
_MOVED_DOWN = re.compile(
    r"\b(?:fall|fell|fallen|drop(?:ped)?|decreased?|declined?|worsened?|deteriorated?|(?:go|gone|went|move[ds]?) down|"
    r"(?:get|got|become|became) worse|slip(?:ped)?|downgraded)\b"
)
_TO = re.compile(r"\bto (?:an? )?(?P<last>\d|gr\d+)(?!\w)")
_ABOVE = re.compile(r"\b(?:higher|better|stronger) than\b(?! (?:last|before|in|the|its|their|\d|gr))")
_BELOW = re.compile(r"\b(?:lower|worse|weaker) than\b(?! (?:last|before|in|the|its|their|\d|gr))")
_REASON = re.compile(
    r"\b(?:why|how come|reasons?|caused?|explains?|led to|behind|given|considering|since|despite|although|because|fact|"
    r"how did|after|what made|what makes)\b"
)
# Said of a section, a number that was got is its score.
_GIVEN = re.compile(
    r"\b(?:get|got|gets|given|receiv\w+|achiev\w+|award\w+|earn\w+|gain\w+) (?:an? |only |just )*(?:\d|gr\d+) "
    r"(?:for|in|on) (?:the )?sec\d"
)
_TOLERATED = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Presumed:
    """What a question takes for granted.

    names   of what is rated.
    values  that it has; None where it is only said to have moved.
    turn    which way it is said to have gone.
    than    it is said of the first of two subjects that it is above or below the second one.
    years   of the reports that it speaks of, and `families` of them; None for any.
    """

    names: frozenset[str]
    values: Values | None
    turn: Turn | None
    than: Turn | None
    years: frozenset[int]
    families: frozenset[str] | None


def presumed(text: str, ratings: Ratings, *, named: int) -> Presumed | None:
    """None where a question takes nothing for granted of a rating that reports print.

    text   without the names of the `named` subjects.
    """
    vocabulary = ratings.vocabulary
    if not vocabulary.ratings:
        return None
    marked = mark(text, vocabulary)
    plain = marked.plain
    names = marked.names() & vocabulary.names
    if (marked.elsewhere and not names) or _SUPPOSED.search(plain) or len(marked.leftover) > _TOLERATED:
        return None
    speaks = marked.speaks_of_ratings or _GIVEN.search(plain) is not None
    spoken = [s for s in marked.spoken if s.anchored and (speaks or not marked.leftover)]
    if not _REASON.search(plain) and not (speaks and spoken):
        return None
    values = spoken[0].values if spoken else None
    turn = Turn.UP if _MOVED_UP.search(plain) else Turn.DOWN if _MOVED_DOWN.search(plain) else None
    than = None
    if named == 2:
        than = Turn.UP if _ABOVE.search(plain) else Turn.DOWN if _BELOW.search(plain) else None
    if turn is not None and (to := _TO.search(plain)):
        values = values_in(to.group("last"), marked.grades, vocabulary)[0].values
    if not names:
        names = _unnamed(marked, values, speaks=speaks)
    if not names or (values is None and turn is None and than is None):
        return None
    if values is None and not speaks and marked.leftover:
        return None
    years = frozenset(int(y) for y in re.findall(r"\b(?:19|20)\d\d\b", plain))
    families = vocabulary.family_of(marked.terms)
    return Presumed(names=names, values=values, turn=turn, than=than, years=years, families=families)


def _unnamed(marked: Marked, values: Values | None, *, speaks: bool) -> frozenset[str]:
    if marked.leftover:
        return frozenset()
    if values is not None and values.grades and all(not whole for _, whole, _ in values.grades):
        return frozenset()
    return frozenset({OVERALL}) if speaks or values is not None else frozenset()
