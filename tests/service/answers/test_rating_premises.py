"""What questions take for granted of ratings, held against what is printed."""

from __future__ import annotations

import pytest
from rated_reports import ACCESS, VISITS, Asked, make_rated_catalogue

from service.model import Reason


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    catalogue = make_rated_catalogue(tmp_path_factory.mktemp("rated"))
    yield Asked.over(catalogue)
    catalogue.close()


@pytest.mark.parametrize(
    ("question", "sentences"),
    [
        ("Why did Netherby score 3 for visits?", ["Netherby scored 1 (serious gaps) for safe visits, not 3."]),
        ("How come Oakhollow got a 1 for visits?", ["Oakhollow scored 3 (a sound standard) for safe visits, not 1."]),
        ("Why was Netherby rated excellent?", ["Netherby was rated weak (33%) overall, not excellent."]),
        ("What led to Netherby being rated sound?", ["Netherby was rated weak (33%) overall, not sound."]),
        (
            "Given that Netherby got 4 for visits, how are staff trained?",
            ["Netherby scored 1 (serious gaps) for safe visits, not 4."],
        ),
        (
            "What is Oakhollow doing about its score of 2 for visits?",
            ["Oakhollow scored 3 (a sound standard) for safe visits, not 2."],
        ),
        ("Why did Netherby's visits score rise to 3?", ["Netherby scored 1 (serious gaps) for safe visits, not 3."]),
        ("Why was Fenmoor judged good for respect?", ["HMP Fenmoor was rated poor for respect, not good."]),
        (
            "Why did Larkrise's access score improve between 2022 and 2024?",
            [
                "Larkrise scored 3 (a sound standard) for access to help in the report published on 3 May 2022.",
                "Larkrise scored 2 (some gaps) for access to help in the report published on 20 June 2024.",
            ],
        ),
        (
            "Why did Netherby score higher than Oakhollow for visits?",
            [
                "Netherby scored 1 (serious gaps) for safe visits.",
                "Oakhollow scored 3 (a sound standard) for safe visits.",
            ],
        ),
        (
            "Despite being rated sound, why does Netherby have queues?",
            ["Netherby was rated weak (33%) overall, not sound."],
        ),
        ("Why did Netherby not score 1 for visits?", ["Netherby scored 1 (serious gaps) for safe visits."]),
    ],
)
def test_a_false_premise_is_corrected(asked, question, sentences):
    told = asked.premise(question)
    assert told.reason is Reason.FALSE_PREMISE
    assert [s.text for s in told.statements] == sentences


@pytest.mark.parametrize(
    ("question", "names", "reports"),
    [
        ("Why did Netherby score 1 for visits?", {VISITS}, {"netherby"}),
        ("Why did Netherby only score 1 for visits?", {VISITS}, {"netherby"}),
        ("Why did Larkrise score 2 for visits?", {VISITS}, {"larkrise-2022"}),
        ("Why did Larkrise's access score fall?", {ACCESS}, {"larkrise-2022", "larkrise-2024"}),
        ("Why did Netherby score below 3 for visits?", {VISITS}, {"netherby"}),
        ("Why was Netherby rated weak for visits?", {VISITS}, {"netherby"}),
        ("Why did Oakhollow score higher than Netherby for visits?", {VISITS}, {"oakhollow", "netherby"}),
    ],
)
def test_a_true_premise_narrows(asked, question, names, reports):
    assert asked.premise(question) is None
    assert asked.parsed(question).premise.names == names
    assert asked.narrowed(question) == (reports, None)


@pytest.mark.parametrize(
    "question",
    [
        "Why do carers in Netherby wait?",
        "Why are kitchens rated sound in Netherby?",
        "Why was Netherby rated sound for its kitchens?",
        "What must Netherby do to score 4 for visits?",
        "Why did Oakhollow score 1 for access?",
        "Why did waiting lists in Larkrise get worse?",
        "Why did it score 1 for visits?",
    ],
)
def test_nothing_to_check(asked, question):
    assert asked.premise(question) is None
    assert asked.narrowed(question) == (None, None)


def test_no_words_of_the_question_come_back(asked):
    told = asked.premise("Why did Netherby score 4 for visits <script>zzqq</script> zzqq 99999?")
    assert "zzqq" not in " ".join(s.text for s in told.statements)
