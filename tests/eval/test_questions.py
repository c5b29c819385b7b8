from __future__ import annotations

import json

import pytest

from eval.errors import QuestionsError
from eval.questions import read_questions

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


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("{", "line 2: no JSON"),
        ("[1]", "line 2: a list; write an object"),
        (json.dumps({"id": "b", "question": "?"}), "line 2: answerable: Field required"),
        (line(id="b", question="  "), "line 2: question: String should have at least 1 character"),
        (line(id="b", gold=[{"section": "S"}]), "line 2: gold.0.doc: Field required"),
        (line(id="b", gold_mode="some"), "line 2: gold_mode: Input should be 'any', 'all' or 'none'"),
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
