"""Families without a list of subjects: whom their reports are about is told from their titles."""

from __future__ import annotations

import re
from datetime import date

import pytest
from subjects_shelf import Shelf, report

from service.question.subjects.subjects import Subjects
from service.question.subjects.titles import subjects_in_titles
from service.question.words import split


def subjects_of(titles, texts=(), profiles=()) -> Subjects:
    shelf = Shelf([report(i, title) for i, title in enumerate(titles)], texts, profiles)
    return Subjects(shelf, shelf)


PLACES = ("Borsetshire", "Wexmoor", "Dunholme and Ashby", "North Felton", "Felton", "Marrowby")
FORCES = [f"PEEL 2023–25: An inspection of {place} Constabulary" for place in PLACES]
FAMILIES = {
    "between": (FORCES, PLACES),
    "before": ([f"{p}: inspection of youth offending services" for p in PLACES], PLACES),
    "after": ([f"Report on an unannounced inspection of HMP {p}" for p in PLACES], PLACES),
    "dated": (
        [f"HMP {p} – report on an unannounced inspection ({d} May 2024)" for d, p in enumerate(PLACES, 3)],
        PLACES,
    ),
    "only dated": ([f"{p} ({d} June 2022)" for d, p in enumerate(PLACES, 10)], PLACES),
    "fire": ([f"{p} Fire and Rescue Service 2021/22: effectiveness, efficiency and people" for p in PLACES], PLACES),
    "small letters": ([f"an inspection of {p.lower()} probation delivery unit" for p in PLACES], PLACES),
}


@pytest.mark.parametrize("family", FAMILIES)
def test_the_changing_part_of_titles_is_the_subject(family):
    titles, places = FAMILIES[family]
    known = subjects_of(titles)
    for number, place in enumerate(places):
        assert known.named(f"What did it find about custody in {place}?").reports == (f"r{number}",)
    assert len(known.indexed()) == len(places)


def test_a_body_with_two_reports_is_one_subject():
    known = subjects_of([*FORCES, "PEEL 2021/22: An inspection of Wexmoor Constabulary"])
    assert len(known.indexed()) == len(PLACES)
    assert known.named("What about Wexmoor?").reports == ("r1", "r6")
    assert known.subject_of("r6") == known.subject_of("r1")


def test_titles_of_two_templates_tell_the_same_bodies():
    titles = [*FORCES, *(f"{p} - police inspection - 0{n} July 2023" for n, p in enumerate(PLACES, 1))]
    assert len(subjects_of(titles).indexed()) == len(PLACES)


@pytest.mark.parametrize(
    "titles",
    [
        ["Oxygen", "Steam engine", "Warsaw", "Rhine", "Normans", "Teacher", "Black Death"],
        [
            "Guidance Apply for a loan",
            "Guidance Check if you can claim",
            "Guidance Stay at home",
            "Guidance Opening schools",
        ],
        ["Annual report 2019", "Annual report 2020", "Annual report 2021", "Annual report 2022"],
        ["An inspection of Wexmoor Constabulary", "An inspection of Felton Constabulary", "Steam", "Oxygen"],
        [None, None, None, None],
        ["", "", "", "", ""],
        ["Advice for carers", "Advice for schools", "Advice for employers", "Advice for travellers"],
    ],
)
def test_titles_that_share_no_template_tell_no_subjects(titles):
    known = subjects_of(titles, ["about"] * len(titles))
    assert known.indexed() == ()
    named = known.named("What did the council in Wexmoor say, and Steam engine?")
    assert (named.names, named.reports, named.unnamed_body) == ((), None, False)


def test_file_names_speak_where_all_titles_are_the_same():
    files = [f"{p.lower().replace(' ', '-')}-constabulary-peel-2023.pdf" for p in PLACES]
    found = subjects_in_titles([report(n, "Inspection report", file=f) for n, f in enumerate(files)])
    assert [found[f"r{n}"] for n in range(len(PLACES))] == list(PLACES)


