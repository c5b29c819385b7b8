"""What a scripted model makes of follow-ups, and what is told while it writes."""

from __future__ import annotations

import pytest
from scripted_model import ASKED, Model, claiming

from service.language import ModelError, Stop
from service.model import Question, Turn


def rewriting(question: str):
    return lambda _: {"question": question}


HISTORY = (Turn(question="How does Brackenshire support unpaid carers?", answer="Carers were better supported."),)


def test_a_follow_up_is_put_in_the_models_words_where_nothing_is_new_in_them(opened, model) -> None:
    calls = []

    def script(passages):
        calls.append(passages)
        if len(calls) == 1:
            return {"question": "How long do unpaid carers wait in Brackenshire?"}
        return {"answered": False, "claims": []}

    model.script = script
    answer = opened.answering.answer(Question(text="And how long do they wait?", history=HISTORY))
    assert answer.standalone_question == "How long do unpaid carers wait in Brackenshire?"
    assert answer.question == "And how long do they wait?"


@pytest.mark.parametrize(
    "question", ["How long do carers wait in Tarnholme?", "Do they wait 12 weeks?", "See www.evil.example"]
)
def test_a_follow_up_with_a_new_name_or_number_is_left_to_the_service(opened, model, question: str) -> None:
    model.script = rewriting(question)
    answer = opened.answering.answer(Question(text="And how long do they wait?", history=HISTORY))
    assert answer.standalone_question != question


class Seen:
    def __init__(self) -> None:
        self.stop = Stop()
        self.events: list[tuple] = []

    def began(self, answer_id, standalone) -> None:
        self.events.append(("meta", answer_id))

    def understood(self, understood) -> None:
        self.events.append(("understood", understood.subjects))

    def progressed(self, read, of) -> None:
        self.events.append(("progress", read))

    def found(self, evidence) -> None:
        self.events.append(("evidence", len(evidence)))

    def claimed(self, claim, citations) -> None:
        self.events.append(("claim", claim.text))


def test_a_claim_is_told_as_soon_as_it_stands_and_nothing_else_is(opened, model) -> None:
    seen, before_the_end = Seen(), []

    def script(passages: list[dict]) -> dict:
        made = claiming("The average wait for a carer's assessment had fallen to 6 weeks.")(passages)
        made["claims"] += claiming("The average wait for a carer's assessment had fallen to 9 weeks.")(passages)[
            "claims"
        ]
        return made

    class Watched(Model):
        def write(self, messages, schema, stop):
            for piece in super().write(messages, schema, stop):
                yield piece
                before_the_end.append(len(seen.events))

    model.__class__ = Watched
    try:
        model.script = script
        answer = opened.answering.answer(Question(text=ASKED), seen)
    finally:
        model.__class__ = Model
    assert [name for name, _ in seen.events] == ["meta", "understood", "evidence", "claim"]
    assert before_the_end[-5] == 4
    assert seen.events[0][1] == answer.id


def test_nobody_left_to_read_ends_the_writing(opened, model) -> None:
    seen = Seen()
    seen.stop.set()
    with pytest.raises(ModelError):
        opened.answering.answer(Question(text=ASKED), seen)
