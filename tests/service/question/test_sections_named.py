"""Sections in printed wording, in their family's wordings, and in neither."""

from __future__ import annotations

import pytest
from rated_reports import ACCESS, LEARNING, VISITS, make_rated_catalogue

from indexer.index.catalogue import Catalogue
from service.errors import UnknownFilterError
from service.question.phrases import Phrases, spellings, tokens
from service.question.sections import OVERALL, Sections


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    catalogue = make_rated_catalogue(tmp_path_factory.mktemp("rated"))
    yield catalogue
    catalogue.close()


@pytest.fixture(scope="module")
def sections(opened: Catalogue):
    return Sections(opened)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("How safe are visits?", (VISITS,)),
        ("Safe visit", (VISITS,)),
        ("What of Section 12?", (VISITS,)),
        ("What of s12 enquiries?", (VISITS,)),
        ("Listening, learning & co‑production", (LEARNING,)),
        ("listening learning and coproduction", (LEARNING,)),
        ("co production", (LEARNING,)),
        ("access and then visits", (ACCESS, VISITS)),
        ("work-and-training", ("Purposeful activity",)),
        ("nothing of the kind", ()),
    ],
)
def test_named(sections, text, names):
    assert sections.named(text) == names


@pytest.mark.parametrize(
    ("wording", "headings"),
    [
        ("safe visits", {"safe visits"}),
        ("visits", {"safe visits"}),
        ("SECTION 12", {"safe visits"}),
        ("Listening, learning & coproduction", {"listening, learning and co-production"}),
        ("Leading well", {"leading well"}),
        ("respect", {"1. respect"}),
        ("safe-visits", {"safe-visits", "safe visits"}),
        ("safety", {"safety: good", "safety: poor", "safety: reasonably good"}),
        ("safety: good", {"safety: good"}),
    ],
)
def test_resolve(sections, wording, headings):
    assert headings <= sections.resolve([wording])


def test_resolved_wordings_find_their_paragraphs(sections, opened):
    found = opened.paragraph_ranges(sections=sections.resolve(["resettlement"]))
    texts = {
        p.paragraph.text for r in opened.reports() for p in opened.paragraphs(r.id) if any(p.key in k for k in found)
    }
    assert texts == {"Release planning: Good", "Release planning: Poor"}


def test_unknown_wording_names_the_nearest(sections):
    with pytest.raises(UnknownFilterError, match="'Safe visits'") as told:
        sections.resolve(["safe vists to kin"], field="section")
    assert told.value.field == "section"


def test_rated_wordings(sections):
    assert sections.rated(["visits", "Overall rating"], field="section") == (frozenset({VISITS, OVERALL}), frozenset())
    assert sections.rated(["respect"], field="section")[0] == {"Respect"}


def test_the_longest_phrase_wins():
    phrases = Phrases([("learning", 1), ("learning from complaints", 2), ("complaints", 3)])
    text = tokens("Learning from complaint, and complaints")
    assert [(one.values, one.first, one.after) for one in phrases.find(text)] == [((2,), 0, 3), ((3,), 4, 5)]


def test_a_phrase_without_words_stands_for_nothing():
    assert spellings("& – the") == ()
    assert Phrases([("—", 1)]).find(tokens("— and the")) == ()
    assert tokens("Zoë’s café")[0].word == "zoe's"
