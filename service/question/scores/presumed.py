"""Ratings in a question for the text: as a condition of what is searched, or taken for granted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from service.question.scores.asked import SIDES, TURNS, Asked
from service.question.scores.clauses import Atom, conditions_of
from service.question.scores.items import skip
from service.question.scores.lexicon import Role
from service.question.scores.parsed import Aim, Premise, ScoreFilter, Turn
from service.question.sections import OVERALL

_LITTLE = {Role.SMALL, Role.GETS, Role.EARNS, Role.RATING, Role.FOR, Role.WHICH, Role.OVERALL, Role.NOT, Role.TO}


def condition_of(asked: Asked, text: str) -> ScoreFilter | None:
    """As in "What do reports with score 4 say about meals?": a value said of bodies or sections, and what is left."""
    for value in asked.values:
        first, after = _extent(asked, value)
        if first < after:
            found = conditions_of([a for a in asked.atoms if first <= a.first < after], every=False)
            rest = f"{text[: asked.items[first].start]} {text[asked.items[after - 1].end :]}"
            rest = re.sub(r"\s+(?=[,.?])", "", re.sub(r"\s+", " ", rest).strip())
            return ScoreFilter(condition=found[0][0], rest=rest)
    return None


def _extent(asked: Asked, value: Atom) -> tuple[int, int]:
    """From which to before which item a condition is said; nothing where it is none."""
    items, first = asked.items, value.first
    after = skip(items, value.after, {Role.RATING, Role.OVERALL, Role.FOR, Role.SECTION})
    while after > value.after and items[after - 1].role is Role.FOR:
        after -= 1
    if after < len(items) and items[after].role is Role.BODY and items[after].word.endswith("s"):
        return first - (first > 0 and items[first - 1].role is Role.RATING), after
    at = skip(items, first - 1, _LITTLE, -1)
    if at < 0 or items[at].role not in {Role.BODY, Role.PARTS} or at + 1 == first:
        return first, first
    return at + 1, after


def premise_of(asked: Asked, leftover: Sequence[str]) -> Premise | None:
    """None where a question takes nothing for granted of a rating."""
    roles = asked.roles
    if not asked.named or Role.SUPPOSED in roles:
        return None
    given = bool(asked.at(Role.GETS, Role.EARNS)) and bool(asked.sections)
    spoken = asked.values[:1] if asked.speaks or given or not leftover else []
    if not (Role.WHY in roles or asked.how_it_was_earned or (asked.speaks and spoken)):
        return None
    turn = next((turn for role, turn in TURNS[1:] if role in roles), None)
    side = next((SIDES[asked.items[i].role] for i in asked.comparatives if asked.named > 1), None)
    than = None if side is None else Turn.UP if side is Aim.HIGHER else Turn.DOWN
    names = asked.sections or _whole(asked, spoken, apart=bool(leftover))
    if not names or not (spoken or turn or than) or (not spoken and not asked.speaks and leftover):
        return None
    condition = None
    if spoken:
        own = conditions_of([a for a in asked.atoms if a.values is None or a is spoken[0]], every=False)
        condition = replace(own[0][0], names=names)
    return Premise(names=names, condition=condition, turn=turn, than=than)


def _whole(asked: Asked, spoken: Sequence[Atom], *, apart: bool) -> frozenset[str]:
    """A report as a whole, unless the grade is one of sections alone, or among other words one of something else."""
    grades = [grade for a in spoken if a.values is not None for grade in a.values.grades]
    if grades and not any(overall for _, overall, _ in grades):
        return frozenset()
    if apart and not (grades and _stands_alone(asked, spoken[0])):
        return frozenset()
    return frozenset({OVERALL}) if asked.speaks or spoken else frozenset()


def _stands_alone(asked: Asked, value: Atom) -> bool:
    """Whether a grade stands with a word for rating, and neither before nor after them what else has it."""
    items = asked.items
    first = skip(items, value.first - 1, {Role.RATING, Role.SMALL, Role.GETS}, -1) + 1
    after = skip(items, value.after, {Role.RATING, Role.OVERALL})
    ends = after == len(items) or items[after - 1].comma or items[after].role not in {Role.OTHER, Role.FOR}
    begins = first == 0 or items[first - 1].comma or items[first - 1].role is not Role.OTHER
    return begins and ends and any(i.role is Role.RATING for i in items[first:after])
