"""What changed since an earlier run: which questions went right and now go wrong, and the reverse."""

from __future__ import annotations

from dataclasses import dataclass

from eval.measure.questions import known_of
from eval.measure.recorded import Header, Run
from eval.measure.scoring import Measured, Row, row_of


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One question, asked in the same words in both runs."""

    before: Row
    now: Row


@dataclass(frozen=True, kw_only=True, slots=True)
class Changes:
    """
    earlier  the header of the earlier run.
    same     how many questions both runs asked in the same words; only they are compared, by what is known now.
    worse    right before, wrong now; `better` the reverse.
    other    right both times or wrong both times, but ended otherwise or cites other paragraphs.
    """

    earlier: Header
    same: int
    worse: tuple[Change, ...]
    better: tuple[Change, ...]
    other: tuple[Change, ...]


def changes(now: Measured, earlier: Run) -> Changes:
    before = {one.question.get("id"): one for one in earlier.asked}
    pairs = []
    for row in now.rows:
        then = before.get(row.known.id)
        if then is not None and known_of(then.question, "the earlier run").question == row.known.question:
            pairs.append(Change(before=row_of(row.known, then), now=row))
    return Changes(
        earlier=earlier.header,
        same=len(pairs),
        worse=tuple(p for p in pairs if p.now.missed and not p.before.missed),
        better=tuple(p for p in pairs if p.before.missed and not p.now.missed),
        other=tuple(p for p in pairs if p.before.missed == p.now.missed and _gave(p.before) != _gave(p.now)),
    )


def _gave(row: Row) -> tuple[str, tuple[tuple[str, str], ...]]:
    cited = row.asked.answer.citations if row.asked.answer else ()
    return row.ended, tuple((c.paragraph_id, c.quote) for c in cited)
