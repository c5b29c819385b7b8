"""Make the sample reports in PDF and Word from the Markdown in `_sources`, where their words are written.

    python corpus/make_files.py [FOLDER]

FOLDER is this folder unless given. The same versions of reportlab and python-docx give the same bytes.
"""

from __future__ import annotations

import re
import sys
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import docx
import reportlab
from docx.oxml import OxmlElement
from docx.shared import Cm
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportlab.pdfgen.canvas import Canvas

HERE = Path(__file__).parent
SOURCES = HERE / "_sources"
PUBLISHER = "Citewise sample reports (fictional)"
FIXED_TIME = datetime(2025, 1, 1, tzinfo=UTC)

_NUMBERED = re.compile(r"^(\d+\.\d+) (.*)$", re.DOTALL)
_HEADING_SIZES = {1: 20.0, 2: 15.0, 3: 12.5, 4: 11.0}
_BODY_SIZE = 10.6
# Helvetica's bullet cannot be turned back into a character by a reader. This font comes with reportlab.
_BULLET_FONT = "Vera"

# Where a long word may be broken at the end of a line, as a typesetter would. Each also stands unbroken
# elsewhere in the report, so that a reader of the file can be certain of the whole word.
_SOFT_HYPHEN = "\u00ad"
_BREAKS = {
    "assessment": "assess-ment",
    "assessments": "assess-ments",
    "authority": "author-ity",
    "because": "be-cause",
    "community": "commun-ity",
    "company": "com-pany",
    "concerns": "con-cerns",
    "contract": "con-tract",
    "decision": "deci-sion",
    "described": "de-scribed",
    "enquiry": "en-quiry",
    "enquiries": "en-quiries",
    "everyone": "every-one",
    "figures": "fig-ures",
    "hospital": "hos-pital",
    "instead": "in-stead",
    "interim": "in-terim",
    "leaders": "lead-ers",
    "minutes": "min-utes",
    "payments": "pay-ments",
    "people": "peo-ple",
    "personal": "per-sonal",
    "recorded": "re-corded",
    "reviewed": "re-viewed",
    "safeguarding": "safe-guard-ing",
    "service": "ser-vice",
    "supported": "sup-ported",
    "telephone": "tele-phone",
    "waiting": "wait-ing",
    "workers": "work-ers",
}


@dataclass(frozen=True, kw_only=True)
class Part:
    """One block of a source: a heading (level 1 to 4), a paragraph, a list or a table."""

    kind: str
    text: str = ""
    level: int = 0
    rows: tuple[tuple[str, ...], ...] = ()


def read_source(path: Path) -> list[Part]:
    """The blocks of a Markdown source, which uses headings, paragraphs, bullet lists and tables only."""
    return [_part(chunk) for chunk in re.split(r"\n\s*\n", path.read_text(encoding="utf-8").strip())]


def _part(chunk: str) -> Part:
    lines = chunk.split("\n")
    if chunk.startswith("#"):
        marks, _, text = chunk.partition(" ")
        return Part(kind="heading", text=text, level=len(marks))
    if chunk.startswith("|"):
        cells = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines]
        return Part(kind="table", rows=(cells[0], *cells[2:]))
    if chunk.startswith("- "):
        return Part(kind="list", rows=tuple((line.removeprefix("- "),) for line in lines))
    return Part(kind="paragraph", text=" ".join(lines))


# --- PDF -------------------------------------------------------------------------------------------------


class _Report(BaseDocTemplate):  # type: ignore[misc]  # reportlab has no types
    """A document whose headings become the outline."""

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802  # reportlab's name
        level = getattr(flowable, "outline_level", None)
        if level is None:
            return
        key = f"h{self.seq.nextf('heading')}"
        self.canv.bookmarkPage(key)
        self.canv.addOutlineEntry(flowable.getPlainText(), key, level=level, closed=False)


