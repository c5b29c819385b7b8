"""What questions in many phrasings want of the ratings."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rated_reports import ACCESS, LEARNING, VISITS, make_rated_catalogue, subjects_in

from service.question.scores import Aim, Scores, Turn
from service.question.sections import OVERALL, Sections

PARTS = frozenset({VISITS, LEARNING, ACCESS, "Safety", "Respect", "Purposeful activity", "Release planning"})
EVERYTHING = PARTS | {OVERALL}


@pytest.fixture(scope="module")
def scores(tmp_path_factory):
    catalogue = make_rated_catalogue(tmp_path_factory.mktemp("rated"))
    yield Scores(catalogue, Sections(catalogue))
    catalogue.close()


def ask(scores, question):
    names, rest = subjects_in(question)
    return scores.parse(rest, named=len(names))


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("What score did Larkrise get for safe visits?", {VISITS}),
        ("How did Netherby score for visits?", {VISITS}),
        ("netherby visits score", {VISITS}),
        ("What was Oakhollow rated for learning?", {LEARNING}),
        ("How was Larkrise rated for coproduction?", {LEARNING}),
        ("How was Larkrise rated on co-production?", {LEARNING}),
        ("What did Larkrise score for listening, learning & co‑production?", {LEARNING}),
        ("What rating was Larkrise given for section 12?", {VISITS}),
        ("What was Larkrise's overall rating and score?", {OVERALL}),
        ("What overall percentage did Netherby receive?", {OVERALL}),
        ("How did the Care Board rate Larkrise overall?", {OVERALL}),
        ("What is Netherby's rating?", {OVERALL}),
        ("What was the outcome of the inspection of Netherby?", {OVERALL}),
        ("What did Larkrise score for leading well?", {LEARNING}),
        ("How was HMP Fenmoor rated for respect?", {"Respect"}),
        ("What judgement did Stonecross get for resettlement?", {"Release planning"}),
        ("What are Larkrise's scores?", EVERYTHING),
        ("List the ratings of Netherby", EVERYTHING),
        ("Compare the scores of Larkrise and Netherby", EVERYTHING),
        ("What did Larkrise and Netherby score for access?", {ACCESS}),
        ("Which statements did Larkrise score 4 for?", PARTS),
        ("How did Larkrise score in the 2024 assessment?", {OVERALL}),
        ("What score did Larkrise get for assessments?", {ACCESS}),
        ("Could you tell me what Larkrise scored for access?", {ACCESS}),
        ("I'd like to know the access score of Larkrise", {ACCESS}),
        ("what did netherby get for visits", {VISITS}),
    ],
)
def test_what_is_rated(scores, question, names):
    parsed = ask(scores, question)
    assert parsed.wanted
    assert parsed.names == names


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("Which councils scored 3 for visits?", {3}),
        ("Which councils got a 3 for visits?", {3}),
        ("Which councils scored three for visits?", {3}),
        ("Which councils scored at least 3 for visits?", {3, 4, 5, 6, 7, 8, 9}),
        ("Which councils scored 3 or more for visits?", {3, 4, 5, 6, 7, 8, 9}),
        ("Which councils scored 3+ for visits?", {3, 4, 5, 6, 7, 8, 9}),
        ("Which councils scored higher than 3 for visits?", {4, 5, 6, 7, 8, 9}),
        ("Which councils scored below 3 for visits?", {0, 1, 2}),
        ("Which councils have a score of 2 or lower for visits?", {0, 1, 2}),
        ("Which councils scored no more than 2 for visits?", {0, 1, 2}),
        ("Which councils scored between 2 and 3 for visits?", {2, 3}),
        ("Which councils scored 1 or 4 for visits?", {1, 4}),
        ("How many councils, out of how many, scored 1 for visits?", {1}),
        ("How many of the councils got a score of 4 for visits in 2024?", {4}),
        ("Which councils scored 3 out of 4 for visits?", {3}),
    ],
)
def test_which_scores(scores, question, values):
    parsed = ask(scores, question)
    ((condition,),) = parsed.any_of
    assert condition.names == {VISITS}
    assert condition.values.scores == values
    assert parsed.counts


@pytest.mark.parametrize(
    ("question", "plain"),
    [
        ("Which councils did not score 3 for visits?", {VISITS: "not 3"}),
        ("Which councils didn't get a 1 or 2 for visits?", {VISITS: "not 1 or 2"}),
        ("Who scored 3 for visits and at least 2 for access?", {VISITS: "3", ACCESS: "at least 2"}),
        ("sound or better for visits but not for access", {VISITS: "at least sound", ACCESS: "not at least sound"}),
        ("Which councils are weak?", {OVERALL: "weak"}),
        ("scored above 1 but less than 3 for access", {ACCESS: "above 1 and below 3"}),
        ("any 1s?", {"any section": "1"}),
        ("What do reports with score 4 say about meals?", {"any section": "4"}),
        ("What is said about meals?", {}),
    ],
)
def test_conditions_in_plain_words(scores, question, plain):
    assert ask(scores, question).plain == plain


def test_either_condition(scores):
    first, second = ask(scores, "councils with 1 for visits or 4 for learning").any_of
    assert [c.names for c in (*first, *second)] == [{VISITS}, {LEARNING}]


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("Which councils were rated sound?", {"Sound", "Sound standard"}),
        ("Which councils are weak overall?", {"Weak"}),
        ("Which councils were rated needs work or better?", {"Needs work", "Sound", "Excellent"}),
        ("Which councils are better than needs work?", {"Sound", "Excellent"}),
        ("Which councils were rated below sound?", {"Weak", "Needs work", "Serious gaps", "Some gaps"}),
        ("Which prisons were rated poor for safety?", {"Poor"}),
        ("How many prisons were judged reasonably good for safety?", {"Reasonably good"}),
        ("Which councils had serious gaps for visits?", {"Serious gaps"}),
    ],
)
def test_which_grades(scores, question, labels):
    parsed = ask(scores, question)
    ((condition,),) = parsed.any_of
    assert {label for _, _, label in condition.values.grades} == labels
    assert parsed.counts


@pytest.mark.parametrize(
    ("question", "aim", "turn"),
    [
        ("Which council scored highest for visits?", Aim.HIGHEST, None),
        ("Which council is best for access?", Aim.HIGHEST, None),
        ("Who has the lowest score for visits?", Aim.LOWEST, None),
        ("What was Netherby's lowest score?", Aim.LOWEST, None),
        ("What are Larkrise's weakest areas by score?", Aim.LOWEST, None),
        ("What is Larkrise's strongest statement?", Aim.HIGHEST, None),
        ("What is the average score for visits across reports?", Aim.AVERAGE, None),
        ("What is the mean score for access?", Aim.AVERAGE, None),
        ("Did Larkrise or Netherby score higher for visits?", Aim.HIGHER, None),
        ("Which scored worse for access, Larkrise or Netherby?", Aim.LOWER, None),
        ("How did Larkrise's score for visits change?", Aim.CHANGED, None),
        ("Which of Larkrise's scores went down?", Aim.CHANGED, Turn.DOWN),
        ("Which of Larkrise's scores improved between 2022 and 2024?", Aim.CHANGED, Turn.UP),
        ("Which of Larkrise's scores stayed the same?", Aim.CHANGED, Turn.SAME),
        ("Has Larkrise's overall rating got better?", Aim.CHANGED, Turn.UP),
        ("Is Larkrise better than Netherby overall?", Aim.HIGHER, None),
        ("Which councils scored more than Larkrise for visits?", Aim.ABOVE, None),
        ("Which councils scored worse than Larkrise for visits?", Aim.BELOW, None),
        ("What did Larkrise score for visits?", Aim.SHOW, None),
        ("Which score is given most for visits?", Aim.COMMONEST, None),
        ("Who is best and who is worst for access?", Aim.ENDS, None),
        ("Sort the councils by visits, lowest first", Aim.SHOW, None),
    ],
)
def test_what_for(scores, question, aim, turn):
    parsed = ask(scores, question)
    assert parsed.wanted
    assert (parsed.aim, parsed.turn) == (aim, turn)


@pytest.mark.parametrize(
    ("question", "whether"),
    [
        ("Did Larkrise score 3 for visits?", True),
        ("Is Larkrise rated sound?", True),
        ("Was Netherby weak overall?", True),
        ("Larkrise scored 1 for visits, correct?", True),
        ("Which statements did Larkrise score 3 for?", False),
        ("Which councils scored 3 for visits?", False),
    ],
)
def test_whether(scores, question, whether):
    assert ask(scores, question).whether is whether


@pytest.mark.parametrize(
    "question",
    [
        "Why did Larkrise score 2 for access?",
        "What led to Larkrise's score for access?",
        "How did Larkrise achieve a 4 for learning?",
        "What does a score of 3 mean?",
        "What must Larkrise do to score 4 for access?",
        "What do reports with score 4 say about waiting times?",
        "How well does Larkrise score complaints handling?",
        "What is the vacancy rate in Larkrise?",
        "What was the response rate to Larkrise's survey?",
        "What was the satisfaction score of carers in Larkrise?",
        "How many care homes were rated sound in Larkrise?",
        "How do people rate the food at Fenmoor?",
        "What was the rating of the staff survey?",
        "How good is the training in Larkrise?",
        "How do interest rates affect Larkrise?",
        "What did Larkrise learn from complaints?",
        "Which councils use sensors in people's homes?",
        "Who inspected Netherby?",
        "",
        "???",
    ],
)
def test_not_about_ratings(scores, question):
    assert not ask(scores, question).wanted


@pytest.mark.parametrize(
    ("question", "values", "names", "rest"),
    [
        ("What do reports with score 4 say about meals?", {4}, None, "What do reports say about meals?"),
        ("What do reports with a score of 4 say about meals?", {4}, None, "What do reports say about meals?"),
        (
            "What do councils that scored 1 for visits say about training?",
            {1},
            {VISITS},
            "What do councils say about training?",
        ),
        (
            "In sections scored 1 or 2, what is said about meals?",
            {1, 2},
            None,
            "In sections, what is said about meals?",
        ),
        (
            "How are meals cooked in reports scoring 3 or more?",
            set(range(3, 10)),
            None,
            "How are meals cooked in reports?",
        ),
        ("What do 4 rated reports say about meals?", {4}, None, "What do reports say about meals?"),
    ],
)
def test_score_as_a_condition(scores, question, values, names, rest):
    found = ask(scores, question).condition
    assert found.condition.values.scores == values
    assert found.condition.names == names
    assert found.rest == rest


@pytest.mark.parametrize(
    "question",
    [
        "Which councils scored 4 for visits?",
        "What do reports say about the 4 carers' groups?",
        "Which reports are new?",
    ],
)
def test_no_condition(scores, question):
    assert ask(scores, question).condition is None


@pytest.mark.parametrize(
    "question",
    [
        "Why did carers wait 12 weeks?",
        "What would it take to score 4 for visits?",
        "Why is access hard for carers who work?",
        "What score did it get for visits?",
        "How many people were waiting?",
    ],
)
def test_nothing_taken_for_granted(scores, question):
    assert scores.parse(question, named=1).premise is None


@given(st.text(max_size=200), st.integers(min_value=0, max_value=3))
@settings(max_examples=150, deadline=None)
def test_any_text_is_borne(scores, text, named):
    for written in (text, f"Which councils scored {text} for visits?", f"Why did it score {text}?"):
        parsed = scores.parse(written, named=named)
        assert not (parsed.wanted and parsed.leftover)
