"""What the reader's logits count in the ranking, and what reading more brings."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from eval.fit.rereading import Case, best_share, main, measure
from indexer.build import BuildOptions, build
from indexer.progress import ConsoleProgress
from service.networks import PairRead
from service.search.features import FEATURES


def case(gold: int, answers: list[float]) -> Case:
    """Ten candidates, one a step behind another; the first few are read."""
    reads = {key: PairRead(answers=logit, supports=0.0, marks=()) for key, logit in enumerate(answers)}
    return Case(
        keys=list(range(10)),
        scores=np.linspace(1.0, 0.1, 10),
        reads=reads,
        deep=reads,
        gold=np.arange(10) == gold,
    )


def test_what_the_reader_finds_comes_first_where_it_is_read() -> None:
    deep = case(3, [-4.0, -4.0, -4.0, 4.0])

    assert [deep.rank(0.5, depth) for depth in (0, 3, 4, None)] == [4, 4, 1, 1]
    assert measure([deep, case(0, [4.0])], 0.5, 4) == {"mrr": 1.0, "first": 1.0, "in ten": 1.0}


def test_the_share_is_the_one_that_ranks_best() -> None:
    misled = {"one": [case(0, [-2.0, 2.0])] * 2, "two": [case(0, [-2.0, 2.0])]}

    share, figures = best_share(misled, 4)

    assert share < 0.03  # what the reader says here is wrong
    assert figures == {name: {"mrr": 1.0, "first": 1.0, "in ten": 1.0} for name in misled}


def test_the_command_puts_the_share_beside_the_others(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    docs = tmp_path / "made" / "docs"
    docs.mkdir(parents=True)
    (docs / "guide.md").write_text(
        "# Guide\n\n## Bins\n\nBrown bins are emptied every second Tuesday.\n\n## Parks\n\nDogs run.\n"
    )
    gold = {"doc": "guide.md", "section": "Bins", "text": "Brown bins are emptied every second Tuesday."}
    line = {"id": "1", "question": "When are brown bins emptied?", "answerable": True, "gold": [gold]}
    (tmp_path / "made" / "questions.jsonl").write_text(json.dumps(line))
    with ConsoleProgress(quiet=True) as progress:
        assert build(docs, tmp_path / "index", BuildOptions(), progress).ok
    out = tmp_path / "weights.json"
    shares = dict.fromkeys(FEATURES, 0.5)
    out.write_text(json.dumps({"other": 1, "search": {"origin": {"by": "hand"}, "shares": shares, "again": 0.0}}))

    arguments = [str(tmp_path / "made"), "--index", str(tmp_path / "index"), "--reader", "service/networks/model"]
    assert main([*arguments, "--out", str(out), "--most", "16"]) == 0

    weights = json.loads(out.read_text())
    assert (weights["other"], weights["search"]["shares"]) == (1, shares)
    assert weights["search"]["origin"]["by"] == "hand"
    assert weights["search"]["origin"]["read"]["paragraphs read"]["16"]["made"]["first"] == 1.0
    assert json.loads(capsys.readouterr().out)["read"] == weights["search"]["read"]
