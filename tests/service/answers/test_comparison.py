"""Whose reports are set side by side, and what each side is asked."""

from __future__ import annotations

import pytest
from rated_reports import make_rated_catalogue

from service.answers.comparison import Side, Sides, alone
from service.model import Filters, Question
from service.question import Parser
from service.question.breadth import Breadth


class Store:
    """In which every word stands."""

    def rarity(self, terms):
        return dict.fromkeys(terms, 1.0) | {"": 9.0, "zzz": 9.0}

    def matching(self, terms, *, limit, within=None):
        return []


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory):
    made = make_rated_catalogue(tmp_path_factory.mktemp("sides"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def parser(catalogue):
    return Parser(catalogue, Store())


@pytest.fixture(scope="module")
def sides(catalogue, parser):
    return Sides(catalogue, parser.subjects)


@pytest.fixture
def asked_of(parser, sides):
    def of(text, **filters):
        asked = parser.parse(Question(text=text))
        return asked, sides.of(asked, Filters(**filters))

    return of


def test_every_named_body_is_a_side_with_its_newest_report(asked_of):
    _, found = asked_of("How do Netherby, Larkrise and HMP Fenmoor compare on waiting?")

    assert [(side.label, side.body) for side in found] == [
        ("Netherby", "Netherby"), ("Larkrise", "Larkrise"), ("HMP Fenmoor", "HMP Fenmoor"),
    ]  # fmt: skip
    assert [side.reports for side in found] == [("netherby",), ("larkrise-2024",), ("fenmoor",)]


@pytest.mark.parametrize(
    ("text", "filters"),
    [
        ("How long do carers wait in Netherby?", {}),
        ("How long do carers wait?", {}),
        ("Compare Netherby and Oakhollow on waiting", {"reports": ("netherby",)}),
        ("Compare Netherby and Oakhollow on waiting", {"subjects": ("Netherby",)}),
        ("How has waiting changed in Netherby since 2022?", {}),  # of which there is but one assessment
    ],
)
def test_where_there_are_no_sides(asked_of, text, filters):
    assert asked_of(text, **filters)[1] == ()


def test_assessments_of_one_body_are_sides_by_their_dates_the_earliest_first(asked_of):
    _, found = asked_of("How did waiting change in Larkrise between 2022 and 2024?")

    assert found == (
        Side(label="3 May 2022", reports=("larkrise-2022",)),
        Side(label="20 June 2024", reports=("larkrise-2024",)),
    )


@pytest.mark.parametrize(
    "text",
    [
        "Compare Netherby and Oakhollow on waiting times",
        "Netherby vs Oakhollow: waiting times",
        "What is the difference between Netherby and Oakhollow on waiting times?",
        "Is Netherby better or worse than Oakhollow on waiting times?",
    ],
)
def test_a_side_is_asked_as_if_it_were_asked_alone(asked_of, parser, text):
    asked, found = asked_of(text)

    for side in found:
        own = alone(asked, side)
        assert own.subjects.names == (side.body,)
        assert own.subjects.reports == side.reports
        assert own.subjects.missing == ()
        assert own.breadth is Breadth.ONE
        assert "waiting times" in own.rest
        assert side.body in own.text
        for other in found:
            assert other is side or other.body not in own.text
        by_itself = parser.parse(Question(text=own.text))
        assert by_itself.subjects.names == own.subjects.names
        assert by_itself.subjects.reports == own.subjects.reports


def test_an_assessment_is_asked_about_the_matter_alone(asked_of):
    asked, found = asked_of("How did waiting change in Larkrise between 2022 and 2024?")
    own = alone(asked, found[0])

    assert own.subjects.reports == ("larkrise-2022",)
    assert "Larkrise" not in own.text
    assert "waiting" in own.text
    # Each has its own year, and of one alone nobody can say what changed.
    assert not {"change", "2022", "2024"} & set(own.text.split())


def test_where_nothing_is_asked_but_to_compare_that_is_asked(asked_of):
    asked, (first, _) = asked_of("Compare Netherby and Oakhollow")

    assert alone(asked, first).text.endswith(" in Netherby")


def test_what_is_told_apart_and_under_which_label(sides):
    assert sides.several
    assert not sides.few
    assert sides.label("larkrise-2022") == "Larkrise"
    assert sides.apart(("netherby", "oakhollow"))
    assert not sides.apart(("larkrise-2022", "larkrise-2024"))
    assert not sides.apart(("netherby",))
