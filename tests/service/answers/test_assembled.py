"""An answer put together of what its parts say."""

from __future__ import annotations

import pytest

from service.answers.assembled import Assembly
from service.answers.observer import NoObserver
from service.answers.told import Extract, Statement, Told
from service.model import Nearest, Outcome, Reason, Shown

LICENCE = "Contains public sector information licensed under the Open Government Licence v3.0."
FEEDBACK = "aldermere-2025:feedback:1"


class Watching(NoObserver):
    def __init__(self) -> None:
        super().__init__()
        self.heard = []

    def claimed(self, claim, citations):
        self.heard.append((claim.text, [c.number for c in citations]))


@pytest.fixture
def watching():
    return Watching()


@pytest.fixture
def assembly(watching):
    return Assembly(watching)


@pytest.fixture
def says(catalogue):
    """A statement, resting on runs of words of paragraphs: (start, end) or (id, start, end)."""

    def of(text, *places, rating=None):
        rests = []
        for place in places:
            name, start, end = place if len(place) == 3 else (FEEDBACK, *place)
            rests.append(Extract(found=catalogue.paragraph(name), start=start, end=end))
        return Statement(text=text, rests=tuple(rests), rating=rating)

    return of


def add(assembly, told, *labels):
    assembly.add(told, labels or [told.label] * len(told.statements))


def test_citations_are_numbered_and_the_same_words_keep_their_number(assembly, says, watching):
    assembly.say(says("One.", (0, 13)))
    assembly.say(says("Two.", (6, 13), (0, 13), (6, 13)))
    assembly.say(says("Three.", ("tovey:safe:1", 0, 5), (6, 13)))

    assert [claim.citations for claim in assembly.claims] == [(1,), (2, 1), (3, 2)]
    assert [c.number for c in assembly.citations] == [1, 2, 3]
    assert all(c.found.paragraph.text[c.start : c.end] == c.quote for c in assembly.citations)
    assert assembly.text == "One. [1] Two. [2][1] Three. [3][2]"
    assert watching.heard == [("One.", [1]), ("Two.", [2, 1]), ("Three.", [3, 2])]


@pytest.mark.parametrize("place", [(5, 5), (6, 5), (-1, 4), (0, 10_000), (5, 6)])  # the last is but a space
def test_a_claim_without_its_words_is_dropped_whole(assembly, says, watching, place):
    assembly.say(says("Half right.", (0, 5), place))
    assembly.say(says("Without words."))
    assembly.say(says("Right.", (0, 13)))

    assert [claim.text for claim in assembly.claims] == ["Right."]
    assert [(c.number, c.start, c.end) for c in assembly.citations] == [(1, 0, 13)]
    assert watching.heard == [("Right.", [1])]


def test_a_statement_that_was_heard_while_it_was_made_is_said_once(assembly, says):
    one, again = says("One.", (0, 13)), says("One.", (0, 13))
    assembly.say(one, "Aldermere")
    add(assembly, Told(statements=(one,), label="Aldermere"))
    assert len(assembly.claims) == 1

    assembly.say(again, "Aldermere")  # another one, though it says the same
    assert len(assembly.claims) == 2


def test_groups_hold_their_claims_and_notes_in_the_order_they_were_begun(assembly, says):
    add(assembly, Told(statements=(says("One.", (0, 13)),), label="Aldermere"))
    add(assembly, Told(before=("Nothing was found.",), label="Tovey"))
    add(assembly, Told(statements=(says("Two.", (0, 5)),), after=("It may not answer.",), label="Aldermere"))
    add(assembly, Told(before=("2 reports were searched.",)))

    assert [(g.label, g.claims, g.note) for g in assembly.groups] == [
        ("Aldermere", (0, 1), "It may not answer."),
        ("Tovey", (), "Nothing was found."),
    ]
    assert assembly.notes == ("2 reports were searched.",)
    assert assembly.text.split("\n") == [
        "Aldermere: One. [1] Two. [2] It may not answer.",
        "Tovey: Nothing was found.",
        "2 reports were searched.",
    ]


def test_each_statement_stands_under_its_own_label(assembly, says):
    told = Told(statements=(says("One.", (0, 13)), says("Two.", ("tovey:safe:1", 0, 5)), says("Three.", (0, 5))))
    add(assembly, told, "Aldermere", "Tovey", None)

    assert [(g.label, g.claims) for g in assembly.groups] == [("Aldermere", (0,)), ("Tovey", (1,))]
    assert assembly.text.endswith("\nThree. [3]")


