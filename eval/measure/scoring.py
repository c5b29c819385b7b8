"""The figures of a stored run, computed from it alone: without a model, an index or the reports."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from eval.errors import RunError
from eval.measure.figures import Share, figures_of, first_ranks, percentile, shares
from eval.measure.questions import Known, QuestionSet, known_of
from eval.measure.recorded import Asked, Header, Run

# Where one of these is 0, or of the last two is not, the question went wrong; how that is said.
_GOOD = {
    "cited": "no right citation",
    "refused": "answered",
    "right_outcome": "wrong outcome",
    "right_reason": "wrong reason",
}
_BAD = {"must_not": "says what it must not", "error": "fault"}

_TIMED: tuple[Literal["search", "ask"], ...] = ("search", "ask")

ANSWER = "an answer"
NO_ANSWER = "no answer"
FAULT = "fault"


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One question, what the service gave, its figures, and the rank of the first fitting paragraph by kind."""

    known: Known
    asked: Asked
    figures: Mapping[str, float]
    ranks: Mapping[str, int | None]

    @property
    def missed(self) -> bool:
        return bool(self.wrong)

    @property
    def wrong(self) -> tuple[str, ...]:
        """What makes it a miss, in words; empty where it is none."""
        low = (said for name, said in _GOOD.items() if self.figures.get(name) == 0.0)
        return *low, *(said for name, said in _BAD.items() if self.figures.get(name, 0.0) > 0.0)

    @property
    def ended(self) -> str:
        """Outcome and reason; "fault" where there is no answer."""
        return self.asked.answer.ended if self.asked.answer else FAULT

    @property
    def said(self) -> str:
        """The answer's text, or the fault's."""
        return self.asked.answer.answer if self.asked.answer else self.asked.fault or ""

    @property
    def standalone(self) -> str | None:
        """The question as it was understood, where that is another than was asked."""
        answer = self.asked.answer
        if answer is None or answer.standalone_question == self.known.question.text:
            return None
        return answer.standalone_question

    @property
    def expected(self) -> str:
        if self.known.reasons:
            return " or ".join(self.known.reasons)
        if self.known.outcomes:
            return " or ".join(self.known.outcomes)
        return ANSWER if self.known.answerable else NO_ANSWER


@dataclass(frozen=True, kw_only=True, slots=True)
class Endings:
    """How questions of one expectation ended: by outcome and reason, how many, and how many of these went right."""

    expected: str
    ended: Mapping[str, int]
    right: Mapping[str, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Measured:
    """`milliseconds` holds search_p50, search_p99, ask_p50 and ask_p99."""

    header: Header
    rows: tuple[Row, ...]
    figures: Mapping[str, Share]
    categories: Mapping[str, Mapping[str, Share]]
    milliseconds: Mapping[str, float]

    @property
    def misses(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.missed)

    @property
    def answerable(self) -> int:
        return sum(row.known.answerable for row in self.rows)


def scored(run: Run, questions: QuestionSet | None = None) -> Measured:
    """
    questions  what is known of the run's questions now; what was known then, where there are none.

    Raises RunError where a question is another than the one that was asked under its id, or is not there.
    """
    rows = tuple(row_of(known, asked) for known, asked in _known(run, questions))
    by_category: dict[str, list[Mapping[str, float]]] = defaultdict(list)
    for row in rows:
        by_category[row.known.category].append(row.figures)
    return Measured(
        header=run.header if questions is None else _about(run.header, questions),
        rows=rows,
        figures=shares([row.figures for row in rows]),
        categories={name: shares(figures) for name, figures in sorted(by_category.items())},
        milliseconds={
            f"{name}_{label}": percentile(found, share)
            for name in _TIMED
            if (found := times(rows, name))
            for label, share in (("p50", 0.5), ("p99", 0.99))
        },
    )


def times(rows: Sequence[Row], name: Literal["search", "ask"]) -> list[float]:
    """Milliseconds of each question that did not end in a fault."""
    found = (row.asked.search_ms if name == "search" else row.asked.ask_ms for row in rows)
    return [ms for ms in found if ms is not None]


def row_of(known: Known, asked: Asked) -> Row:
    ranks = first_ranks(known, asked.hits) if asked.answer else {}
    return Row(known=known, asked=asked, figures=figures_of(known, asked, ranks), ranks=ranks)


def endings(rows: Sequence[Row]) -> list[Endings]:
    """By expectation, those of which there are most first."""
    expected = Counter(row.expected for row in rows)
    return [
        Endings(
            expected=name,
            ended=Counter(row.ended for row in rows if row.expected == name),
            right=Counter(row.ended for row in rows if row.expected == name and not row.missed),
        )
        for name, _ in expected.most_common()
    ]


def _known(run: Run, questions: QuestionSet | None) -> Iterable[tuple[Known, Asked]]:
    then = [(known_of(one.question, "the stored run"), one) for one in run.asked]
    if questions is None:
        return then
    now = {known.id: known for known in questions.questions}
    for known, _ in then:
        if known.id not in now or now[known.id].question != known.question:
            raise RunError(f"question {known.id!r} of the run is not asked so in {questions.name}; make the run again")
    return [(now[known.id], one) for known, one in then]


def _about(header: Header, questions: QuestionSet) -> Header:
    return header.model_copy(update={"questions": questions.name, "questions_digest": questions.digest})
