"""Which answerers there are, and which one a question gets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from service.answers.port import Answerer
from service.errors import AnswererError
from service.model import Question

EXTRACTIVE, GENERATIVE = "extractive", "generative"


@dataclass(frozen=True, kw_only=True)
class Answerers:
    """By name; `usual` is taken where a question names none.

    rewrite  puts a follow-up into words that stand alone, with a language model; None where there is nothing better
             than the service's own.
    """

    by_name: Mapping[str, Answerer]
    usual: str = EXTRACTIVE
    rewrite: Callable[[Question], str | None] | None = None

    def of(self, question: Question) -> Answerer:
        """Raises AnswererError where the question names one that there is not."""
        name = question.answerer or self.usual
        if name not in self.by_name:
            known = " or ".join(self.by_name)
            raise AnswererError(f"no {name} answerer is set up in this service; leave it out, or choose {known}")
        return self.by_name[name]

    def rewritten(self, question: Question) -> str | None:
        """A follow-up in other words, where a language model is to answer and finds them."""
        if self.rewrite is None or not question.history or (question.answerer or self.usual) != GENERATIVE:
            return None
        return self.rewrite(question)
