"""Rows of questions that were written about indexed reports, with a real index and the real embedding model."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from eval.errors import QuestionsError
from eval.measure.questions import read_questions
from eval.training.domain import Corpus, Line, read_lines
from eval.training.gather import main as gather
from eval.training.held import main as held
from eval.training.rows import read_rows
from indexer.build import BuildOptions, build
from indexer.embedding import load_encoder
from indexer.index.generations import open_index
from indexer.progress import ConsoleProgress
from indexer.text import digest

WAITS = "Carers waited 11 weeks for an assessment. Most of them had not been told why it took so long."
OTHERS = (
    "Staff in Quillham were trained in safeguarding and felt well supported by their managers this year.",
    "Complaints rose by 14 in the year, and the council had not looked at them together since 2021.",
    "The service may move to a larger building, where people could meet before their assessments begin.",
    "People were offered advice within 3 days, which some of them found clearer than letters had been.",
)
REPORT = "# Marrowby: report\n\n## Carers\n\n" + "\n\n".join([WAITS, *OTHERS]) + "\n"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    corpus, made = tmp_path_factory.mktemp("corpus"), tmp_path_factory.mktemp("index")
    (corpus / "marrowby.md").write_text(REPORT, encoding="utf-8")
    with ConsoleProgress(quiet=True) as progress:
        assert build(corpus, made, BuildOptions(), progress).ok
    return made


@pytest.fixture
def corpus(index: Path) -> Iterator[Corpus]:
    opened = open_index(index)
    yield Corpus(name="made", index=opened, encoder=load_encoder())
    opened.close()


def line(**changes: Any) -> dict[str, Any]:
    end = WAITS.index(" Most")
    known = {
        "id": "1", "category": "fact", "question": "How long did carers wait?", "answerable": True, "corpus": "made",
        "file": "marrowby.md", "paragraph": "marrowby:carers:1", "digest": digest(WAITS), "start": 0, "end": end,
    }  # fmt: skip
    return known | changes


def rows(corpus: Corpus, *lines: dict[str, Any]) -> list[Any]:
    lost: Counter[str] = Counter()
    found = list(corpus.rows([Line.model_validate(one) for one in lines], random.Random(1), lost))
    return [lost["made"], *found]


def test_a_question_stands_by_the_window_that_answers_and_by_some_that_only_look_like_it(corpus: Corpus) -> None:
    lost, right, *wrong = rows(corpus, line())

    assert lost == 0
    assert right.right
    assert right.passage.endswith(WAITS)
    assert [right.passage[slice(*span)] for span in right.spans] == ["Carers waited 11 weeks for an assessment."]
    assert wrong
    assert all(not one.right and WAITS not in one.passage and one.spans == () for one in wrong)


def test_a_near_miss_has_its_own_paragraph_alone(corpus: Corpus) -> None:
    _, *found = rows(corpus, line(category="near-miss", answerable=False, start=None, end=None))

    assert [(one.kind, one.right, one.spans) for one in found] == [("near-miss", False, ())]


def test_claims_are_known_by_what_was_changed(corpus: Corpus) -> None:
    claim = {"category": "claim-unsupported", "answerable": False, "change": "number", "start": None, "end": None}

    _, faithful, changed = rows(corpus, line(category="claim-supported"), line(**claim))

    assert (faithful.task, faithful.kind, faithful.right) == ("supports", "faithful", True)
    assert (changed.task, changed.kind, changed.right) == ("supports", "number", False)


def test_lines_about_other_words_than_the_indexed_are_counted(corpus: Corpus) -> None:
    lost, *found = rows(corpus, line(digest="0" * 16), line(paragraph="marrowby:carers:99"))

    assert (lost, found) == (2, [])


def test_claims_by_rule_come_in_pairs_beside_one_passage(corpus: Corpus) -> None:
    found = list(corpus.claims_by_rule(random.Random(1)))

    assert {one.kind for one in found} == {"faithful", "number", "negation", "hedge", "direction"}
    for wrong, faithful in zip(found[::2], found[1::2], strict=True):
        assert faithful.text in faithful.passage
        assert wrong.text not in wrong.passage
        assert (wrong.passage, wrong.by_rule, wrong.right, faithful.right) == (faithful.passage, True, False, True)


def test_the_command_gathers_them_into_a_file(index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "questions").mkdir()
    (tmp_path / "questions" / "a.jsonl").write_text(f"{json.dumps(line())}\n{json.dumps(line(digest='0'))}\n")
    out = tmp_path / "rows.jsonl.gz"

    assert gather([str(out), "--index", f"made={index}", "--questions", str(tmp_path / "questions")]) == 0

    told = capsys.readouterr()
    assert "made            answers" in told.out
    assert "made: 1 lines" in told.err
    assert {row.task for row in read_rows(out)} == {"answers", "supports"}


def test_a_line_that_is_wrong_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(f'{json.dumps(line())}\n{{"id": "2"}}\n')

    with pytest.raises(QuestionsError, match=r"a\.jsonl:2"):
        read_lines(tmp_path)


def test_questions_that_were_held_out_are_asked_of_their_own_report(
    index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("eval.training.held.held_out", lambda group: group == "marrowby")
    lines = [
        line(),
        line(id="2", category="near-miss", answerable=False, start=None, end=None),
        line(id="3", category="wrong-subject", answerable=False),
        line(id="4", file="quillham.md"),
        line(id="5", category="claim-supported"),
    ]
    (tmp_path / "questions").mkdir()
    (tmp_path / "questions" / "a.jsonl").write_text("\n".join(map(json.dumps, lines)))

    assert held([str(tmp_path), "--index", f"made={index}", "--questions", str(tmp_path / "questions")]) == 0

    answered, missed = read_questions(tmp_path / "made" / "questions.jsonl")
    assert answered.question.filters.reports == ("marrowby",)
    assert [gold.text for gold in answered.gold] == ["carers waited 11 weeks for an assessment."]
    assert (missed.id, missed.answerable, missed.gold) == ("2", False, ())
