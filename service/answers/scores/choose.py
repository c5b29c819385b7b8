"""Which of the printed ratings a question is about, and which of them it wants."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from indexer.index.catalogue import Catalogue, StoredRating, StoredReport
from service.answers.scores.wording import subject_of
from service.question.report_dates import stale, when, years_of
from service.question.scores.asked import Aim, RatingsAsked, Turn
from service.question.scores.vocabulary import Vocabulary

_TWO = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Scope:
    """Whose ratings count.

    reports   ids of the reports that the question may be answered from.
    older     ids of reports left aside, since newer ones supersede them: they count where a question speaks of
              change or of an earlier time.
    subjects  by the name of each subject that the question names, ids of all its reports.
    names     the filters' rated sections, and `scores` their scores; None for any.
    chosen    the reports were chosen one by one, so that none is left aside for a newer one.
    """

    reports: frozenset[str]
    older: frozenset[str] = frozenset()
    subjects: Mapping[str, frozenset[str]] = field(default_factory=dict)
    names: frozenset[str] | None = None
    scores: frozenset[int] | None = None
    chosen: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class RatingsFound:
    """The ratings that a question wants, and all those of what it asks about, whatever their values."""

    ratings: tuple[StoredRating, ...]
    about: tuple[StoredRating, ...]

    @property
    def of(self) -> int:
        """How many reports print a rating of what is asked about."""
        return len({r.report.id for r in self.about})


class Choice:
    """Safe for several threads."""

    def __init__(self, catalogue: Catalogue, vocabulary: Vocabulary) -> None:
        self._catalogue = catalogue
        self._vocabulary = vocabulary

    def find(self, asked: RatingsAsked, scope: Scope) -> RatingsFound:
        """By subject, then the newest report first, then as printed; where several subjects are compared, by what is
        rated first."""
        about = self._ordered(self._about(asked, scope), asked, scope)
        if asked.ranked or asked.aim in {Aim.HIGHEST, Aim.LOWEST}:
            about = _comparable(about)
        wanted = [r for r in about if asked.values is None or asked.whether or asked.values.hold(r)]
        if asked.aim in {Aim.HIGHEST, Aim.LOWEST}:
            wanted = self._extreme(wanted, highest=asked.aim is Aim.HIGHEST)
        if asked.ranked:
            wanted.sort(key=lambda r: self._vocabulary.place(r) or 0.0, reverse=True)
        return RatingsFound(ratings=tuple(wanted), about=tuple(about))

    def beside(self, asked: RatingsAsked, scope: Scope) -> RatingsFound:
        """Of all subjects' newest ratings those that are above, or below, the named one's, which come first."""
        reports = self._catalogue.reports()
        current = frozenset(r.id for r in reports) - stale(reports, self._subjects)
        own = self.find(replace(asked, aim=Aim.SHOW), scope).ratings
        others = self.find(
            replace(asked, aim=Aim.SHOW), replace(scope, reports=current, older=frozenset(), subjects={})
        )
        wanted = Turn.UP if asked.aim is Aim.ABOVE else Turn.DOWN
        apart = {r.report.id for r in own}
        about = tuple(r for r in others.about if r.report.id not in apart)
        found = (
            r for r in about if any(mine.rating.name == r.rating.name and self.turn(mine, r) is wanted for mine in own)
        )
        return RatingsFound(ratings=(*own, *found), about=about)

    def turn(self, earlier: StoredRating, later: StoredRating) -> Turn | None:
        """None where the two cannot be compared."""
        before, after = self._vocabulary.place(earlier), self._vocabulary.place(later)
        if before is None or after is None or earlier.report.profile != later.report.profile:
            return None
        return Turn.SAME if after == before else Turn.UP if after > before else Turn.DOWN

    def pairs(self, about: Iterable[StoredRating], years: frozenset[int]) -> list[tuple[StoredRating, StoredRating]]:
        """Of every subject and rated thing the first and the last rating; of `years` alone where two are from them."""
        chains: dict[tuple[str, str, str], list[StoredRating]] = {}
        for r in about:
            chains.setdefault((subject_of(r.report), r.report.profile, r.rating.name), []).append(r)
        found: list[tuple[StoredRating, StoredRating]] = []
        for chain in chains.values():
            chain.sort(key=lambda r: placed(r.report))
            then = [r for r in chain if years_of(r.report) & years]
            ends = then if len(then) > 1 else chain
            if len(ends) > 1:
                found.append((ends[0], ends[-1]))
        return found

    def every(self, scope: Scope, names: frozenset[str]) -> list[StoredRating]:
        """All ratings of some things, of older reports as well, the oldest first."""
        reports = scope.reports | scope.older
        found = [r for r in self._catalogue.ratings() if r.report.id in reports and r.rating.name in names]
        return sorted(found, key=lambda r: placed(r.report))

    def superseded(self, scope: Scope) -> frozenset[str]:
        """Ids of the reports that newer ones on the same subject supersede."""
        return scope.older if scope.chosen else scope.older | stale(self._known(scope), self._subjects)

    def left_aside(self, asked: RatingsAsked, scope: Scope) -> list[StoredReport]:
        """Superseded reports that print such ratings and are not answered from; none where any superseded one is."""
        used = self._reports(asked, scope)
        superseded = self.superseded(scope)
        if used & superseded:
            return []
        printing = {
            r.report.id
            for r in self._catalogue.ratings()
            if self._meets(r, asked, scope) and (asked.names is None or r.rating.name in asked.names)
        }
        return [r for r in self._known(scope) if r.id in superseded & printing]

    @cached_property
    def with_several_reports(self) -> frozenset[tuple[str, str]]:
        """Subjects, each with a family, on which several reports print ratings."""
        counts: dict[tuple[str, str], int] = {}
        for r in self._catalogue.reports():
            key = (subject_of(r), r.profile)
            counts[key] = counts.get(key, 0) + (r.ratings > 0)
        return frozenset(key for key, number in counts.items() if number > 1)

    def _about(self, asked: RatingsAsked, scope: Scope) -> list[StoredRating]:
        reports = self._reports(asked, scope)
        every = [r for r in self._catalogue.ratings() if r.report.id in reports and self._meets(r, asked, scope)]
        if asked.names is None:
            return every
        own = [r for r in every if r.rating.name in asked.names]
        having = {r.report.id for r in own}
        wider = {n for name in asked.names for n in self._vocabulary.wider(name)}
        return own + [r for r in every if r.rating.name in wider and r.report.id not in having]

    @staticmethod
    def _meets(r: StoredRating, asked: RatingsAsked, scope: Scope) -> bool:
        """Whether it is a rating of the kind that is asked for, whatever it rates."""
        return (
            (not asked.percent or r.rating.percent is not None)
            and (asked.values is None or asked.values.on_scale_of(r))
            and (scope.names is None or r.rating.name in scope.names)
            and (scope.scores is None or r.rating.score in scope.scores)
        )

    def _reports(self, asked: RatingsAsked, scope: Scope) -> frozenset[str]:
        known = self._known(scope)
        if asked.families is not None and (fitting := [r for r in known if r.profile in asked.families]):
            known = fitting
        if asked.aim is not Aim.CHANGED and not asked.every_time:
            superseded = self.superseded(scope)
            known = self._of_time(known, asked) or [r for r in known if r.id not in superseded]
        return frozenset(r.id for r in known)

    @staticmethod
    def _of_time(known: Sequence[StoredReport], asked: RatingsAsked) -> list[StoredReport]:
        """The reports of the time that is spoken of; none where no time is, or no report is of it."""
        newest_first = sorted(known, key=placed, reverse=True)
        if asked.pilot and (pilots := [r for r in known if r.metadata.assessment == "pilot"]):
            return pilots
        if asked.years and (then := [r for r in known if years_of(r) & asked.years]):
            return then
        if asked.earliest:
            return _nth_of_each(newest_first, -1)
        return _nth_of_each(newest_first, 1) if asked.previous else []

    def _ordered(self, ratings: Sequence[StoredRating], asked: RatingsAsked, scope: Scope) -> list[StoredRating]:
        names = {name: at for at, name in enumerate(dict.fromkeys(r.rating.name for r in ratings))}
        by_name = len(scope.subjects) > 1 or asked.aim is Aim.CHANGED
        return sorted(
            ratings,
            key=lambda r: (
                names[r.rating.name] if by_name else 0,
                subject_of(r.report).casefold(),
                -placed(r.report),
            ),
        )

    def _extreme(self, ratings: Sequence[StoredRating], *, highest: bool) -> list[StoredRating]:
        """The highest or lowest of each scale, with all ties, in their order."""
        best: dict[tuple[str, bool], float] = {}
        places = [self._vocabulary.place(r) for r in ratings]
        for r, at in zip(ratings, places, strict=True):
            if at is not None:
                scale = (r.report.profile, r.section is None)
                best[scale] = (max if highest else min)(at, best.get(scale, at))
        return [
            r
            for r, at in zip(ratings, places, strict=True)
            if at is not None and at == best[r.report.profile, r.section is None]
        ]

    def _known(self, scope: Scope) -> list[StoredReport]:
        within = scope.reports | scope.older
        return [r for r in self._catalogue.reports() if r.id in within]

    @cached_property
    def _subjects(self) -> Mapping[str, str]:
        return {r.id: subject_of(r) for r in self._catalogue.reports()}


def _comparable(ratings: Sequence[StoredRating]) -> list[StoredRating]:
    """Without those that are alone on their scale, where others are not: they are the highest of nothing."""
    sizes = Counter((r.report.profile, r.section is None) for r in ratings)
    least = min(_TWO, max(sizes.values(), default=0))
    return [r for r in ratings if sizes[r.report.profile, r.section is None] >= least]


def placed(report: StoredReport) -> int:
    """Its place in time; the lowest where no date is known."""
    day = when(report)
    return day.toordinal() if day is not None else 0


def _nth_of_each(newest_first: Sequence[StoredReport], place: int) -> list[StoredReport]:
    """The report at a place of each subject's and family's, or where there are fewer the last of them."""
    chains: dict[tuple[str, str], list[StoredReport]] = {}
    for report in newest_first:
        chains.setdefault((subject_of(report), report.profile), []).append(report)
    return [chain[place] if place < len(chain) else chain[-1] for chain in chains.values()]
