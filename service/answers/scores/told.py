"""Questions about scores, answered from the parsed ratings: complete, with the denominator, never from top-k."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from indexer.index.catalogue import Catalogue, StoredParagraph, StoredRating
from service.answers.scores import notes
from service.answers.scores.choose import Choice, RatingsFound, Scope
from service.answers.scores.premise import check, correction
from service.answers.scores.wording import RatingWords, subject_of
from service.model import Filters
from service.question.scores.asked import Aim, Ratings, RatingsAsked, Turn
from service.question.scores.condition import ScoreFilter
from service.question.scores.premise import presumed
from service.question.sections import OVERALL, Sections
from service.question.subjects.subjects import SubjectsNamed


@dataclass(frozen=True, kw_only=True, slots=True)
class RatingTold:
    """A rating as a claim: its sentence, and the paragraph that prints it, which is cited as a whole."""

    text: str
    stored: StoredRating
    paragraph: StoredParagraph


@dataclass(frozen=True, kw_only=True, slots=True)
class RatingsTold:
    """An answer from ratings. `before` and `after` are notes around its claims; `missing` say of subjects by name that
    their reports print no such rating, which makes an answer with claims a partial one."""

    claims: tuple[RatingTold, ...]
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Premise:
    """What a question takes for granted of the ratings of `names`. `claims` correct it, none where it is so;
    `holds_in` are ids of the reports in which it is."""

    names: frozenset[str]
    holds_in: frozenset[str]
    claims: tuple[RatingTold, ...]

    @property
    def contradicted(self) -> bool:
        return bool(self.claims)


class RatingsAnswerer:
    """What of the printed ratings answers a question. Safe for several threads."""

    def __init__(self, catalogue: Catalogue, sections: Sections | None = None) -> None:
        self._catalogue = catalogue
        self._sections = sections or Sections(catalogue)
        self._parser = Ratings(catalogue, self._sections)
        self._words = RatingWords(self._sections.families)
        self._choice = Choice(catalogue, self._parser.vocabulary)

    def asked(self, text: str, *, named: int = 0) -> RatingsAsked | None:
        """As `Ratings.asked`."""
        return self._parser.asked(text, named=named)

    def score_filter(self, text: str) -> ScoreFilter | None:
        """As `Ratings.score_filter`."""
        return self._parser.score_filter(text)

    def scope(
        self, named: SubjectsNamed, filters: Filters, reports: Collection[str], about: Callable[[str], Collection[str]]
    ) -> Scope:
        """Whose ratings count for a question.

        reports  ids of the reports that the filters and the named subjects leave.
        about    gives the ids of all reports on a subject by its name.
        Raises UnknownFilterError for a filter that names no section.
        """
        within = frozenset(reports) | named.superseded
        subjects = {name: frozenset(about(name)) & within for name in named.names if name not in named.missing}
        if filters.subjects is not None or filters.reports is not None:
            subjects = {name: ids & frozenset(reports) for name, ids in subjects.items()}
        return Scope(
            reports=frozenset(reports) if filters.reports is not None else frozenset(reports) - named.superseded,
            older=frozenset() if filters.reports is not None else named.superseded,
            subjects=subjects,
            names=self._sections.rated(filters.sections, field="filters.sections")[0] if filters.sections else None,
            scores=frozenset(filters.scores) if filters.scores is not None else None,
            chosen=filters.reports is not None,
        )

    def tell(self, asked: RatingsAsked, scope: Scope) -> RatingsTold:
        """Every rating that the question wants, as claims in order, with what has to be said around them."""
        if asked.aim in {Aim.ABOVE, Aim.BELOW} and not scope.chosen:
            return self._beside(asked, scope)
        found = self._choice.find(asked, scope)
        if asked.aim is Aim.CHANGED:
            return self._changes(asked, scope, found)
        before: tuple[str, ...] = ()
        if not found.about:
            before = () if scope.subjects else ("No indexed report prints such a rating.",)
        elif asked.aim is Aim.AVERAGE:
            before = (notes.average(found),)
        elif asked.counts or not found.ratings:
            before = (notes.count(found, one_subject=len(scope.subjects) == 1),)
        after = notes.compared(asked, scope, found, self._choice)
        return self._told(found.ratings, asked, scope, found, before=before, after=after)

    def _beside(self, asked: RatingsAsked, scope: Scope) -> RatingsTold:
        """The named subject's rating, and all others' that are above or below it."""
        found = self._choice.beside(asked, scope)
        own = [r for r in found.ratings if r not in found.about]
        told = self._told(found.ratings, asked, scope, RatingsFound(ratings=tuple(own), about=tuple(own)))
        others = notes.count(RatingsFound(ratings=found.ratings[len(own) :], about=found.about), one_subject=False)
        way = "higher" if asked.aim is Aim.ABOVE else "lower"
        return replace(told, before=(f"{way.capitalize()}: {others[0].lower()}{others[1:]}",) if own else ())

    def premise(self, text: str, scope: Scope) -> Premise | None:
        """Whether what a question takes for granted of ratings is so; None where it takes nothing for granted, or
        nothing printed tells. `text` is without the names of subjects."""
        taken = presumed(text, self._parser, named=len(scope.subjects)) if scope.subjects else None
        if taken is None:
            return None
        every = self._choice.every(scope, taken.names)
        every = [r for r in every if taken.families is None or r.report.profile in taken.families]
        sides = [[r for r in every if r.report.id in reports] for reports in scope.subjects.values()]
        checked = check(taken, sides, self._parser.vocabulary)
        if not checked.holds and not checked.contradicts:
            return None
        dated = len({r.report.id for r in every}) > len({(subject_of(r.report), r.report.profile) for r in every})
        apart = len({r.report.profile for r in checked.contradicts}) > 1
        return Premise(
            names=taken.names,
            holds_in=frozenset(r.report.id for r in checked.holds),
            claims=self._cited(
                (r, correction(r, taken, self._words, dated=dated, told_apart=apart)) for r in checked.contradicts
            ),
        )

    def narrow(self, condition: ScoreFilter, scope: Scope) -> tuple[frozenset[str] | None, frozenset[int] | None]:
        """What a condition on ratings leaves of the reports and of the sections: ids of reports, and scores of
        sections; None where it leaves all."""
        values, names = condition.values, condition.names
        if names is None and any(overall for _, overall, _ in values.grades):
            names = frozenset({OVERALL})
        if names is None:
            held = (r.rating.score for r in self._catalogue.ratings() if values.hold(r))
            scores = values.scores or frozenset(score for score in held if score is not None)
            if scores:
                return None, scores
        asked = RatingsAsked(names=names or frozenset({OVERALL}), values=values)
        return frozenset(r.report.id for r in self._choice.find(asked, scope).ratings), None

    def _changes(self, asked: RatingsAsked, scope: Scope, found: RatingsFound) -> RatingsTold:
        """Each rating that changed, the earlier one first; how many rose and fell."""
        pairs = self._choice.pairs(found.about, asked.years)
        if not pairs:
            superseded = self._choice.superseded(scope)
            current = [r for r in found.about if r.report.id not in superseded]
            note = "No subject has two indexed reports that print this rating, so nothing tells of a change."
            return self._told(current, asked, scope, found, before=(note,) if found.about else ())
        turns = [self._choice.turn(*pair) for pair in pairs]
        one_thing = len(pairs) == 1 or (asked.names is not None and len(asked.names) == 1)
        shown = [
            stored
            for pair, turn in zip(pairs, turns, strict=True)
            if (turn is asked.turn if asked.turn is not None else one_thing or turn is not Turn.SAME)
            for stored in pair
        ]
        return self._told(shown or pairs[0], asked, scope, found, after=(notes.changed(turns),), dated=True)

    def _told(  # noqa: PLR0913 - a keyword for each thing that may stand around the claims
        self,
        ratings: Sequence[StoredRating],
        asked: RatingsAsked,
        scope: Scope,
        found: RatingsFound,
        *,
        before: tuple[str, ...] = (),
        after: tuple[str, ...] = (),
        dated: bool = False,
    ) -> RatingsTold:
        several = self._choice.with_several_reports
        apart = len({r.report.profile for r in ratings}) > 1
        answers = asked.whether and len(ratings) == 1
        sentences: list[tuple[StoredRating, str]] = []
        for r in ratings:
            own = dated or (subject_of(r.report), r.report.profile) in several
            text = self._words.sentence(r, dated=own, told_apart=apart)
            if answers and asked.values is not None:
                text = f"{'Yes' if asked.values.hold(r) else 'No'}: {text}"
            sentences.append((r, text))
        return RatingsTold(
            claims=self._cited(sentences),
            before=before,
            after=(*after, *notes.older(self._choice.left_aside(asked, scope))),
            missing=notes.missing(asked, scope, found),
        )

    def _cited(self, sentences: Iterable[tuple[StoredRating, str]]) -> tuple[RatingTold, ...]:
        found = ((self._catalogue.paragraph(r.rating.paragraph_id), r, text) for r, text in sentences)
        return tuple(RatingTold(text=text, stored=r, paragraph=p) for p, r, text in found if p is not None)
