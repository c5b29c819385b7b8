"""The vocabulary: what a report is made of, from the blocks a reader finds to what is cited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path


class BlockKind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """One block of a document, in reading order.

    text     as published, cleaned by `text.clean`. A table row's cells are joined by one tab, the only
             white space besides a single blank that a text may hold.
    level    headings: 1 for the highest; list items: 1 for the outermost; otherwise 0.
    page     1-based, where the format has pages.
    label    the printed number ("2.14", "(a)", "3"), without its closing full stop; not part of `text`.
    columns  a table row's column names, one for each cell, or empty where the table has no header.
    """

    kind: BlockKind
    text: str
    level: int = 0
    page: int | None = None
    label: str | None = None
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Notice:
    """Something odd about a file that does not keep it from being indexed. `code` is stable, for counting."""

    code: str
    message: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceFile:
    """A file of the corpus. `name` is its path relative to the corpus folder, with forward slashes."""

    path: Path
    name: str
    data: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """What a reader makes of a file.

    metadata  what the file itself declares (front matter, <meta>, PDF properties), under the names of
              `Metadata`'s fields, as text.
    """

    blocks: tuple[Block, ...]
    metadata: Mapping[str, str] = field(default_factory=dict)
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Metadata:
    """What is known of a report. None where nothing says it: nothing is guessed.

    inspected   the printed inspection or assessment dates, as published ("26 to 30 June 2023").
    assessment  what kind it was, where that matters ("pilot").
    origins     for every field that is set, where it was found: "reports.toml", "file" (what the file declares:
                front matter, <meta>, properties), "text", or "profile" (what all of the family have).
    """

    title: str | None = None
    subject: str | None = None
    publisher: str | None = None
    published: date | None = None
    inspected: str | None = None
    assessment: str | None = None
    source_url: str | None = None
    licence: str | None = None
    attribution: str | None = None
    origins: Mapping[str, str] = field(default_factory=dict)


class Role(StrEnum):
    """What a paragraph is for. Only FINDING is evidence; all are kept and can be read."""

    FINDING = "finding"
    RATING = "rating"  # a printed score line
    BOILERPLATE = "boilerplate"  # fixed text that every report repeats, footers, legends, contents lists


@dataclass(frozen=True, kw_only=True, slots=True)
class Paragraph:
    """The unit of citation.

    id       `<report>:<section>:<number>`, stable over rebuilds.
    number   1-based within its section.
    digest   SHA-256 of `text`, hexadecimal, the first 16 digits: tells a change.
    """

    id: str
    section: str
    number: int
    text: str
    digest: str
    kind: BlockKind
    role: Role
    page: int | None = None
    label: str | None = None
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """A heading path. `id` is unique within the report; `path` excludes the report's title.

    score and judgement are printed for this section or inherited from the nearest section above that
    prints one; `rated` tells that it is printed here.
    """

    id: str
    path: tuple[str, ...]
    level: int
    score: int | None = None
    judgement: str | None = None
    rated: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Rating:
    """A score read from the text.

    section     the id of the section that it rates; None for an overall rating.
    name        what is rated, in the profile's standard wording ("Safeguarding"), or "Overall".
    score       the printed number, where the scale has numbers.
    judgement   the printed or scale's words ("Requires improvement").
    percent     a printed percentage score.
    paragraph_id  the paragraph that prints it.
    """

    section: str | None
    name: str
    paragraph_id: str
    score: int | None = None
    judgement: str | None = None
    percent: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """One published document, ready to be indexed. `file` is relative to the corpus folder."""

    id: str
    file: str
    profile: str
    metadata: Metadata
    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...]
    ratings: tuple[Rating, ...] = ()
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Window:
    """A run of whole sentences of one paragraph that fits the encoder: `text[start:end]`, code points."""

    paragraph_id: str
    start: int
    end: int
