"""Questions about scores, answered from the parsed ratings: complete, with the denominator, never from top-k."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace

from indexer.index.catalogue import Catalogue, StoredRating
from service.answers.scores import notes
from service.answers.scores.choose import Choice, RatingsFound
from service.answers.scores.premise import check, correction
from service.answers.scores.scope import Scope
from service.answers.scores.wording import RatingWords, subject_of
from service.answers.told import Extract, Statement, Told
from service.model import Filters, Outcome, Reason, Shown
from service.question.scores import Aim, ScoresParsed, Turn
from service.question.scores.scale import Scales
from service.question.scores.values import exceeded
from service.question.sections import OVERALL, Sections
from service.question.subjects import SubjectsNamed

__all__ = ["Scope", "ScoresAnswerer"]

# Of a longer list the first are shown, and how many there are.
_MOST = 60


class ScoresAnswerer:
    """What of the printed ratings answers a question. Safe for several threads."""

    def __init__(self, catalogue: Catalogue, sections: Sections) -> None:
        self._catalogue = catalogue
        self._sections = sections
        self._scales = Scales(catalogue, sections)
        self._words = RatingWords(sections.families)
        self._choice = Choice(catalogue, self._scales)

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

    def tell(self, parsed: ScoresParsed, scope: Scope) -> Told:
        """Every rating that the question wants, in order, with what has to be said around them."""
        if parsed.aim in {Aim.ABOVE, Aim.BELOW} and not scope.chosen:
            return self._beside(parsed, scope)
        found = self._choice.find(parsed, scope)
        if not found.about and parsed.aim is not Aim.CHANGED:  # it may be printed in older reports alone
            parsed = replace(parsed, times=replace(parsed.times, every=True))
            found = self._choice.find(parsed, scope)
        if parsed.aim is Aim.CHANGED:
            return self._changes(parsed, scope, found)
        compared = notes.compared(parsed, scope, found, self._choice)
        before: tuple[str, ...] = ()
        if not found.about:
            before = () if scope.subjects or not scope.reports else ("No indexed report prints such a rating.",)
        elif parsed.aim is Aim.AVERAGE:
            before = (notes.average(found),)
        elif parsed.aim is Aim.COMMONEST:
            before = (notes.commonest(found),)
        elif parsed.whether and parsed.any_of and len(found.ratings) > 1:
            before = (_yes_or_no(found, scope),)
        elif parsed.counts or not found.ratings:
            before = (notes.count(found, parsed, one_subject=len(scope.subjects) == 1),)
        before = (*notes.of_other_times(parsed, self._choice.reports.known(scope)), *before)
        ahead, after = (compared, ()) if parsed.whether else ((), compared)
        return self._told(found.ratings, parsed, scope, found, before=(*before, *ahead), after=after)

    def premise(self, parsed: ScoresParsed, scope: Scope) -> Told | None:
        """The ratings that correct what a question takes for granted; None where it is so, or nothing printed tells."""
        taken = parsed.premise
        if taken is None or not scope.subjects:
            return None
        contradicts = self._checked(parsed, scope)[1]
        if not contradicts:
            return None
        every = self._choice.every(scope, taken.names)
        dated = len({r.report.id for r in every}) > len({(subject_of(r.report), r.report.profile) for r in every})
        apart = len({r.report.profile for r in contradicts}) > 1
        said = ((r, correction(r, taken, self._words, dated=dated, told_apart=apart)) for r in contradicts)
        return Told(statements=self._cited(said), reason=Reason.FALSE_PREMISE)

    def narrow(self, parsed: ScoresParsed, scope: Scope) -> tuple[frozenset[str] | None, frozenset[int] | None]:
        """What a condition on ratings, or what the question takes for granted and is so, leaves: ids of reports, and
        scores of sections; None where it leaves all."""
        if parsed.condition is None:
            holds = self._checked(parsed, scope)[0]
            return (frozenset(r.report.id for r in holds) or None), None
        condition = parsed.condition.condition
        values, names = condition.values, condition.names
        if names is None and any(overall for _, overall, _ in values.grades):
            names = frozenset({OVERALL})
        if names is None and not condition.negated:
            held = (r.rating.score for r in self._scales.ratings if values.hold(r))
            scores = values.scores or frozenset(score for score in held if score is not None)
            if scores:
                return None, scores
        asked = ScoresParsed(names=names, any_of=((replace(condition, names=names),),), times=parsed.times)
        found = self._choice.find(asked, scope)
        return (found.meeting if found.about else None), None

    def strip(self, section_names: Sequence[str], scope: Scope) -> tuple[Statement, ...]:
        """The printed ratings of every named body for the named sections, by section."""
        named = ({name} & self._scales.names or self._scales.under(name) for name in section_names)
        names = list(dict.fromkeys(name for some in named for name in sorted(some)))
        if not names or not scope.subjects:
            return ()
        found = self._choice.find(ScoresParsed(names=frozenset(names)), scope).ratings
        order = {name: at for at, name in enumerate(names)}
        shown = sorted(found, key=lambda r: order.get(r.rating.name, len(order)))
        return self._cited((r, self._sentence(r, found)) for r in shown)

    def _checked(self, parsed: ScoresParsed, scope: Scope) -> tuple[tuple[StoredRating, ...], tuple[StoredRating, ...]]:
        """The ratings that are as the question takes them to be, and those that are not."""
        if parsed.premise is None or not scope.subjects:
            return (), ()
        every = self._choice.every(scope, parsed.premise.names)
        every = [r for r in every if parsed.families is None or r.report.profile in parsed.families]
        sides = [[r for r in every if r.report.id in reports] for reports in scope.subjects.values()]
        checked = check(parsed, sides, self._scales)
        return checked.holds, checked.contradicts

    def _beside(self, parsed: ScoresParsed, scope: Scope) -> Told:
        """The named subject's rating, and all others' that are above or below it."""
        found = self._choice.beside(parsed, scope)
        own = tuple(r for r in found.ratings if r not in found.about)
        others = len({r.report.id for r in found.ratings[len(own) :]})
        said = notes.beside(others, found.of, higher=parsed.aim is Aim.ABOVE)
        before = (said,) if own else ()
        return self._told(found.ratings, parsed, scope, RatingsFound(ratings=own, about=own), before=before)

    def _changes(self, parsed: ScoresParsed, scope: Scope, found: RatingsFound) -> Told:
        """Each rating that changed, the earlier one first; how many rose and fell."""
        pairs = self._choice.pairs(found.about, parsed.times.years)
        if not pairs:
            superseded = self._choice.reports.superseded(scope)
            current = [r for r in found.about if r.report.id not in superseded]
            note = "No subject has two indexed reports that print this rating, so nothing tells of a change."
            return self._told(current, parsed, scope, found, before=(note,) if found.about else ())
        turns = [self._choice.turn(*pair) for pair in pairs]
        one_thing = len(pairs) == 1 or (parsed.names is not None and len(parsed.names) == 1)
        wanted = None if parsed.whether else parsed.turn
        shown = [
            stored
            for pair, turn in zip(pairs, turns, strict=True)
            if (turn is wanted if wanted is not None else one_thing or turn is not Turn.SAME)
            for stored in pair
        ]
        said = notes.changed(turns)
        if parsed.whether and len(turns) == 1 and turns[0] is not None:
            so = turns[0] is parsed.turn if parsed.turn is not None else turns[0] is not Turn.SAME
            answer = f"{'Yes' if so else 'No'}: {said[0].lower()}{said[1:]}"
            return self._told(shown, parsed, scope, found, before=(answer,), dated=True)
        return self._told(shown or pairs[0], parsed, scope, found, after=(said,), dated=True)

    def _told(  # noqa: PLR0913 - a keyword for each thing that may stand around the statements
        self,
        ratings: Sequence[StoredRating],
        parsed: ScoresParsed,
        scope: Scope,
        found: RatingsFound,
        *,
        before: tuple[str, ...] = (),
        after: tuple[str, ...] = (),
        dated: bool = False,
    ) -> Told:
        sentences = [(r, self._sentence(r, ratings, dated=dated)) for r in ratings[:_MOST]]
        if parsed.whether and parsed.any_of and len(ratings) == 1:
            sentences = [(r, f"{self._yes_or_no(r, parsed, found)}: {text}") for r, text in sentences]
        statements = self._cited(sentences)
        if parsed.also_text:  # what else there is to say, the text says
            return Told(
                statements=statements, before=before, after=after, outcome=Outcome.ANSWERED if statements else None
            )
        missing = notes.missing(parsed, scope, found)
        lacks = not statements or bool(missing)
        shown = Shown(items=len(statements), of=len(ratings)) if len(ratings) > _MOST else None
        cut = (f"{len(statements)} of {len(ratings)} are shown.",) if shown is not None else ()
        return Told(
            statements=statements,
            before=before,
            after=(*missing, *cut, *after, *notes.older(self._choice.left_aside(parsed, scope))),
            outcome=Outcome.NOT_FOUND if not statements else Outcome.PARTIAL if missing else Outcome.ANSWERED,
            reason=Reason.NO_EVIDENCE if lacks else None,
            shown=shown,
        )

    def _yes_or_no(self, stored: StoredRating, parsed: ScoresParsed, found: RatingsFound) -> str:
        if stored.report.id in found.meeting:
            return "Yes"
        conditions = [c for some in parsed.any_of for c in some]
        higher = all(not c.negated and exceeded(c.values, stored, self._scales) for c in conditions)
        return "No, it is higher" if higher else "No"

    def _sentence(self, stored: StoredRating, among: Sequence[StoredRating], *, dated: bool = False) -> str:
        own = dated or (subject_of(stored.report), stored.report.profile) in self._choice.reports.several
        return self._words.sentence(stored, dated=own, told_apart=len({r.report.profile for r in among}) > 1)

    def _cited(self, sentences: Iterable[tuple[StoredRating, str]]) -> tuple[Statement, ...]:
        found = ((self._catalogue.paragraph(r.rating.paragraph_id), r, text) for r, text in sentences)
        return tuple(
            Statement(text=text, rests=(Extract(found=p, start=0, end=len(p.paragraph.text)),), rating=r)
            for p, r, text in found
            if p is not None
        )


def _yes_or_no(found: RatingsFound, scope: Scope) -> str:
    """Whether all named subjects meet the conditions, or how many of them."""
    meeting = [name for name, reports in scope.subjects.items() if reports & found.meeting]
    if not meeting:
        return "No."
    return "Yes." if len(meeting) == len(scope.subjects) else f"In part: {len(meeting)} of the {len(scope.subjects)}."
