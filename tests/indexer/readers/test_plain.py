from __future__ import annotations

import textwrap

import pytest
from reading import read_with, shown

from indexer.errors import UnreadableFileError
from indexer.readers.plain import read_plain

KNOWN = {
    "learning, improvement and innovation": 2,
    "the local authority commitment": 3,
    "key findings for this quality statement": 3,
}
PROSE = (
    "Staff told us that the council had listened to them, and that the plans which followed were better for it. "
    "However, some partners said they had waited for months to hear what had become of their ideas."
)
OTHER = (
    "Complaints were few. Each was answered within ten days, by somebody who had not been part of the matter, "
    "and what was learned went to the practice board every quarter."
)


def _shown(text, headings=None):
    return shown(read_with(read_plain, text, headings))


def test_a_statement_page_with_the_familys_headings():
    text = (
        "\n\nLearning, improvement and innovation\n\nScore: 3\n\n3 - Evidence shows a good standard\n\n"
        f"The local authority commitment\n\n{PROSE}\n\nKey findings for this quality statement\n\n"
        f"Continuous learning, improvement and professional development\n\n{PROSE}\n\n{OTHER}\n\n"
        f"Learning from feedback\n\n{OTHER}\n\n© Ashmere Care Inspectorate"
    )
    assert _shown(text, KNOWN) == [
        ("heading", 2, "Learning, improvement and innovation"),
        ("paragraph", 0, "Score: 3"),
        ("paragraph", 0, "3 - Evidence shows a good standard"),
        ("heading", 3, "The local authority commitment"),
        ("paragraph", 0, PROSE),
        ("heading", 3, "Key findings for this quality statement"),
        ("heading", 4, "Continuous learning, improvement and professional development"),
        ("paragraph", 0, PROSE),
        ("paragraph", 0, OTHER),
        ("heading", 4, "Learning from feedback"),
        ("paragraph", 0, OTHER),
        ("paragraph", 0, "© Ashmere Care Inspectorate"),
    ]


def test_without_known_headings_the_first_is_the_title():
    assert _shown(f"A report on Ashmere\n\nWhat we found\n\n{PROSE}\n\nWhat comes next\n\n{OTHER}") == [
        ("heading", 1, "A report on Ashmere"),
        ("heading", 2, "What we found"),
        ("paragraph", 0, PROSE),
        ("heading", 2, "What comes next"),
        ("paragraph", 0, OTHER),
    ]


def test_capitals_stand_above_small_letters():
    assert [
        b
        for b in _shown(f"Ashmere\n\nOUR FINDINGS\n\nFeedback\n\n{PROSE}\n\nNEXT STEPS\n\n{OTHER}")
        if b[0] == "heading"
    ] == [
        ("heading", 1, "Ashmere"),
        ("heading", 2, "OUR FINDINGS"),
        ("heading", 3, "Feedback"),
        ("heading", 2, "NEXT STEPS"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Score: 3",
        "3 - Evidence shows a good standard",
        "© Ashmere Care Inspectorate",
        "Crown copyright 2024",
        "24 January 2025",
        "26 to 30 June 2023",
        "2023",
        "Page 3 of 10",
        "Published: 24 January 2025",
        "The council did well.",
        "Leaders should:",
        "it goes on",
        "‘We were heard’",
        "https://example.org/report",
        "enquiries@example.org",
        "1 High Street, Ashmere AS1 2HM",
        "A line that has a great many more words in it than any heading of a report would ever have",
        "- a bullet",
    ],
)
def test_lines_that_are_no_headings(line):
    assert all(kind != "heading" for kind, _, _ in _shown(f"{PROSE}\n\n{line}\n\n{OTHER}"))


@pytest.mark.parametrize(
    "line",
    [
        "Learning from feedback",
        "What is it like to live here?",
        "What is it like to be a child or a young person with special needs, or their carer, in this area?",
        "2.1 Scope",
        "3. Next steps",
        "2023 in review",
        "A–Z of services",
    ],
)
def test_lines_that_are_headings(line):
    assert [text for kind, _, text in _shown(f"{PROSE}\n\n{line}\n\n{OTHER}") if kind == "heading"] == [line]


def test_the_last_line_is_no_heading():
    assert _shown(f"{PROSE}\n\nAshmere Town Hall")[-1][0] == "paragraph"


def test_many_short_lines_are_a_table_or_an_address():
    lines = ["Judgement", "Grade", "Overall", "Good", "Care leavers", "Requires improvement"]
    assert [b[0] for b in _shown("\n\n".join([PROSE, *lines, "Summary", OTHER]))] == [
        "paragraph",
        *["paragraph"] * 6,
        "heading",
        "paragraph",
    ]


def test_a_list_that_lost_its_bullets_is_not_made_of_headings():
    assert all(
        b[0] == "paragraph" for b in _shown(f"{PROSE}\n\nThey should:\n\nImprove plans\n\nReview data\n\n{OTHER}")
    )


