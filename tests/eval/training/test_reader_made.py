"""From rows to a shipped reader: trained for a few steps, stopped and gone on with, packed, loaded."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
import pytest
import torch

from eval.training.measure import Judged, measure, plot, reliability
from eval.training.network import ReaderNetwork
from eval.training.rows import Row, write_rows
from eval.training.ship import mixed, ship
from eval.training.train import Plan, Training, batches, main
from service.networks import PackagedPairModel, PairRead

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "carers", "waited", "eleven", "weeks", "zebra", "."]
PLAN = Plan(batch=4, tokens=32, rate=1e-3, seed=3, steps=4)
ROW = Row(
    task="answers",
    set="own",
    kind="fact",
    text="who waited",
    passage="carers waited.",
    right=True,
    group="a",
    held=False,
)


def rows() -> list[Row]:
    found = []
    for n in range(8):
        found.append(ROW.model_copy(update={"passage": f"carers waited {n} weeks.", "spans": ((0, 14),)}))
        found.append(ROW.model_copy(update={"passage": f"zebra {n}", "right": False}))
        found.append(ROW.model_copy(update={"task": "supports", "kind": "faithful", "text": f"carers waited {n}"}))
    return found


def tiny() -> tuple[ReaderNetwork, Any]:
    from tokenizers import Tokenizer
    from tokenizers.models import WordPiece
    from tokenizers.normalizers import Lowercase
    from tokenizers.pre_tokenizers import BertPreTokenizer
    from tokenizers.processors import BertProcessing
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    torch.manual_seed(3)
    config = BertConfig(
        vocab_size=len(WORDS), hidden_size=64, num_hidden_layers=2, num_attention_heads=2, intermediate_size=128,
        max_position_embeddings=64,
    )  # fmt: skip
    made = Tokenizer(WordPiece({word: at for at, word in enumerate(WORDS)}, unk_token="[UNK]"))
    made.normalizer, made.pre_tokenizer = Lowercase(), BertPreTokenizer()
    made.post_processor = BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=made, pad_token="[PAD]", model_input_names=["input_ids", "token_type_ids", "attention_mask"]
    )  # fmt: skip
    return ReaderNetwork(BertModel(config)), tokenizer


def test_the_shipped_reader_says_what_the_trained_one_says(tmp_path: Path) -> None:
    network, tokenizer = tiny()

    ship(network, tokenizer, {"name": "tiny", "max_tokens": 24}, tmp_path)
    shipped = PackagedPairModel(tmp_path)

    assert shipped.name == "tiny"
    for passage in ("carers waited eleven weeks.", "zebra", "weeks " * 40):
        encoded = tokenizer(["eleven weeks"], [passage], truncation="only_second", max_length=24, return_tensors="pt")
        with torch.no_grad():
            answers, supports, marks = network(**encoded)
        (read,) = shipped.read("eleven weeks", [passage])
        assert read.answers == pytest.approx(answers.item(), abs=0.05)
        assert read.supports == pytest.approx(supports.item(), abs=0.05)
        of_passage = marks[0][encoded["token_type_ids"][0] == 1][: len(read.marks)].tolist()
        assert [m.logit for m in read.marks] == pytest.approx(of_passage, abs=0.05)


def test_its_matrices_are_shipped_in_eight_bits(tmp_path: Path) -> None:
    network, tokenizer = tiny()
    matrices = sum(p.numel() for p in network.parameters() if p.ndim == 2 and p.numel() >= 4096)

    ship(network, tokenizer, {"name": "tiny", "max_tokens": 24}, tmp_path)

    everything = sum(p.numel() for p in network.parameters())
    assert (tmp_path / "reader.bin").stat().st_size < 1.3 * matrices + 4 * (everything - matrices) + 4096


def test_a_stopped_training_goes_on_where_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("eval.training.train._EVERY", 2)
    Training(rows(), PLAN, tmp_path / "whole").run()

    stopped = Training(rows(), PLAN, tmp_path / "stopped")
    steps = iter(range(3))

    def fail(some: Any, step: Any = stopped._step) -> float:
        next(steps)  # the fourth step ends the run, as a power cut would
        return float(step(some))

    stopped._step = fail  # type: ignore[method-assign]
    with pytest.raises(StopIteration):
        stopped.run()
    Training(rows(), PLAN, tmp_path / "stopped").run()

    whole, gone_on = (torch.load(tmp_path / name / "reader.pt") for name in ("whole", "stopped"))
    assert all(torch.allclose(whole[key], gone_on[key], atol=1e-3) for key in whole)


def test_the_order_of_the_rows_is_the_seeds() -> None:
    once, again = batches(rows(), PLAN), batches(rows(), PLAN)
    other = batches(rows(), dataclasses.replace(PLAN, seed=4))

    assert once == again
    assert once != other
    assert len(once) == 4


def test_the_lowest_layers_can_be_kept_as_they_are(tmp_path: Path) -> None:
    training = Training(rows(), dataclasses.replace(PLAN, steps=2, frozen=2), tmp_path / "frozen")
    before = {name: value.clone() for name, value in training._network.state_dict().items()}
    training.run()
    after = torch.load(tmp_path / "frozen" / "reader.pt")

    def changed(part: str) -> bool:
        names = [name for name in before if part in name]
        assert names
        return any(not torch.equal(before[name], after[name].cpu()) for name in names)

    assert not changed("encoder.embeddings.")
    assert not changed("encoder.encoder.layer.0.")
    assert not changed("encoder.encoder.layer.1.")
    assert changed("encoder.encoder.layer.2.")


def test_only_rows_that_are_not_held_out_are_learnt_from_and_of_each_file_its_share(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    learnt: list[Row] = []

    class Learning:
        def __init__(self, rows: list[Row], plan: Plan, out: Path) -> None:
            learnt.extend(rows)

        def run(self) -> None:
            pass

    monkeypatch.setattr("eval.training.train.Training", Learning)
    held = ROW.model_copy(update={"held": True})
    write_rows([ROW.model_copy(update={"text": "whole"})] * 40 + [held] * 9, tmp_path / "a.gz")
    write_rows([ROW.model_copy(update={"text": "part"})] * 400, tmp_path / "b.gz")

    assert main([str(tmp_path / "a.gz"), f"{tmp_path / 'b.gz'}=0.25", str(tmp_path / "out")]) == 0

    assert not any(row.held for row in learnt)
    assert sum(row.text == "whole" for row in learnt) == 40
    assert 60 < sum(row.text == "part" for row in learnt) < 140


def judged(logit: float, *, right: bool) -> Judged:
    row = ROW.model_copy(update={"right": right})
    return Judged(row=row, read=PairRead(answers=logit, supports=0.0, marks=()))


def test_figures_of_what_was_judged() -> None:
    some = [judged(2.0, right=True), judged(1.0, right=False), judged(-2.0, right=False), judged(-1.0, right=True)]

    figures = measure(some)["questions"]["own"]

    assert figures["right"] == 0.5
    assert figures["auc"] == 0.75


def test_reliability_is_told_by_the_tenth() -> None:
    found = reliability([judged(10.0, right=n < 9) for n in range(10)] + [judged(-10.0, right=False)])

    assert [(share, count) for _, share, count in found] == [(0.0, 1), (0.9, 10)]
    assert np.allclose([said for said, _, _ in found], [0.0, 1.0], atol=0.01)


def test_reliability_is_drawn_as_a_dot_for_every_tenth() -> None:
    drawn = plot({"questions": [(0.05, 0.0, 40), (0.95, 0.9, 10)], "claims": [(0.5, 0.4, 3)]})

    root = ET.fromstring(drawn)
    assert len(root.findall(".//{*}circle")) == 3
    assert "10 said 0.95, 0.90 are so" in drawn


def test_a_mixed_reader_stands_between_the_two() -> None:
    state, earlier = (
        {"w": torch.tensor([1.0, 3.0]), "n": torch.tensor(7)},
        {"w": torch.tensor([5.0, 3.0]), "n": torch.tensor(7)},
    )

    found = mixed(state, earlier, 0.25)

    assert found["w"].tolist() == [2.0, 3.0]
    assert found["n"].tolist() == 7
