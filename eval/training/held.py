"""Lays out the written questions that were held out of a reader's training, for `citewise eval` and the fits.

python -m eval.training.held OUT --index NAME=DIR... [--questions eval/questions/domain]

OUT/NAME/questions.jsonl holds, in the form that `eval.measure.questions` describes, those about the reports of the
index in DIR. It quotes the reports. Each is asked of the one report that it was written about, for others may well
answer it; those about another body are left out.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from eval.arguments import command_parser, named_path
from eval.training.domain import Line, read_lines
from eval.training.rows import held_out
from indexer.index.catalogue import Catalogue
from indexer.index.generations import open_index
from indexer.text import digest

_ELSEWHERE = "wrong-subject"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = command_parser("eval.training.held", __doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--index", type=named_path, action="append", required=True, metavar="NAME=DIR")
    parser.add_argument("--questions", type=Path, default=Path("eval/questions/domain"))
    asked = parser.parse_args(arguments)
    lines = read_lines(asked.questions)
    for name, folder in asked.index:
        index = open_index(folder)
        found = list(questions((line for line in lines if line.corpus == name), index.catalogue))
        index.close()
        (asked.out / name).mkdir(parents=True, exist_ok=True)
        text = "".join(f"{json.dumps(one, ensure_ascii=False)}\n" for one in found)
        (asked.out / name / "questions.jsonl").write_text(text, encoding="utf-8")
        print(f"{name}: {len(found)} questions")  # noqa: T201 - the command's output
    return 0


def questions(lines: Iterator[Line], catalogue: Catalogue) -> Iterator[dict[str, Any]]:
    for line in lines:
        if line.is_claim or line.category == _ELSEWHERE or not held_out(line.group):
            continue
        found = catalogue.paragraph(line.paragraph)
        if found is None or digest(found.paragraph.text) != line.digest:
            continue
        gold = {"doc": line.file, "section": " > ".join(found.section.path)}
        place = "gold" if line.answerable else "near_miss"
        text = found.paragraph.text[line.start : line.end] if line.answerable else found.paragraph.text
        yield {
            "id": line.id,
            "question": line.text,
            "answerable": line.answerable,
            "category": line.category,
            "reports": [found.report.id],
            place: [gold | {"text": text}],
        }


if __name__ == "__main__":
    sys.exit(main())
