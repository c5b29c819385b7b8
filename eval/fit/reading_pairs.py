"""Lays out pairs of questions and passages as folders that `eval.fit.reading` takes.

python -m eval.fit.reading_pairs PAIRS.jsonl.gz OUT SOURCE...

A line of PAIRS holds question, passage, answers (0 or 1) and source. Of each source a folder is made with
`questions.jsonl`, the questions that a passage answers, and `docs`, the passages: a passage that begins "name: " stands
in the file of that name, the others a dozen a file.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

_A_FILE = 12
_NAMED = re.compile(r"([\w.-]{3,40}): ")
# What Markdown would take for the beginning of something other than a paragraph.
_MARK = re.compile(r"^([#>*+-]|\d+[.)])")


def main(arguments: Sequence[str] | None = None) -> int:
    pairs, out, *sources = sys.argv[1:] if arguments is None else arguments
    with gzip.open(pairs, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    for source in sources:
        lay_out([row for row in rows if row["source"] == source], Path(out) / source)
    return 0


def lay_out(rows: Sequence[Mapping[str, Any]], folder: Path) -> None:
    """Writes one source's folder."""
    files: dict[str, list[str]] = {}
    places: dict[str, tuple[str, str]] = {}
    for number, passage in enumerate(dict.fromkeys(row["passage"] for row in rows)):
        named = _NAMED.match(passage)
        name = named.group(1) if named else f"part {number // _A_FILE + 1}"
        text = re.sub(r"\s+", " ", passage[named.end() :] if named else passage).strip()
        places[passage] = (f"{name.replace(' ', '-')}.md", text)
        files.setdefault(name, []).append(_MARK.sub(r"\\\1", text))
    docs = folder / "docs"
    docs.mkdir(parents=True, exist_ok=True)
    for name, texts in files.items():
        whole = "\n\n".join([f"# {name.removesuffix('-com')}", *texts])
        (docs / f"{name.replace(' ', '-')}.md").write_text(f"{whole}\n", encoding="utf-8")
    (folder / "questions.jsonl").write_text("".join(_questions(rows, places, folder.name)), encoding="utf-8")


def _questions(rows: Iterable[Mapping[str, Any]], places: Mapping[str, tuple[str, str]], name: str) -> list[str]:
    answered: dict[str, list[str]] = {}
    for row in rows:
        if row["answers"]:
            answered.setdefault(row["question"], []).append(row["passage"])
    return [
        json.dumps({
            "id": f"{name}-{number}",
            "question": question,
            "answerable": True,
            "gold": [{"doc": places[p][0], "text": places[p][1]} for p in passages],
        })
        + "\n"
        for number, (question, passages) in enumerate(answered.items())
    ]  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
