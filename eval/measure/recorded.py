"""A run as it is stored: what the service gave, so that figures can be computed again without it.

One JSON object a line. The first is the header: with what, on what and when. Each other one is a question: its
own line of the questions file, the paragraphs that a search found, as `/v1/search` gives them, and the whole answer,
as `/v1/ask` gives it. Only what the figures and the report need is read back, so that runs of other versions can be.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from eval.errors import RunError

FORMAT = 1


class _Read(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Header(_Read):
    """Of a whole run.

    commit     of the code, where it stands in a repository; it ends with "-dirty" where files differ from it.
    settings   those that decide what is found and answered.
    counts     of the generation: reports, sections, paragraphs, windows, ratings.
    questions  the file's name; `questions_digest` is the SHA-256 of the file.
    """

    format: int
    made: datetime
    version: str
    commit: str | None
    generation: str
    corpus_digest: str
    model: str
    model_digest: str
    settings: Mapping[str, Any]
    counts: Mapping[str, int]
    questions: str
    questions_digest: str


class ReportRead(_Read):
    id: str
    title: str
    file: str


class SectionRead(_Read):
    path: tuple[str, ...]


class Place(_Read):
    """A paragraph: of which file, under which headings, in which words."""

    paragraph_id: str
    report: ReportRead
    section: SectionRead
    text: str


class Scores(_Read):
    dense: float | None
    lexical: float | None
    fused: float


class Hit(Place):
    scores: Scores


class Quote(Place):
    number: int
    quote: str
    start: int
    end: int


class ClaimRead(_Read):
    text: str
    citations: tuple[int, ...]


class NearestRead(_Read):
    paragraph_id: str
    report: str
    section: tuple[str, ...]
    snippet: str


class Provenance(_Read):
    """Who wrote an answer; how many of a language model's claims failed which check, and why it did not write all."""

    answerer: str = "extractive"
    model: str | None = None
    dropped: Mapping[str, int] = Field(default_factory=dict)
    fallback: str | None = None


class AnswerRead(_Read):
    """An answer, in the words of the contract. `support` is the service's own estimate, where it gives one."""

    outcome: str
    reason: str | None
    answer: str
    standalone_question: str
    claims: tuple[ClaimRead, ...]
    citations: tuple[Quote, ...]
    nearest: tuple[NearestRead, ...] = ()
    support: float | None = Field(None, ge=0, le=1)
    provenance: Provenance = Provenance()

    @property
    def ended(self) -> str:
        return "/".join(filter(None, (self.outcome, self.reason)))


class Asked(_Read):
    """One question of a run.

    question  the object of the questions file.
    hits      best first.
    answer    None where there was a fault, which `fault` names.
    in_files  for each citation whether its words stand in its file; None where the file cannot be read as it is.
    """

    question: Mapping[str, Any]
    hits: tuple[Hit, ...] = ()
    answer: AnswerRead | None = None
    in_files: tuple[bool | None, ...] = ()
    fault: str | None = None
    search_ms: float | None = None
    ask_ms: float | None = None


class Run(_Read):
    header: Header
    asked: tuple[Asked, ...]


def run_of(header: Mapping[str, Any], lines: Iterable[Mapping[str, Any]]) -> Run:
    """A run from its stored form, by way of JSON, so that what was stored and what was not are read the same."""
    return Run(header=_header(json.dumps(header)), asked=tuple(Asked.model_validate_json(json.dumps(x)) for x in lines))


def write_run(path: Path, header: Mapping[str, Any], lines: Iterable[Mapping[str, Any]]) -> None:
    """Raises RunError."""
    try:
        with path.open("w", encoding="utf-8") as file:
            for line in (header, *lines):
                file.write(f"{json.dumps(line, ensure_ascii=False)}\n")
    except OSError as fault:
        raise RunError(f"{path} cannot be written ({fault.strerror}); name a file in a folder that can be") from fault


def read_run(path: Path) -> Run:
    """Raises RunError, which names the first line that is wrong."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except OSError as fault:
        raise RunError(f"{path} cannot be read ({fault.strerror}); name a run that --save has written") from fault
    except UnicodeDecodeError as fault:
        raise RunError(f"{path} is not UTF-8; name a run that --save has written") from fault
    number = 1
    try:
        header = _header(lines[0])
        asked = []
        for number, line in enumerate(lines[1:], 2):  # noqa: B007 - the number is told where a line is wrong
            if line.strip():
                asked.append(Asked.model_validate_json(line))
    except ValidationError as fault:
        first = fault.errors(include_url=False)[0]
        what = ".".join(map(str, first["loc"])) or "the line"
        raise RunError(f"{path}, line {number}: {what}: {first['msg']}; name a run that --save has written") from fault
    if header.format != FORMAT:
        raise RunError(f"{path} is of format {header.format} and this version reads {FORMAT}; make the run again")
    return Run(header=header, asked=tuple(asked))


def _header(line: str) -> Header:
    return Header.model_validate_json(line)
