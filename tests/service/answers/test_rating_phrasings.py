"""How people ask for ratings: which of them each way of asking brings, and which questions the text has to answer."""

from __future__ import annotations

import pytest
from rated_reports import ACCESS, LEARNING, VISITS, Asked, make_rated_catalogue

from service.model import Outcome
from service.question.sections import OVERALL

REPORTS = {
    "L": "larkrise-2024", "P": "larkrise-2022", "N": "netherby", "O": "oakhollow", "F": "fenmoor", "S": "stonecross",
    "T": "stonecross-old",
}  # fmt: skip
RATED = {
    "v": VISITS, "l": LEARNING, "a": ACCESS, "o": OVERALL, "s": "Safety", "r": "Respect", "p": "Purposeful activity",
    "e": "Release planning",
}  # fmt: skip


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    catalogue = make_rated_catalogue(tmp_path_factory.mktemp("rated"))
    yield Asked.over(catalogue)
    catalogue.close()


def ratings(short):
    """As in "Lv No": of Larkrise that for visits, of Netherby the overall one."""
    return {(REPORTS[one[0]], RATED[kind]) for one in short.split() for kind in one[1:]}


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        # One body, one thing.
        ("safe visits score larkrise", "Lv"),
        ("Larkrise - visits - what did they get", "Lv"),
        ("score for visits in Netherby", "Nv"),
        ("rate Netherby for visits", "Nv"),
        ("Netherby visits?", "Nv"),
        ("how did Netherby do on access", "Na"),
        ("how did netherby fare for access to help", "Na"),
        ("Can you tell me what Oakhollow got for co-production please", "Ol"),
        ("what's the visits grade for Oakhollow?", "Ov"),
        ("Oakhollow's judgement on safe visits", "Ov"),
        ("What mark was Larkrise given in learning?", "Ll"),
        ("netherby overall", "No"),
        ("Overall outcome for Netherby?", "No"),
        ("what was the result of Netherby's inspection", "No"),
        ("what was the verdict on oakhollow", "Oo"),
        ("Which rating did Fenmoor get for purposeful activity", "Fp"),
        ("fenmoor respect rating", "Fr"),
        ("Larkrise percentage", "Lo"),
        # Lists.
        ("safe visits scores", "Lv Nv Ov"),
        ("give me all the visits scores", "Lv Nv Ov"),
        ("list every council's score for access", "La Na"),
        ("show the overall ratings of all councils", "Lo No Oo"),
        ("every safety rating", "Fs Ss"),
        ("all scores for Netherby", "Novla"),
        ("what did everyone get for visits", "Lv Nv Ov"),
        ("scores for visits and access", "Lv Nv Ov La Na"),
        # Values.
        ("who got 4s", "Ll Ol"),
        ("any 1s?", "Nva"),
        ("Who scored 1 for anything?", "Nva"),
        ("councils with 3 or above for visits", "Lv Ov"),
        ("which councils got at least a 3 for visits", "Lv Ov"),
        ("anyone under 3 on visits?", "Nv"),
        ("which were rated sound", "Lo Oo"),
        ("weak councils", "No"),
        ("which prisons are good for resettlement", "Fe Se"),
        ("list the councils with serious gaps", "Nva"),
        ("which prisons were not good for safety", "Ss"),
        ("between 1 and 2 for access", "La Na"),
        ("which councils scored over 80%", "Oo"),
        ("councils above 60 percent overall", "Lo Oo"),
        ("who failed to get a 3 for visits", "Nv"),
        ("which councils scored 3+ for visits", "Lv Ov"),
        ("how many statements did Larkrise get a 2 for", "La"),
        ("what did Larkrise score lowest on", "La"),
        ("list all statements Larkrise scored 3 for", "Lv"),
        ("which councils scored at least 3 in every statement", "Ovl"),
        ("which councils have no 1s", "Lvla Ovl"),
        ("which councils are sound overall but have serious gaps for visits", ""),
        ("best and worst for visits", "Lv Nv Ov"),
        ("What score comes up most for visits?", "Lv Ov"),
        ("league table for access", "La Na"),
        ("which statements did Netherby score 1 or more for but not 1", "Nl"),
        ("scored more than 1 but less than 3 for access", "La"),
        ("Did Larkrise score 4 for learning and sound overall?", "Llo"),
        ("which prisons' ratings for safety rose", "Ts Ss"),
        ("does anyone beat Netherby on visits", "Nv Lv Ov"),
        ("did Stonecross's safety rating improve", "Ts Ss"),
        ("larkrise pilot scores", "Povla"),
        ("ratings for HMP Stonecross over the years", "Tsrpe Ssrpe"),
        # Several conditions.
        ("which councils scored 3 for visits and 4 for learning", "Lvl Ovl"),
        ("which councils got 3 for visits but 2 for access", "Lva"),
        ("who scored 3 or 4 for learning but not for access", "La Ll"),
        ("councils with 1 for visits or 4 for learning", "Nv Ll Ol"),
        ("which prisons are good for safety and poor for respect", "Fsr"),
        ("good for resettlement but not good for safety", "Se Ss"),
        ("Did Larkrise score 3 for visits and 2 for access?", "Lva"),
    ],
)
def test_which_ratings_are_told(asked, question, wanted):
    told = asked.tell(question)
    assert {(s.rating.report.id, s.rating.rating.name) for s in told.statements} == ratings(wanted)


