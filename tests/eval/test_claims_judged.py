"""The measuring of the verifier, on the sample reports and claims about them that are written here."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from eval.measure import claims
from indexer.build import BuildOptions, build
from indexer.index.generations import open_index
from indexer.progress import ConsoleProgress
from indexer.text import digest

CORPUS = Path(__file__).parents[2] / "corpus"


@pytest.fixture(scope="module")
def index(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("claims") / "index"
    with ConsoleProgress(quiet=True) as progress:
        assert build(CORPUS, folder, BuildOptions(), progress).ok
    return folder


@pytest.fixture
def told(index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> dict:
    opened = open_index(index)
    found = opened.catalogue.paragraph("brackenshire-2025:assessment-and-provision-of-eligible-care-and-support-for:1")
    opened.close()
    assert found is not None
    common = {
        "corpus": "sample", "file": "brackenshire-2025.md", "paragraph": found.paragraph.id,
        "digest": digest(found.paragraph.text), "subject": "a body that is held out 2",
    }  # fmt: skip
    lines = [
        {"id": "1", "category": "claim-supported", "claim": "Carers were better supported.", "answerable": True},
        {
            "id": "2", "category": "claim-unsupported", "answerable": False, "change": "number",
            "claim": "The average wait for a carer's assessment had fallen to 9 weeks.",
        },
        {"id": "3", "category": "claim-supported", "claim": "Gone.", "answerable": True, "digest": "0" * 16},
    ]  # fmt: skip
    folder = tmp_path / "questions"
    folder.mkdir()
    (folder / "some.jsonl").write_text("\n".join(json.dumps(common | line) for line in lines))
    monkeypatch.setattr(claims, "held_out", lambda _: True)
    words = ["claims", "--index", f"sample={index}", "--questions", str(folder), "--model", "none", "--by-rule", "40"]
    monkeypatch.setattr(sys, "argv", words)
    assert claims.main() == 0
    return json.loads(capsys.readouterr().out)


def test_claims_by_hand_are_judged_beside_their_paragraph(told: dict) -> None:
    assert told["by hand"]["claims"] == 2
    assert told["by hand"]["right"] == 1.0
    assert told["by hand"]["dropped by check"] == {"number": {"false": 1, "true": 0}}
    assert told["by hand, sample"] == told["by hand"]


def test_claims_by_rule_are_told_apart_and_true_ones_are_shown(told: dict) -> None:
    found = told["by rule"]
    assert found["claims"] == 40
    assert found["right by kind"]["faithful"] == "1.0 of 20"
    assert found["recall"] == 1.0
