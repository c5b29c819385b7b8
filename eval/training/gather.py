"""Gathers the rows that a reader is trained on and measured by.

python -m eval.training.gather OUT.jsonl.gz [--index NAME=DIR]... [--questions eval/questions/domain]
                             [--units eval/questions/sections] [--twins eval/questions/twins]
                             [--passages SET.jsonl.gz]...
                             [--pairs PAIRS.jsonl.gz]... [--written FILE.jsonl.gz]...
                             [--public SET.jsonl.gz=ROWS]... [--asked NAME=QUESTIONS.jsonl]... [--seed 7]

NAME is a corpus that the questions name; an index has its reports. The same for the same files and seed.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from eval.arguments import command_parser, named_path, path_and_count
from eval.training.domain import Corpus, read_lines
from eval.training.public import pairs, questions, some_public
from eval.training.rows import Row, write_rows
from eval.training.twins import rows as twins
from eval.training.units import Texts, read_units
from eval.training.units import known as known_of
from eval.training.written import rows as written
from eval.training.written import rows_of
from indexer.index.generations import OpenIndex, open_index
from service.composition import encoder_of
from service.settings import load_settings


def main(arguments: Sequence[str] | None = None) -> int:
    asked = _parser().parse_args(arguments)
    counts: Counter[tuple[str, str, bool]] = Counter()
    lost: Counter[str] = Counter()

    def counted() -> Iterator[Row]:
        for row in rows(asked, lost):
            counts[row.set, row.task, row.held] += 1
            yield row

    write_rows(counted(), asked.out)
    for (name, task, held), count in sorted(counts.items()):
        print(f"{name:15} {task:9} {'held out' if held else 'to learn':9} {count:6}")  # noqa: T201 - its output
    for name, count in lost.items():
        print(f"{name}: {count} lines, units or twins are about what is not at hand", file=sys.stderr)  # noqa: T201
    return 0


def rows(asked: argparse.Namespace, lost: Counter[str]) -> Iterator[Row]:
    chance = random.Random(asked.seed)  # noqa: S311 - no secret
    for path in asked.pairs:
        yield from pairs(path)
    for path in asked.written:
        yield from written(path, chance)
    for path, most in asked.public:
        yield from some_public(path, most, chance)
    for name, path in asked.asked:
        yield from questions(path, name)
    if asked.twins is not None:
        yield from twins(asked.twins, asked.passages, lost)
    indexes = {name: open_index(folder) for name, folder in asked.index}
    try:
        if asked.units is not None:
            texts = Texts({name: index.catalogue for name, index in indexes.items()}, asked.passages)
            for known in known_of(read_units(asked.units), texts, lost):
                yield from rows_of(known, chance)
        if asked.questions is not None:
            yield from _domain(asked.questions, indexes, chance, lost)
    finally:
        for index in indexes.values():
            index.close()


def _domain(folder: Path, indexes: Mapping[str, OpenIndex], chance: random.Random, lost: Counter[str]) -> Iterator[Row]:
    lines = read_lines(folder)
    encoder = encoder_of(load_settings())()
    for name, index in indexes.items():
        corpus = Corpus(name=name, index=index, encoder=encoder)
        yield from corpus.rows([line for line in lines if line.corpus == name], chance, lost)
        yield from corpus.claims_by_rule(chance)


def _parser() -> argparse.ArgumentParser:
    parser = command_parser("eval.training.gather", __doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--index", type=named_path, action="append", default=[], metavar="NAME=DIR")
    parser.add_argument("--written", type=Path, action="append", default=[], help="as eval.training.written describes")
    parser.add_argument("--questions", type=Path, help="a folder as eval.training.domain describes")
    parser.add_argument("--units", type=Path, help="a folder as eval.training.units describes")
    parser.add_argument("--twins", type=Path, help="a folder as eval.training.twins describes")
    parser.add_argument(
        "--passages", type=Path, action="append", default=[], help="public sets that units and twins name"
    )
    parser.add_argument("--pairs", type=Path, action="append", default=[])
    parser.add_argument("--asked", type=named_path, action="append", default=[], metavar="NAME=FILE")
    parser.add_argument("--public", type=path_and_count, action="append", default=[], metavar="FILE=ROWS")
    parser.add_argument("--seed", type=int, default=7)
    return parser


if __name__ == "__main__":
    sys.exit(main())