def make_pdf(parts: list[Part], *, subject: str) -> bytes:
    """The report on A4 with an outline, a running header and footer, and printed paragraph numbers."""
    pdfmetrics.registerFont(TTFont(_BULLET_FONT, Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"))
    title = parts[0].text
    out = BytesIO()
    document = _Report(
        out,
        pagesize=A4,
        title=title,
        author=PUBLISHER,
        subject=subject,
        invariant=1,
        leftMargin=2.2 * cm,
        rightMargin=2.2 * cm,
        topMargin=2.4 * cm,
        bottomMargin=2.2 * cm,
    )
    frame = Frame(document.leftMargin, document.bottomMargin, document.width, document.height, id="text")
    furniture = partial(_furniture, title=title)
    document.addPageTemplates(PageTemplate(id="page", frames=[frame], onPage=furniture))
    document.build([flowable for part in parts for flowable in _flowables(part)])
    return out.getvalue()


def _furniture(canvas: Canvas, document: BaseDocTemplate, *, title: str) -> None:
    width, height = A4
    canvas.saveState()
    canvas.setFont("Helvetica", 8)
    canvas.setFillGray(0.35)
    if document.page > 1:
        canvas.drawString(document.leftMargin, height - 1.4 * cm, title)
    canvas.drawString(document.leftMargin, 1.2 * cm, PUBLISHER)
    canvas.drawRightString(width - document.rightMargin, 1.2 * cm, f"Page {document.page}")
    canvas.restoreState()


def _flowables(part: Part) -> Iterator[Flowable]:
    if part.kind == "heading":
        # Room for the heading and what belongs to it, while a long paragraph may still run over the page.
        yield CondPageBreak(4.5 * cm if part.level == 2 else 2.5 * cm)
        heading = Paragraph(escape(part.text), _heading_style(part.level))
        heading.outline_level = part.level - 1
        yield heading
    elif part.kind == "table":
        yield from (_pdf_table(part.rows), Spacer(1, 10))
    elif part.kind == "list":
        for (item,) in part.rows:
            yield Paragraph(_breakable(item), _body_style(indent=1.6 * cm, bullet=1.2 * cm), bulletText="•")
    elif numbered := _NUMBERED.match(part.text):
        label, text = numbered.groups()
        yield Paragraph(_breakable(text), _body_style(indent=1.0 * cm), bulletText=label)
    else:
        yield Paragraph(_breakable(part.text), _body_style())


def _breakable(text: str) -> str:
    words = re.compile(r"\b(" + "|".join(_BREAKS) + r")\b")
    return words.sub(lambda found: _BREAKS[found[1]].replace("-", _SOFT_HYPHEN), escape(text))


def _heading_style(level: int) -> ParagraphStyle:
    size = _HEADING_SIZES[level]
    return ParagraphStyle(
        f"heading{level}",
        fontName="Helvetica-Bold",
        fontSize=size,
        leading=size * 1.25,
        spaceBefore=size * 0.9,
        spaceAfter=size * 0.4,
    )


def _body_style(*, indent: float = 0.0, bullet: float = 0.0) -> ParagraphStyle:
    return ParagraphStyle(
        "body",
        fontName="Helvetica",
        fontSize=_BODY_SIZE,
        leading=_BODY_SIZE * 1.45,
        spaceAfter=7,
        leftIndent=indent,
        bulletIndent=bullet,
        bulletFontName="Helvetica" if not bullet else _BULLET_FONT,
        bulletFontSize=_BODY_SIZE,
        embeddedHyphenation=1,
        allowWidows=0,
        allowOrphans=0,
    )


def _pdf_table(rows: tuple[tuple[str, ...], ...]) -> Table:
    table = Table(rows, colWidths=[8.2 * cm, 1.8 * cm, 6.6 * cm], repeatRows=1, hAlign="LEFT")
    ruled = ("GRID", (0, 0), (-1, -1), 0.5, colors.grey)
    bold = ("FONTNAME", (0, 0), (-1, 0), "Helvetica-Bold")
    size = ("FONTSIZE", (0, 0), (-1, -1), 9)
    table.setStyle(TableStyle([ruled, bold, size]))
    return table


# --- Word ------------------------------------------------------------------------------------------------


def make_docx(parts: list[Part], *, subject: str) -> bytes:
    """The report with Word's own heading, list and table styles."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.footer.paragraphs[0].text = PUBLISHER
    properties = document.core_properties
    properties.title, properties.author, properties.subject = parts[0].text, PUBLISHER, subject
    properties.created = properties.modified = FIXED_TIME
    properties.last_modified_by, properties.comments, properties.revision = PUBLISHER, "", 1
    for part in parts:
        _add_to_word(document, part)
    out = BytesIO()
    document.save(out)
    return _fixed_zip(out.getvalue())


def _add_to_word(document: docx.document.Document, part: Part) -> None:
    if part.kind == "heading":
        document.add_heading(part.text, level=part.level)
    elif part.kind == "list":
        for (item,) in part.rows:
            document.add_paragraph(item, style="List Bullet")
    elif part.kind == "table":
        table = document.add_table(rows=0, cols=len(part.rows[0]), style="Table Grid")
        for row in part.rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
        # Marks the first row as column names, as Word's "Repeat Header Rows" does.
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001
    else:
        document.add_paragraph(part.text)


def _fixed_zip(data: bytes) -> bytes:
    """The same archive with fixed times, so that the bytes depend on the content alone."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, date_time=(2025, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return out.getvalue()


def make_all(folder: Path) -> list[Path]:
    """Writes both files into the folder and returns their paths."""
    pdf, word = folder / "saltersea-2024.pdf", folder / "tarnholme-2025.docx"
    pdf.write_bytes(make_pdf(read_source(SOURCES / "saltersea-2024.md"), subject="Saltersea Borough Council"))
    word.write_bytes(make_docx(read_source(SOURCES / "tarnholme-2025.md"), subject="Tarnholme Council"))
    return [pdf, word]


if __name__ == "__main__":
    for made in make_all(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE):
        print(made)
