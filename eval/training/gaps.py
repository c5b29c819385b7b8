"""Passages from which what answers, or says what is claimed, was taken out: near misses that lack nothing else.

python -m eval.training.gaps ROWS.jsonl.gz... OUT.jsonl.gz [--seed 5]

Of a row of which every such sentence is known two are made: its passage without these, which does not answer, and its
passage without as many others, which does, so that a gap by itself tells nothing. Only rows to learn from are used.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from eval.arguments import command_parser
from eval.training.rows import Row, read_rows, write_rows
from indexer.sentences import sentence_spans

# With fewer words left, a passage tells by its length that something is missing.
_LEAST_WORDS = 25
# How a row is marked, behind the form of what it was made of.
WITHOUT, WITH = "without", "with"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = command_parser("eval.training.gaps", __doc__)
    parser.add_argument("rows", type=Path, nargs="+")
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=5)
    asked = parser.parse_args(arguments)
    rows = (row for path in asked.rows for row in read_rows(path))
    count = write_rows(gaps(rows, random.Random(asked.seed)), asked.out)  # noqa: S311 - no secret
    print(f"{count} rows")  # noqa: T201 - the command's output
    return 0


def gaps(rows: Iterable[Row], chance: random.Random) -> Iterator[Row]:
    for row in rows:
        if row.held or not row.spans:
            continue
        sentences = list(sentence_spans(row.passage))
        telling = {at for at, (s, e) in enumerate(sentences) if any(a < e and b > s for a, b in row.spans)}
        others = [at for at, (s, _) in enumerate(sentences) if at not in telling and s >= row.begins]
        if len(others) <= len(telling) or any(sentences[at][0] < row.begins for at in telling):
            continue
        form = row.kind.split("-")[0]
        without = _cut(row.passage, sentences, telling)
        kept = _cut(row.passage, sentences, set(chance.sample(others, len(telling))), row.spans)
        if min(len(text[row.begins :].split()) for text, _ in (without, kept)) >= _LEAST_WORDS:
            yield row.model_copy(
                update={"passage": without[0], "spans": (), "right": False, "kind": f"{form}-{WITHOUT}"}
            )
            yield row.model_copy(update={"passage": kept[0], "spans": kept[1], "kind": f"{form}-{WITH}"})


def _cut(
    passage: str, sentences: Sequence[tuple[int, int]], out: Collection[int], spans: Sequence[tuple[int, int]] = ()
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """A passage without some of its sentences, and where the spans, which lie in none of these, then are."""
    # A sentence goes with the blanks behind it.
    ends = [start for start, _ in sentences[1:]] + [len(passage)]
    gone = [(sentences[at][0], ends[at]) for at in sorted(out)]
    kept = pairwise([0, *(place for span in gone for place in span), len(passage)])
    text = "".join(passage[start:end] for at, (start, end) in enumerate(kept) if at % 2 == 0)
    moved = [(a - sum(e - s for s, e in gone if e <= a), b - sum(e - s for s, e in gone if e <= a)) for a, b in spans]
    return text, tuple(moved)


if __name__ == "__main__":
    sys.exit(main())
