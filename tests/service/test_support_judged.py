from __future__ import annotations

from dataclasses import replace

import pytest
from read_reports import found, reading, stored, understood

from service.answers.judged import judge
from service.model import Reason
from service.reader import Limits
from service.search import Retrieval

ASKED = "How many zebras does the council keep?"
TEXT = "The council keeps a list."


def retrieval(asked, evidence):
    return Retrieval(
        evidence=evidence, subjects=asked.subjects, rarity={}, reports=frozenset(), paragraphs=1, timings_ms={}
    )


def read(support, about):
    one = reading((stored(TEXT), 0.9, ((TEXT, 0.9),)), support=support)
    return replace(one, about=about, limits=Limits(support=0.4, about=0.2))


@pytest.mark.parametrize(
    ("support", "about", "reason"),
    [
        (0.41, 0.21, None),
        (0.39, 0.9, Reason.WEAK_EVIDENCE),
        (0.9, 0.19, Reason.NO_EVIDENCE),
        (0.1, 0.1, Reason.NO_EVIDENCE),
    ],
)
def test_by_the_readers_own_limits(support, about, reason):
    asked = understood(ASKED)

    assert judge(asked, retrieval(asked, found(TEXT)), read(support, about)).reason is reason


def test_nothing_found_is_no_evidence():
    asked = understood(ASKED)

    assert judge(asked, retrieval(asked, ()), reading(support=0.0)).reason is Reason.NO_EVIDENCE


def test_a_body_without_a_report_comes_first_and_is_named():
    asked = understood(ASKED, missing=("Nether Poole",))
    support = judge(asked, retrieval(asked, found(TEXT)), read(0.9, 0.9))

    assert support.reason is Reason.SUBJECT_NOT_INDEXED
    assert "Nether Poole" in support.explanation


@pytest.mark.parametrize(("support", "about"), [(0.1, 0.9), (0.9, 0.1)])
def test_explanations_repeat_nothing_of_the_question(support, about):
    asked = understood(ASKED)
    explanation = judge(asked, retrieval(asked, found(TEXT)), read(support, about)).explanation

    assert explanation
    assert "zebra" not in explanation
