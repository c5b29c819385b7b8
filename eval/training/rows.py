"""The rows that a reader learns from and is measured by."""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from eval.errors import QuestionsError

# Of what names a row's origin (a report, a body, an article), so many in a hundred are held out.
HELD_OUT = 20
_FAMILY = re.compile(r"-(?:ilacs|send)-.*|-\d{4}(?:-\d\d)*")

Task = Literal["answers", "supports"]


class Row(BaseModel):
    """A question or a claim beside a passage.

    task      whether the passage answers the question, or supports the claim.
    set       where the row comes from; `kind` what was done to make it: a question's category, or a claim's change.
    by_rule   a program wrote the question or the claim.
    spans     of the sentences in the passage that answer, or say what is claimed; empty where none does or it is not
              known which do.
    begins    where the passage's own text begins, behind its headings.
    group     what is held out together: a body, an article, a document.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    task: Task
    set: str
    kind: str
    by_rule: bool = False
    text: str
    passage: str
    right: bool
    spans: tuple[tuple[int, int], ...] = ()
    begins: int = 0
    group: str
    held: bool


Line = TypeVar("Line", bound=BaseModel)


def read_folder(folder: Path, form: type[Line]) -> list[Line]:
    """The lines of all its .jsonl files. Raises QuestionsError, which names the file and the line."""
    found = []
    for path in sorted(folder.glob("*.jsonl")):
        for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            try:
                found.append(form.model_validate_json(text))
            except ValidationError as fault:
                raise QuestionsError(f"{path}:{number}: {fault.errors()[0]['msg']}") from fault
    if not found:
        raise QuestionsError(f"{folder}: there are no questions; name a folder of .jsonl files")
    return found


def body_of(file: str) -> str:
    """What all reports on one body are held out by: how their files' names begin."""
    stem = file.rsplit(".", 1)[0]
    return stem[: found.start()] if (found := _FAMILY.search(stem)) else stem


def held_out(group: str, share: int = HELD_OUT) -> bool:
    """The same for the same name on every machine."""
    return int(hashlib.sha256(group.casefold().encode()).hexdigest()[:8], 16) % 100 < share


def learnt(paths: Iterable[Path]) -> set[str]:
    """The questions that a reader trained on these rows has seen beside what answers, or all but answers, them. What is
    only known not to answer a question tells nothing of what does."""
    return {r.text for path in paths for r in read_rows(path) if not r.held and (r.right or r.kind != "pair")}


def write_rows(rows: Iterable[Row], path: Path) -> int:
    count = 0
    # Without a name and a time in the file, the same rows give the same bytes.
    with path.open("wb") as raw, gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as file:
        for row in rows:
            file.write(f"{row.model_dump_json(exclude_defaults=True)}\n".encode())
            count += 1
    return count


def read_rows(path: Path) -> list[Row]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [Row.model_validate_json(line) for line in file]
