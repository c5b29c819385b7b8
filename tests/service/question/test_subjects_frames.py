"""Every body is found, and nothing else, wherever and however a question names it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from subjects_shelf import Shelf, report

from service.question.subjects.subjects import Subjects
from service.question.words import visible

FRAMES = (
    "{x}",
    "{x}?",
    "({x})",
    "“{x}”",
    "{x} vs {y}",
    "{x} v. {y}",
    "{y} versus {x}",
    "{x} / {y}",
    "{x}/{y}",
    "{x}, {y}",
    "{x},{y} and {z}",
    "{x} or {y}",
    "{x} and {y}: which has longer waits?",
    "Which is better, {x} or {y}?",
    "how are carers treated in {x} and {y}",
    "compare {x} with {y} on timeliness",
    "Compare {x} and {y}",
    "what happened between {x} and {y}",
    "is {x} good at safeguarding",
    "Is {x} doing well?",
    "how is {x} doing",
    "tell me about {x}",
    "What about {x}?!",
    "{x}'s carers",
    "{x}’s approach to transition",
    "what are {x}s strengths",
    "{x}: safeguarding",
    "{x} – waiting times",
    "waiting times - {x}",
    "waiting times ({x})",
    "safeguarding {x}",
    "{x} safeguarding",
    "{x} Council",
    "{x} council waiting times",
    "What did {x} Council do about delays?",
    "How well does {x} support families?",
    "what does {x} need to improve???",
    "in {x}, what do parents say",
    "what do parents in {x} say",
    "the {x} report",
    "has {x} got any priority actions?",
    "did {x} improve",
    "waits at {x}.",
    "strengths of {x}",
    "why was {x} criticised",
    "What did inspectors find\nat {x}",
    "safe\u200bguarding in \u202a{x}\u202c",
)
# Small words in capitals make a heading of a text, all in capitals a shout: neither tells names.
STYLES = {"as it is": str, "small": str.lower, "capitals": str.upper, "heading": str.title}

LISTED = {
    "Pellbourne": "Pellbourne Metropolitan Borough Council",
    "North Pellbourne": "North Pellbourne Council",
    "North East Pellbourne": "North East Pellbourne Council",
    "Brackenshire": "Brackenshire County Council",
    "West Brackenshire": "West Brackenshire Council",
    "Kinghaven upon Thrent": "Royal Borough of Kinghaven upon Thrent",
    "Tarn and Holme": "London Borough of Tarn and Holme",
    "Stow-on-Wexley": "Stow-on-Wexley City Council",
    "St Ottery": "St Ottery Council",
    "King's Marrow": "King's Marrow Council",
    "Wold, Fenby and Marsh": "Wold, Fenby and Marsh Council",
    "Isle of Orrin": "Isle of Orrin Council",
    "Ely Vale": "Ely Vale Council",
    "Deal": "Deal Borough Council",
    "Marking": "Marking Borough Council",
    "Spring": "Spring City Council",
    "Rye": "Rye Council",
    "Hove Marking": "Hove Marking Council",
}
WITHOUT_REPORT = ("West Brackenshire", "Spring", "Isle of Orrin", "Pellbourne")
TITLED = ("Borsetshire", "Wexmoor", "Dunholme and Ashby", "North Felton", "Felton", "Marrowby", "Holding")
TEXT = (
    "People deal with one team and made a deal. The marking of books each spring is good; rye bread is served. "
    "Staff are holding meetings. See www.pellbourne.gov.uk/borsetshire or write to rye@wexmoor.gov.uk and marrowby.pdf."
)


def listed_bodies() -> Subjects:
    listed = [{"name": full, "short": short, "aliases": []} for short, full in LISTED.items()]
    profiles = {"councils": {"subjects": listed, "around_subjects": ["council", "borough council", "the"]}}
    reports = [
        report(n, f"{LISTED[short]}: assessment", subject=short, profile="councils")
        for n, short in enumerate(s for s in LISTED if s not in WITHOUT_REPORT)
    ]
    shelf = Shelf(reports, [TEXT, *(f"A report on {r.metadata.subject}." for r in reports[1:])], profiles)
    return Subjects(shelf, shelf)


def titled_bodies() -> Subjects:
    reports = [report(n, f"PEEL: An inspection of {place} Constabulary") for n, place in enumerate(TITLED)]
    shelf = Shelf(reports, [TEXT, *(f"{place} has a plan." for place in TITLED[1:])])
    return Subjects(shelf, shelf)


FAMILIES = {"listed": (listed_bodies(), tuple(LISTED)), "titled": (titled_bodies(), TITLED)}
CASES = [(family, body) for family, (_, bodies) in FAMILIES.items() for body in bodies]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(("family", "body"), CASES)
def test_a_body_is_found_and_nothing_else(family: str, body: str, style: str) -> None:
    known, bodies = FAMILIES[family]
    at = bodies.index(body)
    others = [bodies[(at + step) % len(bodies)] for step in (3, 5)]
    wrong = {}
    for frame in FRAMES:
        text = STYLES[style](frame.format(x=body, y=others[0], z=others[1]))
        wanted = {body, *(other for other, place in zip(others, ("{y}", "{z}"), strict=True) if place in frame)}
        named = known.named(text)
        if set(named.names) != wanted or named.ambiguous:
            wrong[text] = (named.names, named.ambiguous)
    assert not wrong


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("How do people deal with complaints?", ()),
        ("Is the marking of books in Pellbourne good?", ("Pellbourne",)),
        ("What is said about marking in Pellbourne?", ("Pellbourne",)),
        ("marking of books", ()),
        ("What happened in spring at Rye?", ("Rye",)),
        ("Do they serve rye bread?", ()),
        ("North Brackenshire", ("North Brackenshire",)),
        ("Which councils did well?", ()),
    ],
)
def test_an_everyday_word_is_a_name_where_names_stand(text: str, names: tuple[str, ...]) -> None:
    assert FAMILIES["listed"][0].named(text).names == names


@given(st.data(), st.sampled_from(CASES))
@settings(deadline=None)
def test_spans_are_where_the_names_stand(data: st.DataObject, case: tuple[str, str]) -> None:
    known, bodies = FAMILIES[case[0]]
    text = visible(data.draw(st.sampled_from(FRAMES)).format(x=case[1], y=bodies[0], z=bodies[-1]))
    named = known.named(text)
    assert named.spans
    for start, end in named.spans:
        assert any(body.split()[0] in text[start:end] for body in named.names)


@given(st.text(min_size=1, max_size=2000) | st.text(st.sampled_from("aAbsS'’&.,-\u200b\u0301 é"), max_size=2000))
@settings(deadline=None, max_examples=50)
def test_any_text_is_read_fast(text: str) -> None:
    known, _ = FAMILIES["listed"]
    started = time.perf_counter()
    named = known.named(text)
    known.speller.correct(text)
    assert time.perf_counter() - started < 1.0  # a hundred times what it takes: machines differ
    assert len(named.rest) <= len(text)
