"""Whole sections of reports whose headings are their own: no family describes them."""

from __future__ import annotations

import pytest
from written_reports import Written, make, naming

from service.answers.sections import WholeSections
from service.model import Shown

LISTED = Written(
    id="quillbury",
    known={"title": "Quillbury review", "subject": "Quillbury"},
    parts=(
        ("", ("Inspection dates: 3 to 7 March 2025",)),
        ("Inspection outcome", ("Services are fair. The next visit is in 2027.",)),
        ("What is going well", ("* Foster carers are trained early.", "* Young carers are known to schools.")),
        (
            "What the council needs to do better",
            ("* Records of visits are thin.", "* Reviews are late. Families told us so.", "Leadership"),
        ),
        (
            "Areas for improvement",
            ("Leaders should keep records of visits.", "Leaders should hold reviews on time.", "Housing and health"),
        ),
        ("Improvement and learning", ("Staff study together.",)),
        ("Contingency planning", ("There is a plan for floods.", "It was tried in May.")),
    ),
)
GRADED = Written(
    id="ostrey",
    known={"title": "Ostrey review", "subject": "Ostrey"},
    parts=(
        ("Front door", ("! Poor",)),
        (
            "Front door > Waiting",
            ("Families wait too long for a call.", "The office is open each day. It is not easy to find."),
        ),
        ("Carers", ("! Good",)),
        ("Carers > Breaks", ("Breaks are well planned and valued.", "Few carers know of the grant.")),
        (
            "Summary of strengths and areas for development",
            ("Teams were strong. However, one was new.", "Waits were poor."),
        ),
    ),
    grades=(("Front door", "Poor"), ("Carers", "Good")),
)


@pytest.fixture(scope="module")
def sections(tmp_path_factory):
    catalogue = make(tmp_path_factory.mktemp("sections"), LISTED, GRADED)
    yield WholeSections(catalogue)
    catalogue.close()


def said(sections, rest, report="quillbury", most=None):
    told = sections.told(rest, naming(report.title()), frozenset({report}), most)
    return None if told is None else [one.text for one in told.statements]


IMPROVE = [
    "Leaders should keep records of visits.",
    "Leaders should hold reviews on time.",
    "Records of visits are thin.",
    "Reviews are late. Families told us so.",
]


@pytest.mark.parametrize(
    "rest",
    [
        "What must improve in ?",
        "areas for improvement",
        "What are the weaknesses of ?",
        "what does  need to do better",
        "What is not working well in ?",
        "How could  improve?",
        "Are there any shortfalls in ?",
        "Please list all the areas of concern identified by inspectors",
    ],
)
def test_what_is_to_improve_comes_whole_and_what_is_asked_for_first(sections, rest):
    assert said(sections, rest) == IMPROVE


@pytest.mark.parametrize(
    "rest", ["What are the strengths of ?", "what is  good at", "Summarise the strengths", "what's working?"]
)
def test_strengths_are_those_alone(sections, rest):
    assert said(sections, rest) == ["Foster carers are trained early.", "Young carers are known to schools."]


def test_both_sides_stand_in_the_order_of_strengths_and_weaknesses(sections):
    assert said(sections, "strengths and weaknesses") == [
        "Foster carers are trained early.",
        "Young carers are known to schools.",
        *IMPROVE,
    ]


@pytest.mark.parametrize(
    "rest",
    [
        "When was  inspected?",
        "How many areas for improvement are there?",
        "Who needs to improve?",
        "Is  good?",
        "What has improved in ?",
        "good?",
        "What do partners want?",
        "",
    ],
)
def test_a_question_for_one_fact_or_for_yes_or_no_is_no_question_for_a_section(sections, rest):
    assert said(sections, rest) is None


def test_a_list_that_is_cut_says_so_and_where_the_rest_stands(sections):
    told = sections.told("What needs to improve?", naming("Quillbury"), frozenset({"quillbury"}), 3)
    assert told.shown == Shown(items=3, of=4)
    assert told.after == (
        "3 of 4 items are shown; the rest stand under “Areas for improvement”, “What the council needs to do better”.",
    )


def test_words_beside_the_kind_choose_items(sections):
    assert said(sections, "What needs to improve on reviews?") == [
        "Leaders should hold reviews on time.",
        "Reviews are late. Families told us so.",
    ]
    assert said(sections, "What needs to improve on parking?") is None


def test_recommendations_fall_back_on_what_is_to_improve_and_say_so(sections):
    told = sections.told("What are the recommendations?", naming("Quillbury"), frozenset({"quillbury"}), None)
    assert told.statements[0].text == IMPROVE[0]
    assert told.before == (
        "No heading of recommendations or priority actions was found in Quillbury review; this is what it lists to improve.",
    )


def test_a_heading_by_its_own_words(sections):
    expected = ["There is a plan for floods.", "It was tried in May."]
    assert said(sections, "Read me the section on contingency planning") == expected
    assert said(sections, "Who does contingency planning?") is None


def test_without_a_summary_the_outcome_and_the_openings_are_told(sections):
    texts = said(sections, "Give me an overview of the report")
    assert texts[:2] == ["Services are fair. The next visit is in 2027.", "Foster carers are trained early."]
    assert "Inspection dates: 3 to 7 March 2025" not in texts


def test_a_section_on_both_gives_what_is_asked_for_and_the_grades_give_the_rest(sections):
    assert said(sections, "strengths", "ostrey") == [
        "Teams were strong. However, one was new.",
        "Breaks are well planned and valued.",
    ]
    assert said(sections, "weaknesses", "ostrey") == ["Waits were poor.", "Families wait too long for a call."]


def test_no_answer_for_several_bodies(sections):
    both = frozenset({"quillbury", "ostrey"})
    assert sections.told("strengths", naming("Quillbury", "Ostrey"), both, None) is None
    assert sections.told("strengths", naming(), both, None) is None
    assert sections.told("strengths", naming(), frozenset({"ostrey"}), None) is not None


def test_what_is_said_are_the_words_of_the_report(sections):
    told = sections.told("areas for improvement", naming("Quillbury"), frozenset({"quillbury"}), None)
    for one in told.statements:
        (rest,) = one.rests
        assert one.text == rest.found.paragraph.text[rest.start : rest.end]


@pytest.mark.parametrize("rest", ["What should  do next?", "what do inspectors want  to do", "where does  fall short?"])
def test_everyday_words_alone_ask_for_what_is_to_improve(sections, rest):
    assert said(sections, rest) == IMPROVE


def test_what_was_done_is_not_what_is_to_be_done(sections):
    assert said(sections, "What improvements has  made?") is None
    assert said(sections, "What recommendations were made to ?")


def test_words_of_the_title_choose_nothing_in_the_report(sections):
    assert said(sections, "strengths in the review") == said(sections, "strengths")
