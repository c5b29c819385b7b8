"""Fits the weights of the service's reader on questions whose answers are known, and says how well they do.

python -m eval.fit.reading FOLDER... [--index NAME=DIR]... [--share NAME=1.0]...
                           [--keep DIR] [--reader DIR] [--unseen ROWS.jsonl.gz]... [--out service/weights.json]

A folder holds `questions.jsonl`, and the reports in `docs` unless an index of them is named; it goes by its own
name, or by NAME where it is given as NAME=FOLDER. Cross-validated by file: all figures are of questions whose file the
model did not see. The same for the same folders, shares and seed.

--reader fits with what that trained reader says of the evidence; the questions that it has learnt from, in the rows of
--unseen, are left out.
"""

from __future__ import annotations

import argparse
import json
import pickle
import random
import sys
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from eval.arguments import command_parser, named_number, named_path
from eval.fit.parts import put
from eval.fit.reading_cases import TAKEN_OUT, Case, cases, every_case, open_set, with_near_misses
from eval.fit.reading_models import (
    Floats,
    Prepared,
    Told,
    area_under_curve,
    fit_passages,
    fit_sentences,
    fit_support,
    prepare,
    support_rows,
)
from eval.measure.questions import read_questions
from eval.training.rows import learnt
from indexer.build import BuildOptions, build
from indexer.progress import ConsoleProgress
from indexer.text import digest
from service.composition import encoder_of
from service.networks import PackagedPairModel
from service.networks.packaged import SPEC
from service.settings import load_settings
from service.weights import Part

SEED = 7
# Of each folder.
_ASKED = 1500
# Beside 1 for the questions of a set: how much cases count that were made of them.
_TAKEN_OUT_COUNTS = 0.15
# What a refusal of a question that the evidence answers costs, beside an answer to one that it does not. Of the
# questions that people ask of reports most are answered in them, so a wrong refusal is met far more often; that the
# sets weigh both alike is made good here.
_REFUSAL_COSTS = 2.0
_BINS = 10


def main(arguments: Sequence[str] | None = None) -> int:
    asked = _parser().parse_args(arguments)
    folders = dict(_named(text) for text in asked.folders)
    shares = dict.fromkeys(folders, 1.0) | dict(asked.share)
    gathered = _gathered(folders, dict(asked.index), asked.keep, asked.reader, learnt(asked.unseen))
    prepared = [prepare(case) for case in every_case(gathered)]
    fitted = fit(prepared, shares)
    fitted["origin"] |= _made_by(folders, shares, asked)
    print(json.dumps(fitted["origin"], indent=1))  # noqa: T201 - the command's output
    put(Part.COUNTED if asked.reader is None else Part.READ, fitted, asked.out)
    return 0


def _made_by(folders: Mapping[str, Path], shares: Mapping[str, float], asked: argparse.Namespace) -> dict[str, Any]:
    """The command, with places that are the same anywhere, and digests of what it read."""
    command = ["python -m eval.fit.reading", *(f"{name}=…" for name in folders)]
    command += [f"--index {name}=…" for name, _ in asked.index]
    command += [f"--share {name}={share}" for name, share in shares.items() if share != 1]
    if asked.reader is not None:
        command.append("--reader …")
    command += ["--unseen …" for _ in asked.unseen]
    questions = {name: (place / "questions.jsonl").read_text(encoding="utf-8") for name, place in folders.items()}
    reader = {} if asked.reader is None else {"reader": digest((asked.reader / SPEC).read_text("utf-8"))}
    return {
        "command": " ".join(command),
        "questions": {name: digest(text) for name, text in questions.items()},
        **reader,
    }


def fit(prepared: Sequence[Prepared], shares: Mapping[str, float]) -> dict[str, Any]:
    """What `service.reader.weights` reads, with its origin and the figures reached."""
    passage = fit_passages(prepared, shares)
    sentence = fit_sentences(prepared)
    rows = support_rows(prepared, passage.line, sentence.line)
    read = [(one.case, row) for one, row in zip(prepared, rows, strict=True) if row is not None]
    told = _told(read, shares)
    support = fit_support(told)
    answers = support.answers
    threshold = round(1 / (1 + _REFUSAL_COSTS), 3)
    sets = np.asarray([case.set for case, _ in read])
    right = np.asarray([int(case.answerable) for case, _ in read])
    answered = answers >= threshold
    return {
        "origin": {
            "fitted": datetime.now(tz=UTC).date().isoformat(),
            "seed": SEED,
            "cases": dict(sorted(Counter(case.set for case, _ in read).items())),
            "costs": {
                "refusal of an answerable question": _REFUSAL_COSTS,
                "answer to an unanswerable question": 1.0,
            },
            "features": "named and explained in service/reader/features.py and support.py",
            "best paragraph answers": passage.figures,
            "best sentence of an answering paragraph answers": sentence.figures,
            "by set": {name: _figures(sets == name, right, answers, answered) for name in sorted(set(sets.tolist()))},
            "reliability": _reliability(answers, right, told.weight),
            "best paragraph answers, without each number": passage.without,
            "best sentence answers, without each number": sentence.without,
            "auc without each number": support.without,
        },
        "threshold": threshold,
        "passage": passage.line.stated(),
        "sentence": sentence.line.stated(),
        "support": support.line.stated(),
    }


