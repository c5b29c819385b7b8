"""Holds the floors of eval/floors.toml on the sample corpus: the guard against regressions."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path

import pytest
from typer.testing import CliRunner

from eval.errors import FloorsError
from eval.figures import Share
from eval.floors import Floors, read_floors
from eval.questions import read_questions
from eval.run import measure, missing_files, opened_index, source_letters

ROOT = Path(__file__).parents[2]
EVAL = Path(str(resources.files("eval")))


@pytest.fixture(scope="module")
def measured():
    questions = read_questions(EVAL / "questions" / "sample.jsonl")
    with opened_index(corpus=ROOT / "corpus", index=None) as opened:
        assert missing_files(opened, questions) == []
        return measure(opened, questions, source_letters(ROOT / "corpus"))


def test_the_sample_questions_reach_every_floor(measured):
    floors = read_floors(EVAL / "floors.toml")
    assert floors.at_least
    broken = floors.broken(measured.figures)
    assert not broken, "\n".join(
        [*broken, *(f"{r.known.id}: {r.ended}: {r.answer[:200]}" for r in measured.misses[:20])]
    )


def test_every_quote_is_exact_and_every_claim_cited(measured):
    wrong = [
        row.known.id
        for row in measured.rows
        if row.figures.get("exact_quotes", 1.0) < 1.0 or row.figures.get("claims_cited") != 1.0
    ]
    assert wrong == []


def test_quotes_are_held_against_the_files_themselves(measured):
    checked = source_letters(ROOT / "corpus")
    assert len(checked) > 3
    assert all(checked.values())
    cited = {gold.file for row in measured.rows for gold in row.known.gold}
    assert cited & checked.keys()


def test_a_floor_that_is_not_reached_or_not_measured_is_said():
    floors = Floors(at_least={"cited": 0.9, "answered": 0.9}, at_most={"foreign": 0.1, "must_not": 0.0})
    found = {
        "cited": Share(value=0.89, of=10), "foreign": Share(value=0.2, of=10), "must_not": Share(value=0.0, of=2),
    }  # fmt: skip
    assert floors.broken(found) == [
        "cited is 0.8900, below its floor of 0.9",
        "answered was not measured; its floor is 0.9",
        "foreign is 0.2000, above the 0.1 that it may be",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[at_least", "not valid TOML"),
        ("", "holds no floors"),
        ("[floors]\ncited = 1", "'floors' is no table"),
        ("at_least = 1", "at_least is no table"),
        ("[at_least]\ncitd = 0.9", "at_least.citd is no such figure"),
        ("[at_least]\nforeign = 0.9", "at_least.foreign is no such figure"),
        ("[at_most]\ncited = 0.9", "at_most.cited is no such figure"),
        ('[at_least]\ncited = "high"', "at_least.cited is 'high'"),
        ("[at_least]\ncited = 90", "at_least.cited is 90"),
        ("[at_least]\ncited = true", "at_least.cited is True"),
    ],
)
def test_a_wrong_file_of_floors_is_said(tmp_path, text, said):
    path = tmp_path / "floors.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FloorsError) as caught:
        read_floors(path)
    assert said in str(caught.value)


def test_a_missing_file_of_floors_is_said(tmp_path):
    with pytest.raises(FloorsError, match="cannot be read"):
        read_floors(tmp_path / "none.toml")


class TestCommand:
    """`citewise eval` on a corpus of one report."""

    REPORT = (
        "# Tovey Council\n\n## Learning\n\nStaff learned from complaints, and carers had heard back within 28 days.\n\n"
        "## Buildings\n\nThe council had a plan for its buildings, which it had not yet begun to carry out.\n"
    )

    @pytest.fixture
    def run(self, tmp_path, questions_file, monkeypatch):
        import typer

        from eval.commands import evaluate

        monkeypatch.chdir(tmp_path)
        (tmp_path / "corpus").mkdir()
        (tmp_path / "corpus" / "tovey.md").write_text(self.REPORT, encoding="utf-8")
        questions = questions_file(
            json.dumps({
                "id": "a", "question": "Within how many days had carers heard back?", "answerable": True,
                "gold": [{"doc": "tovey.md", "section": "Learning", "text": "within 28 days"}], "answers": ["28 days"],
            }),
            json.dumps({
                "id": "b", "question": "What had the council planned for its buildings?", "answerable": True,
                "gold": [{"doc": "gone.md", "section": "Learning", "text": "nowhere"}],
            }),
        )  # fmt: skip
        app = typer.Typer()
        app.command()(evaluate)

        def invoke(*words: str):
            return CliRunner().invoke(app, ["--questions", str(questions), *words])

        return invoke

    def test_it_indexes_the_corpus_measures_and_ends_by_the_floors(self, run, tmp_path):
        floors = tmp_path / "floors.toml"
        floors.write_text('[at_least]\n"doc@1" = 0.5\n', encoding="utf-8")
        done = run("--json", "--misses", "5", "--min", str(floors))
        assert done.exit_code == 0, done.output
        found = json.loads(done.stdout)
        assert (found["questions"], found["figures"]["doc@1"], found["figures"]["exact_quotes"]) == (2, 0.5, 1.0)
        assert [miss["id"] for miss in found["misses"]] == ["b"]
        assert "gone.md is not in the index" in done.stderr
        floors.write_text('[at_least]\n"doc@1" = 0.6\n', encoding="utf-8")
        done = run("--min", str(floors))
        assert done.exit_code == 1
        assert "doc@1 is 0.5000, below its floor of 0.6" in done.stderr
        assert "by category" in done.stdout
