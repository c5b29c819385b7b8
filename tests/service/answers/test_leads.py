"""A point of a list stands under its heading: by itself it may say the opposite of what the report says."""

from __future__ import annotations

from dataclasses import replace

import pytest
from read_reports import found

from indexer.model import BlockKind
from service.answers.leads import lead_of
from service.answers.told import Extract


def item(text, heading, kind=BlockKind.LIST_ITEM):
    stored = found(text)[0].found
    stored = replace(
        stored,
        section=replace(stored.section, path=("Findings", heading)),
        paragraph=replace(stored.paragraph, kind=kind),
    )
    return (Extract(found=stored, start=0, end=len(text)),)


@pytest.mark.parametrize(
    ("text", "heading", "lead"),
    [
        ("Interviews informing the safety plans of carers.", "What needs to improve?", "What needs to improve?"),
        ("plans are issued in time", "Areas for priority action", "Areas for priority action"),
        ("plans are issued in time", "Carers", "Carers"),
        ("Plans are issued in time.", "Carers", None),
        ("Plans are late. Families wait.", "What needs to improve?", None),
    ],
)
def test_a_point_that_needs_its_heading_gets_it(text, heading, lead):
    assert lead_of(item(text, heading)) == lead


def test_a_paragraph_stands_by_itself():
    assert lead_of(item("Plans are late.", "What needs to improve?", BlockKind.PARAGRAPH)) is None
