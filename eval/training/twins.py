"""Twins: questions that a passage does not answer, a few words from one that it does: `eval/questions/twins`.

People wrote the questions, beside passages of public sets; what was written for Citewise is what stands in a twin for
some of their words, and that alone is kept. A line: `set`, the digests of the `passage` and of the `question`, and
`edits`, each [start, end, words] in characters of the question.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from eval.training.public import public_row
from eval.training.rows import Row, read_folder
from indexer.text import digest


class Twin(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    set: str
    passage: str
    question: str
    edits: tuple[tuple[int, int, str], ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        places = [(start, end) for start, end, _ in self.edits]
        if any(start > end for start, end in places) or any(a[1] > b[0] for a, b in pairwise(places)):
            raise ValueError("the edits of a twin stand in order and apart")
        return self

    def of(self, question: str) -> str:
        """The question with the edits made."""
        text = question
        for start, end, words in reversed(self.edits):
            text = text[:start] + words + text[end:]
        return text


def rows(folder: Path, public: Sequence[Path], lost: Counter[str]) -> Iterator[Row]:
    """Of each twin two: the question that the passage answers, and the twin. Raises QuestionsError, which names the
    file and the line.

    lost  counts by set the twins whose question is not at hand.
    """
    known = {key: line for path in public for key, line in _answered(path)}
    for twin in read_folder(folder, Twin):
        line = known.get((twin.passage, twin.question))
        if line is None:
            lost[twin.set] += 1
            continue
        row = public_row(line)
        yield row.model_copy(update={"kind": "public-twinned"})
        without = {"kind": "public-twin", "text": twin.of(row.text), "right": False, "spans": ()}
        yield row.model_copy(update=without)


def _answered(path: Path) -> Iterator[tuple[tuple[str, str], Mapping[str, Any]]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for text in file:
            line = json.loads(text)
            if line["answers"] and line["kind"] != "claim":
                yield (digest(line["passage"]), digest(line["question"])), line
