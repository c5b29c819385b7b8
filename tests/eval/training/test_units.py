"""Units: whole sections and passages with the questions and claims that were written on them."""

from __future__ import annotations

import gzip
import json
import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from eval.errors import QuestionsError
from eval.training.gather import main as gather
from eval.training.public import some_public
from eval.training.rows import read_rows
from eval.training.units import Texts, known, read_units
from eval.training.written import rows_of
from indexer.text import digest

WAITS, SHUT = "Carers waited 11 weeks. Staff told them why.", "The library shut in May. It opened again in June."
OWN = {
    "corpus": "made", "file": "aldermere-2025.md", "title": "Aldermere: review", "section": "Carers",
    "paragraphs": [{"text": WAITS}, {"text": SHUT}],
    "questions": [
        {"kind": "fact", "question": "How long did carers wait?", "answers": [[0, 0, 23]]},
        {"kind": "near", "question": "Why did carers wait?"},
    ],
    "claims": [
        {"kind": "true", "claim": "The library was closed in May.", "answers": [[1, 0, 24]]},
        {"kind": "number", "claim": "Carers waited for 12 weeks.", "answers": [[0, 0, 23]]},
    ],
}  # fmt: skip


def folder_of(folder: Path, *units: dict[str, Any]) -> Path:
    (folder / "units").mkdir(exist_ok=True)
    text = "".join(json.dumps(unit) + "\n" for unit in units)
    (folder / "units" / "made.jsonl").write_text(text, encoding="utf-8")
    return folder / "units"


def lines_of(folder: Path, public: list[Path] | None = None) -> tuple[list[dict[str, Any]], Counter[str]]:
    lost: Counter[str] = Counter()
    return list(known(read_units(folder), Texts({}, public or []), lost)), lost


def test_a_question_stands_beside_the_whole_section_and_a_claim_beside_its_paragraph(tmp_path: Path) -> None:
    lines, lost = lines_of(folder_of(tmp_path, OWN))

    assert not lost
    assert [line["passages"] for line in lines if "question" in line] == [[WAITS, SHUT]] * 2
    assert [(line["passage"], line["right"]) for line in lines if "claim" in line] == [(SHUT, True), (WAITS, False)]


def test_each_other_paragraph_and_each_near_miss_gives_rows_that_do_not_answer(tmp_path: Path) -> None:
    lines, _ = lines_of(folder_of(tmp_path, OWN))

    rows = [row for line in lines for row in rows_of(line, random.Random(1)) if row.task == "answers"]

    assert [(row.text[:3], row.right) for row in rows] == [
        ("How", True),
        ("How", False),
        ("Why", False),
        ("Why", False),
    ]
    assert [row.passage[s:e] for row in rows for s, e in row.spans] == ["Carers waited 11 weeks."]


def test_a_passage_of_a_public_set_is_found_by_its_digest_and_held_out_with_its_article(tmp_path: Path) -> None:
    article = {"question": "When?", "passage": SHUT, "answers": 1, "set": "wiki", "group": "St. Ann", "kind": "qa"}
    with gzip.open(tmp_path / "wiki.jsonl.gz", "wt") as file:
        file.write(json.dumps(article) + "\n")
    unit = {
        "corpus": "wiki", "file": "St. Ann", "paragraphs": [{"digest": digest(SHUT)}],
        "questions": [{"kind": "near", "question": "Why did the library shut?"}],
    }  # fmt: skip

    lines, lost = lines_of(folder_of(tmp_path, unit), [tmp_path / "wiki.jsonl.gz"])
    (row,) = rows_of(lines[0], random.Random(1))

    assert not lost
    assert (row.passage, row.right) == (SHUT, False)
    public = next(some_public(tmp_path / "wiki.jsonl.gz", 1, random.Random(1)))
    assert row.group == public.group


def test_what_is_not_at_hand_is_counted_and_left_out(tmp_path: Path) -> None:
    away = OWN | {"corpus": "away", "paragraphs": [{"id": "a:b:1", "digest": "0" * 16}, {"text": SHUT}]}

    lines, lost = lines_of(folder_of(tmp_path, away, OWN))

    assert lost == {"away": 1}
    assert len(lines) == 4


@pytest.mark.parametrize(
    ("paragraph", "told"),
    [({}, "either the digest"), ({"text": "A.", "digest": "0"}, "either the digest"), ({"word": 1}, "not permitted")],
)
def test_a_line_that_is_wrong_is_named(tmp_path: Path, paragraph: dict[str, Any], told: str) -> None:
    folder = folder_of(tmp_path, OWN, OWN | {"paragraphs": [paragraph]})

    with pytest.raises(QuestionsError, match=rf"made\.jsonl:2: .*{told}"):
        read_units(folder)


def test_the_command_gathers_units(tmp_path: Path) -> None:
    out = tmp_path / "rows.jsonl.gz"

    assert gather([str(out), "--units", str(folder_of(tmp_path, OWN))]) == 0

    assert Counter(row.task for row in read_rows(out)) == {"answers": 4, "supports": 2}


def test_the_units_of_the_project_can_be_read() -> None:
    units = read_units(Path("eval/questions/sections"))

    for unit in units:
        for one in (*unit.questions, *unit.claims):
            assert all(at < len(unit.paragraphs) and start < end for at, start, end in one.answers), one
            for at, _, end in one.answers:
                text = unit.paragraphs[at].text
                assert text is None or end <= len(text), one
