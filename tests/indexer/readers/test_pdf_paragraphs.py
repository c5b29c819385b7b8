from __future__ import annotations

import pytest
from paper import LEFT, PROSE, Paper, codes, of_kind, texts
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from indexer.model import BlockKind


def test_paragraphs_part_at_gaps_and_at_indents() -> None:
    paper = Paper()
    paper.lines("The first paragraph of the report fills its line to the right-hand edge,", "and ends.")
    paper.lines("The second one comes after a gap and fills its line to the right-hand", "edge too.", gap=0)
    paper.at(LEFT + 20, paper.y, "The third begins with an indent and fills its line to the very edge,")
    paper.y += 14.5
    paper.lines("and goes back to the margin for the rest.")
    assert [text.split()[1] for text in texts(paper.read())] == ["first", "second", "third"]


def test_a_paragraph_goes_on_over_a_page_break() -> None:
    paper = Paper()
    paper.y = 700
    paper.lines("The partnership has agreed a plan for every child who waits for a school", gap=0)
    paper.turn()
    paper.lines("place, and it is funded.")
    paper.lines("Another paragraph.")
    document = paper.read()
    assert texts(document) == [
        "The partnership has agreed a plan for every child who waits for a school place, and it is funded.",
        "Another paragraph.",
    ]
    assert [block.page for block in document.blocks] == [1, 2]


def test_a_paragraph_that_ended_does_not_go_on_over_a_page_break() -> None:
    paper = Paper()
    paper.y = 700
    paper.lines("The partnership has agreed a plan for every child who waits for a place.", gap=0)
    paper.turn()
    paper.lines("Leaders know this.")
    assert len(texts(paper.read())) == 2


def test_an_open_sentence_goes_on_with_a_capital_letter_over_a_page_break() -> None:
    paper = Paper()
    paper.lines(*PROSE)
    paper.lines("The plan for every child who waits for a place in school was agreed with NHS", gap=0)
    paper.turn()
    paper.lines("Elmshire in May.")
    assert texts(paper.read())[1].endswith("agreed with NHS Elmshire in May.")


def test_a_note_at_a_pages_foot_stands_after_the_paragraph_it_interrupts() -> None:
    paper = Paper()
    paper.lines(*PROSE)
    paper.lines("The partnership has agreed a plan for every child who waits for a school", gap=0)
    paper.at(LEFT, 700, "1 As counted by the council in March.", size=8)
    paper.turn()
    paper.lines("place, and it is funded.")
    assert texts(paper.read())[1:] == [
        "The partnership has agreed a plan for every child who waits for a school place, and it is funded.",
        "1 As counted by the council in March.",
    ]


def test_bullets_are_items_with_levels() -> None:
    paper = Paper()
    paper.lines("Leaders should:")
    paper.bullet("shorten the waits for a first", "conversation; and")
    paper.bullet("listen to carers, in particular:")
    paper.bullet("young carers, and", mark="o", x=LEFT + 18)
    paper.bullet("parents.", mark="–", x=LEFT + 18)
    paper.bullet("report in May.")
    document = paper.read()
    items = [(block.level, block.text) for block in of_kind(document, BlockKind.LIST_ITEM)]
    assert items == [
        (1, "shorten the waits for a first conversation; and"),
        (1, "listen to carers, in particular:"),
        (2, "young carers, and"),
        (2, "parents."),
        (1, "report in May."),
    ]


def test_an_item_goes_on_over_a_page_break_below_its_text() -> None:
    paper = Paper()
    paper.bullet("Leaders know the area well. They meet the parents every month in the town hall.")
    paper.turn()
    paper.lines("They also write to them.", x=LEFT + 18)
    paper.bullet("The next item.")
    items = of_kind(paper.read(), BlockKind.LIST_ITEM)
    assert [item.text.split()[-1] for item in items] == ["them.", "item."]


