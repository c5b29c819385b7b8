from __future__ import annotations

import pytest
from reading import read_with, shown, words

from indexer.errors import UnreadableFileError
from indexer.model import Block, BlockKind
from indexer.readers.markdown import read_markdown


def _shown(text):
    return shown(read_with(read_markdown, text))


def test_headings_of_both_forms():
    assert _shown("# One\n\nTwo\n===\n\nThree\n---\n\n###### Six ##\n\n#\n\n#Not\n") == [
        ("heading", 1, "One"),
        ("heading", 1, "Two"),
        ("heading", 2, "Three"),
        ("heading", 6, "Six"),
        ("paragraph", 0, "#Not"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "A paragraph that runs on for far longer than any heading of a report would, and then stops.",
        "Two lines\nof text",
    ],
)
def test_a_rule_below_a_paragraph_makes_no_heading_of_it(text):
    assert _shown(f"{text}\n---\nmore") == [("paragraph", 0, text.replace("\n", " ")), ("paragraph", 0, "more")]


def test_one_dash_below_text_makes_no_heading():
    assert _shown("Text\n-\n") == [("paragraph", 0, "Text")]


def test_nested_lists_with_printed_numbers():
    text = "1. First\n   - inner\n     1) deep\n2. Second\n\n   Goes on.\n\n- other\n"
    assert _shown(text) == [
        ("list_item", 1, "1| First"),
        ("list_item", 2, "inner"),
        ("list_item", 3, "1)| deep"),
        ("list_item", 1, "2| Second"),
        ("list_item", 1, "Goes on."),
        ("list_item", 1, "other"),
    ]


def test_numbers_are_kept_as_printed():
    assert _shown("7. Seven\n\n9. Nine\n\n007. Agent\n") == [
        ("list_item", 1, "7| Seven"),
        ("list_item", 1, "9| Nine"),
        ("list_item", 1, "007| Agent"),
    ]


def test_numbered_paragraphs():
    assert _shown("2.14 The council acts.\n\n(a) the first\n\n2023 saw a plan.\n\n- (b) the second") == [
        ("paragraph", 0, "2.14| The council acts."),
        ("paragraph", 0, "(a)| the first"),
        ("paragraph", 0, "2023 saw a plan."),
        ("list_item", 1, "(b)| the second"),
    ]


def test_a_year_is_no_number_of_an_item():
    assert _shown("It was done.\n\n2013. The council moved on.\n") == [
        ("paragraph", 0, "It was done."),
        ("paragraph", 0, "2013. The council moved on."),
    ]


def test_a_year_goes_back_to_the_sentence_that_it_ends():
    assert _shown("11. It was judged good in\n\n2013. 12. The council moved on.\n\n13. Then more.\n") == [
        ("list_item", 1, "11| It was judged good in 2013."),
        ("list_item", 1, "12| The council moved on."),
        ("list_item", 1, "13| Then more."),
    ]


def test_a_number_on_its_own_is_kept():
    assert _shown("Done.\n\n12.\n") == [("paragraph", 0, "Done."), ("paragraph", 0, "12.")]


def test_a_number_before_a_bullet_is_its_label():
    assert _shown("1. - inner\n") == [("list_item", 2, "1| inner")]


def test_quotations_and_code_are_paragraphs():
    text = "> Said\n> so.\n\n    Indented text\n\n```\ncode a\n\ncode b\n```\n\n~~~ words on the fence\nx\n~~~\n"
    assert _shown(text) == [
        ("paragraph", 0, "Said so."),
        ("paragraph", 0, "Indented text"),
        ("paragraph", 0, "code a"),
        ("paragraph", 0, "code b"),
        ("paragraph", 0, "words on the fence"),
        ("paragraph", 0, "x"),
    ]


def test_a_fence_that_is_never_closed_does_not_swallow_the_report():
    assert ("heading", 2, "Findings") in _shown("Before\n\n```\n\n## Findings\n\ntext\n")


