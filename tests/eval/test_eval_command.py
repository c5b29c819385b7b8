"""`citewise eval` on a folder with a report of one council."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from eval.commands import evaluate
from eval.errors import QuestionsError
from eval.measure.folders import places, sample_questions


@pytest.fixture
def run():
    app = typer.Typer()
    app.command()(evaluate)

    def invoke(*words: str | Path):
        return CliRunner().invoke(app, [str(word) for word in words])

    return invoke


def test_a_folder_is_measured_stored_scored_again_compared_and_reported(run, tovey, tmp_path):
    stored, report, baseline = (tmp_path / name for name in ("run.jsonl", "report.html", "baseline.json"))
    done = run(tovey, "--json", "--misses", "5", "--save", stored, "--write-baseline", baseline)
    assert done.exit_code == 0, done.output
    first = json.loads(done.stdout)
    assert (first["questions"], first["figures"]["doc@1"], first["figures"]["exact_quotes"]) == (2, 0.5, 1.0)
    assert first["run"]["questions"] == "questions.jsonl"
    assert first["run"]["counts"]["reports"] == 1
    assert [(miss["id"], miss["wrong"]) for miss in first["misses"]] == [("b", ["no right citation"])]
    assert "gone.md is not in the index" in done.stderr
    assert json.loads(stored.read_text("utf-8").splitlines()[1])["in_files"] == [True]

    # Nothing of the folder is needed to compute the figures again.
    (tovey / "docs" / "tovey.md").unlink()
    again = run("--score", stored, "--json", "--misses", "5", "--baseline", baseline)
    assert again.exit_code == 0, again.output
    assert json.loads(again.stdout) == first

    shown = run("--score", stored, "--against", stored, "--report", report, "--misses", "1")
    assert shown.exit_code == 0, shown.output
    assert "by category" in shown.stdout
    assert "2 questions in common, 0 worse" in shown.stdout
    assert "What had the council planned for its buildings?" in shown.stdout
    assert "Within how many days" not in shown.stdout
    assert "What had the council planned for its buildings?" in report.read_text("utf-8")


def test_what_fell_below_the_baseline_ends_it_with_1(run, tovey, tmp_path):
    stored, baseline = tmp_path / "run.jsonl", tmp_path / "baseline.json"
    assert run(tovey, "--save", stored, "--write-baseline", baseline).exit_code == 0
    data = json.loads(baseline.read_text("utf-8"))
    data["figures"]["all"]["error"] = -1.0
    baseline.write_text(json.dumps(data), encoding="utf-8")
    done = run("--score", stored, "--baseline", baseline)
    assert done.exit_code == 1
    assert "citewise: error rose from -1.0000 to 0.0000, of 2 questions" in done.stderr


def test_a_stored_run_is_scored_by_what_is_known_now(run, tovey, tmp_path):
    stored = tmp_path / "run.jsonl"
    assert run(tovey, "--save", stored).exit_code == 0
    path = tovey / "questions.jsonl"
    path.write_text(
        path.read_text("utf-8").replace("gone.md", "tovey.md").replace('"nowhere"', "null"), encoding="utf-8"
    )
    then = json.loads(run("--score", stored, "--json").stdout)
    now = json.loads(run(tovey, "--score", stored, "--json").stdout)
    assert (then["figures"]["doc@1"], now["figures"]["doc@1"]) == (0.5, 1.0)


def test_files_that_cannot_be_read_are_named_and_the_others_measured(run, tovey):
    (tovey / "docs" / "empty.pdf").write_bytes(b"")
    done = run(tovey, "--json")
    assert done.exit_code == 0, done.output
    assert "warning: empty.pdf" in done.stderr
    assert json.loads(done.stdout)["questions"] == 2


def test_documents_stand_in_docs_or_beside_the_questions(tovey, tmp_path):
    found = places(folder=tovey, questions=None, corpus=None, index=None)
    assert (found.questions, found.corpus, found.sample) == (tovey / "questions.jsonl", tovey / "docs", False)
    (tovey / "docs").rename(tmp_path / "elsewhere")
    assert places(folder=tovey, questions=None, corpus=None, index=None).corpus == tovey
    assert places(folder=tovey, questions=None, corpus=tmp_path, index=None).corpus == tmp_path
    other = tmp_path / "other.jsonl"
    assert places(folder=tovey, questions=other, corpus=None, index=None).questions == other
    with pytest.raises(QuestionsError, match=r"holds no questions.jsonl"):
        places(folder=tmp_path, questions=None, corpus=None, index=None)


def test_without_a_folder_the_sample_is_measured(tmp_path):
    found = places(folder=None, questions=None, corpus=None, index=None)
    assert (found.questions, found.corpus, found.sample) == (sample_questions(), Path("corpus"), True)
    assert places(folder=None, questions=None, corpus=None, index=tmp_path).corpus is None
    assert not places(folder=None, questions=None, corpus=None, index=tmp_path).sample
    assert not places(folder=None, questions=tmp_path, corpus=None, index=None).sample