def _told(read: Sequence[tuple[Case, tuple[float, ...]]], shares: Mapping[str, float]) -> Told:
    """Every set weighs as its share says, its answerable questions as much as those that are not."""
    right = [int(case.answerable) for case, _ in read]
    sizes = Counter((case.set, true) for (case, _), true in zip(read, right, strict=True))
    weight = np.asarray([
        _counts(case.set, shares) / sizes[case.set, true]
        for (case, _), true in zip(read, right, strict=True)
    ])  # fmt: skip
    return Told(
        rows=np.asarray([row for _, row in read]),
        right=np.asarray(right),
        weight=weight * len(read) / weight.sum(),
        group=np.asarray([case.group for case, _ in read]),
        of=tuple(case.set for case, _ in read),
    )


def _counts(name: str, shares: Mapping[str, float]) -> float:
    if name.endswith(TAKEN_OUT):
        return shares[name.removesuffix(TAKEN_OUT)] * _TAKEN_OUT_COUNTS
    return shares[name]


def _figures(of: Any, right: Any, answers: Floats, answered: Any) -> dict[str, float | None]:
    yes, no = of & (right == 1), of & (right == 0)
    figures = {
        "auc": area_under_curve(answers[of], right[of]),
        "answered": round(float(answered[yes].mean()), 3) if yes.any() else None,
        "refused": round(float(1 - answered[no].mean()), 3) if no.any() else None,
    }
    return {name: value for name, value in figures.items() if value is not None}


def _reliability(answers: Floats, right: Any, weight: Floats) -> list[str]:
    """Of the cases with about so high a probability, which share is answered; weighed as they were fitted."""
    lines = []
    for low in range(_BINS):
        inside = (answers >= low / _BINS) & (answers < (low + 1) / _BINS + (low == _BINS - 1))
        if weight[inside].sum() > 0:
            said, true = (np.average(v[inside], weights=weight[inside]) for v in (answers, right))
            lines.append(f"{inside.sum()} cases at {said:.2f}: {true:.2f} answered")
    return lines


def _gathered(
    folders: Mapping[str, Path],
    indexes: Mapping[str, Path],
    keep: Path | None,
    reader: Path | None,
    unseen: Collection[str],
) -> list[Case]:
    """All cases but those of the questions that the reader has learnt from; from the folder `keep`, where an earlier
    run of the same reader on the same questions has left them."""
    model = None if reader is None else PackagedPairModel(reader)
    encoder = encoder_of(load_settings())
    found: list[Case] = []
    for name, folder in folders.items():
        questions = folder / "questions.jsonl"
        known = with_near_misses(questions, read_questions(questions))
        known = [one for one in known if one.question.text not in unseen]
        random.Random(SEED).shuffle(known)  # noqa: S311 - repeatable, not secret
        asked = known[:_ASKED]
        of_reader = "" if reader is None else (reader / SPEC).read_text(encoding="utf-8")
        told = digest("\n".join([of_reader, *(one.question.text for one in asked)]))
        kept = None if keep is None else keep / f"{name}-{told}.pickle"
        if kept is None or not kept.exists():
            opened, parser, retriever = open_set(_index(name, folder, indexes, keep), encoder, model)
            made = list(cases(name, asked, parser, retriever))
            opened.close()
            if kept is not None:
                kept.write_bytes(pickle.dumps(made))
        else:
            made = pickle.loads(kept.read_bytes())  # noqa: S301 - written by this command
        found.extend(made)
    return found


def _index(name: str, folder: Path, indexes: Mapping[str, Path], keep: Path | None) -> Path:
    if name in indexes:
        return indexes[name]
    index = (keep or folder) / f"index-{name}"
    if not index.exists():
        settings = load_settings(index=index)
        with ConsoleProgress(quiet=True) as progress:
            build(folder / "docs", settings.index, BuildOptions.of(settings), progress)
    return index


def _named(text: str) -> tuple[str, Path]:
    name, _, place = text.rpartition("=")
    return name or Path(place).name, Path(place)


def _parser() -> argparse.ArgumentParser:
    parser = command_parser("eval.fit.reading", __doc__)
    parser.add_argument("folders", nargs="+", help="FOLDER or NAME=FOLDER, with docs and questions.jsonl")
    parser.add_argument(
        "--index", type=named_path, action="append", default=[], help="NAME=DIR: an index of that folder's reports"
    )
    parser.add_argument(
        "--share", type=named_number, action="append", default=[], help="NAME=WEIGHT: how much that folder counts"
    )
    parser.add_argument("--keep", type=Path, help="a folder to keep the retrieved evidence in, for fitting again")
    parser.add_argument("--reader", type=Path, help="a folder that `eval.training.ship` wrote")
    parser.add_argument("--unseen", type=Path, action="append", default=[], help="rows that the reader was trained on")
    parser.add_argument("--out", type=Path, help="a file of weights, whose other parts are kept")
    return parser


if __name__ == "__main__":
    sys.exit(main())
