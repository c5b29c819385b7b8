"""PDF: what the page shows, in reading order.

The text is the file's own; only drawn ligatures (U+FB00 to U+FB06) are written as the letters they show,
and words broken at a line's end are joined where the unbroken word is certain.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfpage import PDFPage

from indexer.errors import UnreadableFileError
from indexer.model import Block, Document, Notice, SourceFile
from indexer.readers.decode import oddities
from indexer.readers.pdf_blocks import blocks_of
from indexer.readers.pdf_file import OutlineEntry, declared, quiet, refuse_what_is_no_pdf
from indexer.readers.pdf_headings import body_style, headings
from indexer.readers.pdf_hyphens import Joiner
from indexer.readers.pdf_layout import Item, reading_order
from indexer.readers.pdf_lines import Line, lines_of
from indexer.readers.pdf_page import InkPage, PageInk, page_ink
from indexer.readers.pdf_paragraphs import Setting, parts_of, usual_pitches
from indexer.readers.pdf_running import running_lines
from indexer.readers.pdf_tables import Grids, grids_of
from indexer.readers.port import Detect

_UNMAPPED_SHARE = 0.3  # of the letters: with more of them unknown, what is left cannot be quoted
_DOWNLOAD_AGAIN = "download the PDF again"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Sheet:
    """A page as it was read, without the library's objects: they are large."""

    number: int
    height: float
    lines: tuple[Line, ...]
    grids: Grids
    letters: int
    hidden: int
    turned: int
    unmapped: int
    invisible: Counter[str]
    has_image: bool


def read_pdf(source: SourceFile, detect: Detect) -> Document:  # noqa: ARG001 - a PDF shows its own headings
    """Raises UnreadableFileError where the file is damaged, locked, or shows no text."""
    refuse_what_is_no_pdf(source.data)
    with quiet():
        properties = declared(source.data)
        sheets, damaged = _sheets(source.data)
    _refuse_without_text(sheets, damaged)
    blocks, notices = _read(sheets, properties.outline)
    if damaged:
        notices.insert(0, Notice(code="damaged-pages", message=f"{_pages(damaged)} cannot be read"))
    return Document(blocks=blocks, metadata=properties.metadata, notices=tuple(notices))


def _sheets(data: bytes) -> tuple[list[_Sheet], list[int]]:
    """All pages that can be read, and the numbers of those that cannot."""
    sheets: list[_Sheet] = []
    damaged: list[int] = []
    try:
        pdf = pdfplumber.open(io.BytesIO(data))
        for number, page in enumerate(PDFPage.create_pages(pdf.doc), 1):
            try:
                sheets.append(_sheet(InkPage(pdf, page, page_number=number)))
            except Exception:  # noqa: BLE001  pdfminer raises anything on a damaged page
                damaged.append(number)
    except Exception as error:
        if isinstance(error.args[0] if error.args else None, PDFPasswordIncorrect):
            raise UnreadableFileError("is encrypted with a password", "save it without a password") from error
        raise UnreadableFileError("is damaged: its pages cannot be found", _DOWNLOAD_AGAIN) from error
    return sheets, damaged


def _sheet(page: Any) -> _Sheet:
    ink: PageInk = page_ink(page)
    grids = grids_of(page, ink.chars, ink.number)
    return _Sheet(
        number=ink.number,
        height=ink.height,
        lines=tuple(lines_of(grids.rest, ink.number)),
        grids=Grids(tables=grids.tables, rules=grids.rules, rest=()),
        letters=sum(not char.text.isspace() for char in ink.chars),
        hidden=ink.hidden,
        turned=ink.turned,
        unmapped=ink.unmapped,
        invisible=ink.invisible,
        has_image=ink.has_image,
    )


def _refuse_without_text(sheets: Sequence[_Sheet], damaged: Sequence[int]) -> None:
    if not sheets:
        reason = "is damaged: none of its pages can be read" if damaged else "has no pages"
        raise UnreadableFileError(reason, _DOWNLOAD_AGAIN)
    letters = sum(sheet.letters for sheet in sheets)
    if not letters:
        if any(sheet.has_image for sheet in sheets):
            raise UnreadableFileError(
                "holds only images of pages", "run OCR on it, for example with ocrmypdf, and index the result"
            )
        raise UnreadableFileError("no text on any page", "print it to PDF again from its original")
    if sum(sheet.unmapped for sheet in sheets) > _UNMAPPED_SHARE * letters:
        raise UnreadableFileError(
            "its fonts do not say which letters they show",
            "run OCR on it, for example with ocrmypdf --force-ocr, and index the result",
        )


def _read(sheets: Sequence[_Sheet], outline: Sequence[OutlineEntry]) -> tuple[tuple[Block, ...], list[Notice]]:
    running = running_lines([sheet.lines for sheet in sheets], [sheet.height for sheet in sheets])
    items: list[Item] = []
    for sheet, dropped in zip(sheets, running, strict=True):
        kept = [line for at, line in enumerate(sheet.lines) if at not in dropped]
        items.extend(reading_order(kept, sheet.grids.tables))
    lines = [item for item in items if isinstance(item, Line)]
    cells = [line for sheet in sheets for t in sheet.grids.tables for row in t.rows for cell in row for line in cell]
    joiner = Joiner([*lines, *cells])
    setting = Setting(
        body_size=body_style(lines)[0],
        pitches=usual_pitches(items),
        rules={sheet.number: sheet.grids.rules for sheet in sheets if sheet.grids.rules},
    )
    blocks = tuple(blocks_of(parts_of(items, headings(items, outline), setting), joiner))
    seen = "".join(block.text for block in blocks)
    invisible: Counter[str] = sum((sheet.invisible for sheet in sheets), Counter())
    return blocks, [*oddities(seen, invisible), *_notices(sheets, running, joiner)]


def _notices(sheets: Sequence[_Sheet], running: Sequence[set[int]], joiner: Joiner) -> list[Notice]:
    notices: list[Notice] = []
    dropped = [sheet.lines[at].text for sheet, found in zip(sheets, running, strict=True) for at in sorted(found)]
    empty = [sheet.number for sheet in sheets if not sheet.letters]
    if dropped:
        message = f"{len(dropped)} running headers, footers and page numbers dropped, such as {dropped[0]!r}"
        notices.append(Notice(code="running-lines", message=message))
    if empty:
        notices.append(Notice(code="pages-without-text", message=f"no text on {_pages(empty)}"))
    for code, number, what in (
        ("hidden-text", sum(sheet.hidden for sheet in sheets), "characters that the page does not show left out"),
        ("turned-text", sum(sheet.turned for sheet in sheets), "characters that are not upright left out"),
        ("doubtful-hyphens", joiner.doubtful, "words broken at a line's end kept with their hyphen"),
    ):
        if number:
            notices.append(Notice(code=code, message=f"{number} {what}"))
    return notices


def _pages(numbers: Sequence[int]) -> str:
    return f"{'page' if len(numbers) == 1 else 'pages'} {', '.join(map(str, numbers))}"
