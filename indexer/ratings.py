"""The ratings that a report prints, each with the paragraph that prints it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from indexer.model import Notice
from indexer.profiles import Profile
from indexer.profiles.match import Printed

OVERALL = "Overall"


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A block of the report in reading order, as the ratings see it.

    section  the index of its section; for a heading, of the section that it opens.
    placed   its place among the paragraphs; None for a heading that opens a section.
    heading  it is printed as a heading, whether or not it opens a section.
    """

    text: str
    section: int
    placed: int | None
    heading: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """A rating in the outline's own terms.

    section  the index of the section that it rates; None for an overall rating.
    rates    all sections that its value holds for: none where the rated thing has no section of its own and
             `section` only prints the rating.
    placed   the paragraph that prints it, or None where only the heading of the section `printed_in` does.
    """

    section: int | None
    rates: tuple[int, ...]
    name: str
    printed_in: int
    placed: int | None
    score: int | None
    judgement: str | None
    percent: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Ratings:
    """`lines` are the places of the paragraphs that are nothing but a rating."""

    found: tuple[Found, ...]
    lines: frozenset[int]
    notices: tuple[Notice, ...]


def read_ratings(
    lines: Sequence[Line], names: Sequence[str], parents: Sequence[tuple[int, ...]], profile: Profile
) -> Ratings:
    """`names` are the sections' headings and `parents` the sections each stands in, both by section index."""
    reader = _Reader(lines, names, parents, profile)
    index = 0
    while index < len(lines):
        line, after = lines[index], lines[index + 1] if index + 1 < len(lines) else None
        following = after.text if after is not None and after.placed is not None else None
        printed = profile.printed(line.text, heading=line.heading, following=following)
        if printed is not None:
            halves = (line, after) if printed.torn and after is not None else (line,)
            reader.take(printed, halves)
            index += len(halves)
        else:
            index += 1
    return reader.result()


class _Reader:
    def __init__(
        self, lines: Sequence[Line], names: Sequence[str], parents: Sequence[tuple[int, ...]], profile: Profile
    ) -> None:
        self._names = names
        self._parents = parents
        self._profile = profile
        self._rules = [profile.section_rule(name) if name else None for name in names]
        self._sizes = [0] * len(names)
        for line in lines:
            if line.placed is not None:
                for index in (line.section, *parents[line.section]):
                    self._sizes[index] += 1
        self._found: list[Found] = []
        self._lines: set[int] = set()
        self._notices: list[Notice] = []

    def take(self, printed: Printed, halves: Sequence[Line]) -> None:
        if printed.rule.line:
            self._lines |= {half.placed for half in halves if half.placed is not None}
        if printed.rule.rates == "nothing":
            return
        where, grade = halves[-1], printed.grade
        if printed.score is not None and printed.percent is None and grade is None:
            message = f'"{where.text}" in "{self._names[where.section]}" is not on the scale; it is not counted'
            self._notices.append(Notice(code="rating-outside-scale", message=message))
            return
        if grade is None and printed.percent is not None:
            grade = self._profile.grade_of_percent(printed.percent)
        name, section, rates = self._target(printed, where)
        if name is not None:
            found = Found(
                section=section,
                rates=rates,
                name=name,
                printed_in=where.section,
                placed=where.placed,
                score=grade.value if grade is not None else None,
                judgement=grade.label if grade is not None else None,
                percent=printed.percent,
            )
            self._found.append(found)

    def result(self) -> Ratings:
        found = tuple(self._merged())
        self._check_percent(found)
        return Ratings(found=found, lines=frozenset(self._lines), notices=tuple(self._notices))

    def _target(self, printed: Printed, where: Line) -> tuple[str | None, int | None, tuple[int, ...]]:
        """The name of the rated thing, its section, and the sections that the value holds for."""
        if printed.rule.rates == "overall":
            return OVERALL, None, ()
        if printed.rule.rates == "area":
            rule = printed.section
            if rule is None:
                return None, None, ()
            named = tuple(i for i, r in enumerate(self._rules) if r is rule)
            own = max(named, key=lambda i: self._sizes[i], default=where.section)
            return rule.name, own, named
        around = (where.section, *reversed(self._parents[where.section]))
        rated = next((i for i in around if (r := self._rules[i]) is not None and r.rated), None)
        section = rated if rated is not None else where.section
        known = self._rules[section]
        name = known.name if known is not None else self._names[section]
        if not name or name == OVERALL:
            return None, None, ()
        return name, section, (section,)

    def _merged(self) -> Iterable[Found]:
        """One rating for each rated thing: what is printed twice is one, what differs is told."""
        by_name: dict[str, list[Found]] = {}
        for found in self._found:
            by_name.setdefault(found.name, []).append(found)
        for name, group in by_name.items():
            judgements = dict.fromkeys(f.judgement for f in group if f.judgement is not None)
            percents = dict.fromkeys(f.percent for f in group if f.percent is not None)
            if len(judgements) > 1 or len(percents) > 1:
                values = ", ".join(str(v) for v in (*judgements, *percents))
                message = f'"{name}" is rated in more than one way: {values}; the first is used'
                self._notices.append(Notice(code="conflicting-rating", message=message))
            yield self._best(group)

    def _best(self, group: Sequence[Found]) -> Found:
        """Among those that say the same as the first: a paragraph before a heading, then the rated section's own."""
        judgement = next((f.judgement for f in group if f.judgement is not None), None)
        same = [f for f in group if f.judgement in (None, judgement)]
        best = max(same, key=lambda f: (f.percent is not None, f.placed is not None, f.printed_in in f.rates))
        return replace(best, judgement=judgement)

    def _check_percent(self, found: Sequence[Found]) -> None:
        full = self._profile.data.overall.full
        overall = next((f for f in found if f.section is None and f.percent is not None), None)
        scores = [f.score for f in found if f.section is not None and f.score is not None]
        rated = sum(s.rated for s in self._profile.data.sections)
        if full is None or overall is None or overall.percent is None or len(scores) != rated:
            return
        reached = 100 * sum(scores) / full
        if abs(reached - overall.percent) >= 1:
            message = f"the scores add up to {reached:.0f}%, but {overall.percent}% is printed"
            self._notices.append(Notice(code="percent-mismatch", message=message))
