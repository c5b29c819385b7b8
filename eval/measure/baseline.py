"""The figures that were reached, stored beside the questions: where one falls below, something that worked is lost."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from eval.errors import BaselineError
from eval.measure.figures import ASK, FAULTS, SEARCH, Share
from eval.measure.scoring import Measured

# The questions are the same, so that nothing is left to chance but what differs between machines: float rounding
# swaps passages that are as good as equal. The sample on OpenVINO and on PyTorch differed by one question in any
# figure. More than two, or than 1 % of a figure's questions, is a change in what the service does.
TOLERATED = 2.0
_TOLERATED_SHARE = 0.01
# These are promises, and one question that breaks one is too many.
_PROMISES = frozenset({"exact_quotes", "claims_cited", "must_not", "error"})
_ALL = "all"
_DIGITS = 6


class Baseline(BaseModel):
    """`figures` is by category, and "all", by figure. `questions_digest` is that of the questions file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    made: datetime
    commit: str | None
    model: str
    corpus_digest: str
    questions: str
    questions_digest: str
    count: int = Field(ge=1)
    figures: Mapping[str, Mapping[str, float]]

    @property
    def all(self) -> Mapping[str, float]:
        return self.figures.get(_ALL, {})


@dataclass(frozen=True, kw_only=True, slots=True)
class Fall:
    """A figure of a category, or of "all", that was better. `now` is None where it is not measured any more."""

    category: str
    figure: str
    before: float
    now: Share | None

    def __str__(self) -> str:
        where = "" if self.category == _ALL else f"{self.category}: "
        if self.now is None:
            return f"{where}{self.figure} was {self.before:.4f} and is not measured any more"
        verb = "rose" if self.figure in FAULTS else "fell"
        return f"{where}{self.figure} {verb} from {self.before:.4f} to {self.now.value:.4f}, of {self.now.of} questions"


def baseline_of(measured: Measured) -> Baseline:
    groups: dict[str, Mapping[str, Share]] = {_ALL: measured.figures, **measured.categories}
    header = measured.header
    return Baseline(
        made=header.made,
        commit=header.commit,
        model=header.model,
        corpus_digest=header.corpus_digest,
        questions=header.questions,
        questions_digest=header.questions_digest,
        count=len(measured.rows),
        figures={
            group: {name: round(share.value, _DIGITS) for name, share in found.items()}
            for group, found in groups.items()
        },
    )


def falls(baseline: Baseline, measured: Measured) -> list[Fall]:
    """What is worse by more than is tolerated. Raises BaselineError where the questions are others."""
    if baseline.questions_digest != measured.header.questions_digest:
        raise BaselineError(
            f"the baseline is of other questions ({baseline.questions}, as of {baseline.made:%d %B %Y}); see that what "
            "changed is right, and write a new one with --write-baseline"
        )
    if baseline.count != len(measured.rows):
        raise BaselineError(f"the baseline is of {baseline.count} questions and {len(measured.rows)} were asked")
    groups: dict[str, Mapping[str, Share]] = {_ALL: measured.figures, **measured.categories}
    found = []
    for category, figures in baseline.figures.items():
        for name, before in figures.items():
            now = groups.get(category, {}).get(name)
            if now is None:
                # In a category, a figure of citations can go because nothing is cited any more, as it should be.
                if category == _ALL:
                    found.append(Fall(category=category, figure=name, before=before, now=None))
            elif _lost(name, before, now) > _tolerated(name, now.of):
                found.append(Fall(category=category, figure=name, before=before, now=now))
    return found


def _lost(name: str, before: float, now: Share) -> float:
    """How many questions' worth a figure has become worse."""
    worse = now.value - before if name in FAULTS else before - now.value
    return worse * now.of


def _tolerated(name: str, of: int) -> float:
    rounding = of * 10.0**-_DIGITS
    return rounding if name in _PROMISES else max(TOLERATED, of * _TOLERATED_SHARE) + rounding


def read_baseline(path: Path) -> Baseline:
    """Raises BaselineError."""
    try:
        baseline = Baseline.model_validate_json(path.read_text(encoding="utf-8"))
    except OSError as fault:
        raise BaselineError(f"{path} cannot be read ({fault.strerror}); write one with --write-baseline") from fault
    except (ValidationError, UnicodeDecodeError) as fault:
        raise BaselineError(f"{path} is not a baseline; write one with --write-baseline") from fault
    known = {*SEARCH, *ASK}
    if unknown := {name for figures in baseline.figures.values() for name in figures} - known:
        raise BaselineError(f"{path}: {min(unknown)} is no figure of this version; write one with --write-baseline")
    return baseline


def write_baseline(path: Path, measured: Measured) -> None:
    """Raises BaselineError."""
    data = baseline_of(measured).model_dump(mode="json")
    try:
        path.write_text(f"{json.dumps(data, ensure_ascii=False, indent=1)}\n", encoding="utf-8")
    except OSError as fault:
        raise BaselineError(f"{path} cannot be written ({fault.strerror})") from fault