def test_a_note_is_told_once_in_its_place(assembly):
    for label in (None, None, "Tovey"):
        assembly.note("Once.", label)

    assert assembly.notes == ("Once.",)
    assert assembly.text == "Once.\nTovey: Once."


def test_what_was_answered_before_is_not_said_again(watching, says):
    assembly = Assembly(watching, said_before="One. [1] And more.")
    add(assembly, Told(statements=(says("One.", (0, 13)), says("Two.", (0, 5)))))

    assert [claim.text for claim in assembly.claims] == ["Two."]
    assert assembly.outcome is Outcome.ANSWERED


def test_where_all_was_answered_before_nothing_more_is_found(watching, says):
    assembly = Assembly(watching, said_before="One.")
    add(assembly, Told(statements=(says("One.", (0, 13)),)))

    assert assembly.outcome is Outcome.NOT_FOUND
    assert assembly.reason is Reason.NO_EVIDENCE


NOT_FOUND = Told(outcome=Outcome.NOT_FOUND, reason=Reason.WEAK_EVIDENCE)


@pytest.mark.parametrize(
    ("told", "outcome", "reason"),
    [
        ((Told(),), Outcome.ANSWERED, None),
        ((Told(), Told()), Outcome.ANSWERED, None),
        ((NOT_FOUND,), Outcome.NOT_FOUND, Reason.WEAK_EVIDENCE),
        ((Told(), NOT_FOUND), Outcome.PARTIAL, Reason.WEAK_EVIDENCE),
        ((NOT_FOUND, Told(outcome=None)), Outcome.NOT_FOUND, Reason.WEAK_EVIDENCE),
        ((Told(), Told(outcome=None, before=("A note.",))), Outcome.ANSWERED, None),
        ((Told(reason=Reason.FALSE_PREMISE),), Outcome.ANSWERED, Reason.FALSE_PREMISE),
        (
            (NOT_FOUND, Told(outcome=Outcome.NOT_FOUND, reason=Reason.SUBJECT_NOT_INDEXED)),
            Outcome.NOT_FOUND,
            Reason.WEAK_EVIDENCE,
        ),
        ((Told(outcome=Outcome.NOT_FOUND),), Outcome.NOT_FOUND, Reason.NO_EVIDENCE),
    ],
)
def test_how_several_parts_end(assembly, told, outcome, reason):
    for one in told:
        add(assembly, one)

    assert (assembly.outcome, assembly.reason) == (outcome, reason)


def test_what_is_shown_of_lists_and_what_comes_nearest_are_of_all_parts(assembly, catalogue):
    found = catalogue.paragraph(FEEDBACK)
    near = Nearest(found=found, snippet="Staff", quote=found.paragraph.text[:5], start=0, end=5)
    assert assembly.shown is None
    add(assembly, Told(shown=Shown(items=2, of=3), nearest=(near,)))
    add(assembly, Told(shown=Shown(items=4, of=4)))
    add(assembly, Told())

    assert assembly.shown == Shown(items=6, of=7)
    assert assembly.nearest == (near,)
    assert assembly.attribution() == LICENCE


def test_ratings_of_claims_and_those_that_stand_above_are_cited_and_the_latter_are_no_claims(
    assembly, catalogue, says, watching
):
    rated = next(one for one in catalogue.ratings() if one.rating.name == "Safeguarding" and one.report.id == "tovey")
    strip = says("Safeguarding: 4", ("tovey:safe:1", 0, 5), rating=rated)
    assembly.strip((strip, says("No rating.", (9, 9), rating=rated)))

    assert assembly.claims == []
    assert watching.heard == []
    assert assembly.text == ""
    assert assembly.groups == ()
    assert [(r.section, r.score, r.citation) for r in assembly.ratings] == [("Safeguarding", 4, 1)]

    assembly.say(says("It scored 4.", ("tovey:safe:1", 0, 5), rating=rated))
    assembly.say(says("Other.", (0, 5)))
    assert [r.citation for r in assembly.ratings] == [1, 1]
    assert [claim.citations for claim in assembly.claims] == [(1,), (2,)]


def test_a_licence_is_told_once(assembly, says):
    assert assembly.attribution() is None
    assembly.say(says("One.", (0, 5)))
    assembly.say(says("Two.", ("aldermere-2025:feedback:2", 0, 5)))
    assert assembly.attribution() == LICENCE
