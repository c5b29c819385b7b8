"""Questions and claims written about whole sections and single passages: `eval/questions/sections`.

One line is a unit: corpus, file, title, section, and its paragraphs, with the `questions` and `claims` on them. Every
sentence that answers is marked as [paragraph, start, end], so that each other paragraph is one that does not. A
paragraph of a report is named by its id and the digest of its text, which an index of the corpus has; a passage of a
public set by its digest, and the set is the corpus; a paragraph that was written for Citewise stands there itself.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from eval.training.rows import read_folder
from indexer.index.catalogue import Catalogue
from indexer.text import digest

# What was changed of a claim is told in the writers' own words, too many to be measured apart.
_TRUE, _CHANGED = "true", "changed"

Place = tuple[int, int, int]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Paragraph(_Frozen):
    id: str | None = None
    digest: str | None = None
    text: str | None = None

    @model_validator(mode="after")
    def _known(self) -> Self:
        if (self.digest is None) == (self.text is None):
            raise ValueError("a paragraph has either the digest of its text, or the text")
        return self


class Asked(_Frozen):
    """answers  all places that answer; none where nothing in the unit does."""

    kind: str
    question: str = Field(min_length=3)
    answers: tuple[Place, ...] = ()


class Claimed(_Frozen):
    """kind     "true", or what of it was changed so that it is not.
    answers  what says it, or what it distorts: places in one paragraph."""

    kind: str
    claim: str = Field(min_length=3)
    answers: tuple[Place, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _in_one_paragraph(self) -> Self:
        if len({at for at, _, _ in self.answers}) > 1:
            raise ValueError("a claim's places stand in one paragraph")
        return self


class Unit(_Frozen):
    corpus: str
    file: str
    title: str = ""
    section: str = ""
    paragraphs: tuple[Paragraph, ...] = Field(min_length=1)
    questions: tuple[Asked, ...] = ()
    claims: tuple[Claimed, ...] = ()


def read_units(folder: Path) -> list[Unit]:
    """Raises QuestionsError, which names the file and the line."""
    return read_folder(folder, Unit)


class Texts:
    """The texts that units name, of indexes by corpus and of public sets."""

    def __init__(self, catalogues: Mapping[str, Catalogue], public: Sequence[Path]) -> None:
        self._catalogues = catalogues
        self._passages = {digest(p): p for path in public for p in _passages(path)}

    def of(self, unit: Unit) -> list[str] | None:
        """Those of its paragraphs; None where one is not at hand, or in other words."""
        found = [text for paragraph in unit.paragraphs if (text := self._text(unit, paragraph)) is not None]
        return found if len(found) == len(unit.paragraphs) else None

    def _text(self, unit: Unit, paragraph: Paragraph) -> str | None:
        if paragraph.text is not None:
            return paragraph.text
        if paragraph.id is None:
            return self._passages.get(paragraph.digest or "")
        catalogue = self._catalogues.get(unit.corpus)
        stored = None if catalogue is None else catalogue.paragraph(paragraph.id)
        text = None if stored is None else stored.paragraph.text
        return text if text is not None and digest(text) == paragraph.digest else None


def known(units: Iterable[Unit], texts: Texts, lost: Counter[str]) -> Iterator[dict[str, Any]]:
    """In the form of the lines that `eval.training.written` reads.

    lost  counts by corpus the units whose paragraphs are not at hand.
    """
    for unit in units:
        passages = texts.of(unit)
        if passages is None:
            lost[unit.corpus] += 1
            continue
        of = {"corpus": unit.corpus, "file": unit.file, "title": unit.title, "section": unit.section}
        if unit.paragraphs[0].id is None and unit.paragraphs[0].text is None:
            of["group"] = f"{unit.corpus}:{unit.file}"  # as the set's other rows: `eval.training.public`
        for asked in unit.questions:
            yield of | {
                "question": asked.question,
                "kind": asked.kind,
                "passages": passages,
                "answers": asked.answers,
            }
        for claimed in unit.claims:
            yield of | {
                "claim": claimed.claim,
                "kind": _TRUE if claimed.kind == _TRUE else _CHANGED,
                "right": claimed.kind == _TRUE,
                "passage": passages[claimed.answers[0][0]],
                "sentences": [(start, end) for _, start, end in claimed.answers],
            }


def _passages(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)["passage"]
