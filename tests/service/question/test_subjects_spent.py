"""Words that chose the report carry no weight among its paragraphs."""

from __future__ import annotations

import pytest
from subjects_shelf import Shelf, report

from service.question.subjects import Subjects

PROFILE = {
    "visits": {
        "title": "Area visit",
        "publisher": "Fictional Visits Board",
        "subjects": [{"name": f"{x} Council", "short": x, "aliases": []} for x in ("Marrowby", "Felton", "Wexmoor")],
        "around_subjects": ["local area partnership", "council", "county council"],
    }
}
TITLES = (
    ("Joint targeted area inspection of Marrowby children's services", "Marrowby"),
    ("Area inspection of Felton Local Area Partnership", "Felton"),
    ("Follow-up area inspection of Felton Local Area Partnership", "Felton"),
)
SHELF = Shelf([report(n, t, subject=s, profile="visits") for n, (t, s) in enumerate(TITLES)], profiles=PROFILE)
KNOWN = Subjects(SHELF, SHELF)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("the joint targeted area inspection of Marrowby on neglect", "the on neglect"),
        ("What did the Marrowby inspection report find on neglect?", "What did the report find on neglect?"),
        ("Marrowby's children's services: neglect", ": neglect"),
        ("What does the area say on neglect in Marrowby?", "What does the area say on neglect in ?"),
        ("What do children in Marrowby say?", "What do children in say?"),
        ("Marrowby county council tax", "county council tax"),
        ("the joint inspection of Felton on neglect", "the joint on neglect"),
        ("the follow-up area inspection of Felton on neglect", "the follow-up on neglect"),
        ("area inspection of Wexmoor on neglect", "area inspection of on neglect"),
        ("the joint inspection of Marrowby", "the joint inspection of"),
        ("What did the Fictional Visits Board find on carers?", "What did find on carers?"),
        ("What did FVB say on neglect?", "What did say on neglect?"),
        ("what did inspectors say on neglect", "what did say on neglect"),
        ("Who were the inspectors?", "Who were the inspectors?"),
    ],
)
def test_what_is_left_to_look_for(text: str, rest: str) -> None:
    assert KNOWN.named(text).rest == rest
