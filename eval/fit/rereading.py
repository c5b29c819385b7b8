"""Fits what the packaged reader's logits count in the ranking (`read` in the search's part of service/weights.json).

    python -m eval.fit.rereading FOLDER... --index DIR... --reader DIR [--unseen ROWS.jsonl.gz]... [--most 48]
                                 [--out FILE]

A FOLDER holds questions.jsonl, in the form that `eval.measure.questions` describes, with an index of its reports.
Questions that the reader has learnt from, in the rows of --unseen, are left out. The share is the one of a few with
the highest mean over the folders of one over the rank of what answers; each folder counts the same. And it says
what reading up to --most paragraphs of a question brings, at each depth with the share that suits it best.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval.arguments import command_parser
from eval.fit.parts import known, put
from eval.fit.ranking_cases import Flags, fitting
from eval.fit.reading_cases import open_set
from eval.measure.figures import DEPTH
from eval.measure.questions import read_questions
from eval.training.rows import learnt
from service.composition import encoder_of
from service.networks import PackagedPairModel, PairRead
from service.search.fusion import fused_scores
from service.search.reading import add_read
from service.search.weights import Weights
from service.settings import load_settings
from service.weights import Part

_SHARES = (0.0, 0.01, 0.02, 0.03, 0.04, 0.06, 0.08, 0.1, 0.13, 0.16, 0.2, 0.3, 0.5)
_DEPTHS = (4, 8, 12, 16, 24, 32, 48)


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """A question's candidates: their fused scores, what the service reads of them, what was read beyond that, as they
    were ranked, and which answer."""

    keys: list[int]
    scores: NDArray[np.float64]
    reads: Mapping[int, PairRead]
    deep: Mapping[int, PairRead]
    gold: Flags

    def rank(self, share: float, depth: int | None) -> int | None:
        """Of the best that answers, from 1; None where none does.

        depth  so many are read; None for as many as the service reads.
        """
        scores = self.scores.copy()
        reads = self.reads if depth is None else dict(islice(self.deep.items(), depth))
        add_read(scores, self.keys, reads, share)
        return int((scores > scores[self.gold].max()).sum()) + 1 if self.gold.any() else None


def main(arguments: Sequence[str] | None = None) -> int:
    asked = _parser().parse_args(arguments)
    model = PackagedPairModel(asked.reader)
    seen = learnt(asked.unseen)
    told = known(Part.SEARCH, asked.out)
    found = {}
    for folder, index in zip(asked.folders, asked.index, strict=True):
        asking = _Asking(weights=Weights.model_validate(told), model=model, seen=seen, most=asked.most)
        found[folder.name] = list(cases(folder / "questions.jsonl", index, asking))
        print(f"{folder.name}: {len(found[folder.name])} questions", file=sys.stderr)  # noqa: T201 - progress
    best, figures = best_share(found, None)
    origin = {
        "fitted": datetime.now(UTC).date().isoformat(),
        "by": "python -m eval.fit.rereading",
        "reader": model.name,
        "questions": {name: len(some) for name, some in found.items()},
        "without": {name: measure(some, 0.0, None) for name, some in found.items()},
        "with": figures,
        "paragraphs read": {depth: best_share(found, depth)[1] for depth in _DEPTHS if depth <= asked.most},
    }
    print(json.dumps({"origin": origin, "read": best}, indent=1))  # noqa: T201 - the command's output
    put(Part.SEARCH, {**told, "origin": {**told["origin"], "read": origin}, "read": best}, asked.out)
    return 0


def best_share(found: Mapping[str, Sequence[Case]], depth: int | None) -> tuple[float, dict[str, dict[str, float]]]:
    figures = {share: {name: measure(some, share, depth) for name, some in found.items()} for share in _SHARES}
    best = max(_SHARES, key=lambda share: np.mean([one["mrr"] for one in figures[share].values()]))
    return best, figures[best]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Asking:
    """The weights to rank by, the reader, the questions that it has learnt from, and how many paragraphs are read to
    see what more would bring; 0 for none beyond those that the service reads."""

    weights: Weights
    model: PackagedPairModel
    seen: Collection[str]
    most: int


def cases(questions: Path, index: Path, asking: _Asking) -> Iterator[Case]:
    opened, parser, retriever = open_set(index, encoder_of(load_settings()), asking.model)
    reading = retriever.rereading
    assert reading is not None
    try:
        for one in read_questions(questions):
            if not one.answerable or not one.gold or one.question.text in asking.seen:
                continue
            asked = parser.parse(one.question)
            sought, candidates, features = retriever.candidates(asked, one.question.filters)
            scores = fused_scores(features, asking.weights)
            best = candidates.keys[np.argsort(-scores, kind="stable")]
            more = asking.most and reading.read(sought.whole, sought.vector, best, asking.most, math.inf)
            yield Case(
                keys=candidates.keys.tolist(),
                scores=scores,
                reads=reading.read(sought.whole, sought.vector, best),
                deep=more or {},
                gold=fitting(one, candidates, opened.catalogue),
            )
    finally:
        opened.close()


def measure(found: Sequence[Case], share: float, depth: int | None) -> dict[str, float]:
    ranks = [case.rank(share, depth) for case in found]
    return {
        "mrr": round(float(np.mean([1 / r if r is not None and r <= DEPTH else 0.0 for r in ranks])), 4),
        "first": round(float(np.mean([r == 1 for r in ranks])), 4),
        "in ten": round(float(np.mean([r is not None and r <= DEPTH for r in ranks])), 4),
    }


def _parser() -> argparse.ArgumentParser:
    parser = command_parser("eval.fit.rereading", __doc__)
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("--index", action="append", type=Path, required=True, help="a ready index, one a FOLDER")
    parser.add_argument("--reader", type=Path, required=True, help="a folder that `eval.training.ship` wrote")
    parser.add_argument("--unseen", type=Path, action="append", default=[], help="rows that the reader was trained on")
    parser.add_argument("--most", type=int, default=0, help="so many paragraphs are read to see what more would bring")
    parser.add_argument("--out", type=Path, help="a file of weights, whose other parts are kept")
    return parser


if __name__ == "__main__":
    sys.exit(main())
