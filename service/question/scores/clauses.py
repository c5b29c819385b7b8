"""Values and sections of a question brought together, as in "3 for visits and 2 for access"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from service.question.scores.items import Item, skip
from service.question.scores.lexicon import Role
from service.question.scores.scale import Scales
from service.question.scores.values import Spoken, Values, values_of, within
from service.question.sections import OVERALL

_OPERATORS = {Role.LEAST, Role.MOST, Role.ABOVE, Role.BELOW, Role.BETWEEN}
_VALUE = {Role.NUMBER, Role.GRADE}
_AFTER = {Role.OR_MORE: Role.LEAST, Role.OR_LESS: Role.MOST}
_JOINS = {Role.OR, Role.AND, Role.TO}
_SKIPPED = {Role.SMALL, Role.RATING, Role.FOR, Role.OVERALL}
# A number is a value after one of these, with nothing but little words between.
_ANCHORS = {Role.RATING, Role.OUTCOME, Role.GETS, Role.EARNS, Role.COUNT, Role.PERCENT}
_BETWEEN = {
    Role.SMALL, Role.FOR, Role.SECTION, Role.OVERALL, Role.NOT, Role.AND, Role.OR, Role.NUMBER, Role.GRADE, Role.TO,
    Role.UP, Role.DOWN, Role.PARTS, Role.OR_MORE, Role.LEAST,
}  # fmt: skip
# What such numbers count.
_UNITS = {"year", "years", "time", "times"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Condition:
    """Of a report: that one of its ratings of `names` has one of the values; where `negated` none, where `every` all.
    None for anything that is rated."""

    names: frozenset[str] | None
    values: Values
    negated: bool = False
    every: bool = False

    @property
    def said(self) -> str:
        return f"{'not ' * self.negated}{self.values.said}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Atom:
    """A value or a section: the items from `first` to before `after`. `either` that "or" joins it to the one before."""

    values: Values | None = None
    names: frozenset[str] = frozenset()
    negated: bool = False
    either: bool = False
    first: int
    after: int


@dataclass(kw_only=True, slots=True)
class Read:
    """Reads items into atoms. `spent` are the items that mean something in one of them, `loose` those that should and
    do not: a "not" of nothing, an operator or a number without its value."""

    items: Sequence[Item]
    scales: Scales
    atoms: list[Atom] = field(default_factory=list)
    loose: set[int] = field(default_factory=set)
    spent: set[int] = field(default_factory=set)

    def read(self) -> None:
        at, either = 0, False
        negated: int | None = None
        while at < len(self.items):
            role = self.items[at].role
            atom = self._value(at) if role in _VALUE | _OPERATORS | {Role.WITHIN} else self._named(at)
            if atom is not None:
                self.atoms.append(replace(atom, negated=negated is not None, either=either and bool(self.atoms)))
                self.spent.update(range(atom.first, atom.after))
                at, either, negated = atom.after, False, None
                continue
            if role is Role.NOT:
                self.loose |= {negated} if negated is not None else set()
                negated = at
            either = either or role is Role.OR
            self.loose |= {at} if role in {Role.NUMBER, Role.GRADE, Role.WITHIN} else set()
            at += 1
        self.loose |= {negated} if negated is not None else set()
        if not any(a.values for a in self.atoms):
            self.loose |= {i for i, item in enumerate(self.items) if item.role is Role.NOT}

    def _role(self, at: int) -> Role | None:
        return self.items[at].role if 0 <= at < len(self.items) else None

    def _named(self, at: int) -> Atom | None:
        item = self.items[at]
        if item.role is Role.SECTION:
            return Atom(names=item.names, first=at, after=at + 1)
        if item.role is not Role.OVERALL or OVERALL not in self.scales.names:
            return None
        # "Overall score for visits" is one for visits; "overall, which …" is no condition.
        of = skip(self.items, at + 1, {Role.RATING, Role.OUTCOME, Role.PERCENT})
        other = self._role(of) is Role.FOR and self._role(skip(self.items, of, {Role.FOR, Role.SMALL})) is Role.SECTION
        opening = at == 0 and item.comma
        return None if other or opening else Atom(names=frozenset({OVERALL}), first=at, after=at + 1)

    def _value(self, first: int) -> Atom | None:
        role = self._role(first)
        if role is Role.WITHIN:
            return self._within(first)
        operator: Role | None = role if role in _OPERATORS else None
        at = skip(self.items, first + 1, _SKIPPED) if operator else first
        if self._role(at) not in _VALUE:
            return None
        spoken: list[Spoken] = []
        kind = self._role(at)
        while self._role(at) is kind:
            if spoken and self._role(at - 1) is Role.NUMBER:
                if self.items[at].plural:
                    break
                operator = Role.BETWEEN
            one, at = self._one(at)
            spoken.append(one)
            after = at
            if self._role(at) in _JOINS or self.items[at - 1].comma:
                ahead = skip(self.items, at, _JOINS)
                ahead = skip(self.items, ahead, _SKIPPED - {Role.OVERALL})
                if self._role(ahead) is kind:
                    operator = Role.BETWEEN if self._role(at) is Role.TO else operator
                    at = ahead
        last = _AFTER.get(self.items[after].role) if after < len(self.items) else None
        after += last is not None
        if self._role(after) is Role.NUMBER and self.items[after].plural:
            return None  # how many of them
        if not self._anchored(first, after, operator or last):
            return None
        operator = None if operator is Role.BETWEEN and kind is Role.GRADE else operator or last
        return Atom(values=values_of(spoken, operator, self.scales), first=first, after=after)

    def _one(self, at: int) -> tuple[Spoken, int]:
        item = self.items[at]
        if item.role is Role.GRADE:
            return item.grades, at + 1
        percent = self._role(at + 1) is Role.PERCENT
        return (item.number, item.percent or percent), at + 1 + percent

    def _within(self, first: int) -> Atom | None:
        at = skip(self.items, first + 1, {Role.SMALL})
        of = skip(self.items, at + 1, {Role.POINTS, Role.PERCENT, Role.RATING, Role.FOR, Role.SMALL})
        if self._role(at) is not Role.NUMBER or self._role(of) is not Role.GRADE:
            return None
        values = within(self.items[at].number, self.items[of].grades, self.scales)
        return Atom(values=values, first=first, after=of + 1)

    def _anchored(self, first: int, after: int, operator: Role | None) -> bool:
        """Whether it is a value, and not a number of something, nor how something else is."""
        item = next(i for i in self.items[first:after] if i.role in _VALUE)
        ahead = self._role(after)
        if ahead is Role.OTHER and not self.items[after - 1].comma:
            return False
        if (
            item.role is Role.GRADE
            or item.percent
            or item.plural
            or Role.PERCENT in map(self._role, range(first, after))
        ):
            return True
        if ahead is Role.SMALL and self.items[after].word in _UNITS:
            return False
        at = skip(self.items, first - 1, _BETWEEN, -1)
        rated = self._role(at) in {Role.RATING, Role.PERCENT} or Role.RATING in map(self._role, range(first, after))
        if rated or (ahead is Role.SECTION and not self.items[after - 1].comma):
            return rated
        beside = self._role(first - 1) is Role.SECTION and not operator
        of = skip(self.items, after, {Role.FOR, Role.SMALL})
        followed = ahead in {Role.OVERALL, Role.RATING} or (ahead is Role.FOR and self._role(of) is Role.SECTION)
        gets = self._role(at) in _ANCHORS and Role.SECTION not in map(self._role, range(at, first))
        return gets or self._role(first - 1) is Role.WHICH or beside or followed


def conditions_of(atoms: Sequence[Atom], *, every: bool) -> tuple[tuple[Condition, ...], ...]:
    """Any of them, each a conjunction. A value is that of the sections after it; of those before it, where sections
    come first; a section or a value without the other takes the one before."""
    values = [i for i, atom in enumerate(atoms) if atom.values is not None]
    ahead = bool(atoms) and atoms[0].values is None
    done: list[list[Condition]] = []
    current: list[list[Condition]] = [[]]
    last: Sequence[Atom] = ()
    for n, at in enumerate(values):
        before = values[n - 1] + 1 if n else 0
        behind = [*values[n + 1 :], len(atoms)]
        run = atoms[before:at] if ahead else atoms[at + 1 : behind[0]]
        if ahead and n + 1 == len(values):
            run = [*run, *atoms[at + 1 :]]
        if not run and not last and not ahead and len(behind) > 1:
            run = atoms[behind[0] + 1 : behind[1]]
        last = run = run or last
        if n and (atoms[at].either or (ahead and run and run[0].either)):
            done, current = [*done, *current], [[]]
        current = [[*left, *right] for left in current for right in _of_run(atoms[at], run, every=every)]
    return tuple(tuple(dict.fromkeys(some)) for some in (*done, *current) if some)


def _of_run(value: Atom, run: Sequence[Atom], *, every: bool) -> list[list[Condition]]:
    """A value with the sections that it is said of."""
    assert value.values is not None
    plain = [a for a in run if not a.negated]
    apart = [Condition(names=a.names, values=value.values, negated=not value.negated) for a in run if a.negated]
    if not plain:
        own = Condition(names=None, values=value.values, negated=value.negated, every=every and not run)
        return [[own, *apart]]
    each = [Condition(names=a.names, values=value.values, negated=value.negated) for a in plain]
    if any(a.either for a in plain[1:]) and not value.negated:
        return [[one, *apart] for one in each]
    return [[*each, *apart]]
