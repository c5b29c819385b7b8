"""Puts topics that people wrote into the words that reports are asked with, so that a reader looks past these words.

python -m eval.training.framed ROWS.jsonl.gz OUT.jsonl.gz [--seed 5]

A topic is a broad question of a few words that asks nothing ("advocacy in X"). Beside what answers it stand two
passages on the same body that do not: one that has none of its words, and the one that has most of them, up to half.
Only rows to learn from are taken.
"""

from __future__ import annotations

import random
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from eval.arguments import command_parser
from eval.training.rows import Row, read_rows, write_rows
from indexer.index.terms import analyse

_FRAMES = (
    "What did inspectors find about {}?",
    "What does the report say about {}?",
    "What did Ofsted say about {}?",
    "what did CQC find about {}",
    "Tell me about {}",
    "what do inspectors say about {}?",
    "What did the inspection find on {}?",
    "what does it say about {}",
    "Give me the findings on {}",
    "what did they find about {}",
    "How about {}?",
    "What has been said about {}?",
    "find me something on {}",
    "give me a quote on {}",
    "exact words on {}",
)
# A text with one of these asks or tells something, and is no topic.
_ASKS = re.compile(
    r"^(?:a|all|any\w*|bad|can|could|dear|describe|did|do|does|every\w*|explain|give|good|hello|hi|how|i|in|is|are|list|"
    r"looking|my|need|our|please|should|summar\w+|tell|was|we|were|what|whats|when|where|which|who|why|would)\b"
    r"|[?;:]| - |\b(?:what'?s|how|good|going wrong)\b",
    re.IGNORECASE,
)
_MOST_WORDS = 7
_TIMES = 2


def main(arguments: Sequence[str] | None = None) -> int:
    parser = command_parser("eval.training.framed", __doc__)
    parser.add_argument("rows", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=5)
    asked = parser.parse_args(arguments)
    count = write_rows(framed(read_rows(asked.rows), random.Random(asked.seed)), asked.out)  # noqa: S311 - no secret
    print(f"{count} rows")  # noqa: T201 - the command's output
    return 0


def framed(rows: Sequence[Row], chance: random.Random) -> Iterator[Row]:
    own = [row for row in rows if row.task == "answers" and not row.held]
    passages: defaultdict[str, dict[str, frozenset[str]]] = defaultdict(dict)
    for row in own:
        passages[row.group][row.passage] = frozenset(analyse(row.passage))
    for row in own:
        if not row.kind.endswith("broad") or not is_topic(row.text):
            continue
        others = _others(row, passages[row.group]) if row.right else []
        for frame in chance.sample(_FRAMES, _TIMES):
            put = row.model_copy(update={"text": frame.format(row.text), "kind": f"{row.kind.split('-')[0]}-framed"})
            yield put
            for passage in others:
                yield put.model_copy(update={"passage": passage, "right": False, "spans": ()})


def is_topic(text: str) -> bool:
    return len(text.split()) <= _MOST_WORDS and _ASKS.search(text) is None


def _others(row: Row, passages: Mapping[str, frozenset[str]]) -> list[str]:
    asked = frozenset(analyse(row.text)) - frozenset(analyse(row.group.replace("-", " ")))
    shared = sorted((len(asked & terms), passage) for passage, terms in passages.items() if passage != row.passage)
    none = [passage for count, passage in shared if count == 0][:1]
    return none + [passage for count, passage in shared if 0 < count <= len(asked) / 2][-1:]


if __name__ == "__main__":
    sys.exit(main())
