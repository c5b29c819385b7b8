"""What the catalogue gives: rows of SQLite as the vocabulary's types."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from indexer.model import BlockKind, Metadata, Notice, Paragraph, Rating, Role, Section


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredReport:
    """A report without its text. `ordinal` is its key; `paragraphs` counts all, `findings` those searched."""

    ordinal: int
    id: str
    file: str
    profile: str
    metadata: Metadata
    notices: tuple[Notice, ...]
    sections: int
    paragraphs: int
    findings: int
    ratings: int

    @property
    def title(self) -> str:
        """To show: the published title, else the subject, else the file's name."""
        return self.metadata.title or self.metadata.subject or self.file


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredParagraph:
    key: int
    report: StoredReport
    section: Section
    paragraph: Paragraph


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredRating:
    """`section` is None for an overall rating."""

    report: StoredReport
    section: Section | None
    rating: Rating


def report_of(row: Sequence[Any]) -> StoredReport:
    found = json.loads(row[4])
    published = found.pop("published", None)
    return StoredReport(
        ordinal=row[0],
        id=row[1],
        file=row[2],
        profile=row[3],
        metadata=Metadata(**found, published=date.fromisoformat(published) if published else None),
        notices=tuple(Notice(**n) for n in json.loads(row[5])),
        sections=row[6],
        paragraphs=row[7],
        findings=row[8],
        ratings=row[9],
    )


def section_of(row: Sequence[Any]) -> Section:
    return Section(
        id=row[0],
        path=tuple(json.loads(row[1])),
        level=row[2],
        score=row[3],
        judgement=row[4],
        rated=bool(row[5]),
    )


def paragraph_of(row: Sequence[Any], report: StoredReport) -> StoredParagraph:
    """From the columns of catalogue.PARAGRAPH."""
    section = section_of(row[11:])
    return StoredParagraph(
        key=row[0],
        report=report,
        section=section,
        paragraph=Paragraph(
            id=row[1],
            section=section.id,
            number=row[3],
            text=row[4],
            digest=row[5],
            kind=BlockKind(row[6]),
            role=Role(row[7]),
            page=row[8],
            label=row[9],
            columns=tuple(json.loads(row[10])),
        ),
    )
