"""What is counted of a question beside all its evidence, to tell how surely it is answered there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from service.reader.features import PASSAGE, SENTENCE, Counted, missing
from service.reader.question_features import QuestionFeatures

# read       the network's logit for the paragraph that answers best.
# missing    the rarest term of the question that the best sentence there does not hold.
# The others tell that a name, a number, the kind of thing or the speaker that is asked for is not there. What the
# margin to the next paragraph, cosines, coverage and the marks of sentences told beside these came to nothing on
# held-out questions (docs/decisions/0030).
SUPPORT = ("read", "missing", "name_missing", "number_missing", "none_near", "not_said", "terms")


@dataclass(frozen=True, kw_only=True, slots=True)
class Best:
    """A sentence, its paragraph, and how well both fit together, as a logit."""

    passage: Counted
    terms: set[str]
    row: Sequence[float]
    fit: float


def support_row(question: QuestionFeatures, best: Best) -> tuple[float, ...]:
    """By the names of SUPPORT, of the paragraph and the sentence that fit best."""
    passage = dict(zip(PASSAGE, best.passage.passage, strict=True))
    sentence = dict(zip(SENTENCE, best.row, strict=True))
    return (
        passage["read"],
        missing(question, best.terms),
        passage["name_missing"],
        float(bool(question.numbers) and not question.numbers <= best.passage.terms),
        sentence["none_near"],
        passage["not_said"],
        len(question.weights) / 8.0,
    )
