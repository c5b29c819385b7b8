from __future__ import annotations

import gzip
import json
import random
from pathlib import Path

from eval.training.public import pairs, questions, some_public
from eval.training.rows import Row, held_out, read_rows, write_rows

ROW = Row(
    task="answers", set="own", kind="fact", text="Who?", passage="Ann.", right=True, spans=((0, 4),), group="a", held=False,
)  # fmt: skip


def test_rows_come_back_as_they_were_and_the_same_rows_make_the_same_file(tmp_path: Path) -> None:
    rows = [ROW, ROW.model_copy(update={"task": "supports", "by_rule": True, "spans": ()})]

    assert write_rows(rows, tmp_path / "a.gz") == 2
    write_rows(rows, tmp_path / "b.gz")

    assert read_rows(tmp_path / "a.gz") == rows
    assert (tmp_path / "a.gz").read_bytes() == (tmp_path / "b.gz").read_bytes()


def test_about_a_fifth_of_all_groups_is_held_out_whatever_their_case() -> None:
    names = [f"body {n}" for n in range(400)]
    held = [name for name in names if held_out(name)]

    assert 50 < len(held) < 110
    assert all(held_out(name.upper()) for name in held)


def test_passages_of_one_document_are_held_out_together(tmp_path: Path) -> None:
    lines = [
        {"question": f"q{n}", "passage": f"The {name}: words {n}", "answers": n % 2, "source": "set"}
        for name in ("first", "second", "third", "fourth", "fifth", "sixth")
        for n in range(4)
    ]
    with gzip.open(tmp_path / "pairs.gz", "wt") as file:
        file.writelines(f"{json.dumps(line)}\n" for line in lines)

    rows = list(pairs(tmp_path / "pairs.gz"))

    assert len(rows) == len(lines)
    assert {(row.group, row.held) for row in rows} == {(row.group, held_out(row.group)) for row in rows}
    assert len({row.group for row in rows}) == 6


def test_the_sentence_with_the_short_answer_is_marked(tmp_path: Path) -> None:
    text = "It rained. Ann came in 1901. She left."
    known = [
        {"question": "When did Ann come?", "answerable": True, "answers": ["1901"], "gold": [{"doc": "the-house.md", "text": text}]},
        {"question": "When did Bea come?", "answerable": False, "near_miss": [{"doc": "the-house.md", "text": text}]},
        {"question": "Where is nothing?", "answerable": False},
    ]  # fmt: skip
    (tmp_path / "q.jsonl").write_text("\n".join(map(json.dumps, known)))

    answered, missed = questions(tmp_path / "q.jsonl", "set")

    assert [answered.passage[slice(*span)] for span in answered.spans] == ["Ann came in 1901."]
    assert (missed.right, missed.spans, missed.passage) == (False, (), answered.passage)
    assert answered.held == missed.held


def test_some_lines_of_public_sets_with_the_sentence_that_answers(tmp_path: Path) -> None:
    known = {"passage": "It rained. Ann came.", "sentence": "Ann came.", "answers": 1, "set": "wiki", "group": "Ann"}
    lines = [
        known | {"question": "Who came?", "kind": "question"},
        known | {"question": "Who left?", "kind": "question", "answers": 0},
        known | {"question": "Who came by train?", "kind": "question", "sentence": None},
        known | {"question": "Ann came.", "kind": "claim"},
    ]
    with gzip.open(tmp_path / "public.gz", "wt") as file:
        file.writelines(f"{json.dumps(line)}\n" for line in lines)

    found = {row.text: row for row in some_public(tmp_path / "public.gz", 9, random.Random(1))}

    assert [found[line["question"]].spans for line in lines] == [((11, 20),), (), (), ()]
    assert [found[line["question"]].right for line in lines] == [True, False, True, True]
    assert found["Ann came."].task == "supports"
    assert {(row.kind, row.group) for row in found.values()} == {
        ("public-question", "wiki:Ann"), ("public-claim", "wiki:Ann"),
    }  # fmt: skip
    assert len(list(some_public(tmp_path / "public.gz", 2, random.Random(1)))) == 2