@pytest.mark.parametrize("width", [60, 72, 100])
def test_wrapped_lines_are_joined(width):
    text = "\n\n".join(["Learning from feedback", *(textwrap.fill(p, width) for p in (PROSE, OTHER))])
    assert _shown(text) == [("heading", 1, "Learning from feedback"), ("paragraph", 0, PROSE), ("paragraph", 0, OTHER)]


def test_a_wrapped_paragraphs_short_last_line_is_no_heading():
    text = (
        "The service had been set up with partners from every town and was led by\nAshmere Forward\n\n"
        + textwrap.fill(OTHER, 72)
    )
    assert all(kind == "paragraph" for kind, _, _ in _shown(text))


def test_a_heading_right_above_wrapped_lines():
    text = "\n\n".join(
        f"{heading}\n{textwrap.fill(p, 72)}" for heading, p in [("Our findings", PROSE), ("Feedback", OTHER)]
    )
    assert _shown(text) == [
        ("heading", 1, "Our findings"),
        ("paragraph", 0, PROSE),
        ("heading", 2, "Feedback"),
        ("paragraph", 0, OTHER),
    ]


def test_one_paragraph_a_line_without_blank_lines():
    assert _shown(f"Our findings\n{PROSE}\n{OTHER}\nFeedback\n{PROSE}\n") == [
        ("heading", 1, "Our findings"),
        ("paragraph", 0, PROSE),
        ("paragraph", 0, OTHER),
        ("heading", 2, "Feedback"),
        ("paragraph", 0, PROSE),
    ]


def test_known_headings_inside_a_group_of_lines():
    assert [
        b[:2]
        for b in _shown(
            f"Learning, improvement and innovation\n{PROSE}\nThe local authority commitment\n{OTHER}", KNOWN
        )
    ] == [
        ("heading", 2),
        ("paragraph", 0),
        ("heading", 3),
        ("paragraph", 0),
    ]


def test_a_known_heading_may_carry_a_number():
    assert _shown(f"2.3 The local authority commitment\n\n{PROSE}", KNOWN)[0] == (
        "heading",
        3,
        "2.3 The local authority commitment",
    )


def test_bullets_and_numbers_are_items():
    text = (
        "They should:\n\n• plan\n  o in the town\n  o in the\n    country\n• act\n\n"
        "1. First\n2. Second\n(a) inner\n\n2.14 The council acts."
    )
    assert _shown(text) == [
        ("paragraph", 0, "They should:"),
        ("list_item", 1, "plan"),
        ("list_item", 2, "in the town"),
        ("list_item", 2, "in the country"),
        ("list_item", 1, "act"),
        ("list_item", 1, "1| First"),
        ("list_item", 1, "2| Second"),
        ("list_item", 2, "(a)| inner"),
        ("paragraph", 0, "2.14| The council acts."),
    ]


def test_a_year_at_the_start_of_a_wrapped_line_is_no_item():
    text = (
        "The plan was agreed with every partner in the county in the summer of\n"
        "2023. The council has followed it since then and reports on it twice a\nyear."
    )
    assert [b[0] for b in _shown(text)] == ["paragraph"]


def test_rules_and_blank_lines_are_not_text():
    assert _shown(f"Our findings\n============\n\n{PROSE}\n\n-----\n* * *\n\n{OTHER}") == [
        ("heading", 1, "Our findings"),
        ("paragraph", 0, PROSE),
        ("paragraph", 0, OTHER),
    ]


def test_form_feeds_turn_pages_but_do_not_end_sentences():
    document = read_with(
        read_plain, "Our findings\n\nThe council told us that the\n\f\nplan was agreed.\n\fFeedback\n\nIt was good."
    )
    assert [(b.page, b.text) for b in document.blocks] == [
        (1, "Our findings"),
        (1, "The council told us that the plan was agreed."),
        (3, "Feedback"),
        (3, "It was good."),
    ]


def test_no_pages_without_form_feeds():
    assert {b.page for b in read_with(read_plain, f"Findings\n\n{PROSE}").blocks} == {None}


def test_front_matter_notices_and_words_as_published():
    document = read_with(
        read_plain, "---\nsubject: Ashmere\n---\n“Co\u00adproduction” – it’s  \t well-\nknown. Lost: \ufffd.\n"
    )
    assert document.metadata == {"subject": "Ashmere"}
    assert [b.text for b in document.blocks] == ["“Coproduction” – it’s well- known. Lost: \ufffd."]
    assert [n.code for n in document.notices] == ["invisible-characters", "replacement-characters"]


@pytest.mark.parametrize("text", ["\u200b\u200b", "---\ntitle: x\n---\n", "\n-----\n"])
def test_no_words_is_unreadable(text):
    with pytest.raises(UnreadableFileError, match="no text"):
        read_with(read_plain, text)
