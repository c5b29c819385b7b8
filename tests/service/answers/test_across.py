"""All reports asked one by one."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from judging import Believing, retrieval
from read_reports import read, stored, understood

from service.answers import across as module
from service.answers.across import Across
from service.answers.quoted import Quoting
from service.model import Filters, Outcome, Reason

ASKED = "How long do carers wait?"
NAMES = ("aldermere", "tovey", "quillham", "marrowby")


def passage(at, *, coverage=0.5, relevance=0.9):
    name = NAMES[at] if at < len(NAMES) else f"council-{at}"
    text = f"Carers waited {at + 2} weeks in {name}. A library opened."
    return read(stored(text, at, name=name), 0.9, 0.1, coverage=coverage, relevance=relevance)


def ask(passages, *, support=(), of=None, asked=ASKED):
    """What is told, and the progress that was told while it was made."""
    parsed = understood(asked)
    reports = [p.evidence.found.report.id for p in passages]
    quoting = Quoting(SimpleNamespace(following=lambda key, most: ()))
    quoting._reader = Believing(*passages, support=dict(zip(reports, support, strict=False)))
    asked_for = []

    def retrieve_across(question, filters, limit, read):
        assert limit >= read
        asked_for.append((question, filters))
        for one in passages:
            yield of or len(passages), retrieval(question, one)

    retriever = SimpleNamespace(retrieve_across=retrieve_across)
    progress = []
    told = list(Across(retriever, quoting, str.title).told(parsed, Filters(), lambda *at: progress.append(at)))
    assert asked_for == [(parsed, Filters())]
    return told, progress


def numbers(note):
    return [int(word) for word in note.replace(":", " ").replace(".", " ").replace(",", " ").split() if word.isdigit()]


def test_each_report_that_answers_stands_under_its_label_with_its_own_passage():
    (*told, last), progress = ask([passage(at) for at in range(3)], support=(0.9, 0.1, 0.9), of=5)

    assert [one.label for one in told] == ["Aldermere", "Quillham"]
    assert [[s.text for s in one.statements] for one in told] == [
        ["Carers waited 2 weeks in aldermere."],
        ["Carers waited 4 weeks in quillham."],
    ]
    for one in told:
        (rest,) = one.statements[0].rests
        assert one.retrievals[0].reports == {rest.found.report.id}
    assert progress == [(1, 5), (2, 5), (3, 5)]
    assert last.label is None


def test_the_note_tells_how_many_were_searched_read_and_found():
    (*_, last), _ = ask([passage(at) for at in range(3)], support=(0.9, 0.1, 0.9), of=5)

    (note,) = last.before
    assert numbers(note) == [5, 3, 2]
    assert "does not show that it says nothing" in note
    assert last.outcome is Outcome.ANSWERED
    assert not last.statements
    assert [r.reports for r in last.retrievals] == [{"tovey"}]  # what was looked at is counted, whether it answered


@pytest.mark.parametrize(
    ("asked", "answering"),
    [("Which councils have a backlog?", ["Tovey"]), ("Which councils have no backlog?", ["Aldermere"])],
)
def test_a_report_that_denies_what_is_asked_does_not_answer(asked, answering):
    texts = ("There was no backlog.", "There was a backlog of 40 requests.")
    passages = [read(stored(text, at, name=NAMES[at]), 0.9, relevance=0.9) for at, text in enumerate(texts)]

    *told, last = ask(passages, support=(0.9, 0.9), asked=asked)[0]

    assert [one.label for one in told] == answering
    assert len(last.retrievals) == 1  # the other was looked at as well


def test_one_is_told_as_soon_as_it_is_found():
    seen = []

    def retrieve_across(*_):
        for at in range(3):
            seen.append(at)
            yield 3, retrieval(understood(ASKED), passage(at))

    quoting = Quoting(SimpleNamespace(following=lambda key, most: ()))
    quoting._reader = Believing(*map(passage, range(3)))
    told = Across(SimpleNamespace(retrieve_across=retrieve_across), quoting, str).told(
        understood(ASKED), Filters(), lambda *_: None
    )

    assert next(told).label == "aldermere"
    assert seen == [0]


def test_one_report_of_many_needs_a_little_less_support_than_one_alone():
    (*told, _), _ = ask([passage(0), passage(1)], support=(0.45, 0.3))  # alone it would need 0.5

    assert [one.label for one in told] == ["Aldermere"]


def test_where_none_answers_the_closest_passages_of_all_follow():
    passages = [passage(at, relevance=relevance) for at, relevance in enumerate((0.1, 0.3, 0.2, 0.05))]
    (last,), _ = ask(passages, support=(0.1,) * 4, of=7)

    (note,) = last.before
    assert numbers(note) == [7, 4]
    assert "The closest passages follow." in note
    assert (last.outcome, last.reason) == (Outcome.NOT_FOUND, Reason.WEAK_EVIDENCE)
    assert [near.found.report.id for near in last.nearest] == ["tovey", "quillham", "aldermere"]
    assert all(near.found.paragraph.text[near.start : near.end] == near.quote for near in last.nearest)
    assert last.nearest[0].quote == "Carers waited 3 weeks in tovey."
    assert len(last.retrievals) == 4


def test_where_there_is_nothing_at_all_nothing_follows():
    (last,), progress = ask([])

    assert last.outcome is Outcome.NOT_FOUND
    assert last.nearest == ()
    assert "follow" not in last.before[0]
    assert progress == []


def test_where_it_is_asked_who_speaks_of_something_at_all_its_words_are_enough():
    passages = [passage(0, coverage=1.0), passage(1, coverage=0.9), passage(2, coverage=0.96)]
    (*told, _), _ = ask(passages, support=(0.1, 0.9, 0.1), asked="Which councils mention carers?")

    assert [one.label for one in told] == ["Aldermere", "Quillham"]


@pytest.mark.parametrize("most", [2, 3])
def test_more_than_can_be_shown_are_counted(monkeypatch, most):
    monkeypatch.setattr(module, "_MOST", most)
    (*told, last), _ = ask([passage(at) for at in range(5)])

    assert len(told) == most
    assert numbers(last.before[0]) == [5, 5, 5, most]
