from __future__ import annotations

from datetime import date

import pytest
from blocks import h, p

from indexer.metadata import metadata, parse_date
from indexer.model import Block, Document, Metadata, Notice
from indexer.outline import outline
from indexer.profiles import Profiles

PROFILES = Profiles.load()


def read(profile: str, *blocks: Block, declared=None, stated=None) -> tuple[Metadata, tuple[Notice, ...]]:
    document = Document(blocks=blocks, metadata=declared or {})
    chosen = PROFILES.named(profile)
    return metadata(document, outline(document, chosen), chosen, stated or {})


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("24 January 2025", date(2025, 1, 24)),
        ("07 Feb 2017", date(2017, 2, 7)),
        ("3rd of nothing", None),
        ("1st March 2024", date(2024, 3, 1)),
        ("2025-01-24", date(2025, 1, 24)),
        ("2025-01-24T09:00:00Z", date(2025, 1, 24)),
        ("24/01/2025", date(2025, 1, 24)),
        ("31 February 2025", None),
        ("January 2025", None),
        ("", None),
    ],
)
def test_only_whole_dates_are_dates(text: str, day: date | None) -> None:
    assert parse_date(text) == day


def test_a_care_quality_commission_page() -> None:
    known, notices = read(
        "cqc-local-authority",
        h(1, "Ashcombe County Council: local authority assessment"),
        p("Published: 24 January 2025"),
        p("Date of assessment: 11 to 20 November 2024"),
        h(2, "Overall summary"),
        p("This was a pilot assessment."),
    )
    assert known.title == "Ashcombe County Council: local authority assessment"
    assert known.subject == "Ashcombe County Council"
    assert known.published == date(2025, 1, 24)
    assert known.inspected == "11 to 20 November 2024"
    assert known.assessment == "pilot"
    assert known.publisher == "Care Quality Commission"
    assert known.attribution is not None
    assert known.origins == {
        "title": "text",
        "subject": "text",
        "published": "text",
        "inspected": "text",
        "assessment": "text",
        "publisher": "profile",
        "licence": "profile",
        "attribution": "profile",
    }
    assert notices == ()


def test_a_name_in_prose_is_no_subject() -> None:
    known, notices = read(
        "cqc-local-authority",
        h(3, "Safeguarding"),
        p("Score: 3"),
        p("York was a local authority seeking to learn. City of York Council had a local authority assessment team."),
    )
    assert known.subject is None
    assert known.title is None
    assert [n.code for n in notices] == ["no-title", "no-subject", "no-published"]


def test_an_area_inspection() -> None:
    known, _ = read(
        "area-send",
        h(1, "Area SEND inspection of the Telford & Wrekin Local Area Partnership"),
        p("Inspection dates: 4 to 8 December 2023 Dates of previous inspection: 3 to 7 October 2016"),
        h(2, "Inspection outcome"),
        p("A."),
    )
    assert (known.subject, known.inspected) == ("Telford and Wrekin", "4 to 8 December 2023")


def test_a_partnership_of_two_areas_is_kept_as_printed() -> None:
    known, _ = read(
        "area-send", h(1, "Area SEND inspection of Ashcombe and Elmbridge Vale Local Area Partnership"), p("A.")
    )
    assert known.subject == "Ashcombe and Elmbridge Vale"


@pytest.mark.parametrize(
    ("blocks", "subject"),
    [
        ([h(1, "Inspection of Ashcombe local authority children’s services"), p("A.")], "Ashcombe"),
        ([h(1, "City of York Council"), h(2, "Inspection of children’s social care services"), p("A.")], "York"),
        ([h(1, "York - children's services inspection - 29 july 2022"), p("A.")], "York"),
        ([h(1, "Inspection of local authority children’s services"), p("Plymouth City Council"), p("A.")], "Plymouth"),
        ([h(1, "Inspection of local authority children’s services"), p("A.")], None),
        ([h(1, "The year in review"), p("Leaders in York did well.")], None),
    ],
)
def test_the_subject_of_a_childrens_services_inspection(blocks: list[Block], subject: str | None) -> None:
    assert read("childrens-services", *blocks)[0].subject == subject


def test_dates_of_the_older_inspections() -> None:
    known, _ = read(
        "childrens-services",
        h(1, "Plymouth City Council"),
        h(
            4,
            "Review Inspection date: 14 September 2015 – 8 October 2015 Report published: 30 November 2015",
        ),
        p("A."),
    )
    assert known.inspected == "14 September 2015 – 8 October 2015"
    assert known.published == date(2015, 11, 30)


def test_what_reports_toml_says_goes_before_the_file_and_the_file_before_the_text() -> None:
    blocks = (h(1, "Ashcombe: local authority assessment"), p("Published: 1 May 2024"))
    declared = {"title": "From the file", "subject": "Filetown", "published": "2 May 2024", "licence": "CC0"}
    known, _ = read(
        "cqc-local-authority", *blocks, declared=declared, stated={"title": "From the list", "published": "2024-05-03"}
    )
    assert (known.title, known.subject, known.published, known.licence) == (
        "From the list",
        "Filetown",
        date(2024, 5, 3),
        "CC0",
    )
    assert {f: known.origins[f] for f in ("title", "subject", "published", "licence", "publisher")} == {
        "title": "reports.toml",
        "subject": "file",
        "published": "reports.toml",
        "licence": "file",
        "publisher": "profile",
    }


def test_contradictions_are_told() -> None:
    blocks = (h(1, "Ashcombe: local authority assessment"), p("Published: 1 May 2024"), p("Published: 2 May 2024"))
    known, notices = read("cqc-local-authority", *blocks, stated={"subject": "Elmbridge Vale"})
    assert known.published == date(2024, 5, 1)
    assert known.subject == "Elmbridge Vale"
    assert sorted(n.code for n in notices) == ["conflicting-published", "conflicting-subject"]


def test_the_same_body_under_two_names_is_no_contradiction() -> None:
    blocks = (h(1, "City of York Council: local authority assessment"), p("Published: 1 May 2024"))
    known, notices = read("cqc-local-authority", *blocks, stated={"subject": "York", "published": "2024-05-01"})
    assert known.subject == "York"
    assert notices == ()


def test_a_subject_that_is_stated_takes_the_lists_short_name() -> None:
    assert read("generic", p("A."), stated={"subject": "London Borough of Sutton"})[0].subject == "Sutton"


def test_a_date_that_is_none_is_told_and_left_out() -> None:
    known, notices = read("generic", h(1, "Guide"), p("A."), declared={"published": "spring"})
    assert known.published is None
    assert "published" not in known.origins
    assert [n.code for n in notices] == ["bad-date"]


@pytest.mark.parametrize("title", ["Microsoft Word - final v3.docx", "report.pdf", "Untitled", "  "])
def test_a_programs_title_is_none(title: str) -> None:
    assert read("generic", h(1, "Guide"), p("A."), declared={"title": title})[0].title == "Guide"


def test_of_an_unknown_document_only_a_title_is_expected() -> None:
    assert read("generic", h(1, "Guide"), p("A."))[1] == ()
    assert [n.code for n in read("generic", p("A."))[1]] == ["no-title"]
