from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.question.breadth import Breadth, breadth, parts


@pytest.mark.parametrize(
    "text",
    [
        "Which councils use a reablement dashboard?",
        "What do the reports say about sign language?",
        "What do reports say about carers?",
        "How many local authorities have a waiting list?",
        "Do any councils pay for respite?",
        "Across all areas, what do families wait for?",
        "Where do carers wait longest?",
    ],
)
def test_all_reports_are_asked_about(text):
    assert breadth(text, names=0) is Breadth.EVERY


@pytest.mark.parametrize(
    "text",
    [
        "How long do carers wait for an assessment?",
        "What did the council learn from complaints?",
        "Which priorities did the report set out?",
        "Who chairs the safeguarding board?",
        "What are the areas for improvement?",
        "How long do assessments take?",
    ],
)
def test_any_one_report_may_answer(text):
    assert breadth(text, names=0) is Breadth.ONE


def test_a_named_body_is_never_every_body():
    assert breadth("Which areas for improvement were set for Aldermere?", names=1) is Breadth.ONE


@pytest.mark.parametrize(
    "text",
    [
        "How did the wait change in Aldermere?",
        "Has Aldermere improved since 2023?",
        "Compare Aldermere in 2023 and 2025",
        "What was different between 2023 and 2025 in Aldermere?",
        "How far has Aldermere progressed?",
    ],
)
def test_assessments_of_one_body_are_set_side_by_side(text):
    assert breadth(text, names=1) is Breadth.TIMES
    assert breadth(text, names=2) is Breadth.ONE


def test_the_families_own_bodies_are_bodies():
    assert breadth("Which hospitals use sign language?", names=0) is Breadth.ONE
    assert breadth("Which hospitals use sign language?", names=0, kinds={"hospitals"}) is Breadth.EVERY


def test_each_question_of_a_text_is_found():
    assert parts("How long do carers wait in Aldermere and how many staff left in Tovey?") == (
        "How long do carers wait in Aldermere?",
        "how many staff left in Tovey?",
    )
    assert parts("How did Tovey do? When will working at weekends start and how much money was agreed?") == (
        "How did Tovey do?",
        "When will working at weekends start?",
        "how much money was agreed?",
    )
    assert len(parts("How do carers get a break? How long do they wait for it? Who pays for it in the end?")) == 3


def test_what_is_told_stands_before_the_question_after_it():
    told = "Hello, I work with Aldermere. Our board meets soon."
    found = parts(f"{told} How long do carers wait? And who pays for their respite? Many thanks, Jo")
    assert found == (f"{told} How long do carers wait?", "And who pays for their respite?")


@pytest.mark.parametrize(
    "text",
    [
        "When and where did the board meet in the spring?",
        "What did people say about carers and what happened?",
        "Who should stay and who should go?",
        "How do staff learn and how it helps people?",
        "I am a carer, aged 61. Can I get a break?",
        "Why? What for? Who?",
        "What is the plan for Aldermere and Tovey?",
    ],
)
def test_one_question_stays_whole(text):
    assert parts(text) == (text,)


def test_too_many_questions_are_taken_as_one():
    text = " ".join(f"What did the report say about matter {n}?" for n in range(5))
    assert parts(text) == (text,)


@given(st.text(max_size=300))
def test_any_text_has_parts(text):
    assert 1 <= len(parts(text)) <= 3
    assert breadth(text, names=0) in Breadth