@pytest.mark.parametrize(
    "question",
    [
        "Which councils with good training scored 3 for visits?",
        "What score would Larkrise need for access?",
        "How many carers in Netherby got respite?",
        "What does Netherby do well for carers?",
        "Which councils are good at answering letters?",
        "Was Larkrise good with complaints?",
        "Which councils scored higher for visits than for access?",
        "What are the areas with long waits?",
        "How many people scored the service 4 out of 5?",
        "Which council has no score for access?",
        "what did larkrise score for gardening",
        "Which reports mention visits?",
        "Who visits people in Larkrise?",
        "scores of young carers",
        "Which council has the most visits?",
        "Which council has the highest number of assessments for access?",
        "How many visits are there in Larkrise?",
        "Which councils have more than 3 visits?",
        "Who has visits under 18?",
        "Which councils had visits for over 3 years?",
        "How did Larkrise score 4 for learning?",
        "How are councils scored?",
        "What's our score?",
        "councils with at least two 4s",
        "how many councils have three or more 1s",
        "Which councils have the same score as Larkrise for visits?",
        "Which statement has the lowest average score?",
        "Is access good for our members?",
        "Which councils have poor letters?",
    ],
)
def test_what_is_left_over_makes_it_a_question_for_the_text(asked, question):
    assert asked.tell(question) is None


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Larkrise visits?", True),
        ("how did larkrise do on visits", True),
        ("what is access like in Larkrise", True),
        ("how good is access in Larkrise", True),
        ("what do visits get in Larkrise", True),
        ("what are outcomes like in Netherby", True),
        ("Larkrise visits score", False),
        ("what did Larkrise get for visits", False),
    ],
)
def test_a_section_alone_is_for_the_text_as_well(asked, question, text):
    assert asked.parsed(question).also_text is text


def test_the_rest_of_the_words_is_told(asked):
    assert asked.parsed("which councils scored 3 for visits and had modern apprentices").leftover == (
        "modern",
        "apprentices",
    )


def test_the_commonest(asked):
    told = asked.tell("commonest score for visits")
    assert told.before == ("The commonest score is 3, in 2 of the 3 indexed reports that print one.",)
    assert {s.rating.report.id for s in told.statements} == {"larkrise-2024", "oakhollow"}
    assert asked.tell("What grade do most councils get overall?") is not None


def test_the_first_few(asked):
    assert [s.rating.report.id for s in asked.tell("top 2 councils overall").statements] == [
        "oakhollow",
        "larkrise-2024",
    ]
    assert [s.rating.report.id for s in asked.tell("the lowest council overall").statements] == ["netherby"]


def test_within_some_points_of_a_grade(asked):
    told = asked.tell("which councils are within 7 points of needs work")
    assert [s.rating.report.id for s in told.statements] == ["netherby"]
    assert asked.tell("which councils are within 5 points of excellent").statements[0].rating.report.id == "oakhollow"
    assert asked.tell("which councils are within one point of excellent").statements == ()


@pytest.mark.parametrize(
    ("question", "opening"),
    [
        ("Did Netherby get the best possible outcome?", "No"),
        ("Larkrise sound overall?", "Yes"),
        ("Netherby excellent for visits?", "No"),
        ("Did Larkrise score 3 for visits and 4 for access?", "No"),
        ("Did Larkrise and Oakhollow both score 3 for visits?", "Yes"),
        ("Is Netherby rated higher than Larkrise overall?", "No"),
        ("is Larkrise better than Netherby for visits", "Yes"),
        ("Has Larkrise's score for visits gone up?", "Yes"),
    ],
)
def test_yes_or_no_first(asked, question, opening):
    told = asked.tell(question)
    first = (*told.before, *(s.text for s in told.statements))[0]
    assert first.split()[0].rstrip(":.,") == opening


def test_a_wider_rating_stands_for_one_that_is_not_printed(asked):
    told = asked.tell("How was Stonecross rated for respect and release planning?")
    assert {s.rating.rating.name for s in told.statements} == {"Respect", "Release planning"}


def test_every_named_body_and_rated_section_has_a_line(asked):
    scope = asked.scope("How do Larkrise and Oakhollow run visits and access?")
    lines = asked.answerer.strip((VISITS, ACCESS), scope)
    assert [(s.rating.report.id, s.rating.rating.name) for s in lines] == [
        ("larkrise-2024", VISITS),
        ("oakhollow", VISITS),
        ("larkrise-2024", ACCESS),
    ]
    assert asked.answerer.strip((), scope) == ()


def test_a_strip_needs_a_body(asked):
    scope = asked.scope("How are visits run?")
    assert asked.answerer.strip((VISITS,), scope) == ()


def test_none_is_told_of_the_complete_table(asked):
    told = asked.tell("Which councils scored 4 for visits?")
    assert told.outcome is Outcome.NOT_FOUND
    assert told.before == ("None of the 3 indexed reports that print this rating has that value.",)
