"""Prints the speed table for a folder of reports.

python -m eval.speed CORPUS [--index DIR] [--rounds 3] [--windows 1500] [--questions 200] [--callers 32] [--seed 7]
                     [--json OUT]

Everything is measured on the real commands and the real service, in one run, for only ratios within a run mean
anything: machines differ. Without --index everything happens in a temporary folder; with it the index is kept, and
where it is there already it is brought up to date first and the cold build is not measured.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from eval.arguments import command_parser
from eval.robustness.children import build
from eval.speed.asking import asking
from eval.speed.indexing import changed, cold, embedding_rates, unchanged
from eval.speed.report import Figure, machine, of_asking, of_changed, of_cold, of_unchanged, show
from indexer.errors import CitewiseError
from indexer.index.generations import current_generation
from indexer.settings import load_settings
from service.settings import NO_MODEL
from service.settings import load_settings as service_settings


def main() -> int:
    asked = _arguments()
    about = {"measured": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {_load()} before", **machine()}
    try:
        with _folder() as folder:
            figures = _measure(asked, folder)
    except CitewiseError as fault:
        print(f"eval.speed: {fault}", file=sys.stderr)  # noqa: T201 - the command's output
        return fault.exit_status
    show(figures, about)
    if asked.json:
        found = {"about": about, "corpus": str(asked.corpus), "figures": [asdict(figure) for figure in figures]}
        asked.json.write_text(json.dumps(found, indent=1), encoding="utf-8")
    return 1 if any(figure.reached is False for figure in figures) else 0


def _arguments() -> argparse.Namespace:
    parser = command_parser("eval.speed", __doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--index", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--windows", type=int, default=1500)
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--callers", type=int, default=32)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--json", type=Path)
    return parser.parse_args()


def _measure(asked: argparse.Namespace, folder: Path) -> list[Figure]:
    settings = load_settings(index=asked.index or folder / "index")
    found = None
    if current_generation(settings.index) is None:
        _say("indexing, cold")
        found = cold(asked.corpus, settings)
    else:
        _say("bringing the index up to date; the cold build is not measured")
        build(asked.corpus, settings.index)
    _say("embedding alone, in turns with a plain encoder")
    rates = embedding_rates(settings, count=asked.windows, seed=asked.seed)
    figures = of_cold(found, rates)
    _say("indexing with nothing changed")
    figures.append(
        of_unchanged(unchanged(asked.corpus, settings.index, times=asked.rounds, notes=folder / "notes.json"))
    )
    _say("indexing with something changed")
    figures += of_changed(changed(asked.corpus, settings.index, folder), found.rate if found else rates.ours)
    _say("asking")
    return figures + of_asking(
        asking(settings, folder, count=asked.questions, callers=asked.callers, rounds=asked.rounds, seed=asked.seed),
        reads=service_settings().reranker_model != NO_MODEL,
    )


@contextmanager
def _folder() -> Iterator[Path]:
    with TemporaryDirectory(prefix="citewise-speed-") as folder:
        yield Path(folder)


def _load() -> str:
    # Others that use the machine meanwhile make every figure but the ratios worse.
    return f"load average {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "load unknown"


def _say(what: str) -> None:
    print(what, file=sys.stderr)  # noqa: T201 - the command's progress


if __name__ == "__main__":
    sys.exit(main())
