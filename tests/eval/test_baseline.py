from __future__ import annotations

import json

import pytest
from hand_made import answer, asked, measured, paragraph, question
from hypothesis import given
from hypothesis import strategies as st

from eval.errors import BaselineError
from eval.measure.baseline import baseline_of, falls, read_baseline, write_baseline
from service.model import Reason

GOOD = answer(paragraph())
BAD = answer(paragraph("The council had a plan for its buildings.", path=("Leadership", "Buildings")))
INEXACT = answer(paragraph(), quotes=[(0, 5, "Stuff")])


def reached(good: int, of: int, *, bad=BAD, **more):
    return measured(*(asked(question(n, **more), GOOD if n < good else bad) for n in range(of)))


def fallen(before, now) -> set[tuple[str, str]]:
    return {(one.category, one.figure) for one in falls(baseline_of(before), now)}


def test_as_good_or_better_is_no_fall():
    assert fallen(reached(8, 10), reached(8, 10)) == set()
    assert fallen(reached(8, 10), reached(10, 10)) == set()


def test_two_questions_are_tolerated_and_three_are_not():
    assert fallen(reached(10, 10), reached(8, 10)) == set()
    lost = fallen(reached(10, 10), reached(7, 10))
    assert lost == {
        (where, name) for where in ("all", "fact") for name in ("cited", "recall", "cited_section", "precise")
    }


@given(st.integers(0, 6), st.integers(0, 6))
def test_a_fall_is_told_if_and_only_if_more_than_two_questions_are_lost(before, now):
    lost = fallen(reached(before, 6), reached(now, 6))
    assert (("all", "cited") in lost) == (before - now > 2)


def test_of_very_many_questions_one_in_a_hundred_is_tolerated():
    assert fallen(reached(400, 400), reached(396, 400)) == set()
    assert ("all", "cited") in fallen(reached(400, 400), reached(395, 400))


def test_of_what_is_promised_one_question_is_too_many():
    assert fallen(reached(10, 10), reached(9, 10, bad=INEXACT)) == {("all", "exact_quotes"), ("fact", "exact_quotes")}
    assert ("all", "error") in fallen(reached(10, 10), reached(9, 10, bad=None))
    said = question(1, must_not=["complaints"])
    now = measured(asked(said, GOOD))
    assert ("all", "must_not") in fallen(measured(asked(said, BAD)), now)


def test_more_citations_from_other_files_are_a_fall():
    foreign = answer(paragraph(file="aldermere.md"))
    assert ("all", "foreign") in fallen(reached(10, 10), reached(7, 10, bad=foreign))
    assert ("all", "foreign") not in fallen(reached(7, 10, bad=foreign), reached(10, 10))


def test_what_is_not_measured_any_more_is_a_fall_but_not_in_a_category_that_now_cites_nothing():
    refusable = {"answerable": False, "gold": [], "category": "absent"}
    before = measured(asked(question(1), GOOD), asked(question(2, **refusable), GOOD))
    now = measured(asked(question(1), GOOD), asked(question(2, **refusable), answer(reason=Reason.NO_EVIDENCE)))
    assert fallen(before, now) == set()
    nothing = measured(asked(question(1), answer()), asked(question(2, **refusable), answer()))
    assert ("all", "precise") in fallen(before, nothing)
    said = [str(one) for one in falls(baseline_of(before), nothing)]
    assert "precise was 1.0000 and is not measured any more" in said


def test_a_fall_says_what_fell_and_by_how_much():
    said = [str(one) for one in falls(baseline_of(reached(10, 10)), reached(5, 10))]
    assert "cited fell from 1.0000 to 0.5000, of 10 questions" in said
    assert "fact: cited fell from 1.0000 to 0.5000, of 10 questions" in said


def test_a_baseline_of_other_questions_is_refused():
    baseline = baseline_of(reached(1, 1))
    with pytest.raises(BaselineError, match="of other questions"):
        falls(baseline, measured(asked(question(1), GOOD), questions_digest="other"))
    with pytest.raises(BaselineError, match="1 questions and 2 were asked"):
        falls(baseline, reached(2, 2))


def test_what_is_written_is_read_back(tmp_path):
    path = tmp_path / "baseline.json"
    write_baseline(path, reached(1, 3))
    baseline = read_baseline(path)
    assert baseline.all["cited"] == pytest.approx(1 / 3, abs=1e-6)
    assert falls(baseline, reached(1, 3)) == []
    with pytest.raises(BaselineError, match="cannot be written"):
        write_baseline(tmp_path / "none" / "baseline.json", reached(1, 3))


def test_what_is_no_baseline_is_said(tmp_path):
    path = tmp_path / "baseline.json"
    with pytest.raises(BaselineError, match="cannot be read"):
        read_baseline(path)
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(BaselineError, match="is not a baseline"):
        read_baseline(path)
    data = baseline_of(reached(1, 1)).model_dump(mode="json")
    data["figures"]["all"]["citd"] = 1.0
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(BaselineError, match="citd is no figure"):
        read_baseline(path)