def test_inline_markup_goes_and_the_words_stay():
    text = (
        '**W**ord and *so* _on_, `code`, [link](https://example.org/x "title"), ![alt](a.png) '
        "&amp; <https://e.org/> a\\*b\\\nend"
    )
    assert _shown(text) == [("paragraph", 0, "Word and so on, code, link, & https://e.org/ a*b end")]


@pytest.mark.parametrize(
    "text",
    [
        "Grades A*to C, with A*-C in 5 subjects.",
        "The sum 2 * 3 * 4 and snake_case_name.",
        "Text [sic] and [1] and x[0].",
        "Where a < b and c > d, or <LSCB> or <name withheld>.",
        "AT&T and R&D; 5&6",
        "~74,000 years, ~~not struck~~",
        "One ` tick and a pipe | here.",
        "Yes! [but]",
    ],
)
def test_prose_is_not_markup(text):
    assert _shown(text) == [("paragraph", 0, text)]


def test_an_explained_acronym_is_not_a_link_address():
    text = (
        "[ESFA]: Education and Skills Funding Agency\n\n[FE]: further\n\n"
        "[site]: https://example.org/\n\nSee [here][site]."
    )
    assert _shown(text) == [
        ("paragraph", 0, "[ESFA]: Education and Skills Funding Agency"),
        ("paragraph", 0, "[FE]: further"),
        ("paragraph", 0, "See here."),
    ]


def test_tables_are_rows_under_their_column_names():
    document = read_with(
        read_markdown, "| Area | Score |\n|---|:-:|\n| **Care** | 3 | extra |\n| Leads |\n| | |\n\nAfter"
    )
    assert document.blocks == (
        Block(kind=BlockKind.TABLE_ROW, text="Care\t3\textra", columns=("Area", "Score", "")),
        Block(kind=BlockKind.TABLE_ROW, text="Leads\t", columns=("Area", "Score")),
        Block(kind=BlockKind.PARAGRAPH, text="After"),
    )


def test_a_table_without_rows_keeps_its_header_words():
    assert read_with(read_markdown, "a|b\n-|-\n").blocks == (Block(kind=BlockKind.TABLE_ROW, text="a\tb"),)


def test_raw_html_loses_its_tags_and_comments():
    text = (
        "## Findings\n\n<div class='x'>Inside <b>div</b></div>\n\n<!-- not\n\nthis -->\n\n"
        "Text<br>more <!-- nor this -->and <span style='display:none'>hidden</span>seen.\n\n"
        "<details><summary>Feedback</summary>Body</details>\n\n<name withheld>\nspoke\n"
    )
    assert _shown(text) == [
        ("heading", 2, "Findings"),
        ("paragraph", 0, "Inside div"),
        ("paragraph", 0, "Text more and seen."),
        ("heading", 3, "Feedback"),
        ("paragraph", 0, "Body"),
        ("paragraph", 0, "<name withheld> spoke"),
    ]


def test_bullets_that_markdown_does_not_know():
    assert _shown("Leaders should:\n• plan\n• act (and\n  review)\n") == [
        ("paragraph", 0, "Leaders should:"),
        ("list_item", 1, "plan"),
        ("list_item", 1, "act (and review)"),
    ]


def test_front_matter_and_invisible_characters():
    document = read_with(read_markdown, "---\ntitle: Ashmere\nauthor: x\n---\n# A\u200bshmere\n\nText&#8203;.\n")
    assert document.metadata == {"title": "Ashmere"}
    assert [b.text for b in document.blocks] == ["Ashmere", "Text."]
    assert [n.code for n in document.notices] == ["front-matter", "invisible-characters"]
    assert "2 × U+200B" in document.notices[1].message


@pytest.mark.parametrize("text", ["---\ntitle: Only this\n---\n", "<!-- only a comment -->", "![alt](a.png)", "---"])
def test_no_words_is_unreadable(text):
    with pytest.raises(UnreadableFileError, match="no text"):
        read_with(read_markdown, text)


def test_a_paragraph_beyond_any_prose_is_read_without_markup_in_no_time():
    blocks = read_with(read_markdown, "[a](" * 60_000).blocks
    assert words(blocks) == ["[a](" * 60_000]
