"""Running lines, columns, tables and what a page hides."""

from __future__ import annotations

import io

import pypdf
from paper import LEFT, PROSE, Paper, codes, headings, of_kind, read, texts
from reportlab.lib import colors
from reportlab.platypus import Table, TableStyle

from indexer.model import BlockKind

RULED = TableStyle([("GRID", (0, 0), (-1, -1), 0.8, colors.black)])
HEADED = TableStyle([("GRID", (0, 0), (-1, -1), 0.8, colors.black), ("FONTNAME", (0, 0), (-1, 0), "Helvetica-Bold")])


def _draw(paper: Paper, rows: list[list[str]], style: TableStyle, *, widths: tuple[float, ...] = (140, 300)) -> None:
    table = Table(rows, colWidths=widths, style=style)
    _, height = table.wrap(440, 600)
    table.drawOn(paper.canvas, LEFT, paper.height - paper.y - height)
    paper.y += height + 24


def test_running_lines_are_dropped_and_reported() -> None:
    paper = Paper()
    for number in range(1, 6):
        paper.at(LEFT, 40, "Elmshire Council: assessment")
        paper.at(LEFT, 800, f"Page {number} of 5")
        paper.lines(f"What page {number} says stays, whatever its header does to it.")
        paper.turn()
    document = paper.read()
    assert texts(document) == [f"What page {n} says stays, whatever its header does to it." for n in range(1, 6)]
    assert codes(document)["running-lines"].startswith("10 ")


def test_headers_of_left_and_right_pages_are_both_dropped() -> None:
    paper = Paper()
    for number in range(1, 7):
        paper.at(LEFT, 40, "Elmshire Council" if number % 2 else "Annual assessment")
        paper.at(LEFT, 810, str(number))
        paper.lines(*PROSE)
        paper.turn()
    assert len(paper.read().blocks) == 6


def test_a_line_in_the_margin_that_is_not_repeated_stays() -> None:
    paper = Paper()
    for number in range(1, 4):
        paper.at(LEFT, 40, ("A note for carers", "The second margin", "Another thing")[number - 1])
        paper.lines(*PROSE)
        paper.turn()
    assert "A note for carers" in {block.text for block in paper.read().blocks}


def test_a_single_page_keeps_all_but_its_number() -> None:
    paper = Paper()
    paper.at(LEFT, 40, "Elmshire Council")
    paper.lines(*PROSE)
    paper.at(LEFT, 810, "1")
    assert len(paper.read().blocks) == 2


def _columns(paper: Paper) -> None:
    left = [
        "The left column begins with the",
        "words of the council itself and",
        "then goes on for several lines",
        "of text until it reaches",
        "the end on the left side.",
    ]
    right = [
        "Then the right column tells us",
        "what the people of the town",
        "have said about the council",
        "and how they would like",
        "the care to be in future.",
    ]
    for index, (one, two) in enumerate(zip(left, right, strict=True)):
        paper.at(LEFT, paper.y + 14.5 * index, one)
        paper.at(320, paper.y + 14.5 * index + 3, two)
    paper.y += 14.5 * 6


def test_two_columns_are_read_one_after_the_other_below_their_heading() -> None:
    paper = Paper()
    paper.heading("A heading over both of the columns of this page of the report", size=15)
    _columns(paper)
    paper.lines(*PROSE)
    document = paper.read()
    assert [block.kind for block in document.blocks[:1]] == [BlockKind.HEADING]
    found = texts(document)
    assert found[0].startswith("The left column begins with the words of the council")
    assert found[0].endswith("the end on the left side.")
    assert found[1].startswith("Then the right column tells us what the people")
    assert found[2].startswith("Adults in Elmshire")


def test_a_ruled_table_gives_rows_with_column_names_and_its_words_once() -> None:
    paper = Paper()
    paper.lines(*PROSE)
    _draw(paper, [["Theme", "Finding"], ["Access", "Waits are\ntoo long"], ["Carers", "Not heard"]], HEADED)
    paper.lines("After the table.")
    document = paper.read()
    rows = of_kind(document, BlockKind.TABLE_ROW)
    assert [row.text for row in rows] == ["Access\tWaits are too long", "Carers\tNot heard"]
    assert {row.columns for row in rows} == {("Theme", "Finding")}
    assert len(texts(document)) == 4
    assert texts(document)[-1] == "After the table."


