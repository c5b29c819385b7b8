"""Fits what each feature of a candidate counts, a part of service/weights.json, on questions with known passages.

    python -m eval.fit.ranking FOLDER... [--index DIR]... [--out FILE] [--seed N]

A FOLDER holds docs/ and questions.jsonl, in the form that `eval.measure.questions` describes. Its documents are indexed
for as long as the fit runs, or a ready index is named for each FOLDER, in the same order. A folder whose name begins
with that of another and a dot (area.generic beside area) is read as the same questions in another way: neither is
fitted on where the other is held out.

Each folder counts the same. The shares are stepped, one after the other, for as long as the mean of one over the rank
of what answers rises, beginning where what answers is the likeliest to be drawn. What a search takes off a further
paragraph of a section is then chosen among a few values, for the most sections and passages among the first ten. The
figures that are kept with the weights are those of documents that were held out, and of whole folders that were.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Self
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from eval.arguments import command_parser
from eval.fit.parts import put
from eval.fit.ranking_cases import Case, Flags, cases
from eval.measure.figures import DEPTH
from indexer.build import BuildOptions, build
from indexer.progress import ConsoleProgress
from service.composition import encoder_of
from service.search.features import FEATURES
from service.search.ordering import ordered
from service.settings import Settings, load_settings
from service.weights import Part

_FOLDS = 5
# Keeps the shares of features that say the same from running away from each other.
_RIDGE = 1e-3
# By how much a share is changed at a time; from what it may grow again; what counts as a gain.
_STEPS = (0.5, 0.25, 0.12)
_LEAST = 0.02
_GAIN = 1e-5
# Of a fused score, whose cosines have a share of 1 together.
_AGAIN = (0.0, 0.02, 0.04, 0.06, 0.08, 0.1, 0.15, 0.2)

Shares = NDArray[np.float64]
Sets = Mapping[str, Sequence[Case]]


def main(arguments: Sequence[str]) -> int:
    told = _told(arguments)
    settings = load_settings()
    sets = {}
    for at, folder in enumerate(told.folders):
        with _index(folder, told.index[at] if told.index else None, settings) as index:
            sets[folder.name] = cases(index, folder / "questions.jsonl", encoder_of(settings)())
            print(f"{folder.name}: {len(sets[folder.name])} questions", file=sys.stderr)  # noqa: T201 - progress
    found = fit_and_measure(sets, told.seed)
    put(Part.SEARCH, found, told.out)
    print(json.dumps(found, indent=1))  # noqa: T201 - the command's output
    return 0


def fit_and_measure(sets: Sets, seed: int) -> dict[str, Any]:
    """What the search's part of the weights holds."""
    shares = fit(sets.values())
    again = best_again(sets, shares)
    by_document = {name: _held_out_documents(name, sets, again, seed) for name in sets}
    by_set = {name: _held_out_set(name, sets, again) for name in sets if len(sets) > 1}
    return {
        "origin": {
            "fitted": datetime.now(UTC).date().isoformat(),
            "by": "python -m eval.fit.ranking",
            "seed": seed,
            "questions": {name: len(found) for name, found in sets.items()},
            "fitted_on": {name: measure(found, lambda _: shares, again) for name, found in sets.items()},
            "documents_held_out": by_document,
            "sets_held_out": by_set,
        },
        "shares": dict(zip(FEATURES, (round(float(share), 4) for share in shares), strict=True)),
        "again": again,
    }


def fit(sets: Iterable[Sequence[Case]]) -> Shares:
    """The shares that rank what answers highest, every set counting the same; the cosines' sum to 1."""
    packed = [Packed.of(told) for found in sets if (told := [case for case in found if case.gold.any()])]
    if not packed:  # too few questions to hold any out: nothing is known
        return _scaled(np.ones(len(FEATURES)))
    shares = _likeliest(packed)
    best = _reciprocal(packed, shares)
    for step in _STEPS:
        better = True
        while better:
            better = False
            for at in range(1, len(shares)):  # the first stands still: only the proportions count
                for factor in (1 + step, 1 / (1 + step)):
                    tried = shares.copy()
                    tried[at] = max(tried[at], _LEAST) * factor
                    if (reached := _reciprocal(packed, tried)) > best + _GAIN:
                        shares, best, better = tried, reached, True
    return _scaled(shares)


@dataclass(frozen=True, kw_only=True, slots=True)
class Packed:
    """The candidates of several questions one below the other; `starts` and `counts` tell whose are whose."""

    features: NDArray[np.float64]
    gold: Flags
    starts: NDArray[np.int64]
    counts: NDArray[np.int64]

    @classmethod
    def of(cls, found: Sequence[Case]) -> Self:
        counts = np.array([len(case.gold) for case in found])
        return cls(
            features=np.concatenate([case.features for case in found]),
            gold=np.concatenate([case.gold for case in found]),
            starts=np.cumsum(counts) - counts,
            counts=counts,
        )

    def each(self, of_questions: NDArray[Any]) -> NDArray[Any]:
        """A value of every question, for each of its candidates."""
        return np.repeat(of_questions, self.counts)


