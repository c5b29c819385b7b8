"""What a shipped reader knows of whole sections that were held out of its training.

python -m eval.training.sections WRITTEN.jsonl.gz... [--reader DIR] [--most 400] [--json OUT]

WRITTEN has lines as `eval.training.written` describes; those of whole sections are used. Every passage of a question's
section is read: the area under the curve over all passages, how often the likeliest passage answers, and how well the
sentences that answer are found (precision, recall, F1 over all sentences of all sections), questions that nothing in
the section answers among them. A sentence's score is the mean of its marks with the passage's logit; the threshold is
chosen on the other half of the questions.
"""

from __future__ import annotations

import gzip
import json
import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from eval.arguments import command_parser
from eval.errors import MeasureError
from eval.training.rows import held_out
from eval.training.written import answers_of, group_of, headed
from indexer.sentences import sentence_spans
from service.networks import PackagedPairModel, PairModel

_SEED = 7
# A threshold is chosen on one half of them.
_FEWEST = 2
# Below what any sentence is given.
_UNREAD = -40.0

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """A question read beside all of its section: of each passage its logit and whether it answers, of each sentence its
    score and whether it does."""

    kind: str
    passages: Floats
    answering: Flags
    sentences: Floats
    telling: Flags


def main(arguments: Sequence[str] | None = None) -> int:
    parser = command_parser("eval.training.sections", __doc__)
    parser.add_argument("written", type=Path, nargs="+")
    parser.add_argument("--reader", type=Path, help="a folder that `eval.training.ship` wrote; else the packaged one")
    parser.add_argument("--most", type=int, default=400, help="questions")
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args(arguments)
    model = PackagedPairModel(asked.reader) if asked.reader else PackagedPairModel.load()
    found = [read(known, model) for known in chosen(asked.written, asked.most)]
    if len(found) < _FEWEST:
        raise MeasureError(
            f"{len(found)} questions on sections that were held out: {_FEWEST} are needed to choose a threshold"
        )
    text = json.dumps(measure(found), indent=1)
    print(text)  # noqa: T201 - the command's output
    if asked.json is not None:
        asked.json.write_text(text + "\n", encoding="utf-8")
    return 0


def chosen(paths: Sequence[Path], most: int) -> list[Mapping[str, Any]]:
    lines = [known for path in paths for known in _lines(path)]
    return random.Random(_SEED).sample(lines, min(most, len(lines)))  # noqa: S311 - repeatable, not secret


def _lines(path: Path) -> Iterator[Mapping[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            known = json.loads(line)
            if "passages" in known and held_out(group_of(known)):
                yield known


def read(known: Mapping[str, Any], model: PairModel) -> Asked:
    texts = [headed(known, passage) for passage in known["passages"]]
    answers = answers_of(known)
    scores: list[float] = []
    telling: list[bool] = []
    reads = model.read(known["question"], texts)
    for at, (passage, one) in enumerate(zip(known["passages"], reads, strict=True)):
        before = len(texts[at]) - len(passage)
        for start, end in sentence_spans(passage):
            marked = one.marked(before + start, before + end)
            scores.append(_UNREAD if marked is None else marked + one.answers)
            telling.append(any(a < end and b > start for a, b in answers.get(at, ())))
    return Asked(
        kind=known["kind"],
        passages=np.array([one.answers for one in reads]),
        answering=np.array([at in answers for at in range(len(texts))]),
        sentences=np.array(scores),
        telling=np.array(telling),
    )


def measure(found: Sequence[Asked]) -> dict[str, Any]:
    answered = [one for one in found if one.answering.any()]
    marked = marked_by_halves(found)
    best = [float(one.passages.max()) for one in found]
    return {
        "questions": len(found),
        "passage auc": _auc(np.concatenate([o.answering for o in found]), np.concatenate([o.passages for o in found])),
        "answerable auc": _auc(np.array([one.answering.any() for one in found]), np.array(best)),
        "first": round(float(np.mean([one.answering[one.passages.argmax()] for one in answered])), 3),
        "sentences": _overlap(found, marked),
        "sentences by kind": {
            kind: _overlap(*zip(*[(o, m) for o, m in zip(found, marked, strict=True) if o.kind == kind], strict=True))
            for kind in sorted({one.kind for one in answered})
        },
    }


def marked_by_halves(found: Sequence[Asked]) -> list[Flags]:
    """The sentences of each question that pass the threshold that suits the other half best."""
    halves = (found[::2], found[1::2])
    limits = [_best_threshold(half) for half in halves]
    return [one.sentences > limits[1 - at % 2] for at, one in enumerate(found)]


def _best_threshold(found: Sequence[Asked]) -> float:
    scores = np.concatenate([one.sentences for one in found])
    telling = np.concatenate([one.telling for one in found])
    order = np.argsort(-scores, kind="stable")
    right = np.cumsum(telling[order])
    f1 = 2 * right / (np.arange(1, len(order) + 1) + max(1, int(telling.sum())))
    return float(np.nextafter(scores[order[int(f1.argmax())]], -np.inf))


def _overlap(found: Sequence[Asked], marked: Sequence[Flags]) -> dict[str, float]:
    right = sum(int((one.telling & flags).sum()) for one, flags in zip(found, marked, strict=True))
    said, told = sum(int(flags.sum()) for flags in marked), sum(int(one.telling.sum()) for one in found)
    return {
        "precision": round(right / max(1, said), 3),
        "recall": round(right / max(1, told), 3),
        "f1": round(2 * right / max(1, said + told), 3),
    }


def _auc(right: Flags, scores: Floats) -> float | None:
    return round(float(roc_auc_score(right, scores)), 3) if len(set(right.tolist())) > 1 else None


if __name__ == "__main__":
    sys.exit(main())