@pytest.mark.parametrize(("printed", "label"), [("2.14", "2.14"), ("(a)", "(a)"), ("12", "12"), ("7.", "7")])
def test_printed_numbers_are_labels(printed: str, label: str) -> None:
    paper = Paper()
    paper.at(LEFT, paper.y, printed)
    paper.lines("The council keeps a register of the risks that people face while they", "wait for care.", x=LEFT + 36)
    paper.lines(*PROSE)
    block = paper.read().blocks[0]
    assert (block.label, block.text.split()[0], block.text.split()[-1]) == (label, "The", "care.")


def test_numbered_paragraphs_without_gaps_part_at_their_numbers() -> None:
    paper = Paper()
    for number in ("2.1", "2.2", "2.3"):
        paper.at(LEFT, paper.y, number)
        paper.lines(
            "The council keeps a register of the risks that people face while they", "wait.", x=LEFT + 36, gap=0
        )
    assert [block.label for block in paper.read().blocks] == ["2.1", "2.2", "2.3"]


def test_a_year_or_quantity_at_a_lines_start_is_no_label() -> None:
    paper = Paper()
    paper.lines(
        "The council had counted the people who were waiting for care in the spring of", "2024. It found", gap=0
    )
    paper.lines("12 children among them.")
    (block,) = paper.read().blocks
    assert block.label is None
    assert block.text.endswith("2024. It found 12 children among them.")


def test_labels_beside_values_stay_rows() -> None:
    paper = Paper()
    for label, value in (("Reference", "10420"), ("Council", "Elmshire"), ("Inspected", "3 to 5 May 2024")):
        paper.at(LEFT, paper.y, label)
        paper.at(LEFT + 160, paper.y, value)
        paper.y += 14.5
    paper.y += 20
    paper.lines(*PROSE)
    assert texts(paper.read())[:3] == ["Reference 10420", "Council Elmshire", "Inspected 3 to 5 May 2024"]


@pytest.mark.parametrize(
    ("elsewhere", "first", "second", "joined"),
    [
        ("Support came early.", "The council gave sup-", "port to carers.", "The council gave support to carers."),
        ("Good decision-making.", "It is slow in decision-", "making now.", "It is slow in decision-making now."),
        ("Support and sup-port.", "The council gave sup-", "port to carers.", "The council gave sup-port to carers."),
        ("Other words.", "The council gave sup-", "port to carers.", "The council gave sup-port to carers."),
        ("Other words.", "It serves pre-", "and post-16 pupils.", "It serves pre- and post-16 pupils."),
        ("Other words.", "It works with and/", "or for the NHS.", "It works with and/or for the NHS."),
    ],
)
def test_broken_words_are_joined_only_where_that_is_certain(
    elsewhere: str, first: str, second: str, joined: str
) -> None:
    paper = Paper()
    paper.lines(elsewhere)
    paper.lines(first, second)
    assert texts(paper.read())[1] == joined


def test_doubtful_hyphens_are_counted() -> None:
    paper = Paper()
    paper.lines("The council gave sup-", "port to the bor-", "ough.")
    assert codes(paper.read())["doubtful-hyphens"].startswith("2 ")


def test_a_raised_note_mark_does_not_change_a_number() -> None:
    paper = Paper()
    paper.at(LEFT, paper.y, "It began in 2023")
    paper.at(LEFT + 81, paper.y - 4, "1", size=6.5)
    paper.at(LEFT + 85, paper.y, ", as planned, and ran for the whole of the year that followed.")
    paper.y += 30
    paper.lines(*PROSE)
    assert texts(paper.read())[0].startswith("It began in 2023 1")


def test_ligatures_are_written_as_letters() -> None:
    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))
    paper = Paper()
    paper.canvas.setFont("Vera", 11)
    paper.canvas.drawString(LEFT, 700, "The \ufb01rst \ufb02oor of the town hall and its ½ annexe are not touched.")
    (text,) = texts(paper.read())
    assert text == "The first floor of the town hall and its ½ annexe are not touched."