def _reciprocal(packed: Sequence[Packed], shares: Shares) -> float:
    """The mean over the sets of the mean of one over the rank of what answers, 0 beyond the first ten."""
    found = []
    for one in packed:
        scores = one.features @ shares
        best = np.maximum.reduceat(np.where(one.gold, scores, -np.inf), one.starts)
        above = np.add.reduceat((scores > one.each(best)).astype(np.int64), one.starts)
        found.append(np.where(above < DEPTH, 1 / (1 + above), 0.0).mean())
    return float(np.mean(found))


def _likeliest(packed: Sequence[Packed]) -> Shares:
    """The shares under which what answers is likeliest to be drawn, in proportion to exp(score): a smooth beginning."""

    def loss(shares: Shares) -> tuple[float, Shares]:
        losses, slopes = [], []
        for one in packed:
            scores = one.features @ shares
            drawn = np.exp(scores - one.each(np.maximum.reduceat(scores, one.starts)))
            every = np.add.reduceat(drawn, one.starts)
            right = np.add.reduceat(drawn * one.gold, one.starts) + np.finfo(float).tiny
            losses.append(-np.mean(np.log(right / every)))
            slope = drawn / one.each(every) - drawn * one.gold / one.each(right)
            slopes.append(one.features.T @ slope / len(one.counts))
        return float(np.mean(losses) + _RIDGE * (shares @ shares)), np.mean(slopes, axis=0) + 2 * _RIDGE * shares

    start = np.ones(len(FEATURES))
    found: Shares = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[(0.0, None)] * len(FEATURES)).x
    return _scaled(found)


def _scaled(shares: Shares) -> Shares:
    cosines = sum(shares[FEATURES.index(name)] for name in ("cosine", "second"))
    return shares / cosines if cosines else shares


def best_again(sets: Sets, shares: Shares) -> float:
    def tens(again: float) -> float:
        figures = (measure(found, lambda _: shares, again) for found in sets.values())
        return float(np.mean([np.mean([v for k, v in one.items() if k.endswith(f"@{DEPTH}")]) for one in figures]))

    return max(_AGAIN, key=lambda again: (round(tens(again), 3), -again))


def measure(found: Sequence[Case], shares_for: Callable[[Case], Shares], again: float) -> dict[str, float]:
    """section@1, section@10, passage@1 and passage@10, as far as the questions tell.

    shares_for  the shares to rank a case by.
    """
    rows: dict[str, list[bool]] = {}
    for case in found:
        best = ordered(case.features @ shares_for(case), case.spans, again, DEPTH)
        for name, flags in (("section", case.sections), ("passage", case.passages)):
            if flags is not None:
                rows.setdefault(f"{name}@1", []).append(bool(flags[best[:1]].any()))
                rows.setdefault(f"{name}@{DEPTH}", []).append(bool(flags[best].any()))
    return {name: round(float(np.mean(hits)), 4) for name, hits in rows.items()}


def _held_out_documents(name: str, sets: Sets, again: float, seed: int) -> dict[str, float]:
    def fold(case: Case) -> int:
        return crc32(f"{seed} {case.group}".encode()) % _FOLDS

    shares = [fit([[c for c in found if fold(c) != k] for found in sets.values()]) for k in range(_FOLDS)]
    return measure(sets[name], lambda case: shares[fold(case)], again)


def _held_out_set(name: str, sets: Sets, again: float) -> dict[str, float]:
    others = [found for other, found in sets.items() if _questions(other) != _questions(name)]
    shares = fit(others)
    return measure(sets[name], lambda _: shares, again)


def _questions(name: str) -> str:
    return name.partition(".")[0]


@contextmanager
def _index(folder: Path, ready: Path | None, settings: Settings) -> Iterator[Path]:
    if ready is not None:
        yield ready
        return
    with TemporaryDirectory(prefix="citewise-fit-") as made, ConsoleProgress(quiet=True) as progress:
        build(folder / "docs", Path(made), BuildOptions.of(settings), progress)
        yield Path(made)


def _told(arguments: Sequence[str]) -> argparse.Namespace:
    parser = command_parser("eval.fit.ranking", __doc__)
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("--index", action="append", type=Path, metavar="DIR", help="a ready index, one a FOLDER")
    parser.add_argument("--out", type=Path, help="a file of weights, whose other parts are kept")
    parser.add_argument("--seed", type=int, default=7)
    told = parser.parse_args(arguments)
    if told.index and len(told.index) != len(told.folders):
        parser.error(f"{len(told.index)} indexes for {len(told.folders)} folders")
    return told


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
