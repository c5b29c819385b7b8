"""Twins: a question that a passage answers, and the same with a few words changed so that it does not."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from eval.errors import QuestionsError
from eval.training.gather import main as gather
from eval.training.rows import read_rows
from indexer.text import digest

PASSAGE = "The hub opened in May 2024. Staff there speak five languages."
QUESTION = "When did the hub open?"
TWIN = {"set": "made", "passage": digest(PASSAGE), "question": digest(QUESTION), "edits": [[17, 21, "close"]]}


def public(folder: Path) -> Path:
    line = {
        "question": QUESTION, "passage": PASSAGE, "answers": 1, "sentence": PASSAGE[:27], "set": "made", "group": "Hubs",
        "kind": "qa",
    }  # fmt: skip
    with gzip.open(folder / "made.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")
    return folder / "made.jsonl.gz"


def gathered(folder: Path, *twins: dict[str, Any]) -> Any:
    (folder / "twins").mkdir(exist_ok=True)
    text = "".join(json.dumps(twin) + "\n" for twin in twins)
    (folder / "twins" / "made.jsonl").write_text(text, encoding="utf-8")
    out = folder / "rows.jsonl.gz"
    assert gather([str(out), "--twins", str(folder / "twins"), "--passages", str(public(folder))]) == 0
    return read_rows(out)


def test_the_question_is_answered_and_its_twin_is_not(tmp_path: Path) -> None:
    asked, twin = gathered(tmp_path, TWIN)

    assert (asked.text, asked.right, asked.spans) == (QUESTION, True, ((0, 27),))
    assert (twin.text, twin.right, twin.spans) == ("When did the hub close?", False, ())
    assert asked.passage == twin.passage == PASSAGE
    assert asked.group == twin.group == "made:Hubs"  # as the set's other rows: what is held out is held out everywhere
    assert asked.held == twin.held


def test_twins_of_what_is_not_at_hand_are_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert gathered(tmp_path, {**TWIN, "question": digest("Which hub?")}) == []

    assert "made: 1 lines, units or twins are about what is not at hand" in capsys.readouterr().err


@pytest.mark.parametrize("edits", [[], [[5, 9, "x"], [1, 3, "y"]], [[4, 2, "x"]], [[1, 4, "x"], [3, 6, "y"]]])
def test_edits_that_cannot_be_made_are_refused_with_their_line(tmp_path: Path, edits: list[Any]) -> None:
    with pytest.raises(QuestionsError, match=r"made\.jsonl:1"):
        gathered(tmp_path, {**TWIN, "edits": edits})
