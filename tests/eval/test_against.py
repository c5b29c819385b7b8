from __future__ import annotations

from hand_made import answer, asked, measured, paragraph, question, run

from eval.measure.against import changes

GOOD = answer(paragraph())
BAD = answer(paragraph("The council had a plan for its buildings.", path=("Leadership", "Buildings")))
SHORTER = answer(paragraph(), quotes=[(0, 29, "Staff learned from complaints")])


def test_questions_are_told_by_how_they_changed():
    now = measured(*(asked(question(n), given) for n, given in enumerate((BAD, GOOD, SHORTER, GOOD, GOOD))))
    before = run(*(asked(question(n), given) for n, given in enumerate((GOOD, BAD, GOOD, GOOD))))
    found = changes(now, before)
    assert found.same == 4
    assert [one.now.known.id for one in found.worse] == ["q0"]
    assert [one.now.known.id for one in found.better] == ["q1"]
    assert [one.now.known.id for one in found.other] == ["q2"]


def test_only_questions_in_the_same_words_are_compared():
    now = measured(asked(question(1, question="Why?"), BAD), asked(question(2, history=[{"question": "Who?"}]), BAD))
    assert changes(now, run(asked(question(1), GOOD), asked(question(2), GOOD))).same == 0


def test_both_runs_are_judged_by_what_is_known_now():
    """A gold that was corrected between the runs is no change of the service."""
    now = measured(asked(question(1), GOOD))
    found = changes(now, run(asked(question(1, gold=[{"doc": "gone.md"}]), GOOD)))
    assert (found.same, found.better, found.other) == (1, (), ())
