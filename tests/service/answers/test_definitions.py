"""What abbreviations stand for, by fictional reports and a glossary."""

from __future__ import annotations

import pytest
from written_reports import Written, make, naming

from service.answers.definitions import Definitions
from service.model import Outcome
from service.question.abbreviations import Glossary

QUILLBURY = Written(
    id="quillbury",
    known={"title": "Quillbury review", "subject": "Quillbury"},
    parts=(
        ("Homes", ("It is kept. The dynamic register of homes (DRH) is checked weekly.", "The PSW left in May.")),
        ("Law", ("Enquiries under section 42 were late.", "TXQ funds the hub.")),
    ),
)
OSTREY = Written(
    id="ostrey",
    known={"title": "Ostrey review", "subject": "Ostrey"},
    parts=(("Homes", ("The district register of helpers (DRH) is new.",)),),
)


@pytest.fixture(scope="module")
def definitions(tmp_path_factory):
    catalogue = make(tmp_path_factory.mktemp("definitions"), QUILLBURY, OSTREY)
    yield Definitions(catalogue, Glossary(catalogue))
    catalogue.close()


def ask(definitions, rest, *names, reports=("quillbury", "ostrey")):
    return definitions.told(rest, naming(*names), frozenset(reports), None)


@pytest.mark.parametrize("rest", ["What is a DRH?", "what does drh stand for", "DRH meaning", "Define DRH", "DRH"])
def test_the_reports_own_words_are_cited(definitions, rest):
    told = ask(definitions, rest)
    assert told.before == ("DRH stands for dynamic register of homes.",)
    assert [one.text for one in told.statements] == ["The dynamic register of homes (DRH) is checked weekly."]
    assert told.outcome is Outcome.ANSWERED


def test_the_named_bodys_report_is_asked_first(definitions):
    told = ask(definitions, "What is the DRH in ?", "Ostrey", reports=("ostrey",))
    assert told.before == ("DRH stands for district register of helpers.",)


def test_the_glossary_is_named_and_a_use_is_cited(definitions):
    told = ask(definitions, "What is a PSW?")
    assert told.before == ("PSW stands for principal social worker (from the glossary, not from a report).",)
    assert [one.text for one in told.statements] == ["The PSW left in May."]
    assert told.outcome is Outcome.PARTIAL


def test_several_at_once(definitions):
    told = ask(definitions, "DRH and PSW - same thing?")
    assert len(told.before) == len(told.statements) == 2
    assert told.outcome is Outcome.PARTIAL


def test_a_section_of_an_act(definitions):
    told = ask(definitions, "What does s42 mean?")
    assert told.before == ("s42 is short for section 42 of an Act.",)
    assert [one.text for one in told.statements] == ["Enquiries under section 42 were late."]


def test_what_nobody_spells_out_is_said_to_be_so(definitions):
    told = ask(definitions, "What does TXQ stand for?")
    assert told.before == ("TXQ is not spelt out in what was searched, nor in the glossary.",)
    assert told.statements[0].text == "TXQ funds the hub."
    assert ask(definitions, "What does QQQZ stand for?").outcome is Outcome.NOT_FOUND
    assert ask(definitions, "What is QQQZ?") is None


@pytest.mark.parametrize(
    "rest",
    [
        "What does the PSW do?",
        "What is the PSW's caseload?",
        "what is mash",
        "What is a hub?",
        "What does it stand for?",
        "",
    ],
)
def test_only_where_nothing_else_is_asked(definitions, rest):
    assert ask(definitions, rest) is None


def test_an_abbreviation_beside_a_name_is_a_topic(definitions):
    assert ask(definitions, "DRH", "Quillbury", reports=("quillbury",)) is None
