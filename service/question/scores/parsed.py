"""What a question wants of the ratings that reports print."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from service.question.scores.clauses import Condition

_ANYTHING = "any section"


class Turn(StrEnum):
    """Which way a rating went, or on which side of another one it is."""

    UP = "up"
    DOWN = "down"
    SAME = "same"


class Aim(StrEnum):
    """SHOW the ratings; only the HIGHEST, the LOWEST, or both ENDS; their AVERAGE; the COMMONEST; how they CHANGED from
    one assessment to the next; which of several subjects has the HIGHER or LOWER one; those of all others ABOVE or
    BELOW the named subject's."""

    SHOW = "show"
    HIGHEST = "highest"
    LOWEST = "lowest"
    ENDS = "ends"
    AVERAGE = "average"
    COMMONEST = "commonest"
    CHANGED = "changed"
    HIGHER = "higher"
    LOWER = "lower"
    ABOVE = "above"
    BELOW = "below"


@dataclass(frozen=True, kw_only=True, slots=True)
class Times:
    """The reports that a question speaks of: of some years, the pilot, each subject's earliest or previous one, or
    all."""

    years: frozenset[int] = frozenset()
    pilot: bool = False
    earliest: bool = False
    previous: bool = False
    every: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class ScoreFilter:
    """A question about what reports or sections with certain ratings say. `rest` is it without these words."""

    condition: Condition
    rest: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Premise:
    """What a question takes for granted of the ratings of `names`: their values, which way they went, or that the
    first of two subjects is above or below the second. None for what it does not speak of."""

    names: frozenset[str]
    condition: Condition | None
    turn: Turn | None
    than: Turn | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ScoresParsed:
    """
    wanted     the question is after ratings, and every word of it was understood; `also_text` that it names a section
               and a subject and no more, so that what is said there is wanted as well.
    leftover   the words that nothing was made of.
    names      what is rated, in the profiles' standard wording; None for anything.
    any_of     which ratings count: each entry a conjunction, of which one has to hold; empty for all.
    top        of HIGHEST and LOWEST, how many.
    turn       of ratings that changed, which way; None for any.
    ranked     they are to be told from high to low.
    whether    it asks whether it is so, so that other ratings answer it as well.
    counts     it asks which or how many, so that the answer needs its denominator.
    percent    it asks for a printed percentage.
    families   of the reports that it speaks of; None for any.
    condition  a condition on ratings in a question for the text; `premise` what such a one takes for granted.
    """

    wanted: bool = False
    also_text: bool = False
    leftover: tuple[str, ...] = ()
    names: frozenset[str] | None = None
    any_of: tuple[tuple[Condition, ...], ...] = ()
    aim: Aim = Aim.SHOW
    top: int | None = None
    turn: Turn | None = None
    ranked: bool = False
    whether: bool = False
    counts: bool = False
    percent: bool = False
    times: Times = Times()
    families: frozenset[str] | None = None
    condition: ScoreFilter | None = None
    premise: Premise | None = None

    @property
    def plain(self) -> Mapping[str, str]:
        """The conditions in plain words, by what is rated."""
        every = self.any_of if self.wanted else ((self.condition.condition,),) if self.condition is not None else ()
        whole = self.names if self.names is not None and len(self.names) == 1 else {_ANYTHING}
        said: dict[str, dict[str, None]] = {}
        for some in every:
            own: dict[str, list[str]] = {}
            for one in some:
                for name in sorted(one.names or whole):
                    own.setdefault(name, []).append(one.said)
            for name, words in own.items():
                said.setdefault(name, {})[" and ".join(words)] = None
        return {name: " or ".join(some) for name, some in said.items()}
