"""Rows of questions and claims written about passages and whole sections."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path
from typing import Any

import pytest

from eval.training.rows import Row, held_out
from eval.training.written import group_of, rows

WAITS = "Carers waited 11 weeks. A library opened. Staff told them why."
FIRST, LAST = (0, 23), (42, 62)
OTHERS = [f"Park {n} was opened in spring." for n in range(6)]
SECTION = {
    "corpus": "board", "file": "aldermere-send-2024.md", "kind": "fact", "question": "How long did carers wait?",
    "title": "Aldermere: review", "section": "Carers > Waiting", "passages": [WAITS, *OTHERS],
    "answers": [[0, *FIRST]],
}  # fmt: skip
PASSAGE = {
    "corpus": "board", "file": "aldermere-send-2024.md", "kind": "fact", "question": "How long did carers wait?",
    "right": True, "title": "Aldermere: review", "section": "Carers", "passage": WAITS, "sentences": [FIRST, LAST],
}  # fmt: skip
ABOVE = "Aldermere: review. Carers. Waiting"


def of(folder: Path, known: dict[str, Any], seed: int = 1, **changes: Any) -> list[Row]:
    with gzip.open(folder / "written.gz", "wt") as file:
        file.write(json.dumps(known | changes))
    return list(rows(folder / "written.gz", random.Random(seed)))


def marked(row: Row) -> list[str]:
    return [row.passage[start:end] for start, end in row.spans]


def long_passage(*, answer: int) -> tuple[str, int, int]:
    """A paragraph of many sentences, longer than is read at once, and where one of them stands."""
    said = [f"In month {n} people waited, and nobody could say how long it would be." for n in range(40)]
    start = sum(len(one) + 1 for one in said[:answer])
    return " ".join(said), start, start + len(said[answer])


def test_the_passage_that_answers_and_some_of_its_section_that_do_not(tmp_path: Path) -> None:
    right, *wrong = of(tmp_path, SECTION)

    assert right.right
    assert marked(right) == ["Carers waited 11 weeks."]
    assert (right.task, right.set, right.kind, right.text) == (
        "answers", "board", "section-fact", "How long did carers wait?",
    )  # fmt: skip
    assert len(wrong) == 4
    assert not any(row.right or row.spans for row in wrong)
    assert {row.passage.removeprefix(f"{ABOVE}. ") for row in wrong} < set(OTHERS)


def test_those_that_look_most_like_an_answer_are_among_them(tmp_path: Path) -> None:
    near = [f"Carers did wait in ward {n}." for n in range(3)]
    for seed in range(5):
        _, *wrong = of(tmp_path, SECTION, seed, passages=[WAITS, *OTHERS, *near])
        assert {row.passage.removeprefix(f"{ABOVE}. ") for row in wrong} >= set(near)


def test_every_answer_of_a_section_is_marked_where_it_stands(tmp_path: Path) -> None:
    answers = [[0, *FIRST], [2, 0, len(OTHERS[1])], [0, *LAST]]
    found = [row for row in of(tmp_path, SECTION, answers=answers) if row.right]

    assert [marked(row) for row in found] == [["Carers waited 11 weeks.", "Staff told them why."], [OTHERS[1]]]


def test_what_stands_beside_an_answer_in_one_paragraph_is_neither_right_nor_wrong(tmp_path: Path) -> None:
    text, start, end = long_passage(answer=20)
    found = of(tmp_path, SECTION, passages=[text], answers=[[0, start, end]])

    (row,) = found  # of several pieces
    assert row.right
    assert marked(row) == [text[start:end]]
    assert len(row.passage) < len(text) / 2


def test_headings_stand_in_front_most_times_and_move_what_is_marked(tmp_path: Path) -> None:
    found = [row for seed in range(40) for row in of(tmp_path, SECTION, seed) if row.right]
    headed = [row for row in found if row.passage.startswith(ABOVE)]

    assert 20 < len(headed) < 40
    assert all(row.passage in {WAITS, f"{ABOVE}. {WAITS}"} for row in found)
    assert all(marked(row) == ["Carers waited 11 weeks."] for row in found)


def test_a_passage_with_all_that_answers(tmp_path: Path) -> None:
    (row,) = of(tmp_path, PASSAGE)

    assert (row.right, row.kind) == (True, "passage-fact")
    assert marked(row) == ["Carers waited 11 weeks.", "Staff told them why."]


def test_of_a_long_passage_only_the_pieces_that_answer(tmp_path: Path) -> None:
    text, start, end = long_passage(answer=30)
    (row,) = of(tmp_path, PASSAGE, passage=text, sentences=[[start, end]])

    assert marked(row) == [text[start:end]]


def test_a_passage_that_does_not_answer_marks_nothing(tmp_path: Path) -> None:
    text, start, end = long_passage(answer=30)
    (row,) = of(tmp_path, PASSAGE, right=False, passage=text, sentences=[[start, end]])

    assert (row.right, row.spans) == (False, ())
    assert not of(tmp_path, PASSAGE, right=False, passage="", sentences=[])


@pytest.mark.parametrize("right", [True, False])
def test_a_claim_is_supported_or_not_and_what_says_it_is_marked(tmp_path: Path, right: bool) -> None:
    claim = {name: value for name, value in PASSAGE.items() if name != "question"} | {"claim": "They waited 11 weeks."}
    (row,) = of(tmp_path, claim, right=right)

    assert (row.task, row.text, row.right) == ("supports", "They waited 11 weeks.", right)
    assert marked(row) == ([WAITS[slice(*FIRST)], WAITS[slice(*LAST)]] if right else [])


@pytest.mark.parametrize(
    ("file", "group"),
    [
        ("aldermere-send-2024.md", "aldermere"),
        ("aldermere-ilacs-2019.pdf", "aldermere"),
        ("nether-poole-send-2.md", "nether-poole"),
        ("aldermere-2025.md", "aldermere"),
        ("aldermere-2025-03-01.md", "aldermere"),
        ("aldermere.md", "aldermere"),
        ("aldermere", "aldermere"),
    ],
)
def test_all_reports_on_one_body_are_held_out_together(tmp_path: Path, file: str, group: str) -> None:
    assert group_of({"file": file}) == group
    assert {(row.group, row.held) for row in of(tmp_path, SECTION, file=file)} == {(group, held_out(group))}
