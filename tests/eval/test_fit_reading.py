from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.fit.reading_cases import Case, every_case, right_sentences, without_gold
from eval.fit.reading_models import Told, best_is_right, fitted, held_out, line
from indexer.index.rows import StoredParagraph, StoredReport
from indexer.model import BlockKind, Metadata, Paragraph, Role, Section
from service.model import Evidence
from service.question import Parsed, SubjectsNamed
from service.question.breadth import Breadth
from service.question.conversation import Carried
from service.question.expects import Wants
from service.question.scores import ScoresParsed
from service.reader.features import PASSAGE

TEXT = "The hub opened in May. It is in Tarn Street."
SPANS = ((0, 22), (23, 44))


def evidence(text, key):
    report = StoredReport(
        ordinal=0, id="a", file="a.md", profile="generic", metadata=Metadata(), notices=(), sections=1, paragraphs=1,
        findings=1, ratings=0,
    )  # fmt: skip
    paragraph = Paragraph(
        id=f"a:s:{key}",
        section="s",
        number=key,
        text=text,
        digest="0" * 16,
        kind=BlockKind.PARAGRAPH,
        role=Role.FINDING,
    )
    section = Section(id="s", path=("Hub",), level=1)
    found = StoredParagraph(key=key, report=report, section=section, paragraph=paragraph)
    return Evidence(found=found, dense=0.5, lexical=1.0, fused=1.0 - key / 10)


def case(gold, answers=("may",), sentences=()):
    named = SubjectsNamed(names=(), reports=None, missing=(), older=(), superseded=frozenset(), rest="When?")
    return Case(
        set="made",
        group="a.md",
        asked=Parsed(
            text="When?", bare="When?", subjects=named, outside=None, sections=(), scores=ScoresParsed(),
            wants=Wants.DATE, breadth=Breadth.ONE, speakers=frozenset(), quotation=False, mentions=False, expansions=(),
            carried=Carried(text="When?"), corrections=(), words=(), unread=(),
        ),
        rarity={},
        evidence=tuple(evidence(TEXT, key) for key in range(len(gold))),
        answerable=True,
        gold=tuple(gold),
        answers=answers,
        sentences=sentences,
    )  # fmt: skip


def test_a_weight_never_speaks_against_sense():
    chance = np.random.default_rng(7)
    rows = chance.normal(size=(400, 2))
    right = (rows[:, 0] + rows[:, 1] < 0).astype(int)  # the more of both, the less likely
    fitted = line(rows, right, np.ones(400), ("coverage", "terms"), 1.0)

    assert fitted.weights["coverage"] == 0.0  # it can only speak for an answer
    assert fitted.weights["terms"] < -1.0


def test_weights_are_given_back_unscaled():
    rows = np.array([[100.0], [200.0], [300.0], [400.0]] * 50)
    right = (rows[:, 0] > 250).astype(int)
    logits = line(rows, right, np.ones(200), ("terms",), 1.0)(rows, ("terms",))

    assert ((logits > 0) == (right == 1)).all()


def test_what_is_held_out_was_not_seen():
    rows = np.eye(6)
    told = Told(
        rows=rows,
        right=np.array([1, 0, 1, 0, 1, 0]),
        weight=np.ones(6),
        group=np.array([f"{n}.md" for n in range(6)]),
        of=("made",) * 6,
    )
    found = held_out(told, [f"count {n}" for n in range(6)], 1.0)

    # Each row's only count is 0 in all that is learnt from: its own label cannot show.
    assert (found[told.right == 1] < found[told.right == 0]).all()


@pytest.mark.parametrize(
    ("read", "weighed"),
    [(True, {"read", "read_gap", "cosine_gap", "fused_gap"}), (False, {"coverage", "cosine_gap", "fused_gap"})],
)
def test_what_words_tell_is_weighed_only_where_no_network_has_read(read, weighed):
    rows = np.random.default_rng(7).normal(size=(60, len(PASSAGE)))
    if not read:
        rows[:, [PASSAGE.index("read"), PASSAGE.index("read_gap")]] = 0.0
    told = Told(
        rows=rows,
        right=np.arange(60) % 2,
        weight=np.ones(60),
        group=np.array([f"{n % 6}.md" for n in range(60)]),
        of=("made",) * 60,
    )

    found = fitted(told, PASSAGE, 1.0, lambda answers: {"mean": float(answers.mean())})

    assert set(found.line.weights) == weighed
    assert set(found.without) == weighed


def test_how_often_the_best_is_right():
    found = np.array([0.9, 0.1, 0.2, 0.8])

    assert best_is_right(np.array([0.5, 0.5]), np.array([0, 1]), [("a", 0), ("a", 0)]) == {"a": 0.0}
    assert best_is_right(found, np.array([1, 0, 1, 0]), [("a", 0), ("a", 0), ("a", 1), ("a", 1)]) == {"a": 0.5}


@pytest.mark.parametrize(
    ("answers", "sentences", "wanted"),
    [
        (("may",), (), [True, False]),
        ((), ("it is in tarn street.",), [False, True]),
        (("june",), (), None),
        ((), (), None),
    ],
)
def test_which_sentences_answer(answers, sentences, wanted):
    assert right_sentences(case([True], answers, sentences), 0, SPANS) == wanted


def test_no_sentence_of_another_paragraph_answers():
    assert right_sentences(case([False]), 0, SPANS) == [False, False]


@given(st.lists(st.booleans(), max_size=40))
def test_without_its_gold_nothing_is_answered(gold):
    without = without_gold(case(gold))

    assert not without.answerable
    assert not any(without.gold)
    assert [e.found.key for e in without.evidence] == [k for k, g in enumerate(gold) if not g][:20]


def test_gold_is_taken_out_only_where_it_is_surely_all_of_it():
    many = [True, *([False] * 9)]

    assert [c.set for c in every_case([case(many)])] == ["made", "made, gold taken out"]
    assert [c.set for c in every_case([case(many, answers=())])] == ["made"]
    assert [c.set for c in every_case([case([True, False])])] == ["made"]
