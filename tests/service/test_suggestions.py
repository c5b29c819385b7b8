"""Questions made of an index, over a small one with fake answering."""

from __future__ import annotations

from service.model import Question
from service.suggestions import Suggestions


class Refusing:
    """Answers as before, but for questions that begin in some way; and remembers what it was asked."""

    def __init__(self, answering, *openings: str) -> None:
        self._answering = answering
        self._openings = openings
        self.asked: list[str] = []

    def answer(self, question, observer=None):
        self.asked.append(question.text)
        if question.text.startswith(self._openings or ("\0",)):
            question = Question(text="zzz")
        return self._answering.answer(question, observer)


def opened_with(fake_index, *refused: str):
    opened = fake_index.open_newest()
    object.__setattr__(opened, "answering", Refusing(opened.answering, *refused))
    return opened


def test_there_is_a_question_of_each_kind_that_the_index_can_answer(fake_index):
    opened = opened_with(fake_index)
    assert Suggestions().of(opened) == (
        "What did Aldermere score for learning, improvement and innovation?",
        "What was found in Aldermere about learning from feedback?",
        "Which reports scored 3 for learning, improvement and innovation?",
    )


def test_what_is_not_answered_is_not_suggested(fake_index):
    opened = opened_with(fake_index, "What did Aldermere", "Which")
    first, *others = Suggestions().of(opened)
    assert first == "What did Tovey score for safeguarding?"
    assert others == ["What was found in Aldermere about learning from feedback?"]


def test_they_are_made_once_for_a_generation(fake_index):
    suggestions, opened = Suggestions(), opened_with(fake_index)
    first = suggestions.of(opened)
    asked = len(opened.answering.asked)
    assert suggestions.of(opened) == first
    assert len(opened.answering.asked) == asked
    object.__setattr__(opened, "generation", "g2")
    suggestions.of(opened)
    assert len(opened.answering.asked) == 2 * asked
