"""Misspelt words put right; what the reports print, names nobody knows and plain English are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from subjects_shelf import Shelf, report

from service.model import Correction
from service.question.subjects import Subjects
from service.question.words import visible

BODIES = ("Brackenshire", "Pellbourne", "Hertingford", "Heringford", "Tarn and Holme")
TEXTS = (
    "Children wait for therapy. Families told us about communication and safeguarding. Leaders know their strengths.",
    "Families wait for therapy. Communication between partners is good. Safeguarding is strong. Children are heard.",
    "A recieved letter is a misprint. Therapy, safeguarding and communication with children and families improved.",
)
PROFILE = {
    "councils": {
        "subjects": [{"name": f"{one} Council", "short": one, "aliases": []} for one in BODIES],
        "sections": [{"name": "Governance and sustainability", "aliases": ["how it is governed"], "rated": True}],
        "scale": [{"value": 1, "label": "Inadequate", "aliases": []}],
        "glossary": {
            "abbreviations": {"EHE": ["elective home education"]},
            "same": [["care home", "residential care"]],
        },
    }
}
REPORTS = [report(n, f"{one} Council: assessment", subject=one, profile="councils") for n, one in enumerate(BODIES)]
SHELF = Shelf(REPORTS, TEXTS, PROFILE)
SPELLER = Subjects(SHELF, SHELF).speller


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("waht needs to imporve in brackenshrie", "what needs to improve in Brackenshire"),
        ("Waht did famlies say?", "What did families say?"),
        ("WAHT DID FAMLIES SAY", "WHAT DID FAMILIES SAY"),
        ("safegaurding and comunication", "safeguarding and communication"),
        ("chidlren's theerapy", "children's therapy"),
        ("govrenance and resedential care", "governance and residential care"),
        ("inadeqate electve home education", "inadequate elective home education"),
        ("Pelbourne's strenghts", "Pellbourne's strengths"),
        ("wich is better", "which is better"),
        ("saf\u200beguarding", "safeguarding"),
    ],
)
def test_put_right(text: str, wanted: str) -> None:
    assert SPELLER.correct(text)[0] == wanted


@pytest.mark.parametrize(
    "text",
    [
        "What did Heringford's leaders say about children?",
        "hetringford",  # as near to two bodies: asked about
        "a recieved letter",  # printed so
        "Is Zoom used by Hollowdale and Marwick?",
        "do they sing opera and play drums",
        "EHCP, UASC and MASH",
        "can't, won't, isn't it?",
        "communications, families' therapies",
        "s42 and 3rd of 2,500",
        "",
    ],
)
def test_left_alone(text: str) -> None:
    assert SPELLER.correct(text) == (text, ())


def test_every_correction_is_told_once() -> None:
    text, corrections = SPELLER.correct("Waht is safegaurding, and who does safegaurding in pelbourne?")
    assert text == "What is safeguarding, and who does safeguarding in Pellbourne?"
    assert corrections == (
        Correction(written="Waht", meant="What"),
        Correction(written="safegaurding", meant="safeguarding"),
        Correction(written="pelbourne", meant="Pellbourne"),
    )


@given(st.text(max_size=400))
@settings(deadline=None)
def test_what_is_put_right_stays(text: str) -> None:
    corrected, corrections = SPELLER.correct(text)
    assert all(one.written in visible(text) and one.meant in corrected for one in corrections)
    assert SPELLER.correct(corrected)[0] == corrected
