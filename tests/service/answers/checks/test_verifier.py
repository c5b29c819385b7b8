"""What a claim may change of what it cites, and what it may not. The councils are fictional."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from indexer.errors import SettingsError
from indexer.index.catalogue import StoredParagraph, StoredReport
from indexer.model import BlockKind, Metadata, Paragraph, Role, Section
from service.answers.written.checks import Check, CrossEncoderJudge, ReaderJudge, Source, Verifier
from service.networks import PairRead

SAID = (
    "Some carers waited up to 12 weeks for an assessment, and the number of people waiting fell to 140 in March 2025. "
    "The authority did not have a clear plan for Lantern House. Most staff may leave by 2027, leaders told us. "
    "Only 45% of £1.2 million had been spent. A relative said: “Nobody rang us back.”"
)


def paragraph(text: str = SAID, subject: str = "Aldermere City Council") -> StoredParagraph:
    report = StoredReport(
        id="r", file="r.md", profile="generic", ordinal=0, notices=(), sections=1, paragraphs=1, findings=1, ratings=0,
        metadata=Metadata(title=f"{subject}: assessment", subject=subject, published=date(2025, 4, 25)),
    )  # fmt: skip
    section = Section(id="carers", path=("Supporting unpaid carers",), level=1)
    kept = Paragraph(
        id="r:carers:1", section="carers", number=1, text=text, digest="0" * 16, kind=BlockKind.PARAGRAPH,
        role=Role.FINDING,
    )  # fmt: skip
    return StoredParagraph(key=0, report=report, section=section, paragraph=kept)


@pytest.mark.parametrize(
    "claim",
    [
        "Some carers waited up to 12 weeks for an assessment.",
        "In Aldermere, some carers waited up to twelve weeks for an assessment.",
        "The number of people waiting fell to 140 in March 2025.",
        "The authority did not have a clear plan for Lantern House.",
        "Most staff may leave by 2027, leaders told us.",
        "Only 45 per cent of £1,200,000 had been spent.",
        'A relative said: "Nobody rang us back."',
    ],
)  # fmt: skip
def test_a_claim_in_the_reports_own_words_stands(claim: str) -> None:
    assert Verifier().failed(claim, (Source(found=paragraph()),)) is None


@pytest.mark.parametrize(
    ("claim", "check"),
    [
        ("Some carers waited up to 14 weeks for an assessment.", Check.NUMBER),
        ("Some carers waited up to 12 days for an assessment.", Check.NUMBER),
        ("Only 54% of £1.2 million had been spent.", Check.NUMBER),
        ("Only 45% of £1.2 billion had been spent.", Check.NUMBER),
        ("The number of people waiting fell to 140 in May 2025.", Check.NUMBER),
        ("Carers waited up to 12 weeks for an assessment.", Check.HEDGE),
        ("All carers waited up to 12 weeks for an assessment.", Check.HEDGE),
        ("Some carers waited more than 12 weeks for an assessment.", Check.HEDGE),
        ("Most staff leave by 2027, leaders told us.", Check.HEDGE),
        ("The number of people waiting rose to 140 in March 2025.", Check.DIRECTION),
        ("The authority had a clear plan for Lantern House.", Check.NEGATION),
        ("The authority did not have an unclear plan for Lantern House.", Check.DIRECTION),
        ("In Tarnholme, some carers waited up to 12 weeks for an assessment.", Check.NAME),
        ("Tarnholme's authority did not have a clear plan for Lantern House.", Check.NAME),
        ("The authority did not have a clear plan for Beacon House.", Check.NAME),
        ('A relative said: "Nobody ever rang us back."', Check.QUOTATION),
        ("See ![plan](https://evil.example/?q=140) for Lantern House.", Check.ADDRESS),
        ("Write to carers@evil.example about an assessment.", Check.ADDRESS),
        ("Penguins prefer swimming through colder oceans every winter.", Check.HEDGE),
        ("Penguins prefer swimming through colder oceans.", Check.MEANING),
    ],
)  # fmt: skip
def test_one_thing_changed_is_caught_and_named(claim: str, check: Check) -> None:
    assert Verifier().failed(claim, (Source(found=paragraph()),)) is check


def test_the_sentence_that_is_quoted_counts_and_not_another_of_the_paragraph() -> None:
    text = "Waiting times rose for adults. Waiting times fell for carers."
    place = (text.index("Waiting times fell"), len(text))
    source = Source(found=paragraph(text), start=place[0], end=place[1])
    assert Verifier().failed("Waiting times fell for carers.", (source,)) is None


def test_two_paragraphs_may_carry_one_claim() -> None:
    one, two = paragraph("Carers waited 12 weeks."), paragraph("Adults waited 3 weeks.")
    two = replace(two, paragraph=replace(two.paragraph, id="r:carers:2"))
    claim = "Carers waited 12 weeks. Adults waited 3 weeks."
    assert Verifier().failed(claim, (Source(found=one), Source(found=two))) is None
    assert Verifier().failed(claim, (Source(found=one),)) is Check.NUMBER


class Reader:
    name = "reader"

    def __init__(self, logit: float) -> None:
        self.logit = logit
        self.asked: list[tuple[str, list[str]]] = []

    def read(self, text: str, passages: list[str]) -> list[PairRead]:
        self.asked.append((text, passages))
        return [PairRead(answers=0.0, supports=self.logit, marks=()) for _ in passages]


def test_a_model_judges_what_is_said_in_other_words_and_only_that() -> None:
    claim = "The authority lacked a clear plan to run Lantern House."
    for logit, failed in ((-2.0, Check.MEANING), (2.0, None)):
        reader = Reader(logit)
        assert Verifier(ReaderJudge(reader)).failed(claim, (Source(found=paragraph()),)) is failed
        assert reader.asked[0][0] == claim
        assert "Supporting unpaid carers" in reader.asked[0][1][0]
    reader = Reader(-2.0)
    assert (
        Verifier(ReaderJudge(reader)).failed(
            "Some carers waited up to 12 weeks for an assessment.", (Source(found=paragraph()),)
        )
        is None
    )
    assert reader.asked == []


def save_judge(folder: Path, labels: tuple[str, ...]) -> Path:
    """A BERT of two tiny layers with random weights."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    torch.manual_seed(3)
    folder.mkdir()
    (folder / "vocab.txt").write_text("[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\ncarers\nwaited")
    BertTokenizerFast(vocab_file=str(folder / "vocab.txt"), model_max_length=64).save_pretrained(folder)
    config = BertConfig(
        vocab_size=7, hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=32,
        max_position_embeddings=64, id2label=dict(enumerate(labels)), label2id={n: i for i, n in enumerate(labels)},
    )  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(folder)
    return folder


def test_a_model_of_inference_may_judge(tmp_path: Path) -> None:
    labels = ("contradiction", "entailment", "neutral")
    folder = save_judge(tmp_path / "three", labels)
    judge = CrossEncoderJudge.load(str(folder))
    scores = judge._model.scores([("carers waited", "waited carers")])[0]
    assert judge.supports("waited carers", "carers waited") is (labels[int(scores.argmax())] == "entailment")


def test_a_model_that_judges_something_else_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"CITEWISE_JUDGE_MODEL: .* judges good, bad; one that judges entailment"):
        CrossEncoderJudge.load(str(save_judge(tmp_path / "other", ("good", "bad"))))
