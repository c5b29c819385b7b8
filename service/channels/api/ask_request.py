"""The body of POST /v1/ask, and the question made of it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints

from service.channels.api.body import Body
from service.model import Filters, Question, Turn

QUESTION_LENGTH = 2000
_ANSWER_LENGTH = 20_000
_MOST_TURNS = 10
_MOST_VALUES = 100


def readable(text: str) -> str:
    if "\0" in text:
        raise ValueError("must not contain a NUL character")
    if any(0xD800 <= ord(c) <= 0xDFFF for c in text):
        raise ValueError("must not contain half of a surrogate pair")
    return text


Asked = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=QUESTION_LENGTH),
    AfterValidator(readable),
]
Wording = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300), AfterValidator(readable)
]
Score = Annotated[int, Field(ge=0, le=100, strict=True)]
Values = Annotated[list[Wording], Field(max_length=_MOST_VALUES)]


class TurnBody(Body):
    question: Asked
    answer: Annotated[str, StringConstraints(max_length=_ANSWER_LENGTH), AfterValidator(readable)]


class FiltersBody(Body):
    """What to look in. Subjects and sections in any known wording; values of one filter are alternatives.

    An empty list filters nothing. "*" among the subjects or sections stands for all of them, whichever the question
    names.
    """

    reports: Values | None = None
    subjects: Values | None = None
    sections: Values | None = None
    scores: Annotated[list[Score], Field(max_length=_MOST_VALUES)] | None = None

    def filters(self) -> Filters:
        return Filters(
            reports=tuple(self.reports) if self.reports else None,
            subjects=tuple(self.subjects) if self.subjects else None,
            sections=tuple(self.sections) if self.sections else None,
            scores=tuple(self.scores) if self.scores else None,
        )


class AskBody(Body):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"question": "What do reports with score 4 say about co-production?"},
                {
                    "question": "And what about carers?",
                    "history": [{"question": "How does Aldermere support older people?", "answer": ""}],
                    "filters": {"subjects": ["Aldermere"], "scores": [3, 4]},
                    "max_citations": 3,
                },
            ]
        }
    )

    question: Asked
    history: list[TurnBody] = Field(default_factory=list, max_length=_MOST_TURNS)
    filters: FiltersBody = FiltersBody()
    answerer: Literal["extractive", "generative"] | None = Field(
        default=None,
        description="`extractive` quotes the reports, `generative` lets a language model write, where the service has "
        "one; left out, what the service is set to.",
    )
    max_citations: Annotated[int, Field(strict=True, ge=1, le=20)] | None = Field(
        default=None,
        description="Of findings and of a section's items; left out, 6 and 12. Scores are listed in full.",
    )

    def asked(self) -> Question:
        return Question(
            text=self.question,
            history=tuple(Turn(question=t.question, answer=t.answer) for t in self.history),
            filters=self.filters.filters(),
            answerer=self.answerer,
            max_citations=self.max_citations,
        )
