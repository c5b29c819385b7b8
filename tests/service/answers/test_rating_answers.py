"""Answers from the ratings of fictional councils and prisons: complete, in order, with what has to be said around them."""

from __future__ import annotations

import pytest
from rated_reports import ACCESS, LEARNING, VISITS, Asked, make_rated_catalogue


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    catalogue = make_rated_catalogue(tmp_path_factory.mktemp("rated"))
    yield Asked.over(catalogue)
    catalogue.close()


def test_one_score_with_the_paragraph_that_prints_it(asked):
    told = asked.tell("What did Netherby score for visits?")
    assert [c.text for c in told.statements] == ["Netherby scored 1 (serious gaps) for safe visits."]
    assert told.statements[0].rests[0].text == "Safe visits: 1"
    assert told.before == told.after == ()


def test_the_scales_own_article_is_used(asked):
    assert asked.said("What did Oakhollow score for visits?") == [
        "Oakhollow scored 3 (a sound standard) for safe visits."
    ]


def test_overall_in_words_and_percent(asked):
    assert asked.said("What overall percentage did Netherby receive?") == ["Netherby was rated weak (33%) overall."]


def test_which_of_how_many(asked):
    told = asked.tell("Which councils scored 3 for visits, out of how many?")
    assert told.before == ("2 of the 3 indexed reports that print this rating.",)
    assert [c.rating.report.id for c in told.statements] == ["larkrise-2024", "oakhollow"]
    assert told.after == (
        "Answered from the newest report. Also indexed, and older: Larkrise: Community care review (3 May 2022).",
    )


def test_none_of_them(asked):
    told = asked.tell("Which councils scored 4 for visits?")
    assert told.statements == ()
    assert told.before == ("None of the 3 indexed reports that print this rating has that value.",)


def test_the_denominator_counts_reports_on_that_scale_alone(asked):
    told = asked.tell("Which councils are weak overall?")
    assert told.before == ("1 of the 3 indexed reports that print this rating.",)


@pytest.mark.parametrize(
    ("question", "reports"),
    [
        ("Which council scored highest for visits?", ["larkrise-2024", "oakhollow"]),
        ("Which council scored lowest for access?", ["netherby"]),
        ("Which council has the highest overall percentage?", ["oakhollow"]),
        ("Which councils scored 2 or more for access?", ["larkrise-2024"]),
        ("Which councils did not score 3 for visits?", ["netherby"]),
        ("Which councils are rated above needs work?", ["larkrise-2024", "oakhollow"]),
        ("Which councils got more than 60%?", ["larkrise-2024", "oakhollow"]),
        ("Which prisons were rated good for resettlement?", ["fenmoor", "stonecross"]),
        ("Which prison was best for safety?", ["fenmoor"]),
        ("Which prisons were less than good for safety?", ["stonecross"]),
    ],
)
def test_which_reports(asked, question, reports):
    assert [c.rating.report.id for c in asked.tell(question).statements] == reports


def test_ranked_from_high_to_low(asked):
    told = asked.tell("Rank the councils by overall score")
    assert [c.rating.rating.percent for c in told.statements] == [83, 75, 33]


def test_all_others_that_are_below_one(asked):
    told = asked.tell("Which councils scored lower than Larkrise for visits?")
    assert [c.rating.report.id for c in told.statements] == ["larkrise-2024", "netherby"]
    assert told.before == ("1 of the 2 other indexed reports that print this rating has a lower one.",)
    assert asked.tell("Which councils scored higher than Larkrise for visits?").before == (
        "None of the 2 other indexed reports that print this rating has a higher one.",
    )


def test_of_one_subject_the_lowest_with_ties(asked):
    told = asked.tell("What was Netherby's lowest score?")
    assert [c.rating.rating.name for c in told.statements] == [VISITS, ACCESS]


def test_which_statements_count_within_the_report(asked):
    told = asked.tell("How many statements did Netherby score 1 for?")
    assert told.before == ("2 of the 3 such ratings that the report prints.",)


def test_a_report_without_that_rating_is_named(asked):
    told = asked.tell("What did Oakhollow and Netherby score for access?")
    assert [c.rating.report.id for c in told.statements] == ["netherby"]
    assert told.after[:1] == ("What is indexed on Oakhollow prints no rating for access to help.",)


def test_two_subjects_are_compared(asked):
    told = asked.tell("Did Larkrise or Netherby score higher for visits?")
    assert [c.rating.report.id for c in told.statements] == ["larkrise-2024", "netherby"]
    assert told.after[0] == "The higher is that of Larkrise."
    assert asked.tell("Did Larkrise or Oakhollow score higher for visits?").after[0] == "The two are the same."
    both = asked.tell("Did Larkrise or Netherby have the better scores?").after[0]
    assert both == "Of 4 that both reports print, Larkrise has the higher in 4 and Netherby in 0; 0 are the same."