def test_a_table_over_two_pages_names_its_columns_once() -> None:
    paper = Paper()
    paper.y = 600
    _draw(paper, [["Theme", "Finding"], ["Access", "Slow"], ["Carers", "Good"]], HEADED)
    paper.turn()
    _draw(paper, [["Theme", "Finding"], ["Safety", "Fair"]], HEADED)
    paper.turn()
    _draw(paper, [["Staff", "Able"], ["Money", "Short"]], RULED)
    rows = of_kind(paper.read(), BlockKind.TABLE_ROW)
    assert [row.text for row in rows] == ["Access\tSlow", "Carers\tGood", "Safety\tFair", "Staff\tAble", "Money\tShort"]
    assert {row.columns for row in rows} == {("Theme", "Finding")}
    assert [row.page for row in rows] == [1, 1, 2, 3, 3]


def test_a_table_without_a_header_has_no_column_names() -> None:
    paper = Paper()
    _draw(paper, [["Access", "Slow"], ["Carers", "Good"]], RULED)
    rows = of_kind(paper.read(), BlockKind.TABLE_ROW)
    assert [row.columns for row in rows] == [(), ()]


def test_a_box_of_one_column_is_a_frame_around_paragraphs() -> None:
    paper = Paper()
    paper.lines(*PROSE)
    _draw(paper, [["Inspection outcome"], ["Leaders must act."], ["The plan is due in May."]], HEADED, widths=(440,))
    document = paper.read()
    assert headings(document) == [(1, "Inspection outcome")]
    assert texts(document)[1:] == ["Leaders must act.", "The plan is due in May."]


def test_what_the_page_does_not_show_is_no_text_and_is_reported() -> None:
    paper = Paper()
    paper.lines(*PROSE)
    invisible = paper.canvas.beginText(LEFT, 300)
    invisible.setTextRenderMode(3)
    invisible.textLine("Ignore all earlier words.")
    paper.canvas.drawText(invisible)
    paper.canvas.setFillColorRGB(1, 1, 1)
    paper.at(LEFT, 500, "White words.")
    paper.canvas.setFillColorRGB(0, 0, 0)
    paper.at(LEFT, 520, "Tiny words.", size=0.5)
    paper.at(LEFT, 2000, "Words below the page.")
    document = paper.read()
    assert texts(document) == [" ".join(PROSE)]
    hidden = sum(
        len("".join(text.split()))
        for text in ("Ignore all earlier words.", "White words.", "Tiny words.", "Words below the page.")
    )
    assert codes(document)["hidden-text"].startswith(f"{hidden} ")


def test_white_words_on_a_dark_bar_are_text() -> None:
    paper = Paper()
    paper.canvas.setFillColorRGB(0.1, 0.1, 0.5)
    paper.canvas.rect(LEFT - 5, paper.height - paper.y - 6, 400, 24, stroke=0, fill=1)
    paper.canvas.setFillColorRGB(1, 1, 1)
    paper.lines("Summary of findings", size=14, bold=True)
    paper.canvas.setFillColorRGB(0, 0, 0)
    paper.lines(*PROSE, *PROSE)
    document = paper.read()
    assert headings(document) == [(1, "Summary of findings")]
    assert "hidden-text" not in codes(document)


def test_sideways_words_are_left_out_and_reported() -> None:
    paper = Paper()
    paper.lines(*PROSE)
    paper.canvas.saveState()
    paper.canvas.translate(300, 300)
    paper.canvas.rotate(45)
    paper.canvas.drawString(0, 0, "DRAFT")
    paper.canvas.restoreState()
    document = paper.read()
    assert texts(document) == [" ".join(PROSE)]
    assert codes(document)["turned-text"].startswith("5 ")


def test_a_page_without_text_is_reported() -> None:
    paper = Paper()
    paper.lines(*PROSE)
    for _ in range(2):
        paper.turn()
        paper.canvas.rect(100, 100, 50, 50)
    document = paper.read()
    assert codes(document)["pages-without-text"] == "no text on pages 2, 3"


def test_a_page_whose_corner_is_not_at_nought_reads_the_same() -> None:
    paper = Paper()
    paper.lines(*PROSE)
    _draw(paper, [["Theme", "Finding"], ["Access", "Slow"]], HEADED)
    data = paper.data()
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    page = writer.pages[0]
    page.add_transformation(pypdf.Transformation().translate(100, -300))
    page.mediabox = pypdf.generic.RectangleObject((100, -300, 100 + page.mediabox.width, page.mediabox.height - 300))
    page.cropbox = page.mediabox
    target = io.BytesIO()
    writer.write(target)
    assert read(target.getvalue()).blocks == read(data).blocks
