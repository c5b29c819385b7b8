from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from indexer.errors import SettingsError
from service.composition import second_look_of
from service.search import SecondLook
from service.search.rerank import CrossEncoderReranker, mixed
from service.settings import Settings

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "carers", "waited", "eleven", "weeks", "zebra"]


def save_cross_encoder(folder: Path, *, labels: int = 1) -> Path:
    """A BERT of two tiny layers with random weights."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    torch.manual_seed(3)
    folder.mkdir()
    (folder / "vocab.txt").write_text("\n".join(WORDS))
    BertTokenizerFast(vocab_file=str(folder / "vocab.txt"), model_max_length=64).save_pretrained(folder)
    config = BertConfig(
        vocab_size=len(WORDS), hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=32,
        max_position_embeddings=64, num_labels=labels,
    )  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(folder)
    return folder


def test_a_folder_with_a_cross_encoder(tmp_path):
    reranker = CrossEncoderReranker.load(str(save_cross_encoder(tmp_path / "tiny")))
    passages = ["carers waited eleven weeks", "zebra", "carers waited eleven weeks"]

    scores = reranker.scores("weeks for an assessment", passages)

    assert reranker.name == "tiny"
    assert scores.shape == (3,)
    assert scores[0] == pytest.approx(scores[2])
    assert scores[0] != pytest.approx(scores[1])
    assert reranker.scores("weeks", ["carers " * 500]).shape == (1,)  # longer than the model reads
    assert reranker.scores("weeks", []).shape == (0,)


def test_a_model_that_gives_more_than_one_score_is_no_reranker(tmp_path):
    with pytest.raises(SettingsError, match=r"CITEWISE_RERANKER_MODEL: .* gives 3 scores"):
        CrossEncoderReranker.load(str(save_cross_encoder(tmp_path / "three", labels=3)))


def test_a_folder_without_a_model(tmp_path):
    (tmp_path / "config.json").write_text(json.dumps({}))

    with pytest.raises(SettingsError, match="CITEWISE_RERANKER_MODEL") as told:
        CrossEncoderReranker.load(str(tmp_path))
    assert "\n" not in str(told.value)


@pytest.mark.parametrize("name", ["nobody/has-this-model", "no model at all", "//"])
def test_a_name_that_cannot_be_had(name, monkeypatch, tmp_path):
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))

    with pytest.raises(SettingsError, match="CITEWISE_RERANKER_MODEL") as told:
        CrossEncoderReranker.load(name)
    assert "\n" not in str(told.value)


def test_the_packaged_reader_by_default_and_none_where_none_is_wanted(monkeypatch):
    monkeypatch.delenv("CITEWISE_RERANKER_MODEL", raising=False)
    packaged = second_look_of(Settings())()
    monkeypatch.setenv("CITEWISE_RERANKER_MODEL", "none")

    assert packaged.reader is not None
    assert second_look_of(Settings())() == SecondLook()
    monkeypatch.setenv("CITEWISE_RERANKER_MODEL", "some/model")
    assert Settings().reranker_model == "some/model"


def test_both_scores_count_the_same_whatever_their_scales():
    fused, read = np.array([1.0, 0.9, 0.8]), np.array([-300.0, 900.0, 0.0])

    found = mixed(fused, read)

    assert found.argmax() == 1
    assert found.mean() == pytest.approx(fused.mean())
    assert mixed(fused, read / 1000 + 5) == pytest.approx(found)


@pytest.mark.parametrize("values", [[], [0.7], [0.5, 0.5, 0.5]])
def test_scores_that_tell_nothing_change_nothing(values):
    fused = np.array(values)
    assert mixed(fused, np.zeros(len(values))) == pytest.approx(fused)
