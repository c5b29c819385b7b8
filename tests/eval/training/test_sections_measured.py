"""How well a reader finds what answers in whole sections."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest

from eval.errors import MeasureError
from eval.training.rows import held_out
from eval.training.sections import Asked, chosen, main, marked_by_halves, measure, read
from service.networks import Mark, PairRead

WAITS, PARK = "Carers waited 11 weeks. A library opened.", "The park was green. It rained."
HELD, LEARNT = (next(name for n in range(99) if held_out(name := f"body{n}") is way) for way in (True, False))
SECTION = {
    "corpus": "board", "file": f"{HELD}-send-2024.md", "kind": "fact", "question": "How long did carers wait?",
    "title": "Review", "section": "Carers > Waiting", "passages": [PARK, WAITS], "answers": [[1, 0, 23]],
}  # fmt: skip


class Knowing:
    """Finds what has a word in it."""

    name = "knowing"

    def read(self, text, passages):
        return [
            PairRead(
                answers=3.0 if "waited" in passage else -3.0,
                supports=0.0,
                marks=tuple(
                    Mark(start=at, end=at + 1, logit=2.0 if passage.find("Carers w") <= at < passage.find("weeks") else -2.0)
                    for at in range(len(passage))
                ),
            )
            for passage in passages
        ]  # fmt: skip


def test_every_passage_is_read_and_its_sentences_are_told_apart():
    one = read(SECTION, Knowing())

    assert one.passages.tolist() == [-3.0, 3.0]
    assert one.answering.tolist() == [False, True]
    assert one.telling.tolist() == [False, False, True, False]
    assert one.sentences.argmax() == 2


def asked(scores: list[float], telling: list[bool]) -> Asked:
    """Two passages of two sentences each."""
    return Asked(
        kind="fact" if any(telling) else "near",
        passages=np.array([max(scores[:2]), max(scores[2:])]),
        answering=np.array([any(telling[:2]), any(telling[2:])]),
        sentences=np.array(scores),
        telling=np.array(telling),
    )


def test_the_threshold_is_chosen_on_the_other_half():
    even, odd = (
        asked([3.0, 1.0, 0.0, 0.0], [True, True, False, False]),
        asked([3.0, 1.0, 0.0, 0.0], [True] + [False] * 3),
    )

    marked = marked_by_halves([even, odd])

    assert marked[0].tolist() == [True, False, False, False]
    assert marked[1].tolist() == [True, True, False, False]


def test_figures():
    found = [asked([3.0, 0.0, -1.0, 0.0], [True, False, False, False])] * 2 + [
        asked([-2.0, -2.0, -3.0, -2.0], [False] * 4)
    ] * 2

    figures = measure(found)

    assert (figures["questions"], figures["passage auc"], figures["answerable auc"], figures["first"]) == (
        4,
        1.0,
        1.0,
        1.0,
    )
    assert figures["sentences"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0}
    assert list(figures["sentences by kind"]) == ["fact"]


def test_only_sections_that_were_held_out_are_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [
        SECTION,
        SECTION | {"file": f"{LEARNT}-send-2024.md"},
        SECTION,
        {"question": "Who?", "passage": "A.", "file": HELD},
    ]
    with gzip.open(tmp_path / "written.gz", "wt") as file:
        file.writelines(json.dumps(line) + "\n" for line in lines)

    assert chosen([tmp_path / "written.gz"], 9) == [SECTION] * 2
    assert main([str(tmp_path / "written.gz"), "--json", str(tmp_path / "out.json")]) == 0
    assert json.loads((tmp_path / "out.json").read_text())["questions"] == 2
    assert json.loads(capsys.readouterr().out)["first"] in {0.0, 1.0}

    with pytest.raises(MeasureError, match="1 questions"):
        main([str(tmp_path / "written.gz"), "--most", "1"])
