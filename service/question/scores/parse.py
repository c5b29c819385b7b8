"""From the words of a question to what it wants of the ratings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from service.question.scores.clauses import Atom, Condition, Read, conditions_of
from service.question.scores.items import Item, items_of
from service.question.scores.lexicon import Role
from service.question.scores.parsed import Aim, Premise, ScoreFilter, ScoresParsed, Times, Turn
from service.question.scores.scale import Scales, families_of
from service.question.scores.values import end_of_scales
from service.question.sections import OVERALL

_AUXILIARY = frozenset(["do", "does", "did", "is", "are", "was", "were", "has", "have", "had", "am"])
_TURNS = ((Role.SAME, Turn.SAME), (Role.UP, Turn.UP), (Role.DOWN, Turn.DOWN))
_ENDS = {Role.HIGHEST: Aim.HIGHEST, Role.LOWEST: Aim.LOWEST}
_EXTREME = {Aim.HIGHEST, Aim.LOWEST, Aim.ENDS}
_SIDES = {Role.HIGHER: Aim.HIGHER, Role.ABOVE: Aim.HIGHER, Role.LOWER: Aim.LOWER, Role.BELOW: Aim.LOWER}
_BESIDE = {Aim.HIGHER: Aim.ABOVE, Aim.LOWER: Aim.BELOW}
_LITTLE = {Role.SMALL, Role.GETS, Role.EARNS, Role.RATING, Role.FOR, Role.WHICH, Role.OVERALL, Role.NOT, Role.TO}
_FOR_TEXT = {Role.SAYS, Role.WHY, Role.SUPPOSED}
_COUNTED = {Role.NUMBER, Role.GRADE, Role.OTHER, Role.SECTION}
_BARE = {Role.WHICH, Role.HIGHEST, Role.LOWEST, Role.SMALL, Role.FOR}
_EVERYDAY = 2
# Whose they are is not told where no subject is named.
_OURS = {"our", "ours", "my", "mine", "we", "us"}


def parse(text: str, named: int, scales: Scales) -> ScoresParsed:
    question = _Question(text=text, items=tuple(_in_context(items_of(text, scales), named)), named=named, scales=scales)
    return question.parsed()


def _in_context(items: Sequence[Item], named: int) -> Iterator[Item]:
    """Words of several meanings in the one that they have here."""
    for at, one in enumerate(items):
        before = items[at - 1].role if at else None
        ahead = next((i.role for i in items[at + 1 :] if i.role is not Role.SMALL), None)
        close = items[at + 1].role if at + 1 < len(items) else None
        if one.word in _OURS and not named:
            yield replace(one, role=Role.OTHER)
        elif one.word in {"who", "who's", "whom"} and named == 1 and not any(i.role in _SIDES for i in items):
            yield replace(one, role=Role.SAYS)
        elif one.role is Role.BODY and named and one.word in {"area", "areas"}:
            yield replace(one, role=Role.PARTS)
        elif one.role is Role.NUMBER and _counts(items, at):
            yield replace(one, role=Role.SMALL)
        elif one.role is Role.NUMBER and one.word == "one" and close not in {Role.FOR, Role.POINTS}:
            yield replace(one, role=Role.BODY)
        elif (one.role in _ENDS and one.word in {"most", "least"} and close in _COUNTED) or (
            one.role is Role.COUNT and (before in _ENDS or (ahead is Role.SECTION and not _of_ratings(items, at)))
        ):
            yield replace(one, role=Role.OTHER)
        elif one.role is Role.GRADE and before is Role.HOW:
            yield replace(one, role=Role.SMALL)
        elif one.role is Role.BETWEEN and (ahead is Role.YEAR or _of_two(items, at)):
            yield replace(one, role=Role.CHANGE)
        elif one.role is Role.AVERAGE and before in {Role.ABOVE, Role.BELOW}:
            yield replace(one, role=Role.OTHER)
        else:
            yield one


def _of_ratings(items: Sequence[Item], at: int) -> bool:
    """Whether what is counted is called a rating: "how many visits scores", and not "how many visits"."""
    after = next((i for i, item in enumerate(items) if i > at and item.role is Role.SECTION), at)
    return any(i.role in {Role.RATING, Role.NUMBER, Role.GRADE} for i in items[after + 1 : after + 2])


def _of_two(items: Sequence[Item], at: int) -> bool:
    """Whether "between" has but one number after it: "between the two assessments"."""
    numbers = [i for i in items[at + 1 :] if i.role in {Role.NUMBER, Role.GRADE}]
    return len(numbers) == 1


def _counts(items: Sequence[Item], at: int) -> bool:
    """Whether a number counts bodies or places, or is that of how many."""
    near = [items[i].role if 0 <= i < len(items) else None for i in (at - 2, at - 1, at + 1)]
    before = items[at - 1].word if at else ""
    if items[at].plural:
        return False
    if Role.BETWEEN in near[:2] and _of_two(items, at - 1 if near[1] is Role.BETWEEN else at - 2):
        return True
    if near[2] in {Role.BODY, Role.PARTS, Role.HIGHEST, Role.LOWEST} or near[1] in {Role.OUT_OF, *_ENDS}:
        return True
    return (before == "of" and near[0] is Role.NUMBER) or (before == "the" and near[0] is Role.OUT_OF)


@dataclass(frozen=True, kw_only=True)
class _Question:
    text: str
    items: tuple[Item, ...]
    named: int
    scales: Scales

    def parsed(self) -> ScoresParsed:
        parsed = self._wish()
        if parsed.wanted:
            return parsed
        return replace(parsed, condition=self._condition(), premise=self._premise(parsed))

    @cached_property
    def roles(self) -> frozenset[Role]:
        return frozenset(i.role for i in self.items)

    @cached_property
    def read(self) -> Read:
        read = Read(items=self.items, scales=self.scales)
        read.read()
        return read

    @cached_property
    def atoms(self) -> Sequence[Atom]:
        return self.read.atoms

    @cached_property
    def values(self) -> Sequence[Atom]:
        return [a for a in self.atoms if a.values is not None]

    @cached_property
    def sections(self) -> frozenset[str]:
        return frozenset(name for a in self.atoms for name in a.names)

    @cached_property
    def asks_whether(self) -> bool:
        """It opens with a verb or says that it is; or it is a name and a value ("Larkrise good for visits?")."""
        either = any(item.role is Role.OR and i not in self.read.spent for i, item in enumerate(self.items))
        if Role.WHICH in self.roles or Role.COUNT in self.roles or not self.named or (self.named > 1 and either):
            return False
        opening = next((i.word for i in self.items if i.role is not Role.AND), "")
        auxiliary = opening.removesuffix("n't").split()[0] in _AUXILIARY if opening.split() else False
        return auxiliary or Role.WHETHER in self.roles or (bool(self.values) and Role.HOW not in self.roles)

    @cached_property
    def speaks(self) -> bool:
        return bool(self.roles & {Role.RATING, Role.OUTCOME, Role.PERCENT})

    def _wish(self) -> ScoresParsed:
        aim, turn, strange = self._aim()
        conditions = self._conditions()
        whether = self.asks_whether and not strange
        if whether and aim in _ENDS.values() and (Role.POSSIBLE in self.roles or not self.sections):
            best = end_of_scales(self.scales, highest=aim is Aim.HIGHEST)
            conditions, aim = ((Condition(names=self.sections or None, values=best),),), Aim.SHOW
        elif whether and aim in _ENDS.values():
            strange = {i for i, item in enumerate(self.items) if item.role in _ENDS}
        percent = Role.PERCENT in self.roles and not self.values and Role.COUNT not in self.roles
        names = self.sections
        if not names or any(c.names is None for some in conditions for c in some):
            names |= self._unnamed(aim, conditions, percent=percent)
        leftover = self._leftover(strange)
        asked = self._is_asked(aim, whether=whether)
        also_text = self._asks_for_the_text_as_well(aim, asked=asked)
        reads = bool(self.roles & _FOR_TEXT) or self._how_it_was_earned()
        listing = self.named == 0 and (Role.WHICH in self.roles or bool(conditions))
        return ScoresParsed(
            wanted=not leftover and not reads and (asked or also_text),
            also_text=also_text,
            leftover=leftover,
            names=names or None,
            any_of=() if aim in {Aim.AVERAGE, Aim.COMMONEST} else conditions,
            aim=aim,
            top=next((int(self.items[i].number) for i in self._tops), None),
            turn=turn,
            ranked=Role.RANKED in self.roles,
            whether=whether and (bool(conditions) or aim is not Aim.SHOW),
            counts=not whether and (Role.COUNT in self.roles or listing),
            percent=percent,
            times=self._times(),
            families=families_of([i.families for i in self.items if i.role is Role.FAMILY]),
        )

    def _conditions(self) -> tuple[tuple[Condition, ...], ...]:
        parts = [i for i, item in enumerate(self.items) if item.role is Role.PARTS]
        every = any(
            self.items[i].word == "everything"
            or (i > 1 and self.items[i - 1].word in {"every", "each", "all"} and self.items[i - 2].role is Role.FOR)
            for i in parts
        )
        found = conditions_of(self.atoms, every=every)
        if self.named:
            return found
        # "Which have no 1s": none of all that is rated.
        return tuple(tuple(replace(c, every=c.every or (c.negated and c.names is None)) for c in some) for some in found)

    @cached_property
    def _tops(self) -> list[int]:
        ends = {i for i, item in enumerate(self.items) if item.role in _ENDS}
        counted = (i for i, item in enumerate(self.items) if item.role is Role.SMALL and item.number)
        return [i for i in counted if {i - 1, i + 1, i + 2} & ends]

    def _leftover(self, strange: set[int]) -> tuple[str, ...]:
        lost = self.read.loose | strange
        lost |= {i for i, item in enumerate(self.items) if item.role in {Role.OTHER, Role.EARNS} and not self._known(i)}
        lost |= {
            i
            for i, item in enumerate(self.items)
            if item.role in {Role.LEAST, Role.MOST, Role.WITHIN} and i not in self.read.spent
        }
        words = (word for i in sorted(lost) for word in self.items[i].word.split())
        return tuple(word for word in words if not self.scales.spells(word, self.sections))

    def _known(self, at: int) -> bool:
        return self.items[at].role is Role.EARNS and bool(self.speaks or self.values or self.sections)

    def _aim(self) -> tuple[Aim, Turn | None, set[int]]:
        """With the items that would have to say what is compared and do not."""
        roles = self.roles
        if Role.AVERAGE in roles:
            return Aim.AVERAGE, None, set()
        if Role.COMMONEST in roles or self._asks_the_most_given():
            return Aim.COMMONEST, None, set()
        if Role.RANKED in roles:
            return Aim.SHOW, None, set()
        if self.named <= 1 and roles & {Role.UP, Role.DOWN, Role.SAME, Role.CHANGE}:
            return Aim.CHANGED, next((turn for role, turn in _TURNS if role in roles), None), set()
        free = [i for i, item in enumerate(self.items) if item.role in _SIDES and i not in self.read.spent]
        than = [i for i in free if self.items[i].role in {Role.ABOVE, Role.BELOW}]
        than += [i for i, item in enumerate(self.items) if item.role is Role.THAN]
        if free and self.named > 1:
            return _SIDES[self.items[free[0]].role], None, self._of_sections(than)
        if free and self.named == 1 and than and (Role.WHICH in roles or Role.COUNT in roles):
            return _BESIDE[_SIDES[self.items[free[0]].role]], None, self._of_sections(than)
        if free or than:
            return Aim.SHOW, None, {*free, *than}
        if roles >= set(_ENDS) and self.named <= 1:
            return Aim.ENDS, None, set()
        end = next((role for role in _ENDS if role in roles), None)
        if end is None:
            return Aim.SHOW, None, set()
        return (
            (_SIDES[Role.HIGHER if end is Role.HIGHEST else Role.LOWER] if self.named > 1 else _ENDS[end]),
            None,
            set(),
        )

    def _asks_the_most_given(self) -> bool:
        """"Which score comes up most": a rating is asked for, and not a body."""
        of = any(a.role is Role.WHICH and b.role is Role.RATING for a, b in pairwise(self.items))
        return of and any(i.word == "most" for i in self.items)

    def _of_sections(self, than: Sequence[int]) -> set[int]:
        """Where one section is compared with another one, and not one subject with another."""
        named = [i for i, item in enumerate(self.items) if item.role is Role.SECTION]
        return {i for i in than if any(s < i for s in named) and any(s > i for s in named)}

    def _is_asked(self, aim: Aim, *, whether: bool) -> bool:
        """Whether ratings are meant, by a word for them or without one ("which council is best for visits?")."""
        roles = self.roles
        listing = self.named == 0 and bool(roles & {Role.WHICH, Role.COUNT, Role.BODY})
        if self.speaks or (Role.OVERALL in roles and (self.named or listing or self.values)):
            named = self.sections or self.values or self.named
            return bool(named or (roles & {Role.WHICH, Role.COUNT, Role.RATING, Role.RANKED} and Role.HOW not in roles))
        if aim in _EXTREME:
            return bool(Role.PARTS in roles or (listing and (self.sections or Role.BODY in roles)) or roles <= _BARE)
        if aim in {Aim.HIGHER, Aim.LOWER, Aim.ABOVE, Aim.BELOW}:
            return True
        if aim in {Aim.AVERAGE, Aim.COMMONEST} or Role.RANKED in roles:
            return bool(self.sections)
        if Role.GRADE in roles and self.values:
            long = any(len(g.label.split()) > _EVERYDAY for i in self.items for g in i.grades)
            return whether or self.named == 0 or long or bool(self.sections)
        return bool(self.values) or (Role.WHICH in roles and self._gets_for_a_section())

    def _gets_for_a_section(self) -> bool:
        """Whether it asks what is got for one, and not what one gets."""
        pairs = [(a.role, b.role) for a, b in pairwise(i for i in self.items if i.role is not Role.SMALL)]
        return bool(self.roles & {Role.GETS, Role.EARNS}) and (Role.FOR, Role.SECTION) in pairs

    def _asks_for_the_text_as_well(self, aim: Aim, *, asked: bool) -> bool:
        """It names a subject and a section and no more, or speaks of outcomes at large."""
        if asked:
            broad = any(i.role is Role.OUTCOME and i.word.endswith("s") for i in self.items)
            return broad and bool(self.named) and not self.values and Role.RATING not in self.roles
        if not self.named or self.values or Role.COUNT in self.roles:
            return False
        return aim is Aim.CHANGED or (bool(self.sections) and aim is Aim.SHOW)

    def _how_it_was_earned(self) -> bool:
        """Whether it asks how a rating came about ("How did it get a 4?"): the text says so."""
        return bool(Role.HOW in self.roles and self.values) and not self.asks_whether and self.named > 0

    def _unnamed(self, aim: Aim, conditions: tuple[tuple[Condition, ...], ...], *, percent: bool) -> frozenset[str]:
        """What is rated where the question does not name it: a report as a whole, or any part; empty for any."""
        roles, known = self.roles, self.scales.names
        whole = frozenset({OVERALL}) & known
        if percent or (Role.OUTCOME in roles and Role.PARTS not in roles):
            return whole
        if Role.PARTS in roles:
            return known - whole
        if conditions:
            of_all = [c.values for some in conditions for c in some]
            if any(over for v in of_all for _, over, _ in v.grades) or any(
                b.kind == "percent" for v in of_all for b in v.bounds
            ):
                return whole
            return known - whole
        if aim in _EXTREME:
            return known - whole if self.named else whole or known
        several = any(i.role is Role.RATING and i.word.endswith("s") for i in self.items)
        return known if several else whole or known

    def _times(self) -> Times:
        return Times(
            years=frozenset(int(i.number) for i in self.items if i.role is Role.YEAR),
            pilot=Role.PILOT in self.roles,
            earliest=Role.EARLIEST in self.roles,
            previous=Role.PREVIOUS in self.roles,
            every=Role.EVERY_TIME in self.roles,
        )

    def _condition(self) -> ScoreFilter | None:
        """ "What do reports with score 4 say about …": a value said of bodies or sections, and what is left."""
        for value in self.values:
            first, after = self._extent(value)
            if first == after:
                continue
            inside = [a for a in self.atoms if first <= a.first < after]
            found = conditions_of(inside, every=False)
            start, end = self.items[first].start, self.items[after - 1].end
            rest = re.sub(r"\s+", " ", f"{self.text[:start]} {self.text[end:]}").strip()
            return ScoreFilter(condition=found[0][0], rest=re.sub(r"\s+(?=[,.?])", "", rest))
        return None

    def _extent(self, value: Atom) -> tuple[int, int]:
        """From which to before which item a condition is said; nothing where it is none."""
        first, after = value.first, value.after
        while after < len(self.items) and self.items[after].role in {Role.RATING, Role.OVERALL, Role.FOR, Role.SECTION}:
            after += 1
        while after > value.after and self.items[after - 1].role is Role.FOR:
            after -= 1
        if after < len(self.items) and self.items[after].role is Role.BODY and self.items[after].word.endswith("s"):
            opens = first and self.items[first - 1].role is Role.RATING
            return first - bool(opens), after
        at = first - 1
        while at >= 0 and self.items[at].role in _LITTLE:
            at -= 1
        if at < 0 or self.items[at].role not in {Role.BODY, Role.PARTS} or at + 1 == first:
            return first, first
        return at + 1, after

    def _premise(self, parsed: ScoresParsed) -> Premise | None:
        roles = self.roles
        if not self.named or Role.SUPPOSED in roles:
            return None
        given = any(i.role in {Role.GETS, Role.EARNS} for i in self.items) and bool(self.sections)
        spoken = self.values if self.speaks or given or not parsed.leftover else []
        reason = Role.WHY in roles or self._how_it_was_earned()
        if not reason and not (self.speaks and spoken):
            return None
        turn = next((turn for role, turn in _TURNS[1:] if role in roles), None)
        than = self._than() if self.named > 1 else None
        names = self.sections or self._taken_whole(parsed, spoken)
        if not names or not (spoken or turn or than) or (not spoken and not self.speaks and parsed.leftover):
            return None
        condition = None
        if spoken:
            own = conditions_of([a for a in self.atoms if a.values is None or a is spoken[0]], every=False)
            condition = replace(own[0][0], names=names)
        return Premise(names=names, condition=condition, turn=turn, than=than)

    def _than(self) -> Turn | None:
        side = next((i.role for n, i in enumerate(self.items) if i.role in _SIDES and n not in self.read.spent), None)
        return None if side is None else Turn.UP if _SIDES[side] is Aim.HIGHER else Turn.DOWN

    def _taken_whole(self, parsed: ScoresParsed, spoken: Sequence[Atom]) -> frozenset[str]:
        grades = [grade for a in spoken[:1] if a.values is not None for grade in a.values.grades]
        if parsed.leftover or (grades and not any(overall for _, overall, _ in grades)):
            return frozenset()
        return frozenset({OVERALL}) if self.speaks or spoken else frozenset()
