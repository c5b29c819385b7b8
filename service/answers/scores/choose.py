"""Which of the printed ratings a question is about, and which of them it wants."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from indexer.index.catalogue import Catalogue, StoredRating, StoredReport
from service.answers.scores.scope import Reports, Scope, ends_of, placed
from service.answers.scores.wording import subject_of
from service.question.scores import Aim, ScoresParsed, Turn
from service.question.scores.clauses import Condition
from service.question.scores.scale import Scales

_TWO = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class RatingsFound:
    """The ratings that a question wants; all those of what it asks about, whatever their values; and ids of the
    reports that meet its conditions."""

    ratings: tuple[StoredRating, ...]
    about: tuple[StoredRating, ...]
    meeting: frozenset[str] = frozenset()

    @property
    def of(self) -> int:
        """How many reports print a rating of what is asked about."""
        return len({r.report.id for r in self.about})


class Choice:
    """Safe for several threads."""

    def __init__(self, catalogue: Catalogue, scales: Scales) -> None:
        self._catalogue = catalogue
        self._scales = scales
        self.reports = Reports(catalogue)

    def find(self, parsed: ScoresParsed, scope: Scope) -> RatingsFound:
        """By subject, then the newest report first, then as printed; where several subjects are compared, by what is
        rated first."""
        about = self._ordered(self._about(parsed, scope), parsed, scope)
        extreme = parsed.aim in {Aim.HIGHEST, Aim.LOWEST, Aim.ENDS}
        about = _comparable(about) if parsed.ranked or extreme else about
        wanted, meeting = self._meeting(about, parsed)
        if parsed.aim is Aim.COMMONEST:
            wanted = _commonest(wanted)
        if extreme and not parsed.ranked:
            high = self._extreme(wanted, highest=True, top=parsed.top or 1) if parsed.aim is not Aim.LOWEST else []
            low = self._extreme(wanted, highest=False, top=parsed.top or 1) if parsed.aim is not Aim.HIGHEST else []
            wanted = [r for r in wanted if r in high or r in low]
        if parsed.ranked or parsed.top or parsed.aim is Aim.ENDS:
            wanted.sort(key=lambda r: self._scales.place(r) or 0.0, reverse=parsed.aim is not Aim.LOWEST)
        return RatingsFound(ratings=tuple(wanted), about=tuple(about), meeting=meeting)

    def beside(self, parsed: ScoresParsed, scope: Scope) -> RatingsFound:
        """Of all subjects' newest ratings those that are above, or below, the named one's, which come first."""
        shown = replace(parsed, aim=Aim.SHOW)
        own = self.find(shown, scope).ratings
        others = self.find(
            shown, replace(scope, reports=self.reports.current(), older=frozenset(), subjects={}, chosen=False)
        )
        wanted = Turn.UP if parsed.aim is Aim.ABOVE else Turn.DOWN
        apart = {r.report.id for r in own}
        about = tuple(r for r in others.about if r.report.id not in apart)
        found = (
            r for r in about if any(mine.rating.name == r.rating.name and self.turn(mine, r) is wanted for mine in own)
        )
        return RatingsFound(ratings=(*own, *found), about=about)

    def turn(self, earlier: StoredRating, later: StoredRating) -> Turn | None:
        """None where the two cannot be compared."""
        before, after = self._scales.place(earlier), self._scales.place(later)
        if before is None or after is None or earlier.report.profile != later.report.profile:
            return None
        return Turn.SAME if after == before else Turn.UP if after > before else Turn.DOWN

    def every(self, scope: Scope, names: Collection[str]) -> list[StoredRating]:
        """All ratings of some things, of older reports as well, the oldest first."""
        reports = scope.reports | scope.older
        found = self.named((r for r in self._catalogue.ratings() if r.report.id in reports), names)
        return sorted(found, key=lambda r: placed(r.report))

    def named(self, ratings: Iterable[StoredRating], names: Collection[str] | None) -> list[StoredRating]:
        """Those of some names; of a report that has none of these, those that rate it together with something else."""
        every = list(ratings)
        if names is None:
            return every
        having = {(r.report.id, r.rating.name) for r in every}

        def stands_for_another(r: StoredRating) -> bool:
            lacking = (name for name in names if (r.report.id, name) not in having)
            return any(r.rating.name in self._wider.get(name, ()) for name in lacking)

        return [r for r in every if r.rating.name in names or stands_for_another(r)]

    def left_aside(self, parsed: ScoresParsed, scope: Scope) -> list[StoredReport]:
        """Superseded reports that print such ratings and are not answered from; none where any superseded one is."""
        used = self.reports.of(parsed, scope)
        superseded = self.reports.superseded(scope)
        if used & superseded:
            return []
        printing = {r.report.id for r in self._catalogue.ratings() if self._meets(r, parsed, scope)}
        if parsed.names is not None:
            printing &= {r.report.id for r in self._catalogue.ratings() if r.rating.name in parsed.names}
        return [r for r in self.reports.known(scope) if r.id in superseded & printing]

    @cached_property
    def _wider(self) -> dict[str, frozenset[str]]:
        return {name: self._scales.wider(name) for name in self._scales.names}

    def _about(self, parsed: ScoresParsed, scope: Scope) -> list[StoredRating]:
        reports = self.reports.of(parsed, scope)
        every = (r for r in self._catalogue.ratings() if r.report.id in reports and self._meets(r, parsed, scope))
        return self.named(every, parsed.names)

    @staticmethod
    def _meets(r: StoredRating, parsed: ScoresParsed, scope: Scope) -> bool:
        """Whether it is a rating of the kind that is asked for, whatever it rates."""
        conditions = [c for some in parsed.any_of for c in some]
        return (
            (not parsed.percent or r.rating.percent is not None)
            and (not conditions or any(c.values.on_scale_of(r) for c in conditions))
            and (scope.names is None or r.rating.name in scope.names)
            and (scope.scores is None or r.rating.score in scope.scores)
        )

    def _meeting(
        self, about: Sequence[StoredRating], parsed: ScoresParsed
    ) -> tuple[list[StoredRating], frozenset[str]]:
        """The ratings that make reports meet a conjunction of conditions, in order; and ids of these reports."""
        if not parsed.any_of:
            return list(about), frozenset(r.report.id for r in about)
        by_report: dict[str, list[StoredRating]] = {}
        for r in about:
            by_report.setdefault(r.report.id, []).append(r)
        kept: set[tuple[str, str]] = set()
        meeting: set[str] = set()
        for report, own in by_report.items():
            for conjunction in parsed.any_of:
                things = dict.fromkeys(c.names for c in conjunction)
                bearing = [self._bearing(names, [c for c in conjunction if c.names == names], own) for names in things]
                if all(bearing):
                    meeting.add(report)
                    kept |= {(report, r.rating.name) for some in bearing for r in some}
        if parsed.whether:
            return list(about), frozenset(meeting)
        return [r for r in about if (r.report.id, r.rating.name) in kept], frozenset(meeting)

    def _bearing(
        self, names: frozenset[str] | None, conditions: Sequence[Condition], own: Sequence[StoredRating]
    ) -> list[StoredRating]:
        """The ratings of one report by which it meets all conditions on one thing; none where it does not."""
        of = [r for r in self.named(own, names) if any(c.values.on_scale_of(r) for c in conditions)]
        meeting = [r for r in of if all(c.values.hold(r) != c.negated for c in conditions)]
        of_all = any(c.every for c in conditions) or (names is not None and all(c.negated for c in conditions))
        return meeting if not of_all or len(meeting) == len(of) else []

    def pairs(self, about: Iterable[StoredRating], years: frozenset[int]) -> list[tuple[StoredRating, StoredRating]]:
        """Of every subject and rated thing the first and the last rating; of `years` alone where two are from them."""
        chains: dict[tuple[str, str, str], list[StoredRating]] = {}
        for r in about:
            chains.setdefault((subject_of(r.report), r.report.profile, r.rating.name), []).append(r)
        found = (ends_of(sorted(chain, key=lambda r: placed(r.report)), years) for chain in chains.values())
        return [pair for pair in found if pair is not None]

    @staticmethod
    def _ordered(ratings: Sequence[StoredRating], parsed: ScoresParsed, scope: Scope) -> list[StoredRating]:
        names = {name: at for at, name in enumerate(dict.fromkeys(r.rating.name for r in ratings))}
        by_name = len(scope.subjects) > 1 or parsed.aim is Aim.CHANGED
        return sorted(
            ratings,
            key=lambda r: (
                names[r.rating.name] if by_name else 0,
                subject_of(r.report).casefold(),
                -placed(r.report),
            ),
        )

    def _extreme(self, ratings: Sequence[StoredRating], *, highest: bool, top: int) -> list[StoredRating]:
        """The highest or lowest few of each scale, with all ties, in their order."""
        sign = 1 if highest else -1
        heights = [(r, sign * at) for r in ratings if (at := self._scales.place(r)) is not None]
        by_scale: dict[tuple[str, bool], list[float]] = {}
        for r, height in heights:
            by_scale.setdefault((r.report.profile, r.section is None), []).append(height)
        least = {scale: sorted(some, reverse=True)[: max(1, top)][-1] for scale, some in by_scale.items()}
        return [r for r, height in heights if height >= least[r.report.profile, r.section is None]]


def value_of(stored: StoredRating) -> tuple[str, bool, str]:
    """A rating's family and scale, and its value on it, without the percentage beside a grade."""
    rating = stored.rating
    value = rating.judgement if rating.score is None and rating.judgement else rating.score or f"{rating.percent}%"
    return stored.report.profile, stored.section is None, str(value)


def _commonest(ratings: Sequence[StoredRating]) -> list[StoredRating]:
    """Those that have the commonest value of their scale."""
    counts = Counter(map(value_of, ratings))
    most = {
        scale: max(n for (*other, _), n in counts.items() if tuple(other) == scale) for scale in {k[:2] for k in counts}
    }
    return [r for r in ratings if counts[value_of(r)] == most[value_of(r)[:2]]]


def _comparable(ratings: Sequence[StoredRating]) -> list[StoredRating]:
    """Without those that are alone on their scale, where others are not: they are the highest of nothing."""
    sizes = Counter((r.report.profile, r.section is None) for r in ratings)
    least = min(_TWO, max(sizes.values(), default=0))
    return [r for r in ratings if sizes[r.report.profile, r.section is None] >= least]
