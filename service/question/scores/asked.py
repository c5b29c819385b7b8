"""A question as items, and what more than one reading of it needs to know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from service.question.scores.clauses import Atom, Read
from service.question.scores.items import Item
from service.question.scores.lexicon import Role
from service.question.scores.parsed import Aim, Turn
from service.question.scores.scale import Scales

_AUXILIARY = frozenset(["do", "does", "did", "is", "are", "was", "were", "has", "have", "had", "am"])
SIDES = {Role.HIGHER: Aim.HIGHER, Role.ABOVE: Aim.HIGHER, Role.LOWER: Aim.LOWER, Role.BELOW: Aim.LOWER}
TURNS = ((Role.SAME, Turn.SAME), (Role.UP, Turn.UP), (Role.DOWN, Turn.DOWN))


@dataclass(frozen=True, kw_only=True)
class Asked:
    """named  how many subjects it names."""

    items: tuple[Item, ...]
    named: int
    scales: Scales

    def at(self, *roles: Role) -> list[int]:
        """The places of the items that have one of these roles."""
        return [i for i, item in enumerate(self.items) if item.role in roles]

    @cached_property
    def comparatives(self) -> list[int]:
        """The places of "higher", "worse than" and the like, where no value follows."""
        return [i for i in self.at(*SIDES) if i not in self.read.spent]

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

    @cached_property
    def how_it_was_earned(self) -> bool:
        """Whether it asks how a rating came about ("How did it get a 4?"): the text says so."""
        return bool(Role.HOW in self.roles and self.values) and not self.asks_whether and self.named > 0
