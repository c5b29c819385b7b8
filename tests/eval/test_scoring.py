from __future__ import annotations

import pytest
from hand_made import answer, asked, measured, paragraph, question, run

from eval.errors import RunError
from eval.measure.questions import QuestionSet, known_of
from eval.measure.scoring import endings, scored, times
from service.model import Outcome, Reason

ELSEWHERE = paragraph("The council had a plan for its buildings.", path=("Leadership", "Buildings"))
REFUSABLE = {"answerable": False, "gold": [], "category": "personal", "reasons": ["personal_data"]}


def refusal(reason=Reason.PERSONAL_DATA):
    return answer(outcome=Outcome.REFUSED, reason=reason)


def test_a_run_is_scored_from_what_is_stored_of_it():
    found = measured(
        asked(question(1), answer(paragraph()), ELSEWHERE, paragraph(), ms=10),
        asked(question(2), answer(ELSEWHERE), ELSEWHERE, ms=30),
        asked(question(3, **REFUSABLE), refusal(), ms=20),
        asked(question(4), None),
    )
    assert (len(found.rows), found.answerable) == (4, 3)
    assert {n: found.figures[n].value for n in ("section@1", "section@5", "cited", "refused", "right_reason")} == {
        "section@1": 0.0, "section@5": 0.5, "cited": 0.5, "refused": 1.0, "right_reason": 1.0,
    }  # fmt: skip
    assert (found.figures["error"].value, found.figures["error"].of) == (0.25, 4)
    assert found.categories["personal"]["refused"].of == 1
    assert found.milliseconds == {"search_p50": 10.0, "search_p99": 15.0, "ask_p50": 20.0, "ask_p99": 30.0}
    assert times(found.rows, "ask") == [10.0, 30.0, 20.0]
    assert [row.known.id for row in found.misses] == ["q2", "q4"]


@pytest.mark.parametrize(
    ("line", "given", "wrong"),
    [
        (question(1), answer(paragraph()), ()),
        (question(1), answer(ELSEWHERE), ("no right citation",)),
        (question(1, **REFUSABLE), refusal(), ()),
        (question(1, **REFUSABLE), refusal(Reason.OUT_OF_SCOPE), ("wrong reason",)),
        (question(1, **REFUSABLE), answer(paragraph()), ("answered", "wrong reason")),
        (question(1, **REFUSABLE, outcomes=["clarify"]), refusal(), ("wrong outcome",)),
        (question(1, must_not=["complaints"]), answer(paragraph()), ("says what it must not",)),
        (question(1), None, ("fault",)),
    ],
)
def test_what_makes_a_miss_is_said(line, given, wrong):
    (row,) = measured(asked(line, given)).rows
    assert row.wrong == wrong
    assert row.missed == bool(wrong)


def test_questions_are_told_by_what_was_expected_and_how_they_ended():
    unknown = {"answerable": False, "gold": []}
    found = endings(
        measured(
            asked(question(1), answer(paragraph())),
            asked(question(2), answer(ELSEWHERE)),
            asked(question(3), answer(reason=Reason.NO_EVIDENCE)),
            asked(question(4, **REFUSABLE), refusal()),
            asked(question(5, **unknown, outcomes=["clarify"]), None),
            asked(question(6, **unknown), answer()),
        ).rows
    )
    told = {one.expected: (dict(one.ended), dict(one.right)) for one in found}
    assert next(iter(told)) == "an answer"
    assert told == {
        "an answer": ({"answered": 2, "not_found/no_evidence": 1}, {"answered": 1}),
        "personal_data": ({"refused/personal_data": 1}, {"refused/personal_data": 1}),
        "clarify": ({"fault": 1}, {}),
        "no answer": ({"not_found": 1}, {"not_found": 1}),
    }


def test_a_follow_up_is_shown_as_it_was_understood():
    line = question(1)
    same, other = (
        measured(asked(line, answer(paragraph(), standalone=text))).rows[0].standalone
        for text in (line["question"], "What did carers learn?")
    )
    assert (same, other) == (None, "What did carers learn?")


def test_what_is_known_now_takes_the_place_of_what_was_known_then():
    stored = run(asked(question(1), answer(ELSEWHERE)))
    gold = [{"doc": "tovey.md", "section": "Buildings"}]
    now = QuestionSet(name="now.jsonl", digest="n", questions=(known_of(question(1, gold=gold), "here"),))
    assert scored(stored).figures["cited"].value == 0.0
    found = scored(stored, now)
    assert found.figures["cited"].value == 1.0
    assert (found.header.questions, found.header.questions_digest) == ("now.jsonl", "n")


@pytest.mark.parametrize(
    "other", [question(2), question(1, question="And why?"), question(1, history=[{"question": "?"}])]
)
def test_questions_that_are_not_the_run_s_are_refused(other):
    now = QuestionSet(name="now.jsonl", digest="n", questions=(known_of(other, "here"),))
    with pytest.raises(RunError, match="'q1' of the run is not asked so in now.jsonl"):
        scored(run(asked(question(1), answer(paragraph()))), now)
