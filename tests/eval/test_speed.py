from __future__ import annotations

import json
import subprocess
import sys
from types import SimpleNamespace

import pytest
from hand_made import paragraph

from eval.errors import MeasureError
from eval.robustness import made
from eval.speed.asking import Asking, ManyCallers, OneCaller
from eval.speed.indexing import Changed, Rates, Unchanged, excess
from eval.speed.report import of_asking, of_changed, of_cold, of_unchanged


def changed(embedded: int, seconds: float) -> Changed:
    return Changed(what="some of it", reports=1, embedded=embedded, reused=0, seconds=seconds)


def rates(ours: float, cosine: float = 0.9999) -> Rates:
    return Rates(
        backend="openvino", windows=100, ours=ours, plain=40.0, ratios=(2.0, 3.0), mean_cosine=cosine,
        least_cosine=cosine,
    )  # fmt: skip


def asked(*, ask=(20.0,) * 10, callers=32, many=(100.0,) * 10, errors=0, resident=(900.0, 950.0), ready=3.0) -> Asking:
    return Asking(
        one=OneCaller(ask=ask, embed=(11.0,) * 10, within=(11.0,) * 10, answered=9),
        many=ManyCallers(callers=callers, seconds=0.1, milliseconds=many, errors=errors),
        ready=(ready,), resident=resident, command=(2.0,), tells=True,
    )  # fmt: skip


def missed(figures) -> list[str]:
    return [figure.what for figure in figures if figure.reached is False]


def test_everything_that_reaches_its_bar_is_reached():
    assert missed(of_asking(asked())) == []
    assert missed(of_asking(asked(ask=(119.0,) * 10, many=(1000.0,) * 400), reads=True)) == []
    assert missed(of_cold(None, rates(100.0))) == []
    assert of_unchanged(Unchanged(seconds=(1.0, 2.9), loaded=())).reached is True


@pytest.mark.parametrize(
    ("figures", "what"),
    [
        (of_cold(None, rates(99.0)), "windows a second, openvino and plain in turns, 100 windows"),
        (of_cold(None, rates(100.0, 0.9989)), "cosine to plain's vectors"),
        ([of_unchanged(Unchanged(seconds=(1.0, 3.1), loaded=()))], "the same again, nothing changed"),
        ([of_unchanged(Unchanged(seconds=(1.0,), loaded=("torch",)))], "the same again, nothing changed"),
        (of_asking(asked(ask=(22.1,) * 10)), "/v1/ask, one caller, 10 questions, p50"),
        (of_asking(asked(ask=(120.0,) * 10), reads=True), "/v1/ask, one caller, 10 questions, p50"),
        (of_asking(asked(ask=(20.0,) * 9 + (60.1,))), "/v1/ask, one caller, p99"),
        (of_asking(asked(many=(100.0,) * 4)), "32 callers at once, answers a second"),
        (of_asking(asked(many=(100.0,) * 9 + (640.0,))), "32 callers at once, p99"),
        (of_asking(asked(errors=1)), "32 callers at once, errors"),
        (of_asking(asked(resident=(1024.0, 1024.0))), "memory of the service after that"),
        (of_asking(asked(ready=10.0)), "start of the service to ready"),
    ],
)
def test_what_misses_its_bar_is_told(figures, what):
    assert missed(figures) == [what]


def test_what_each_window_more_takes_is_held_against_a_cold_build():
    assert excess([changed(1, 2.0), changed(101, 3.0)], rate=100) == pytest.approx(1.0)
    assert excess([changed(1, 2.0)], rate=100) is None
    assert excess([changed(1, 3.0), changed(101, 2.0)], rate=100) is None
    assert missed(of_changed([changed(1, 2.0), changed(101, 4.1)], rate=100)) != []
    assert missed(of_changed([changed(1, 9.0), changed(101, 10.9)], rate=100)) == []
    assert missed(of_changed([changed(1, 9.0)], rate=100)) == missed(of_changed([], rate=100)) == []


def test_lines_are_changed_over_the_whole_file_and_headings_are_not(tmp_path):
    long = "This is a sentence that is long enough to be a paragraph of a report by itself."
    path = tmp_path / "a.md"
    path.write_text("\n\n".join(["# Title", *[long] * 6, "Short."]), encoding="utf-8")
    (tmp_path / "README.md").write_text(f"{long}\n", encoding="utf-8")
    assert made.changeable(tmp_path) == [path]
    assert made.change(path, 2, "Reviewed") == 2
    lines = path.read_text("utf-8").split("\n\n")
    assert [number for number, line in enumerate(lines) if line.endswith("Reviewed.")] == [1, 4]
    assert made.change(path, None, "Again") == 6
    assert path.read_text("utf-8").startswith("# Title\n")


def catalogue(*texts: str) -> SimpleNamespace:
    found = [paragraph(text) for text in texts]
    return SimpleNamespace(reports=lambda: (found[0].report,), paragraphs=lambda _: found)


def test_questions_are_all_different_and_the_same_for_the_same_seed():
    texts = [f"Sentence number {n} of the report says that team {n * 7} had seen {n + 3} people." for n in range(40)]
    first = made.questions(catalogue(*texts), 30, seed=7)
    assert len(set(first)) == 30
    assert made.questions(catalogue(*texts), 30, seed=7) == first != made.questions(catalogue(*texts), 30, seed=8)
    assert "What was found on Learning?" in first
    words = set(" ".join([*texts, "What was found on Learning?"]).split())
    assert all(words.issuperset(question.split()) for question in first)


def test_too_small_a_corpus_for_so_many_questions_is_said():
    with pytest.raises(MeasureError, match="too little to make 30 different questions"):
        made.questions(catalogue("Four words, no more."), 30, seed=7)


def test_the_libraries_that_a_command_imports_are_noted(tmp_path):
    notes = tmp_path / "notes.json"
    command = [sys.executable, "-m", "eval.speed.watched", str(notes), "index", "--help"]
    subprocess.run(command, capture_output=True, check=True)
    assert json.loads(notes.read_text("utf-8")) == []
