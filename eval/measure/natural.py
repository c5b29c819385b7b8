"""Questions as people type them, by what an answer must hold and may not.

python -m eval.measure.natural CASES.jsonl... [--index DIR] [--json ROWS.jsonl] [--show]

A case is a line: id, category, question, history [{question, answer}], outcomes (those that are right), need (groups of
wordings, of each of which one has to stand in what is shown), some {n, of} (groups of which n will do), must_not
(wordings that may not stand in the answer), files (those that count; null for all). Words are compared without case,
with plain quotation marks and white space. An answer is good where outcome, need and must_not are right, and clean
where its first claim already holds something that is needed.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from eval.arguments import command_parser
from indexer.text import fold
from service.composition import opened_now
from service.model import Answer, Outcome, Question, Turn
from service.settings import load_settings

_READ = frozenset({Outcome.ANSWERED, Outcome.PARTIAL})
_MARKER = re.compile(r"\s*\[\d+\]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Marked:
    """missing  the groups of which nothing is shown; `broken` what may not stand in the answer and does."""

    id: str
    category: str
    question: str
    outcome: str
    right_outcome: bool
    missing: tuple[str, ...]
    broken: tuple[str, ...]
    first: bool
    milliseconds: float

    @property
    def good(self) -> bool:
        return self.right_outcome and not self.missing and not self.broken

    @property
    def clean(self) -> bool:
        return self.good and self.first


def main(arguments: Sequence[str] | None = None) -> int:
    parser = command_parser("eval.measure.natural", __doc__)
    parser.add_argument("cases", type=Path, nargs="+")
    parser.add_argument("--index", type=Path)
    parser.add_argument("--json", type=Path, help="write a line for each case")
    parser.add_argument("--show", action="store_true", help="show what is not good")
    asked = parser.parse_args(arguments)
    cases = [json.loads(line) for path in asked.cases for line in path.read_text("utf-8").splitlines() if line.strip()]
    rows: list[Marked] = []
    with opened_now(load_settings(**({"index": asked.index} if asked.index else {}))) as opened:
        for case in cases:
            turns = tuple(Turn(question=t["question"], answer=t["answer"]) for t in case.get("history") or ())
            answer = opened.answering.answer(Question(text=case["question"], history=turns))
            rows.append(marked(case, answer))
            if asked.show and not rows[-1].good:
                print(f"{rows[-1]}\n    {answer.text[:400]}")  # noqa: T201 - the command's output
    if asked.json is not None:
        asked.json.write_text("".join(f"{json.dumps(asdict(row))}\n" for row in rows), encoding="utf-8")
    for name in (*sorted({row.category for row in rows}), None):
        some = [row for row in rows if name in {row.category, None}]
        good, clean = sum(row.good for row in some), sum(row.clean for row in some)
        print(f"{name or 'all':14} {len(some):4} good {good / len(some):.2f} clean {clean / len(some):.2f}")  # noqa: T201
    return 0


def marked(case: dict[str, Any], answer: Answer) -> Marked:
    outcomes = [Outcome(name) for name in case["outcomes"]]
    right = answer.outcome in outcomes
    told = fold(_MARKER.sub("", answer.text))
    groups: list[list[str]] = case.get("need") or []
    missing: list[str] = []
    if answer.outcome in _READ or (groups and not right):
        held = _shown(answer, case.get("files"))
        missing = [group[0] for group in groups if not _any_of(group, held)]
        some = case.get("some")
        if some and sum(_any_of(group, held) for group in some["of"]) < some["n"]:
            missing.append(f"{some['n']} of {len(some['of'])}")
    needed = groups + (case["some"]["of"] if case.get("some") else [])
    first = _first(answer)
    return Marked(
        id=case["id"],
        category=case["category"],
        question=case["question"],
        outcome=answer.outcome.value,
        right_outcome=right,
        missing=tuple(missing),
        broken=tuple(words for words in case.get("must_not") or () if _stands(told, words)),
        first=not needed or not answer.claims or any(_any_of(group, first) for group in needed),
        milliseconds=answer.timings_ms["total"],
    )


def _shown(answer: Answer, files: Sequence[str] | None) -> str:
    """What a reader sees of these files: quotes with whom they are about, claims and notes."""
    cited = [c for c in answer.citations if not files or c.found.report.file in files]
    numbers = {c.number for c in cited}
    parts = [f"{c.found.report.metadata.subject or c.found.report.title}: {c.quote}" for c in cited]
    parts += [c.text for c in answer.claims if not files or numbers.intersection(c.citations)]
    parts += [*answer.notes, *([] if files else [_MARKER.sub("", answer.text)]), *answer.choices]
    return fold(" \n ".join(parts))


def _first(answer: Answer) -> str:
    if not answer.claims:
        return ""
    claim = answer.claims[0]
    cited = [c for c in answer.citations if c.number in claim.citations]
    return fold(" ".join((claim.text, *(f"{c.found.report.metadata.subject}: {c.quote}" for c in cited))))


def _any_of(group: Iterable[str], text: str) -> bool:
    return any(_stands(text, words) for words in group)


def _stands(text: str, words: str) -> bool:
    """As whole words; both folded."""
    plain = fold(words)
    return bool(plain) and re.search(rf"(?<!\w){re.escape(plain)}(?!\w)", text) is not None


if __name__ == "__main__":
    sys.exit(main())
