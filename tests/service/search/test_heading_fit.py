from __future__ import annotations

import pytest

from service.search.headings import heading_fit


@pytest.mark.parametrize(
    ("text", "heading", "least", "most"),
    [
        ("What does it say about learning from complaints in the report?", "Learning from complaints", 1.0, 1.0),
        ("How do they learn from a complaint?", "Learning from complaints", 0.2, 0.7),
        ("Where is the money spent?", "Learning from complaints", 0.0, 0.0),
        ("What is it?", "What is", 0.0, 0.9),  # nothing telling in the heading: no more than its words
        ("", "Learning from complaints", 0.0, 0.0),
        ("Learning", "", 0.0, 0.0),
    ],
)
def test_how_well_a_heading_fits(text, heading, least, most):
    assert least <= heading_fit(text, [(heading,)])[heading,] <= most


def test_the_best_heading_of_a_path_speaks_for_it():
    paths = [("Safety", "Learning from complaints"), ("Safety", "Money"), ()]

    fits = heading_fit("learning from complaints", paths)

    assert fits["Safety", "Learning from complaints"] == 1.0
    assert fits["Safety", "Money"] == 0.0
    assert fits[()] == 0.0
