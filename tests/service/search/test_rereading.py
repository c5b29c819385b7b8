"""What becomes of candidates that a model reads together with the question."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from types import SimpleNamespace

import numpy as np
import pytest

from service.model import Filters
from service.networks import Mark, PairRead
from service.question.abbreviations import Expansion
from service.search.reading import Rereading, add_read


class Reading:
    """Prefers passages with a word in them, and marks its first token."""

    name = "reading"

    def __init__(self, word: str) -> None:
        self.word = word
        self.asked: list[tuple[str, list[str]]] = []

    def read(self, text, passages):
        self.asked.append((text, list(passages)))
        return [PairRead(answers=1e4 if self.word in p else 0.0, supports=0.0, marks=marks(p)) for p in passages]


def marks(passage):
    ends = [n for n, c in enumerate(f"{passage} ") if c == " "]
    return tuple(Mark(start=a + 1, end=b, logit=1.0) for a, b in pairwise([-1, *ends]))


def test_a_reader_sees_the_question_with_windows_as_they_were_embedded(made, understood):
    asked = understood("What do carers in Marrowby get?")
    reader = Reading("helpline")

    found = made.looking_twice(reader=reader).retrieve(asked, Filters(), 9)

    ((question, passages),) = reader.asked
    assert question == "What do carers in Marrowby get?"
    assert "Marrowby Council: assessment. Support for carers. Carers could ring a helpline at night." in passages
    assert found.evidence[0].found.paragraph.id == "marrowby-2025:support-for-carers:3"


def test_what_was_read_lies_by_the_evidence_its_marks_in_the_paragraph(made, understood):
    found = made.looking_twice(reader=Reading("helpline")).retrieve(
        understood("What do carers get at night?"), Filters(), 9
    )

    read = [e for e in found.evidence if e.read is not None]
    assert read[0].read.answers == 1e4
    assert all(e.found.paragraph.text.split() == words(e) for e in read)
    assert all(e.read is None for e in made.retriever.retrieve(understood("Who waits?"), Filters(), 9).evidence)


def words(evidence):
    return [evidence.found.paragraph.text[m.start : m.end] for m in evidence.read.marks]


def test_as_much_is_read_as_there_is_time_for(made, understood, monkeypatch):
    monkeypatch.setattr("service.search.reading.CHARACTERS", 200)
    monkeypatch.setattr("service.search.reading._FEWEST", 1)
    reader = Reading("wait")

    made.looking_twice(reader=reader).retrieve(understood("Who waits for an assessment?"), Filters(), 9)

    ((_, passages),) = reader.asked
    assert 1 <= len(passages) < 9
    assert len("".join(passages[1:])) <= 200


def test_of_each_of_many_reports_only_what_is_wanted_is_read(made, understood):
    reader = Reading("wait")

    found = list(made.looking_twice(reader=reader).retrieve_across(understood("Who waits?"), Filters(), 2, 1))

    assert [len(passages) for _, passages in reader.asked] == [1] * len(found)


def test_abbreviations_are_spelt_out_for_whoever_reads_the_words_alone(made, understood):
    asked = understood("Who saw the PSW?")
    stands_for = Expansion(written="PSW", also="principal social worker", spells_out=True, of_reports=True)
    wording = Expansion(written="saw", also="met", spells_out=False, of_reports=False)
    reader = Reading("wait")

    made.looking_twice(reader=reader).retrieve(replace(asked, expansions=(stands_for, wording)), Filters(), 3)

    assert reader.asked[0][0] == "Who saw the PSW (principal social worker)?"


def test_a_paragraph_that_was_not_read_counts_as_the_least_likely_that_was():
    scores = np.array([0.5, 0.4, 0.3])

    add_read(scores, [7, 8, 9], {7: one_read(-2.0), 9: one_read(3.0)}, 0.1)

    assert scores.tolist() == pytest.approx([0.3, 0.2, 0.6])


def one_read(logit):
    return PairRead(answers=logit, supports=0.0, marks=())


def test_of_a_long_paragraph_several_windows_are_read_and_the_likeliest_speaks_for_it():
    text = "Carers wait. Bins are brown. A helpline rings."
    placed = {7: (0, 28, "Marrowby Council: assessment"), 8: (29, 46, "Marrowby Council: assessment")}
    catalogue = SimpleNamespace(
        windows_at=lambda keys: {key: placed[key] for key in keys},
        paragraphs_by_key=lambda keys: {key: SimpleNamespace(paragraph=SimpleNamespace(text=text)) for key in keys},
    )
    windows = SimpleNamespace(by_nearness=lambda vector, keys: [[8, 7] for _ in keys])

    reads = Rereading(catalogue, windows, Reading("helpline")).read("Who rings?", np.zeros(2), np.array([1]))

    assert reads[1].answers == 1e4
    assert [text[m.start : m.end] for m in reads[1].marks] == text.split()
