"""Names, short forms and misspellings, against a family that lists its bodies."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from subjects_shelf import Shelf, report

from service.question.subjects.subjects import Subjects

FULL = {
    "Pellbourne": ("Pellbourne Metropolitan Borough Council", []),
    "North Pellbourne": ("North Pellbourne Council", []),
    "North East Pellbourne": ("North East Pellbourne Council", []),
    "Brackenshire": ("Brackenshire County Council", ["Bracks"]),
    "West Brackenshire": ("West Brackenshire Council", []),
    "Brackenford": ("Brackenford City Council", []),
    "Kinghaven upon Thrent": ("Royal Borough of Kinghaven upon Thrent", ["Kinghaven", "RBKT"]),
    "Kinghaven upon Oare": ("Oare City Council", ["Oare"]),
    "St Ottery": ("St Ottery Council", []),
    "Saltersea": ("Saltersea Borough Council", []),
    "Tarn and Holme": ("London Borough of Tarn and Holme", ["LBTH"]),
    "Stow-on-Wexley": ("Stow-on-Wexley City Council", []),
    "Reading Vale": ("Reading Vale Council", []),
    "Deal": ("Deal Borough Council", []),
    "East Tyrewell": ("East Tyrewell Council", []),
    "West Tyrewell": ("West Tyrewell Council", []),
    "Hertingford": ("Hertingford Council", []),
    "Heringford": ("Heringford Council", []),
    "Wold, Fenby and Marsh": ("Wold, Fenby and Marsh Council", ["WFM"]),
}
UNINDEXED = ("Fennelton", "Kinghaven upon Oare")
FULL["Fennelton"] = ("Fennelton Council", [])
TEXTS = {
    "Saltersea": "Saltersea made a deal with providers. People deal with one team. The youth council met Healthwatch.",
    "Brackenshire": "North Brackenshire has fewer carers. Greater Saltersea is a region. Co-production in Brackenshire.",
}


def subjects_of(indexed) -> Subjects:
    listed = [{"name": full, "short": s, "aliases": aliases} for s, (full, aliases) in FULL.items()]
    dated = [one if isinstance(one, tuple) else (one, None) for one in indexed]
    reports = [
        report(n, f"{FULL[s][0]}: assessment", subject=s, published=published, profile="councils")
        for n, (s, published) in enumerate(dated)
    ]
    texts = [TEXTS.get(s, f"A report on {s}.") for s, _ in dated]
    profiles = {"councils": {"subjects": listed, "around_subjects": ["council", "county council", "the"]}}
    shelf = Shelf(reports, texts, profiles)
    return Subjects(shelf, shelf)


INDEXED = tuple(s for s in FULL if s not in UNINDEXED)
KNOWN = subjects_of(INDEXED)


def names_in(text: str) -> tuple[str, ...]:
    return KNOWN.named(text).names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("What about Pellbourne?", ("Pellbourne",)),
        ("What about North Pellbourne?", ("North Pellbourne",)),
        ("what about north pellbourne and pellbourne", ("North Pellbourne", "Pellbourne")),
        ("N. Pellbourne", ("North Pellbourne",)),
        ("carers in N Pellbourne", ("North Pellbourne",)),
        ("NE Pellbourne's carers", ("North East Pellbourne",)),
        ("N.E. Pellbourne", ("North East Pellbourne",)),
        ("the North-Pellbourne report", ("North Pellbourne",)),
        ("W. Bracks on carers", ("West Brackenshire",)),
        ("Bracks", ("Brackenshire",)),
        ("the Brackenshire report", ("Brackenshire",)),
        ("Brackenshire County Council", ("Brackenshire",)),
        ("How did Brackenford do?", ("Brackenford",)),
        ("St. Ottery’s carers", ("St Ottery",)),
        ("Saint Ottery", ("St Ottery",)),
        ("ST OTTERY'S CARERS", ("St Ottery",)),
        ("Tarn & Holme", ("Tarn and Holme",)),
        ("Tarn+Holme", ("Tarn and Holme",)),
        ("TARN AND HOLME CARERS", ("Tarn and Holme",)),
        ("What does Tarn do for carers?", ("Tarn and Holme",)),
        ("What did LBTH learn?", ("Tarn and Holme",)),
        ("What did BCC learn?", ()),
        ("Stow on Wexley", ("Stow-on-Wexley",)),
        ("Stow upon Wexley", ("Stow-on-Wexley",)),
        ("Stow", ("Stow-on-Wexley",)),
        ("Kinghaven and RBKT", ("Kinghaven upon Thrent",)),
        ("Wold, Fenby & Marsh", ("Wold, Fenby and Marsh",)),
        ("Wold Fenby Marsh", ("Wold, Fenby and Marsh",)),
        ("What did Deal learn?", ("Deal",)),
        ("How do people deal with complaints?", ()),
        ("Deal with complaints", ()),
        ("Deal", ("Deal",)),
        ("saltersea carers", ("Saltersea",)),
        ("carers in the north, Saltersea", ("Saltersea",)),
        ("Sáltersea", ("Saltersea",)),
        ("Pellbourne, Saltersea and Brackenford on carers", ("Pellbourne", "Saltersea", "Brackenford")),
    ],
)
def test_names_and_short_forms(text, names):
    assert names_in(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("What did Pelbourne say?", ("Pellbourne",)),
        ("What did North Pellborne say?", ("North Pellbourne",)),
        ("What did Brakenshire say?", ("Brackenshire",)),
        ("carers in brackenshrie", ("Brackenshire",)),
        ("brackenshir", ("Brackenshire",)),
        ("pellbourn carers", ("Pellbourne",)),
        ("West Brackensihre", ("West Brackenshire",)),
        ("Brackenfrod", ("Brackenford",)),
        ("How is Satlersea doing?", ("Saltersea",)),
        ("Tarn & Holm", ("Tarn and Holme",)),
        ("Stow on Wexly", ("Stow-on-Wexley",)),
        ("Fenneltn", ("Fennelton",)),
    ],
)
def test_misspelt_names(text, names):
    named = KNOWN.named(text)
    assert (named.names, named.ambiguous) == (names, ())


@pytest.mark.parametrize(
    "text",
    [
        "What about safeguardings?",
        "Does Healthwatch take part?",
        "What about the Care Act, NHS and Skills for Care?",
        "Is the bracket of pay higher?",
        "salters",
        "What do the reports say about Zoom and Brexit?",
        "How do people hold meetings?",
        "in March and in English",
        "",
        "?!",
        "Was there a Youth Council?",
        "North Brackenshireland and Greater Saltersea",
    ],
)
def test_what_is_no_name(text):
    named = KNOWN.named(text)
    assert (named.names, named.reports, named.ambiguous) == ((), None, ())


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("What about Tyrewell?", ("East Tyrewell", "West Tyrewell")),
        ("What about Herringford and Hetringford?", ("Heringford", "Hertingford")),
        ("Hetringford", ("Heringford", "Hertingford")),
    ],
)
def test_what_may_mean_several_is_asked_about(text, choices):
    named = KNOWN.named(text)
    assert set(named.ambiguous) | set(named.names) == set(choices)


def test_ambiguous_wordings_give_the_reports_of_all_they_may_mean():
    named = KNOWN.named("What about Tyrewell?")
    assert named.names == ()
    assert named.reports == KNOWN.reports_about("East Tyrewell") + KNOWN.reports_about("West Tyrewell")
    assert subjects_of(("East Tyrewell", "Saltersea")).named("carers in Tyrewell").names == ("East Tyrewell",)


def test_an_alias_that_is_also_the_head_of_another_name_is_asked_about_where_both_have_reports():
    both = subjects_of(("Kinghaven upon Thrent", "Kinghaven upon Oare"))
    assert both.named("Kinghaven carers").ambiguous == ("Kinghaven upon Thrent", "Kinghaven upon Oare")
    assert both.named("Kinghaven upon Oare").names == ("Kinghaven upon Oare",)
    assert subjects_of(("Kinghaven upon Oare",)).named("Kinghaven").missing == ("Kinghaven upon Thrent",)


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("What about Fennelton?", ("Fennelton",)),
        ("What did South Saltersea score?", ("South Saltersea",)),
        ("Carers in North Brackenshire", ()),
        ("Complaints in Saltermoor", ("Saltermoor",)),
        ("What is the turnover at Wexcombe Council?", ("Wexcombe Council",)),
        ("Compare Saltersea with Wexcombe", ("Wexcombe",)),
        ("What does Wexcombeshire do well?", ("Wexcombeshire",)),
        ("Is Zoom used in Saltersea?", ()),
    ],
)
def test_bodies_without_a_report(text, missing):
    assert KNOWN.named(text).missing == missing


@pytest.mark.parametrize(
    ("text", "one"),
    [
        ("What did the council learn?", True),
        ("How does this authority support carers?", True),
        ("Did the local authority’s leaders listen?", True),
        ("What does the report say about carers?", True),
        ("Which areas for improvement did the council have?", True),
        ("What do the reports say?", False),
        ("Which councils did well?", False),
        ("How do local authorities in general do?", False),
        ("Which council did best?", False),
        ("Is there a council that the council copies?", False),
        ("Do carers feel that they are heard?", False),
        ("Who pays council tax for the council of elders?", False),
        ("What did Saltersea council learn?", False),
    ],
)
def test_a_body_that_is_spoken_of_without_its_name(text, one):
    assert KNOWN.named(text).unnamed_body is one


OLD, NEW = date(2023, 5, 1), date(2025, 5, 1)


@pytest.mark.parametrize(
    ("text", "every"),
    [
        ("How long do people wait?", False),
        ("How did waits change?", True),
        ("What was found in the pilot?", True),
        ("What was found in 2023?", True),
        ("What was found in 2025?", False),
        ("Did staff see people before they left hospital?", False),
        ("What has happened since April?", False),
    ],
)
def test_older_reports_are_left_aside_unless_earlier_times_are_asked_about(text, every):
    known = subjects_of([("Saltersea", OLD), ("Saltersea", NEW), ("Deal", OLD)])
    assert known.named(text).superseded == (frozenset() if every else {"r0"})
    named = known.named(f"In Saltersea: {text}")
    assert set(named.reports) == ({"r0", "r1"} if every else {"r1"})
    assert [r.id for r in named.older] == ([] if every else ["r0"])


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("What did Brackenshire County Council's leaders say?", "What did leaders say?"),
        ("Saltersea council staff", "staff"),
        ("Saltersea CC: carers", ": carers"),
        ("Saltersea city centre", "city centre"),
        ("Saltersea council tax", "council tax"),
    ],
)
def test_the_kind_of_body_goes_with_its_name(text, rest):
    assert KNOWN.named(text).rest == rest


def test_find_takes_any_wording_and_no_other():
    assert KNOWN.find("tarn & holme") == "Tarn and Holme"
    assert KNOWN.find("N Pellbourne") == "North Pellbourne"
    assert KNOWN.find("Tyrewell") is None
    assert KNOWN.find("") is None
    assert KNOWN.find("Pelbourne") is None


EXACT = st.sampled_from([s for s in FULL if s != "Kinghaven upon Oare"])


@given(EXACT, st.sampled_from(["", "'s", "’s"]), st.booleans())
@settings(deadline=None)
def test_exact_names_always_win_and_leave_the_rest(name, ending, upper):
    text = f"How are carers in {name.upper() if upper else name}{ending} helped?"
    named = KNOWN.named(text)
    assert named.names == (name,)
    assert named.ambiguous == ()
    assert named.rest.split() == ["How", "are", "carers", "in", "helped?"]


@given(st.text(max_size=300) | st.lists(EXACT | st.text(max_size=12), max_size=12).map(" ".join))
@settings(deadline=None)
def test_any_text_is_understood(text):
    named = KNOWN.named(text)
    assert set(named.missing) <= set(named.names)
    assert (named.reports is None) == (not named.names and not named.ambiguous)
    assert len(named.rest) <= len(text)
    assert len(set(named.reports or ())) == len(named.reports or ())
    if not named.names:
        assert not named.all_missing


@given(st.lists(EXACT, min_size=1, max_size=4, unique=True))
@settings(deadline=None)
def test_several_names_are_all_found_in_their_order(names):
    text = "; ".join(f"carers in {name}" for name in names)
    assert KNOWN.named(text).names == tuple(names)
