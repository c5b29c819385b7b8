"""What was made of a question, in parts that every surface shows beside its answer; and filters that widen it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from service.answers.observer import Observer
from service.live import OpenGeneration
from service.model import Answer, Filters, Question, RatingFound, Understood

# As the one value of a filter: every body, or every section, whatever the question names.
EVERY = "*"
# How a condition on scores that holds for whatever is rated is keyed in `Understood.scores`.
ANY_SECTION = "any section"
# Said of a claim that nothing speaks against, and that was not held against its source word for word.
UNSURE = "not checked word for word"


class PartKind(StrEnum):
    SUBJECT = "subject"
    EVERY_SUBJECT = "every_subject"
    MISSING = "missing"
    SECTION = "section"
    EVERY_SECTION = "every_section"
    SCORE = "score"
    WHEN = "when"
    SPEAKER = "speaker"
    CARRIED = "carried"
    CORRECTION = "correction"
    UNREAD = "unread"


_TOLD = {
    PartKind.EVERY_SUBJECT: "all bodies",
    PartKind.EVERY_SECTION: "all sections",
    PartKind.MISSING: "no report on {}",
    PartKind.SPEAKER: "in the words of {}",
    PartKind.CARRIED: "from “{}”",
    PartKind.UNREAD: "not understood: {}",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """`text` is as the reports, the question or the filter words it."""

    kind: PartKind
    text: str

    @property
    def told(self) -> str:
        """In a few words that need no picture."""
        return _TOLD.get(self.kind, "{}").format(self.text)


def understood_parts(understood: Understood, filters: Filters) -> tuple[Part, ...]:
    """What the question names, or what is filtered by in its place."""
    return tuple(_parts(understood, filters))


def _parts(understood: Understood, filters: Filters) -> Iterator[Part]:
    if filters.subjects is None:
        yield from _each(PartKind.SUBJECT, [s for s in understood.subjects if s not in understood.missing])
        yield from _each(PartKind.MISSING, understood.missing)
    else:
        yield from _filtered(filters.subjects, PartKind.SUBJECT, PartKind.EVERY_SUBJECT)
    if filters.sections is None:
        yield from _each(PartKind.SECTION, understood.sections)
    else:
        yield from _filtered(filters.sections, PartKind.SECTION, PartKind.EVERY_SECTION)
    alone = understood.sections if len(understood.sections) == 1 else ()
    for section, condition in understood.scores.items():
        named = section != ANY_SECTION and section not in alone
        yield Part(kind=PartKind.SCORE, text=f"{section}: {condition}" if named else condition)
    if filters.scores is not None:
        yield Part(kind=PartKind.SCORE, text=f"score {' or '.join(map(str, filters.scores))}")
    if understood.when is not None:
        yield Part(kind=PartKind.WHEN, text=understood.when)
    yield from _each(PartKind.SPEAKER, understood.speakers)
    if understood.carried is not None:
        yield Part(kind=PartKind.CARRIED, text=understood.carried)
    yield from _each(PartKind.CORRECTION, [f"{c.written} → {c.meant}" for c in understood.corrections])
    if understood.unread:
        yield Part(kind=PartKind.UNREAD, text=", ".join(understood.unread))


def _each(kind: PartKind, texts: Sequence[str]) -> Iterator[Part]:
    return (Part(kind=kind, text=text) for text in texts)


def _filtered(values: Sequence[str], kind: PartKind, every: PartKind) -> Iterator[Part]:
    if EVERY in values:
        yield Part(kind=every, text="")
    else:
        yield from _each(kind, values)


def understood_line(answer: Answer, filters: Filters) -> str | None:
    """The same as one line; None where nothing was made of the question that is worth telling."""
    told = [part.told for part in understood_parts(answer.understood, filters)]
    if (whole := rephrased(answer)) is not None:
        told.insert(0, f"“{whole}”")
    return f"Understood: {' · '.join(told)}" if told else None


def rephrased(answer: Answer) -> str | None:
    """The standalone question where it is another one than was typed, and not only spelt another way, which the
    corrections tell."""
    same = answer.standalone_question.strip() == answer.question.strip()
    respelt = bool(answer.understood.corrections) and answer.understood.carried is None
    return None if same or respelt else answer.standalone_question


def searched_line(answer: Answer) -> str | None:
    """How much was looked through; None where nothing was."""
    reports, paragraphs = answer.searched.reports, answer.searched.paragraphs
    return f"Searched {_count(reports, 'report')}, {_count(paragraphs, 'paragraph')}." if reports else None


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def tells_ratings(answer: Answer) -> bool:
    """Whether the claims say nothing but what the ratings do."""
    printed = {rating.citation for rating in answer.ratings}
    return (
        bool(answer.ratings)
        and len(answer.claims) == len(answer.ratings)
        and all(set(claim.citations) <= printed for claim in answer.claims)
    )


def strip_of(answer: Answer) -> tuple[RatingFound, ...]:
    """The printed ratings that stand above what is said in sentences; none where the sentences are those ratings."""
    return () if tells_ratings(answer) else answer.ratings


def told_rating(rating: RatingFound) -> str:
    report = rating.report
    return f"{report.metadata.subject or report.title}, {rating.section}: {rating_value(rating)}"


def rating_value(rating: RatingFound) -> str:
    score = None if rating.score is None else str(rating.score)
    percent = None if rating.percent is None else f"{rating.percent}%"
    return " · ".join(filter(None, (score, rating.judgement, percent)))


def shown_line(answer: Answer) -> str | None:
    """How many items of how many a list shows."""
    shown = answer.shown
    return None if shown is None else f"Shown: {shown.items:,} of {shown.of:,}."


def answered(opened: OpenGeneration, question: Question, observer: Observer | None = None) -> Answer:
    """The answer, with `EVERY` among the filters taken for all that the index holds. Raises as `Answers.answer`."""
    asked = replace(question, filters=_widened(opened, question.filters))
    answer = opened.answering.answer(asked, observer)
    if asked.filters == question.filters:
        return answer
    told = {**answer.searched.filters, **question.filters.stated()}
    return replace(answer, searched=replace(answer.searched, filters=told))


def _widened(opened: OpenGeneration, filters: Filters) -> Filters:
    if EVERY in (filters.subjects or ()):
        filters = replace(filters, subjects=opened.retriever.subjects.indexed() or None)
    if EVERY in (filters.sections or ()):
        catalogue = opened.catalogue
        paths = (section.path for report in catalogue.reports() for section in catalogue.sections(report.id))
        filters = replace(filters, sections=tuple(dict.fromkeys(path[-1] for path in paths if path)) or None)
    return filters
