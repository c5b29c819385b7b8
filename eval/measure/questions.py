"""Questions with known answers, read from JSON lines.

One line: id, question, answerable; and, where they are known, category, answers [short strings],
history [{question, answer}], gold [{doc, section, text}], gold_mode "any" | "all" | "none",
must_not [strings that the answer may not contain], reports [the ids of those that are asked, instead of all],
outcomes and reasons [those that are right; any will do where there are none]. `file`, `heading` and `sentence` may
stand for `doc`, `section` and `text`. Other keys are left alone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, ValidationError

from eval.errors import QuestionsError
from indexer.text import fold
from service.model import Filters, Outcome, Question, Reason, Turn

NO_CATEGORY = "uncategorised"


@dataclass(frozen=True, kw_only=True, slots=True)
class Gold:
    """Where an answer stands, folded for comparing.

    file     the file's name without its folders.
    section  the last headings of the section's path; empty where any section of the file will do.
    text     words of the paragraph; empty where the whole section is meant.
    """

    file: str
    section: tuple[str, ...]
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """A question and what is known of its answer.

    whole     every gold has to be cited, not just one.
    outcomes  how it may end, and `reasons` what for; empty where that is not known.
    line      the object that it was read from, as it stands in its file.
    """

    id: str
    question: Question
    answerable: bool
    category: str
    gold: tuple[Gold, ...]
    whole: bool
    answers: tuple[str, ...]
    must_not: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    reasons: tuple[Reason, ...]
    line: Mapping[str, Any]


class _Line(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", str_strip_whitespace=True)


class _Turn(_Line):
    question: str = Field(min_length=1)
    answer: str | None = None


class _Gold(_Line):
    doc: str = Field(min_length=1, validation_alias=AliasChoices("doc", "file"))
    section: str | None = Field(None, validation_alias=AliasChoices("section", "heading"))
    text: str | None = Field(None, validation_alias=AliasChoices("text", "sentence"))

    def gold(self) -> Gold:
        headings = (fold(heading) for heading in (self.section or "").split(" > "))
        return Gold(
            file=self.doc.rsplit("/", 1)[-1],
            section=tuple(heading for heading in headings if heading),
            text=fold(self.text or ""),
        )


class _Question(_Line):
    id: str = Field(min_length=1)
    question: str = Field(min_length=1)
    answerable: bool
    category: str | None = None
    answers: tuple[str, ...] | None = None
    history: tuple[_Turn, ...] | None = None
    gold: tuple[_Gold, ...] | None = None
    gold_mode: Literal["any", "all", "none"] | None = None
    must_not: tuple[str, ...] | None = None
    outcomes: tuple[Outcome, ...] | None = None
    reasons: tuple[Reason, ...] | None = None
    reports: tuple[str, ...] | None = None

    def known(self, line: Mapping[str, Any]) -> Known:
        turns = tuple(Turn(question=t.question, answer=t.answer or "") for t in self.history or ())
        return Known(
            id=self.id,
            question=Question(text=self.question, history=turns, filters=Filters(reports=self.reports)),
            answerable=self.answerable,
            category=self.category or NO_CATEGORY,
            gold=tuple(g.gold() for g in self.gold or ()),
            whole=self.gold_mode == "all",
            answers=tuple(filter(None, map(fold, self.answers or ()))),
            must_not=tuple(filter(None, map(fold, self.must_not or ()))),
            outcomes=self.outcomes or (),
            reasons=self.reasons or (),
            line=line,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class QuestionSet:
    """A file's questions, in its order. `digest` is the SHA-256 of the file."""

    name: str
    digest: str
    questions: tuple[Known, ...]


def read_set(path: Path) -> QuestionSet:
    """Raises QuestionsError, which names the first line that is wrong."""
    try:
        data = path.read_bytes()
    except OSError as fault:
        raise QuestionsError(f"{path} cannot be read ({fault.strerror}); name a file of questions") from fault
    questions = _read(data, path)
    return QuestionSet(name=path.name, digest=hashlib.sha256(data).hexdigest(), questions=questions)


def read_questions(path: Path) -> tuple[Known, ...]:
    """As `read_set`, the questions alone."""
    return read_set(path).questions


def _read(data: bytes, path: Path) -> tuple[Known, ...]:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise QuestionsError(f"{path} is not UTF-8; save it as UTF-8") from fault
    lines: dict[str, int] = {}
    found: list[Known] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        place = f"{path}, line {number}"
        known = known_of(json_line(line, place), place)
        if known.id in lines:
            raise QuestionsError(f"{path}, line {number}: id {known.id!r} is that of line {lines[known.id]} too")
        lines[known.id] = number
        found.append(known)
    if not found:
        raise QuestionsError(f"{path} holds no questions; write one JSON object a line")
    return tuple(found)


def json_line(line: str, place: str) -> Mapping[str, Any]:
    """The object on a line. Raises QuestionsError; `place` says where the line is."""
    try:
        value = json.loads(line)
    except json.JSONDecodeError as fault:
        raise QuestionsError(f"{place}: no JSON ({fault.msg}, column {fault.colno})") from fault
    if not isinstance(value, dict):
        raise QuestionsError(f"{place}: a {type(value).__name__}; write an object in braces")
    return value


def known_of(line: Mapping[str, Any], place: str) -> Known:
    """What an object of a questions file says. Raises QuestionsError; `place` says where the object is."""
    try:
        return _Question.model_validate(line).known(line)
    except ValidationError as fault:
        first = fault.errors(include_url=False)[0]
        raise QuestionsError(f"{place}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from fault
