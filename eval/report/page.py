"""What the report shows, put together for its template. All text of questions, reports and answers is escaped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from eval.errors import RunError
from eval.measure.against import Changes
from eval.measure.baseline import Baseline, Fall
from eval.measure.figures import ASK, FAULTS, SEARCH, Share, near
from eval.measure.recorded import Place
from eval.measure.scoring import Endings, Measured, Row, endings, times
from eval.report import plots

_HEADLINES = ("answered", "refused", "right_reason", "cited", "recall", "precise", "foreign", "exact_quotes")
_BY_CATEGORY = (
    "section@1", "section@10", "passage@10", "answered", "refused", "right_reason", "cited", "recall",
    "precise", "foreign", "short_answer",
)  # fmt: skip
_HITS = 5
_SNIPPET = 260

MEANINGS = {
    "answered": "answerable questions that got an answer",
    "refused": "unanswerable questions that got none, or a correction",
    "balanced": "the mean of answered and refused",
    "cited": "answerable questions with a right citation",
    "recall": "of the passages needed, those cited",
    "cited_section": "answerable questions with a citation from a right section",
    "precise": "citations from a right section",
    "foreign": "citations from another file than a right one; less is better",
    "short_answer": "questions whose known short answer stands in the claims",
    "right_outcome": "questions that ended in one of the right outcomes",
    "right_reason": "questions that ended for one of the right reasons",
    "exact_quotes": "citations whose words stand in the paragraph and in the file",
    "claims_cited": "answers whose every claim has a citation",
    "must_not": "answers that say what they must not; less is better",
    "error": "questions that ended in a fault; less is better",
    "doc": "one of the first k found is from a right file",
    "section": "one of the first k found is from a right section",
    "passage": "one of the first k found holds the right words",
    "mrr": "the mean of one over the rank of the first right one",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A figure beside its baseline. `change` is how much better it is; negative where it is worse."""

    name: str
    meaning: str
    share: Share
    before: float | None
    fault: bool

    @property
    def change(self) -> float | None:
        if self.before is None:
            return None
        return (self.before - self.share.value) if self.fault else (self.share.value - self.before)


def write_report(
    path: Path,
    measured: Measured,
    *,
    baseline: Baseline | None = None,
    fallen: Sequence[Fall] = (),
    changes: Changes | None = None,
) -> None:
    """Raises RunError where the file cannot be written."""
    text = page(measured, baseline=baseline, fallen=fallen, changes=changes)
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as fault:
        raise RunError(f"{path} cannot be written ({fault.strerror}); name a file in a folder that can be") from fault


def page(
    measured: Measured,
    *,
    baseline: Baseline | None = None,
    fallen: Sequence[Fall] = (),
    changes: Changes | None = None,
) -> str:
    found = endings(measured.rows)
    return (
        _environment()
        .get_template("report.html")
        .render(
            measured=measured,
            header=measured.header,
            baseline=baseline,
            fallen=fallen,
            changes=changes,
            headlines=_lines(_HEADLINES, measured, baseline),
            tables=[("Search", _lines(SEARCH, measured, baseline)), ("Ask", _lines(ASK, measured, baseline))],
            columns=[name for name in _BY_CATEGORY if name in measured.figures],
            sizes=_sizes(measured.rows),
            endings=found,
            ended=_ended(found),
            curves=plots.rank_curves(measured.rows),
            dots=plots.reliability(measured.rows),
            histograms={name: plots.histogram(times(measured.rows, name)) for name in ("search", "ask")},
            misses=_by_category(measured.misses),
            plots=plots,
            hits_shown=_HITS,
        )
    )


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("eval.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"golds": _golds, "snippet": _snippet, "minute": _minute, "thousands": "{:,}".format}
    environment.tests |= {"right_for": _right_for}
    return environment


def _lines(names: Sequence[str], measured: Measured, baseline: Baseline | None) -> list[Line]:
    return [
        Line(
            name=name,
            meaning=MEANINGS.get(name) or MEANINGS[name.split("@")[0].split("_")[0]],
            share=measured.figures[name],
            before=baseline.all.get(name) if baseline else None,
            fault=name in FAULTS,
        )
        for name in names
        if name in measured.figures
    ]


def _ended(found: Sequence[Endings]) -> list[str]:
    """All endings that occur, the commonest first."""
    total: dict[str, int] = defaultdict(int)
    for one in found:
        for name, count in one.ended.items():
            total[name] += count
    return sorted(total, key=lambda name: (-total[name], name))


def _sizes(rows: Sequence[Row]) -> dict[str, int]:
    sizes: dict[str, int] = defaultdict(int)
    for row in rows:
        sizes[row.known.category] += 1
    return dict(sizes)


def _by_category(rows: Sequence[Row]) -> Mapping[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.known.category].append(row)
    return dict(sorted(found.items()))


def _right_for(place: Place, row: Row) -> bool:
    return near(place, row.known.gold)


def _golds(row: Row) -> list[dict[str, str]]:
    """What the question's golds say, as written: those that are compared are folded."""
    written = row.known.line.get("gold") or ()
    return [
        {
            "file": gold.file,
            "section": one.get("section") or one.get("heading") or "",
            "text": one.get("text") or one.get("sentence") or "",
        }
        for gold, one in zip(row.known.gold, written, strict=True)
    ]


def _minute(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y, %H:%M} UTC"


def _snippet(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _SNIPPET else f"{text[: text.rfind(' ', 0, _SNIPPET)]} …"