def test_all_scores_of_two_side_by_side(asked):
    told = asked.tell("Compare the scores of Larkrise and Netherby")
    names = [c.rating.rating.name for c in told.statements]
    assert names == ["Overall", "Overall", VISITS, VISITS, LEARNING, LEARNING, ACCESS, ACCESS]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Did Netherby score 1 for visits?", "Yes: Netherby scored 1 (serious gaps) for safe visits."),
        ("Did Netherby score 3 for visits?", "No: Netherby scored 1 (serious gaps) for safe visits."),
        (
            "Did Oakhollow score 3 for learning?",
            "No, it is higher: Oakhollow scored 4 (an excellent standard) for listening, learning and co-production.",
        ),
        ("Is Oakhollow weak?", "No, it is higher: Oakhollow was rated sound (83%) overall."),
        ("Is Netherby rated weak?", "Yes: Netherby was rated weak (33%) overall."),
        ("Was Fenmoor rated good for respect?", "No: HMP Fenmoor was rated poor for respect."),
    ],
)
def test_yes_or_no(asked, question, answer):
    assert asked.said(question) == [answer]


def test_a_change_is_told_from_both_reports(asked):
    told = asked.tell("How did Larkrise's score for visits change?")
    assert [c.text for c in told.statements] == [
        "Larkrise scored 2 (some gaps) for safe visits in the report published on 3 May 2022.",
        "Larkrise scored 3 (a sound standard) for safe visits in the report published on 20 June 2024.",
    ]
    assert told.after == ("It rose.",)


def test_only_what_went_down(asked):
    told = asked.tell("Which of Larkrise's scores went down?")
    assert [(c.rating.rating.name, c.rating.rating.score) for c in told.statements] == [(ACCESS, 3), (ACCESS, 2)]
    assert told.after == (
        "Of 4 ratings printed in both an earlier and a later report, 3 rose, 1 fell and 0 stayed the same.",
    )


def test_no_change_can_be_told_of_one_report(asked):
    told = asked.tell("How did Netherby's score for visits change?")
    assert [c.rating.report.id for c in told.statements] == ["netherby"]
    assert told.before == ("No subject has two indexed reports that print this rating, so nothing tells of a change.",)


@pytest.mark.parametrize(
    ("question", "report"),
    [
        ("What did Larkrise score for visits?", "larkrise-2024"),
        ("What was Larkrise's indicative score for visits in the pilot?", "larkrise-2022"),
        ("What did Larkrise score for visits in 2022?", "larkrise-2022"),
        ("What was Larkrise's previous score for visits?", "larkrise-2022"),
        ("How was Stonecross rated for safety?", "stonecross"),
        ("How was Stonecross rated for safety in 2019?", "stonecross-old"),
    ],
)
def test_of_which_assessment(asked, question, report):
    assert [c.rating.report.id for c in asked.tell(question).statements] == [report]


def test_a_year_without_a_report_is_told(asked):
    told = asked.tell("What was Netherby's score for visits in 2019?")
    assert told.before == ("No indexed report on this is of 2019.",)


def test_what_only_an_older_report_rates_is_told_from_it(asked):
    chosen = {"reports": frozenset({"oakhollow", "larkrise-2022"}), "older": frozenset({"larkrise-2022"})}
    assert asked.said("scores for access", **chosen) == [
        "Larkrise scored 3 (a sound standard) for access to help in the report published on 3 May 2022."
    ]


def test_reports_chosen_one_by_one_are_not_left_aside(asked):
    chosen = {"reports": frozenset({"larkrise-2022"}), "older": frozenset(), "chosen": True}
    assert asked.said("What score was given for visits?", **chosen) == [
        "Larkrise scored 2 (some gaps) for safe visits in the report published on 3 May 2022."
    ]


def test_filters_narrow(asked):
    told = asked.tell("List all scores", names=frozenset({VISITS}), scores=frozenset({1}))
    assert [c.rating.report.id for c in told.statements] == ["netherby"]


def test_an_average_is_said_to_be_computed(asked):
    told = asked.tell("What is the average score for visits?")
    assert told.before == ("The average is 2.33, computed from 3 ratings in the 3 indexed reports that print it.",)
    assert len(told.statements) == 3
    words = asked.tell("What is the average rating for respect?")
    assert words.before == ("These ratings are words, which have no average: 1 poor and 1 not sufficiently good.",)


def test_a_long_grade_is_quoted(asked):
    assert asked.said("How was Stonecross rated for respect?")[0].startswith(
        "HMP Stonecross was rated not sufficiently good for respect in the report of the inspection on 29 July to"
    )


@pytest.mark.parametrize(
    ("question", "reports", "scores"),
    [
        ("What do reports with score 4 say about meals?", None, {4}),
        ("What do councils that scored 1 for visits say about meals?", {"netherby"}, None),
        ("What do councils rated sound say about meals?", {"larkrise-2024", "oakhollow"}, None),
        ("What do reports judged to have serious gaps say about meals?", None, {1}),
    ],
)
def test_a_condition_on_scores(asked, question, reports, scores):
    assert asked.narrowed(question) == (reports, scores)
