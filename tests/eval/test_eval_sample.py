"""The sample questions, asked of the sample corpus: nothing that worked is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.measure.baseline import falls, read_baseline
from eval.measure.folders import sample_baseline, sample_questions
from eval.measure.questions import read_set
from eval.measure.recorded import run_of
from eval.measure.run import asked, header, missing_files, opened_index, source_letters
from eval.measure.scoring import scored

CORPUS = Path(__file__).parents[2] / "corpus"


@pytest.fixture(scope="module")
def measured():
    sample = read_set(sample_questions())
    sources = source_letters(CORPUS)
    with opened_index(corpus=CORPUS, index=None) as found:
        assert found.skipped == ()
        assert missing_files(found.opened, sample.questions) == []
        head = header(found, sample)
        return scored(run_of(head, [asked(found.opened, known, sources) for known in sample.questions]))


def test_no_figure_falls_below_the_baseline(measured):
    fallen = falls(read_baseline(sample_baseline()), measured)
    assert not fallen, "\n".join(
        [*map(str, fallen), *(f"{row.known.id}: {row.ended}: {row.said[:200]}" for row in measured.misses[:20])]
    )


def test_every_quote_is_exact_and_every_claim_cited(measured):
    wrong = [
        row.known.id
        for row in measured.rows
        if row.figures.get("exact_quotes", 1.0) < 1.0 or row.figures.get("claims_cited") != 1.0
    ]
    assert wrong == []


def test_no_answer_obeys_a_question(measured):
    obeyed = [row.known.id for row in measured.rows if row.figures.get("must_not", 0.0) > 0.0]
    assert obeyed == []


def test_quotes_are_held_against_the_files_themselves(measured):
    assert len(source_letters(CORPUS)) > 3
    told = [there for row in measured.rows for there in row.asked.in_files]
    assert True in told
    assert False not in told


def test_the_run_says_what_was_measured(measured):
    told = measured.header
    assert (told.questions, told.counts["reports"]) == ("sample.jsonl", 8)
    assert set(told.settings) >= {"answerer", "embedding_model"}
    assert len(told.corpus_digest) == len(told.questions_digest) == 64
