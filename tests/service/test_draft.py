from __future__ import annotations

from service.answers.draft import Draft, nearest
from service.model import Evidence


def paragraph(catalogue, paragraph_id="aldermere-2025:feedback:1"):
    found = catalogue.paragraph(paragraph_id)
    assert found is not None
    return found


def test_a_claim_without_its_words_is_dropped(catalogue):
    draft, found = Draft(), paragraph(catalogue)
    assert draft.claim("Nothing.", found, 5, 5) is None
    assert draft.claim("Past the end.", found, 0, len(found.paragraph.text) + 1) is None
    assert draft.claim("Staff learned.", found, 0, 13) == 1
    assert [c.quote for c in draft.citations] == [found.paragraph.text[:13]]
    assert draft.text == "Staff learned. [1]"


def test_groups_hold_their_claims_and_notes(catalogue):
    draft, found = Draft(), paragraph(catalogue)
    draft.begin("Aldermere")
    draft.claim("Staff learned.", found, 0, 13)
    draft.begin("Tovey")
    draft.note("The reports do not say.")
    draft.begin(None)
    draft.note("2 reports were searched.")
    assert draft.text == "Aldermere: Staff learned. [1]\nTovey: The reports do not say.\n2 reports were searched."
    assert [(g.label, g.claims, g.note) for g in draft.groups] == [
        ("Aldermere", (0,), None),
        ("Tovey", (), "The reports do not say."),
    ]
    assert draft.notes == ("2 reports were searched.",)


def test_a_group_that_is_begun_again_goes_on(catalogue):
    draft, found = Draft(), paragraph(catalogue)
    for label, (start, end) in (("Aldermere", (0, 13)), (None, (0, 5)), ("Tovey", (6, 13)), ("Aldermere", (0, 7))):
        draft.begin(label)
        assert draft.label == label
        draft.claim("Words.", found, start, end)
    assert [(g.label, g.claims) for g in draft.groups] == [("Aldermere", (0, 3)), ("Tovey", (2,))]
    assert draft.text == "Aldermere: Words. [1] Words. [4]\nWords. [2]\nTovey: Words. [3]"


def test_a_group_of_which_nothing_is_said_is_left_out():
    draft = Draft()
    draft.begin("Aldermere")
    draft.begin(None)
    draft.note("Nothing at all.")
    assert draft.groups == ()
    assert draft.text == "Nothing at all."


def test_a_note_is_told_once():
    draft = Draft()
    draft.note("Once.")
    draft.note("Once.")
    assert draft.notes == ("Once.",)
    assert draft.text == "Once."


def test_a_licence_is_told_once(catalogue):
    draft = Draft()
    assert draft.attribution() is None
    for paragraph_id in ("aldermere-2025:feedback:1", "aldermere-2025:feedback:2"):
        draft.claim("Words.", paragraph(catalogue, paragraph_id), 0, 5)
    assert draft.attribution() == "Contains public sector information licensed under the Open Government Licence v3.0."


def test_where_to_look_names_each_section_once(catalogue):
    found = [paragraph(catalogue, f"aldermere-2025:feedback:{n}") for n in (1, 2, 3)]
    found.append(paragraph(catalogue, "tovey:safe:1"))
    evidence = [Evidence(found=f, dense=0.5, lexical=None, fused=1.0) for f in found]
    assert [n.found.paragraph.id for n in nearest(evidence, 3)] == ["aldermere-2025:feedback:1", "tovey:safe:1"]
    assert len(nearest(evidence, 1)) == 1
