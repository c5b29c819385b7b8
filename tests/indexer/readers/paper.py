"""PDF files of fictional councils, drawn line by line so that a test says where everything stands."""

from __future__ import annotations

import io
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from indexer.model import Block, BlockKind, Document, SourceFile
from indexer.readers.pdf import read_pdf

LEFT = 60
BODY = 11
PITCH = 14.5


class Paper:
    """A canvas measured from the top of the page. `y` is where the next line goes."""

    def __init__(self, **options: object) -> None:
        self.target = io.BytesIO()
        self.canvas = Canvas(self.target, pagesize=A4, pageCompression=0, **options)
        self.height = A4[1]
        self.y = 120.0

    def at(self, x: float, y: float, text: str, *, size: float = BODY, bold: bool = False) -> None:
        self.canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
        self.canvas.drawString(x, self.height - y, text)

    def lines(self, *texts: str, x: float = LEFT, size: float = BODY, bold: bool = False, gap: float = 10) -> None:
        """Lines of one paragraph, then a gap."""
        for text in texts:
            self.at(x, self.y, text, size=size, bold=bold)
            self.y += PITCH * size / BODY
        self.y += gap

    def heading(self, *texts: str, size: float = 14, bold: bool = True) -> None:
        self.y += 8
        self.lines(*texts, size=size, bold=bold, gap=4)

    def bullet(self, *texts: str, mark: str = "•", x: float = LEFT, hang: float = 18) -> None:
        self.at(x, self.y, mark)
        self.lines(*texts, x=x + hang, gap=4)

    def turn(self) -> None:
        self.canvas.showPage()
        self.y = 120.0

    def data(self) -> bytes:
        self.canvas.save()
        return self.target.getvalue()

    def read(self) -> Document:
        return read(self.data())


def read(data: bytes) -> Document:
    return read_pdf(SourceFile(path=Path("report.pdf"), name="report.pdf", data=data), lambda _: None)


def headings(document: Document) -> list[tuple[int, str]]:
    return [(block.level, block.text) for block in document.blocks if block.kind is BlockKind.HEADING]


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if block.kind is not BlockKind.HEADING]


def of_kind(document: Document, kind: BlockKind) -> list[Block]:
    return [block for block in document.blocks if block.kind is kind]


def codes(document: Document) -> dict[str, str]:
    return {notice.code: notice.message for notice in document.notices}


PROSE = (
    "Adults in Elmshire waited eleven weeks for a first conversation about their care,",
    "and those who waited longest had told the council most often that they were at risk.",
)
"""Two full lines of one paragraph."""