def test_reports_that_say_whom_they_are_about_are_left_alone():
    shelf = Shelf([report(n, title, subject="Elsewhere") for n, title in enumerate(FORCES)])
    assert Subjects(shelf, shelf).indexed() == ("Elsewhere",)


@pytest.mark.parametrize(
    "question",
    [
        "What did inspectors find at Hollowdale Constabulary?",
        "How does Hollowdale Constabulary investigate crime?",
        "Response times in Hollowdale",
        "What does the inspection of Hollowdale say about custody?",
        "Was Hollowdale Police rated good?",
        "Compare Wexmoor and Hollowdale on custody",
    ],
)
def test_a_body_of_the_family_that_no_report_is_about_is_missing(question):
    assert [name.split()[0] for name in subjects_of(FORCES).named(question).missing] == ["Hollowdale"]


@pytest.mark.parametrize(
    "question",
    [
        "How does the force work with Healthwatch?",
        "What do British Transport Police do?",
        "What does the Police Act 1996 mean for recruits?",
        "Are NHS staff in custody suites?",
        "What did Mrs Whitfield say about the College of Policing?",
        "What happened in March, and on Monday in England?",
        "What do the reports say about the Windrush scandal?",
        "Is Operation Soteria used?",
        "Are letters sent in Polish?",
        "What Is Said About Victims In Custody Suites Of Forces?",
        "WHAT IS SAID ABOUT HOLLOWDALE?",
    ],
)
def test_what_the_reports_mention_is_no_missing_body(question):
    text = "Officers of the British Transport Police, the College of Policing and the NHS. The Police Act. Operation Soteria."
    assert subjects_of(FORCES, [text]).named(question).names == ()


def test_a_list_that_has_the_bodies_in_the_titles_is_theirs():
    places = [*PLACES, "Ottermouth", "Great Yarrow"]
    listed = [{"name": f"{p} Council", "short": p, "aliases": [f"{p[:3]}x"], "former": False} for p in places]
    profiles = {"councils": {"subjects": listed, "around_subjects": ["council"]}}
    known = subjects_of(FORCES, profiles=profiles)
    assert known.named("custody in Borx").reports == ("r0",)
    assert known.named("custody in Great Yarrow").missing == ("Great Yarrow",)
    assert subjects_of(["Steam", "Oxygen", "Rhine", "Warsaw"], profiles=profiles).named("in Great Yarrow").names == ()


def test_the_kind_of_body_comes_from_the_titles():
    known = subjects_of(FORCES)
    assert known.named("How does the force answer calls?").unnamed_body
    assert known.named("How well does this constabulary investigate crime?").unnamed_body
    assert not known.named("How well do forces investigate crime?").unnamed_body
    assert not known.named("How does the hospital discharge people?").unnamed_body
    assert subjects_of(FAMILIES["dated"][0]).named("How clean is the prison?").unnamed_body


def test_dates_are_no_part_of_a_name():
    found = subjects_in_titles(report(n, f"{p} 12 to 16 May 2023 inspection report") for n, p in enumerate(PLACES))
    assert set(found.values()) == set(PLACES)


def test_words_know_where_they_stand():
    text = "St. Helens’ carers – Bath & North-East Somerset's"
    assert [w.key for w in split(text)] == ["st", "helens", "carers", "bath", "and", "north", "east", "somerset"]
    assert all(re.match(r"\W*\w|&", text[w.start : w.end]) for w in split(text))


def test_the_newest_of_dated_reports_answers():
    dated = [report(n, title, published=date(2023, 1, 1)) for n, title in enumerate(FORCES)]
    shelf = Shelf([*dated, report(6, FORCES[1], published=date(2025, 1, 1))])
    known = Subjects(shelf, shelf)
    assert known.named("Custody in Wexmoor").reports == ("r6",)
    assert known.named("Custody everywhere").superseded == {"r1"}
    assert known.named("How did custody change since 2023?").superseded == frozenset()
