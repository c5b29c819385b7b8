"""The reader as it is shipped."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from pathlib import Path

import pytest

from indexer.errors import EncoderError
from service.networks import PackagedPairModel

PACKAGED = Path(str(files("service.networks") / "model"))
QUESTION = "How long do unpaid carers wait for an assessment?"
ANSWERS = "Unpaid carers waited 11 weeks for an assessment. The library opened in May."
ANOTHER = "The museum's roof was repaired in spring, and 300 visitors came."


@pytest.fixture(scope="module")
def reader() -> PackagedPairModel:
    return PackagedPairModel.load()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(PACKAGED, tmp_path / "model"))


def test_a_passage_that_answers_is_told_from_one_on_another_matter(reader: PackagedPairModel) -> None:
    answers, another = reader.read(QUESTION, [ANSWERS, ANOTHER])

    assert answers.answers > 0 > another.answers


def test_the_sentence_that_answers_is_marked(reader: PackagedPairModel) -> None:
    (read,) = reader.read(QUESTION, [ANSWERS])
    ends = ANSWERS.index(".")

    first = [mark.logit for mark in read.marks if mark.start < ends]
    second = [mark.logit for mark in read.marks if mark.start > ends]

    assert sum(first) / len(first) > sum(second) / len(second)


@pytest.mark.parametrize(
    "claim", ["Unpaid carers waited 42 weeks for an assessment.", "Unpaid carers did not wait for an assessment."]
)
def test_a_changed_claim_is_supported_less(reader: PackagedPairModel, claim: str) -> None:
    (printed,) = reader.read("Unpaid carers waited 11 weeks for an assessment.", [ANSWERS])
    (changed,) = reader.read(claim, [ANSWERS])

    assert printed.supports > changed.supports


def test_marks_are_tokens_of_the_passage(reader: PackagedPairModel) -> None:
    passage = "Carers waited eleven weeks."

    (read,) = reader.read("weeks", [passage])

    assert "".join(passage[m.start : m.end] for m in read.marks) == passage.replace(" ", "")


def test_passages_come_back_in_their_order_whatever_their_length(reader: PackagedPairModel) -> None:
    passages = [f"{ANSWERS} {ANOTHER * n}" for n in (3, 0, 2, 1, 4, 0, 1)]

    together = reader.read(QUESTION, passages)
    alone = [reader.read(QUESTION, [passage])[0] for passage in passages]

    assert [one.answers for one in together] == pytest.approx([one.answers for one in alone], abs=0.15)
    assert reader.read(QUESTION, []) == []


def test_a_passage_longer_than_is_read_is_cut(reader: PackagedPairModel) -> None:
    passage = ANOTHER * 40

    (read,) = reader.read(QUESTION, [passage])

    assert 0 < read.marks[-1].end < len(passage)


def test_many_threads_at_once(reader: PackagedPairModel) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: reader.read(QUESTION, [ANSWERS, ANOTHER, ANSWERS] * 3), range(16)))

    assert all(one[0].answers > one[1].answers for one in found)


@pytest.mark.parametrize("name", ["reader.bin", "reader.xml", "tokenizer.json"])
def test_a_file_that_is_not_the_shipped_one_is_named(copy: Path, name: str) -> None:
    with (copy / name).open("ab") as file:
        file.write(b" ")

    with pytest.raises(EncoderError, match=rf"{name} is damaged"):
        PackagedPairModel(copy)


@pytest.mark.parametrize("name", ["model.json", "reader.bin"])
def test_a_missing_file(copy: Path, name: str) -> None:
    (copy / name).unlink()

    with pytest.raises(EncoderError, match=name):
        PackagedPairModel(copy)
