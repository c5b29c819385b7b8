from __future__ import annotations

from paper import LEFT, PROSE, Paper, headings, texts


def test_headings_rank_by_size_and_weight() -> None:
    paper = Paper()
    paper.heading("Elmshire Council assessment", size=24, bold=False)
    paper.lines(*PROSE)
    paper.heading("Working with people", size=16)
    paper.lines(*PROSE)
    paper.heading("Assessing needs", size=13)
    paper.lines(*PROSE)
    paper.heading("Waiting times", size=11)
    paper.lines(*PROSE)
    assert headings(paper.read()) == [
        (1, "Elmshire Council assessment"),
        (2, "Working with people"),
        (3, "Assessing needs"),
        (4, "Waiting times"),
    ]


def test_a_heading_of_two_lines_is_one() -> None:
    paper = Paper()
    paper.heading("Inspection of the arrangements for children", "in Northdale and Westmarch", size=20)
    paper.lines(*PROSE)
    assert headings(paper.read()) == [(1, "Inspection of the arrangements for children in Northdale and Westmarch")]


def test_two_short_headings_of_one_style_stay_two() -> None:
    paper = Paper()
    paper.lines("Findings", "Safeguarding", size=16, bold=True)
    paper.lines(*PROSE)
    assert [text for _, text in headings(paper.read())] == ["Findings", "Safeguarding"]


def test_a_bold_question_is_a_heading() -> None:
    paper = Paper()
    paper.lines(*PROSE)
    paper.lines("What does the area partnership need to do better?", bold=True)
    paper.lines(*PROSE)
    assert headings(paper.read()) == [(1, "What does the area partnership need to do better?")]


def test_bold_words_that_run_into_a_paragraph_are_no_heading() -> None:
    paper = Paper()
    paper.lines(*PROSE)
    paper.at(LEFT, paper.y, "Waiting times.", bold=True)
    paper.at(LEFT + 85, paper.y, "The council had no plan to bring them down before the")
    paper.y += 14.5
    paper.lines("end of the year, and staff knew it.")
    document = paper.read()
    assert headings(document) == []
    assert texts(document)[1].startswith("Waiting times. The council had no plan")


def test_a_bold_line_within_a_paragraph_is_no_heading() -> None:
    paper = Paper()
    paper.lines(PROSE[0], gap=0)
    paper.lines("and the Care Act says that nobody may be left to wait without any support", bold=True, gap=0)
    paper.lines("while the council decides what to do.")
    document = paper.read()
    assert headings(document) == []
    assert len(texts(document)) == 1


def test_a_bold_sentence_and_a_bold_score_are_no_headings() -> None:
    paper = Paper()
    paper.lines(*PROSE)
    paper.lines("The council must act now.", bold=True)
    paper.lines("Score: 3", bold=True)
    paper.lines(*PROSE)
    document = paper.read()
    assert headings(document) == []
    assert {"The council must act now.", "Score: 3"} <= set(texts(document))


def test_large_print_that_is_prose_or_a_figure_is_no_heading() -> None:
    paper = Paper()
    paper.lines(*PROSE)
    paper.lines("87%", size=30)
    paper.lines(
        "This report is about the people of Elmshire and what they",
        "told us about the care that they received this year.",
        size=15,
    )
    paper.lines(*PROSE, *PROSE, *PROSE)
    assert headings(paper.read()) == []


def test_a_quotation_in_large_print_is_no_heading() -> None:
    paper = Paper()
    paper.lines('"I was never asked what I wanted"', size=16)
    paper.lines(*PROSE, *PROSE)
    assert headings(paper.read()) == []


def test_the_outline_gives_levels_to_lines_that_do_not_stand_out() -> None:
    paper = Paper()
    for title, level in (("Summary", 0), ("How we did this", 1), ("Findings", 0)):
        paper.canvas.bookmarkPage(title)
        paper.canvas.addOutlineEntry(title, title, level)
        paper.lines(title)
        paper.lines(*PROSE)
    assert headings(paper.read()) == [(1, "Summary"), (2, "How we did this"), (1, "Findings")]


def test_an_outline_entry_over_two_lines_is_found_and_a_wrong_one_is_ignored() -> None:
    paper = Paper()
    for title in ("Working together across Elmshire and Northdale", "Not in this document"):
        paper.canvas.bookmarkPage(title)
        paper.canvas.addOutlineEntry(title, title, 0)
    paper.lines("Working together across", "Elmshire  and Northdale", size=12)
    paper.lines(*PROSE)
    assert headings(paper.read()) == [(1, "Working together across Elmshire and Northdale")]


def test_a_title_larger_than_the_outlined_headings_stands_above_them() -> None:
    paper = Paper()
    paper.heading("Elmshire Council", size=26)
    paper.canvas.bookmarkPage("a")
    paper.canvas.addOutlineEntry("Summary", "a", 0)
    paper.heading("Summary", size=16)
    paper.lines(*PROSE)
    paper.heading("Detail", size=13)
    paper.lines(*PROSE)
    assert headings(paper.read()) == [(1, "Elmshire Council"), (2, "Summary"), (3, "Detail")]


def test_a_heading_in_a_font_that_only_declares_its_weight() -> None:
    paper = Paper()
    paper.canvas.setFont("Helvetica", 11)
    text = paper.canvas.beginText(LEFT, paper.height - paper.y)
    text.setTextRenderMode(2)
    text.textLine("Drawn bold by its outline")
    text.setTextRenderMode(0)
    paper.canvas.drawText(text)
    paper.y += 30
    paper.lines(*PROSE, *PROSE)
    assert headings(paper.read()) == [(1, "Drawn bold by its outline")]


def test_the_lines_of_a_contents_list_are_no_headings() -> None:
    paper = Paper()
    paper.lines("Working with people .................... 3", bold=True)
    paper.lines("Providing support ....................... 9", size=14)
    paper.lines(*PROSE)
    assert headings(paper.read()) == []
