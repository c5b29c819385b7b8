"""From the words of a question to what it wants of the ratings."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from service.question.scores.asked import SIDES, TURNS, Asked
from service.question.scores.clauses import Condition, conditions_of
from service.question.scores.context import in_context
from service.question.scores.items import items_of
from service.question.scores.lexicon import Role
from service.question.scores.parsed import Aim, ScoresParsed, Times
from service.question.scores.presumed import condition_of, premise_of
from service.question.scores.scale import Scales, families_of
from service.question.scores.values import end_of_scales
from service.question.sections import OVERALL

_ENDS = {Role.HIGHEST: Aim.HIGHEST, Role.LOWEST: Aim.LOWEST}
_EXTREME = {Aim.HIGHEST, Aim.LOWEST, Aim.ENDS}
_BESIDE = {Aim.HIGHER: Aim.ABOVE, Aim.LOWER: Aim.BELOW}
_FOR_TEXT = {Role.SAYS, Role.WHY, Role.SUPPOSED}
_BARE = {Role.WHICH, Role.HIGHEST, Role.LOWEST, Role.SMALL, Role.FOR}
_EVERYDAY = 2

Conditions = tuple[tuple[Condition, ...], ...]


def parse(text: str, named: int, scales: Scales) -> ScoresParsed:
    asked = Asked(items=tuple(in_context(items_of(text, scales), named)), named=named, scales=scales)
    parsed = _wish(asked)
    if parsed.wanted:
        return parsed
    return replace(parsed, condition=condition_of(asked, text), premise=premise_of(asked, parsed.leftover))


def _wish(asked: Asked) -> ScoresParsed:
    roles = asked.roles
    aim, strange = _aim(asked)
    conditions = _conditions(asked)
    whether = asked.asks_whether and not strange
    if whether and aim in _ENDS.values():
        if Role.POSSIBLE in roles or not asked.sections:
            best = end_of_scales(asked.scales, highest=aim is Aim.HIGHEST)
            conditions, aim = ((Condition(names=asked.sections or None, values=best),),), Aim.SHOW
        else:
            strange = set(asked.at(*_ENDS))
    percent = Role.PERCENT in roles and not asked.values and Role.COUNT not in roles
    names = asked.sections
    if not names or any(c.names is None for some in conditions for c in some):
        names |= _unnamed(asked, aim, conditions, percent=percent)
    leftover = _leftover(asked, strange)
    is_asked = _is_asked(asked, aim, whether=whether)
    also_text = _asks_for_the_text_as_well(asked, aim, is_asked=is_asked)
    for_text = bool(roles & _FOR_TEXT) or asked.how_it_was_earned
    listing = asked.named == 0 and (Role.WHICH in roles or bool(conditions))
    return ScoresParsed(
        wanted=not leftover and not for_text and (is_asked or also_text),
        also_text=also_text,
        leftover=leftover,
        names=names or None,
        any_of=() if aim in {Aim.AVERAGE, Aim.COMMONEST} else conditions,
        aim=aim,
        top=_top(asked),
        turn=next((turn for role, turn in TURNS if role in roles), None) if aim is Aim.CHANGED else None,
        ranked=Role.RANKED in roles,
        whether=whether and (bool(conditions) or aim is not Aim.SHOW),
        counts=not whether and (Role.COUNT in roles or listing),
        percent=percent,
        times=Times(
            years=frozenset(int(asked.items[i].number) for i in asked.at(Role.YEAR)),
            pilot=Role.PILOT in roles,
            earliest=Role.EARLIEST in roles,
            previous=Role.PREVIOUS in roles,
            every=Role.EVERY_TIME in roles,
        ),
        families=families_of([asked.items[i].families for i in asked.at(Role.FAMILY)]),
    )


def _aim(asked: Asked) -> tuple[Aim, set[int]]:
    """With the places of words of comparison that compare nothing that is known."""
    roles, free = asked.roles, asked.comparatives
    than = [i for i in free if asked.items[i].role in {Role.ABOVE, Role.BELOW}] + asked.at(Role.THAN)
    ends = [aim for role, aim in _ENDS.items() if role in roles]
    strange: set[int] = set()
    aim = Aim.SHOW
    if Role.AVERAGE in roles:
        aim, strange = Aim.AVERAGE, set(asked.at(*_ENDS))
    elif Role.COMMONEST in roles or _asks_the_most_given(asked):
        aim = Aim.COMMONEST
    elif Role.RANKED in roles:
        pass
    elif asked.named <= 1 and roles & {Role.UP, Role.DOWN, Role.SAME, Role.CHANGE}:
        aim = Aim.CHANGED
    elif free and (asked.named > 1 or (asked.named == 1 and than and roles & {Role.WHICH, Role.COUNT})):
        aim = SIDES[asked.items[free[0]].role]
        aim = aim if asked.named > 1 else _BESIDE[aim]
        strange = _of_sections(asked, than)
    elif free or than:
        strange = {*free, *than}
    elif ends and asked.named > 1:
        aim = Aim.HIGHER if ends[0] is Aim.HIGHEST else Aim.LOWER
    elif ends:
        aim = ends[0] if len(ends) == 1 else Aim.ENDS
    return aim, strange


def _asks_the_most_given(asked: Asked) -> bool:
    """Whether a rating is asked for, and not a body ("which score comes up most")."""
    of = any(a.role is Role.WHICH and b.role is Role.RATING for a, b in pairwise(asked.items))
    return of and any(i.word == "most" for i in asked.items)


def _of_sections(asked: Asked, than: list[int]) -> set[int]:
    """Where one section is compared with another one, and not one subject with another."""
    named = asked.at(Role.SECTION)
    return {i for i in than if any(s < i for s in named) and any(s > i for s in named)}


def _conditions(asked: Asked) -> Conditions:
    def of_every_one(at: int) -> bool:
        before = asked.items[max(0, at - 2) : at]
        every = len(before) > 1 and before[0].role is Role.FOR and before[1].word in {"every", "each", "all"}
        return every or asked.items[at].word == "everything"

    found = conditions_of(asked.atoms, every=any(of_every_one(i) for i in asked.at(Role.PARTS)))
    if asked.named:
        return found
    # "Which have no 1s": none of all that is rated.
    return tuple(tuple(replace(c, every=c.every or (c.negated and c.names is None)) for c in some) for some in found)


def _top(asked: Asked) -> int | None:
    """How many of the highest or lowest are asked for."""
    ends = set(asked.at(*_ENDS))
    counted = (i for i in asked.at(Role.SMALL) if asked.items[i].number and {i - 1, i + 1, i + 2} & ends)
    return next((int(asked.items[i].number) for i in counted), None)


def _leftover(asked: Asked, strange: set[int]) -> tuple[str, ...]:
    lost = asked.read.loose | strange | set(asked.at(Role.OTHER))
    if not (asked.speaks or asked.values or asked.sections):
        lost |= set(asked.at(Role.EARNS))
    lost |= set(asked.at(Role.LEAST, Role.MOST, Role.WITHIN)) - asked.read.spent
    words = (word for i in sorted(lost) for word in asked.items[i].word.split())
    return tuple(word for word in words if not asked.scales.spells(word, asked.sections))


def _is_asked(asked: Asked, aim: Aim, *, whether: bool) -> bool:
    """Whether ratings are meant, by a word for them or without one ("which council is best for visits?")."""
    roles, sections, values = asked.roles, asked.sections, asked.values
    listing = asked.named == 0 and bool(roles & {Role.WHICH, Role.COUNT, Role.BODY})
    if asked.speaks or (Role.OVERALL in roles and (asked.named or listing or values)):
        wide = bool(roles & {Role.WHICH, Role.COUNT, Role.RATING, Role.RANKED}) and Role.HOW not in roles
        return bool(sections or values or asked.named) or wide
    if aim in _EXTREME:
        of_all = asked.named == 0 and bool(sections or Role.BODY in roles)
        return of_all or Role.PARTS in roles or roles <= _BARE
    if aim in {Aim.AVERAGE, Aim.COMMONEST} or Role.RANKED in roles:
        return bool(sections)
    if Role.GRADE in roles and values:
        long = any(len(g.label.split()) > _EVERYDAY for i in asked.items for g in i.grades)
        return whether or asked.named == 0 or long or bool(sections)
    compared = aim in {Aim.HIGHER, Aim.LOWER, Aim.ABOVE, Aim.BELOW}
    return bool(values) or compared or (Role.WHICH in roles and _gets_for_a_section(asked))


def _gets_for_a_section(asked: Asked) -> bool:
    """Whether it asks what is got for one, and not what one gets."""
    pairs = [(a.role, b.role) for a, b in pairwise(i for i in asked.items if i.role is not Role.SMALL)]
    return bool(asked.roles & {Role.GETS, Role.EARNS}) and (Role.FOR, Role.SECTION) in pairs


def _asks_for_the_text_as_well(asked: Asked, aim: Aim, *, is_asked: bool) -> bool:
    """It names a subject and a section and no more, or speaks of outcomes or of change at large."""
    if not asked.named or asked.values or Role.COUNT in asked.roles:
        return False
    if is_asked:
        broad = any(asked.items[i].word.endswith("s") for i in asked.at(Role.OUTCOME))
        return broad and Role.RATING not in asked.roles
    return aim is Aim.CHANGED or (bool(asked.sections) and aim is Aim.SHOW)


def _unnamed(asked: Asked, aim: Aim, conditions: Conditions, *, percent: bool) -> frozenset[str]:
    """What is rated where the question does not name it: a report as a whole, or any part; empty for any."""
    roles, known = asked.roles, asked.scales.names
    whole = frozenset({OVERALL}) & known
    of_all = [b for some in conditions for c in some for b in c.values.bounds]
    if percent or (Role.OUTCOME in roles and Role.PARTS not in roles):
        return whole
    if Role.PARTS in roles:
        return known - whole
    if of_all:
        of_whole = any(b.kind == "percent" or any(overall for _, overall, _ in b.grades) for b in of_all)
        return whole if of_whole else known - whole
    if aim in _EXTREME:
        return known - whole if asked.named else whole or known
    several = any(asked.items[i].word.endswith("s") for i in asked.at(Role.RATING))
    return known if several else whole or known
