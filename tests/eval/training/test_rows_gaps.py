"""Rows whose passages have lost sentences."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from eval.training.gaps import gaps
from eval.training.gaps import main as command
from eval.training.rows import Row, read_rows, write_rows
from indexer.sentences import sentence_spans

HEADED = "Aldermere: review. Carers. Waiting."
TOLD = "Carers waited for eleven weeks."
OTHERS = (
    "The library in the old town opened again in June.", "Staff praised their managers for the support that they gave.",
    "Leaders knew the county well and visited its teams.", "Bins are emptied every second Tuesday of a month.",
)  # fmt: skip


def row(*sentences: str, right: bool = True, task: str = "answers", held: bool = False) -> Row:
    passage = " ".join(sentences)
    at = passage.find(TOLD)
    return Row.model_validate({
        "task": task, "set": "own", "kind": "section-fact", "text": "How long did carers wait?", "passage": passage,
        "right": right, "spans": [(at, at + len(TOLD))] if at >= 0 and right else [], "group": "a", "held": held,
        "begins": len(HEADED) + 1 if passage.startswith(HEADED) else 0,
    })  # fmt: skip


def made(*rows: Row) -> list[Row]:
    return list(gaps(rows, random.Random(1)))


@pytest.mark.parametrize("place", range(1, 6))
def test_without_what_answers_and_without_something_else(place: int) -> None:
    sentences = [HEADED, *OTHERS]
    sentences.insert(place, TOLD)

    without, kept = made(row(*sentences))

    assert (without.right, without.spans, without.kind) == (False, (), "section-without")
    assert without.passage.split() == " ".join([HEADED, *OTHERS]).split()
    assert (kept.right, kept.kind) == (True, "section-with")
    assert [kept.passage[start:end] for start, end in kept.spans] == [TOLD]
    assert kept.passage.startswith(HEADED)
    assert without.passage.startswith(HEADED)
    assert len(list(sentence_spans(kept.passage))) == len(list(sentence_spans(without.passage)))


@pytest.mark.parametrize(
    "known",
    [
        row(HEADED, TOLD, *OTHERS, held=True),
        row(HEADED, TOLD, *OTHERS, right=False),
        row(HEADED, TOLD, "It rained.", *OTHERS[:1]),
        row(HEADED, TOLD, "It rained.", "It snowed."),
        row(HEADED, TOLD),
    ],
)  # fmt: skip
def test_of_what_is_held_out_does_not_answer_or_is_too_short_nothing_is_made(known: Row) -> None:
    assert made(known) == []


def test_the_command(tmp_path: Path) -> None:
    write_rows([row(HEADED, TOLD, *OTHERS)] * 2, tmp_path / "rows.gz")

    assert command([str(tmp_path / "rows.gz"), str(tmp_path / "out.gz")]) == 0

    assert [one.right for one in read_rows(tmp_path / "out.gz")] == [False, True] * 2
