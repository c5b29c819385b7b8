"""What fictional reports say of themselves."""

from __future__ import annotations

import pytest
from written_reports import Written, make, naming

from service.answers.report_facts import ReportFacts
from service.model import Outcome, Shown

TEAM = "Mr Otto Quill HMI, lead inspector Pia Marsh, inspector If you are not happy with this report, you can complain."
PRINTED = Written(
    id="quillbury",
    known={"title": "Inspection of homes in Quillbury", "subject": "Quillbury", "inspected": "3 to 7 March 2025"},
    parts=(
        ("", ("Inspection dates: 3 to 7 March 2025 Date of previous inspection: 4 May 2021",)),
        ("Outcome", ("The next full inspection will take place within three years.",)),
        ("Homes", ("A review by the council in June 2023 found few homes.", "The plan was published in July 2024.")),
        ("Inspection team", (TEAM,)),
    ),
)
BARE = Written(
    id="ostrey",
    known={
        "title": "Ostrey review",
        "subject": "Ostrey",
        "published": "2024-09-30",
        "assessment": "pilot",
        "origins": {"published": "file"},
    },
    parts=(
        ("", ("We looked at Ostrey’s duties.", "We visited the town from 2 to 5 July 2024.")),
        ("Homes", ("The homes inspected by the fire service in May 2022 were safe.",)),
    ),
)


@pytest.fixture(scope="module")
def facts(tmp_path_factory):
    catalogue = make(tmp_path_factory.mktemp("facts"), PRINTED, BARE)
    yield ReportFacts(catalogue)
    catalogue.close()


def ask(facts, rest, report="quillbury"):
    return facts.told(rest, naming(report.title()), frozenset({report}), None)


@pytest.mark.parametrize(
    ("rest", "printed"),
    [
        ("When was  inspected?", "Inspection dates: 3 to 7 March 2025"),
        ("when did inspectors last visit ?", "Inspection dates: 3 to 7 March 2025"),
        ("inspection dates", "Inspection dates: 3 to 7 March 2025"),
        ("when was the previous inspection of ", "Date of previous inspection: 4 May 2021"),
        ("When is the next inspection due?", "The next full inspection will take place within three years."),
        ("Who was the lead inspector for ?", "Mr Otto Quill HMI, lead inspector Pia Marsh, inspector"),
        ("who led the inspection of homes", "Mr Otto Quill HMI, lead inspector Pia Marsh, inspector"),
        ("Who wrote the report?", "Mr Otto Quill HMI, lead inspector Pia Marsh, inspector"),
    ],
)
def test_a_fact_is_cited_where_it_is_printed(facts, rest, printed):
    told = ask(facts, rest)
    assert [one.text for one in told.statements] == [printed]
    assert told.outcome is Outcome.ANSWERED


@pytest.mark.parametrize(
    "rest",
    [
        "When did the fire service inspect the homes?",
        "Who is the director of children’s services?",
        "Who leads the partnership?",
        "When was the plan published?",
        "How many inspectors were there?",
        "When was our inspection?",
        "What did the report say about homes?",
    ],
)
def test_a_question_with_a_word_left_over_is_not_one_about_the_report(facts, rest):
    assert ask(facts, rest, "ostrey") is None


def test_a_sentence_of_the_findings_is_no_inspection_date(facts):
    assert [one.text for one in ask(facts, "When was  assessed?", "ostrey").statements] == [
        "We visited the town from 2 to 5 July 2024."
    ]


def test_what_only_the_files_details_know_is_told_with_its_source(facts):
    told = ask(facts, "When was the  report published?", "ostrey")
    assert told.before == ("Ostrey review was published on 30 September 2024 (by the file's own details).",)
    assert told.outcome is Outcome.ANSWERED


def test_what_no_line_prints_is_not_made_up(facts):
    told = ask(facts, "Who led the review of ?", "ostrey")
    assert told is None or told.outcome is Outcome.NOT_FOUND
    told = ask(facts, "Who was the lead inspector?", "ostrey")
    assert (told.outcome, told.statements) == (Outcome.NOT_FOUND, ())
    published = ask(facts, "When was the report published?")
    assert published.outcome is Outcome.PARTIAL
    assert published.statements[0].text == "Inspection dates: 3 to 7 March 2025"


def test_its_kind(facts):
    told = ask(facts, "Was it a pilot assessment?", "ostrey")
    assert told.before == ("Ostrey review is of this kind: Fictional review, pilot.",)


def test_what_is_indexed(facts):
    both = frozenset({"quillbury", "ostrey"})
    told = facts.told("Which reports do you have?", naming(), both, 1)
    assert told.shown == Shown(items=1, of=2)
    assert told.before == ("2 reports can be asked about. 1 of them: Inspection of homes in Quillbury, March 2025.",)
    assert ask(facts, "What reports are there on ?").shown == Shown(items=1, of=1)


def test_one_report_has_to_be_meant(facts):
    both = frozenset({"quillbury", "ostrey"})
    assert facts.told("When was it inspected?", naming("Quillbury", "Ostrey"), both, None) is None
    assert [one.text for one in facts.told("when was homes inspected", naming(), both, None).statements] == [
        "Inspection dates: 3 to 7 March 2025"
    ]
