"""What a shipped reader knows of the rows that were held out of its training.

python -m eval.training.measure ROWS.jsonl.gz [--reader DIR] [--most 600] [--json OUT] [--plot OUT.svg]

For every set and task the area under the curve, how many are judged right at the middle, and how often the sentence
that answers has the highest marks; for claims the share judged right of each kind of change, by people and by rule
apart; and how often what it gives a probability is so.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.metrics import roc_auc_score

from eval.arguments import command_parser
from eval.training.rows import Row, read_rows
from indexer.sentences import sentence_spans
from service.networks import PackagedPairModel, PairRead

_BINS = 10
_SEED = 7


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    row: Row
    read: PairRead

    @property
    def logit(self) -> float:
        return self.read.supports if self.row.task == "supports" else self.read.answers

    @property
    def is_right(self) -> bool:
        return (self.logit > 0) == self.row.right

    @property
    def marks_the_answer(self) -> bool:
        """Whether the sentence with the highest mean of marks is the one that answers."""
        best = max(sentence_spans(self.row.passage), key=self._marked)
        return any(best[0] < end and start < best[1] for start, end in self.row.spans)

    def _marked(self, span: tuple[int, int]) -> float:
        marked = self.read.marked(*span)
        return -math.inf if marked is None else marked


def main(arguments: Sequence[str] | None = None) -> int:
    asked = _parser().parse_args(arguments)
    model = PackagedPairModel(asked.reader) if asked.reader else PackagedPairModel.load()
    judged = [Judged(row=r, read=model.read(r.text, [r.passage])[0]) for r in chosen(read_rows(asked.rows), asked.most)]
    figures = measure(judged)
    text = json.dumps(figures, indent=1)
    print(text)  # noqa: T201 - the command's output
    if asked.json is not None:
        asked.json.write_text(text + "\n", encoding="utf-8")
    if asked.plot is not None:
        asked.plot.write_text(plot(figures["reliability"]), encoding="utf-8")
    return 0


def plot(reliability: Mapping[str, Sequence[tuple[float, float, int]]]) -> str:
    """An SVG drawing: what is said along, what is so upwards; on the line both agree. A larger dot is more rows."""
    side = 300
    shapes = [f'<path d="M0 {side}L{side} 0" stroke="#888" stroke-dasharray="4"/>']
    for (name, bins), colour, lines in zip(reliability.items(), ("#0b4f9e", "#b35900"), (20, 40), strict=True):
        most = max((count for *_, count in bins), default=1)
        for said, share, count in bins:
            size = 3 + 6 * math.sqrt(count / most)
            title = f"<title>{name}: {count} said {said:.2f}, {share:.2f} are so</title>"
            x, y = said * side, side - share * side
            shapes.append(f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{size:.1f}" fill="{colour}">{title}</circle>')
        shapes.append(f'<text x="8" y="{lines}" fill="{colour}">{name}</text>')
    frame = f'<rect width="{side}" height="{side}" fill="none" stroke="#444"/>'
    box = f'viewBox="-10 -10 {side + 20} {side + 20}" width="{side + 20}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box} font-family="sans-serif">{frame}{"".join(shapes)}</svg>\n'


def chosen(rows: Sequence[Row], most: int) -> list[Row]:
    """Of the rows held out, at most so many of each set, task and way of writing."""
    by_kind: defaultdict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        if row.held:
            by_kind[row.set, row.task, row.by_rule].append(row)
    chance = random.Random(_SEED)  # noqa: S311 - no secret
    return [row for some in by_kind.values() for row in chance.sample(some, min(most, len(some)))]


def measure(judged: Sequence[Judged]) -> dict[str, Any]:
    answers = [one for one in judged if one.row.task == "answers"]
    claims = [one for one in judged if one.row.task == "supports"]
    return {
        "questions": _by(answers, lambda row: row.set),
        "kinds of question": _shares(answers, lambda row: row.kind),
        "claims": _by(claims, lambda row: f"{row.set}{', by rule' if row.by_rule else ''}"),
        "kinds of claim": _shares((c for c in claims if not c.row.by_rule), lambda row: row.kind),
        "kinds of claim by rule": _shares((c for c in claims if c.row.by_rule), lambda row: row.kind),
        "reliability": {"questions": reliability(answers), "claims": reliability(claims)},
    }


def _by(judged: Iterable[Judged], name: Callable[[Row], str]) -> dict[str, Mapping[str, float]]:
    found: dict[str, Mapping[str, float]] = {}
    for key, some in _grouped(judged, name).items():
        right = [one.row.right for one in some]
        figures: dict[str, float] = {"rows": len(some), "right": _mean(one.is_right for one in some)}
        if len(set(right)) > 1:
            figures["auc"] = round(float(roc_auc_score(right, [one.logit for one in some])), 3)
            of_both = [_mean(one.is_right for one in some if one.row.right is way) for way in (True, False)]
            figures |= {"right where it is so": of_both[0], "right where it is not": of_both[1]}
        spanned = [one for one in some if one.row.spans and one.row.task == "answers"]
        if spanned:
            figures["the answering sentence marked highest"] = _mean(one.marks_the_answer for one in spanned)
        found[key] = figures
    return found


def _shares(judged: Iterable[Judged], name: Callable[[Row], str]) -> dict[str, str]:
    grouped = _grouped(judged, name)
    return {k: f"{_mean(one.is_right for one in some)} of {len(some)} right" for k, some in grouped.items()}


def _grouped(judged: Iterable[Judged], name: Callable[[Row], str]) -> dict[str, list[Judged]]:
    found: defaultdict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        found[name(one.row)].append(one)
    return dict(sorted(found.items()))


def _mean(values: Iterable[bool]) -> float:
    return round(float(np.mean(list(values))), 3)


def reliability(judged: Sequence[Judged]) -> list[tuple[float, float, int]]:
    """For every tenth of the probabilities given: their mean, the share that is so, and how many they are."""
    found = []
    chances = np.array([1 / (1 + math.exp(-max(-50.0, min(50.0, one.logit)))) for one in judged])
    right = np.array([one.row.right for one in judged], np.float64)
    places = np.minimum((chances * _BINS).astype(int), _BINS - 1)
    for place in range(_BINS):
        inside = places == place
        if inside.any():
            found.append((round(float(chances[inside].mean()), 3), _mean(right[inside] > 0), int(inside.sum())))
    return found


def _parser() -> argparse.ArgumentParser:
    parser = command_parser("eval.training.measure", __doc__)
    parser.add_argument("rows", type=Path)
    parser.add_argument("--reader", type=Path, help="a folder that `eval.training.ship` wrote; else the packaged one")
    parser.add_argument("--most", type=int, default=600)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--plot", type=Path, help="where to draw how often what it gives a probability is so")
    return parser


if __name__ == "__main__":
    sys.exit(main())
