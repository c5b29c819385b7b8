"""In which shorter words a grade of several words is known."""

from __future__ import annotations

from service.question.scores.scale import label_parts

SCALE = ("Widespread failings in care", "Mixed experiences and outcomes", "Mostly good experiences and outcomes")


def test_a_long_grade_is_known_by_two_of_its_words_and_by_its_runs():
    parts = label_parts(SCALE[2], SCALE)

    assert {("mostly", "good"), ("good", "outcomes"), ("mostly", "good", "experiences")} <= parts
    assert ("mostly", "good", "experiences", "and", "outcomes") in parts


def test_one_word_of_a_long_grade_is_not_it():
    assert all(len(part) > 1 for label in SCALE for part in label_parts(label, SCALE))
