from __future__ import annotations

import json

import pytest

from eval.errors import QuestionsError
from eval.measure.questions import read_questions, read_set
from service.model import Outcome, Reason

GOOD = {"id": "a", "question": "What happened?", "answerable": True}


def line(**more) -> str:
    return json.dumps({**GOOD, **more})


def test_a_whole_question_is_read_folded(questions_file):
    path = questions_file(
        line(
            category="fact",
            gold=[{"doc": "sub/tovey.md", "section": "Leadership > Carers’ voices", "text": "Most  “were”\u00a0heard"}],
            gold_mode="all",
            answers=["28 Days", ""],
            must_not=["31"],
            history=[{"question": "Who?", "answer": None}],
            region="left alone",
        )
    )
    (known,) = read_questions(path)
    assert known.gold[0].file == "tovey.md"
    assert known.gold[0].section == ("leadership", "carers' voices")
    assert known.gold[0].text == 'most "were" heard'
    assert (known.whole, known.answers, known.must_not) == (True, ("28 days",), ("31",))
    assert (known.question.history[0].question, known.question.history[0].answer) == ("Who?", "")


def test_other_names_of_a_gold_are_read_and_blank_lines_are_not(questions_file):
    path = questions_file("", line(gold=[{"file": "a.md", "heading": "Learning", "sentence": "Heard."}]), "  ")
    (known,) = read_questions(path)
    assert (known.gold[0].file, known.gold[0].section, known.gold[0].text) == ("a.md", ("learning",), "heard.")
    assert known.category == "uncategorised"


def test_how_a_question_may_end_is_read_and_its_line_kept(questions_file):
    path = questions_file(line(outcomes=["refused"], reasons=["personal_data", "out_of_scope"], region="left alone"))
    (known,) = read_questions(path)
    assert known.outcomes == (Outcome.REFUSED,)
    assert known.reasons == (Reason.PERSONAL_DATA, Reason.OUT_OF_SCOPE)
    assert known.line["region"] == "left alone"


def test_a_set_is_known_by_its_bytes(questions_file):
    first, again, other = (read_set(questions_file(text)).digest for text in (line(), line(), line(category="fact")))
    assert first == again != other


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("{", "line 2: no JSON"),
        ("[1]", "line 2: a list; write an object"),
        (json.dumps({"id": "b", "question": "?"}), "line 2: answerable: Field required"),
        (line(id="b", question="  "), "line 2: question: String should have at least 1 character"),
        (line(id="b", gold=[{"section": "S"}]), "line 2: gold.0.doc: Field required"),
        (line(id="b", gold_mode="some"), "line 2: gold_mode: Input should be 'any', 'all' or 'none'"),
        (line(id="b", outcomes=["silent"]), "line 2: outcomes.0: Input should be 'answered'"),
        (line(id="b", reasons=["no_reason"]), "line 2: reasons.0: Input should be 'no_evidence'"),
        (line(), "line 2: id 'a' is that of line 1 too"),
    ],
)
def test_a_wrong_line_is_named_with_what_is_wrong(questions_file, wrong, said):
    path = questions_file(line(), wrong)
    with pytest.raises(QuestionsError) as caught:
        read_questions(path)
    assert str(path) in str(caught.value)
    assert said in str(caught.value)


def test_a_file_without_questions_and_a_missing_one_are_said(questions_file, tmp_path):
    with pytest.raises(QuestionsError, match="holds no questions"):
        read_questions(questions_file(""))
    with pytest.raises(QuestionsError, match="No such file"):
        read_questions(tmp_path / "none.jsonl")
    (tmp_path / "latin.jsonl").write_bytes(b'{"id": "caf\xe9"}')
    with pytest.raises(QuestionsError, match="not UTF-8"):
        read_questions(tmp_path / "latin.jsonl")
