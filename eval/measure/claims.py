"""How well the checks tell claims that a paragraph supports from those that it does not, by kind of change.

Takes the claims of `eval/questions/domain`, and claims made from the reports' sentences by rule, and puts each before
the service's verifier, with the paragraph it is about. Those whose body or document the reader has learnt from are left
out.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from eval.arguments import command_parser, named_path
from eval.training.domain import Line, made_by_rule, read_lines
from eval.training.rows import held_out
from indexer.index.catalogue import StoredParagraph
from indexer.index.generations import OpenIndex, open_index
from indexer.text import digest
from service.answers.written.checks import Check, Source, Verifier
from service.composition import judge_of
from service.settings import load_settings

SEED = 7
_QUESTIONS = Path(__file__).parents[1] / "questions" / "domain"


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """A claim, whether its paragraph supports it, and the check that it failed."""

    kind: str
    by_rule: bool
    right: bool
    failed: Check | None


@dataclass(kw_only=True, slots=True)
class Tally:
    """kinds  right judgements and all, by kind of change. checks  claims that each dropped: false ones, true ones."""

    kept_true: int = 0
    kept: int = 0
    true: int = 0
    kinds: dict[str, list[int]] = field(default_factory=dict)
    checks: dict[str, list[int]] = field(default_factory=dict)

    def add(self, one: Judged) -> None:
        shown = one.failed is None
        self.true += one.right
        self.kept += shown
        self.kept_true += shown and one.right
        counted = self.kinds.setdefault(one.kind, [0, 0])
        counted[0] += shown is one.right
        counted[1] += 1
        if one.failed is not None:
            self.checks.setdefault(one.failed.value, [0, 0])[int(one.right)] += 1

    def stated(self) -> dict[str, object]:
        claims = sum(of for _, of in self.kinds.values())
        return {
            "claims": claims,
            "right": _share(sum(right for right, _ in self.kinds.values()), claims),
            "precision": _share(self.kept_true, self.kept),
            "recall": _share(self.kept_true, self.true),
            "right by kind": {k: f"{_share(*v)} of {v[1]}" for k, v in sorted(self.kinds.items())},
            "dropped by check": {k: {"false": v[0], "true": v[1]} for k, v in sorted(self.checks.items())},
        }


def judged(name: str, index: OpenIndex, lines: Sequence[Line], verifier: Verifier, every: int) -> Iterator[Judged]:
    """every  so many claims made by rule at most."""
    for line in lines:
        if line.corpus != name or not line.is_claim or not held_out(line.group):
            continue
        found = index.catalogue.paragraph(line.paragraph)
        if found is None or digest(found.paragraph.text) != line.digest:
            continue
        kind = "faithful" if line.answerable else line.change or "other"
        yield _judged(line.text, found, verifier, kind=kind, by_rule=False, right=line.answerable)
    for made in made_by_rule(index, random.Random(SEED), every):  # noqa: S311 - repeatable, not secret
        if held_out(made.group):
            yield _judged(made.text, made.found, verifier, kind=made.kind, by_rule=True, right=made.right)


def _judged(claim: str, found: StoredParagraph, verifier: Verifier, *, kind: str, by_rule: bool, right: bool) -> Judged:
    failed = verifier.failed(claim, (Source(found=found),))
    return Judged(kind=kind, by_rule=by_rule, right=right, failed=failed)


def main() -> int:
    asked = _parser().parse_args()
    lines = read_lines(asked.questions)
    verifier = Verifier(judge_of(load_settings(judge_model=asked.model))())
    tallies: dict[str, Tally] = {}
    for name, path in asked.index:
        index = open_index(path)
        for one in judged(name, index, lines, verifier, asked.by_rule):
            how = "by rule" if one.by_rule else "by hand"
            for label in (how, f"{how}, {name}"):
                tallies.setdefault(label, Tally()).add(one)
        index.close()
    sys.stdout.write(json.dumps({k: tallies[k].stated() for k in sorted(tallies)}, indent=1) + "\n")
    return 0


def _share(part: int, whole: int) -> float:
    return round(part / whole, 3) if whole else 0.0


def _parser() -> argparse.ArgumentParser:
    parser = command_parser("eval.measure.claims", __doc__)
    parser.add_argument("--index", action="append", type=named_path, required=True, help="CORPUS=DIR")
    parser.add_argument("--questions", type=Path, default=_QUESTIONS, help="a folder of claims")
    parser.add_argument(
        "--model", choices=("packaged", "none"), default="packaged", help="what reads beside the checks"
    )
    parser.add_argument("--by-rule", type=int, default=1100, help="claims to make by rule of each corpus")
    return parser


if __name__ == "__main__":
    sys.exit(main())
