"""What is counted of a question beside all its evidence, to tell how surely it is answered there."""

from __future__ import annotations

from dataclasses import dataclass

from service.reader.features import PASSAGE, Counted, missing
from service.reader.question_features import QuestionFeatures

# read     the network's logit for the paragraph that answers best.
# lacks    no thing of the kind that is asked for stands in or near the best sentence there.
# missing  the rarest term of the question that this sentence does not hold; `terms` how many the question has, in
#          eighths: both weighed only where no network has read.
SUPPORT = ("read", "lacks", "missing", "terms")


@dataclass(frozen=True, kw_only=True, slots=True)
class Best:
    """A sentence, its paragraph, and how well both fit together, as a logit."""

    passage: Counted
    terms: set[str]
    lacks: bool
    fit: float


def support_row(question: QuestionFeatures, best: Best) -> tuple[float, ...]:
    """By the names of SUPPORT, of the paragraph and the sentence that fit best."""
    return (
        best.passage.passage[PASSAGE.index("read")],
        float(best.lacks),
        missing(question, best.terms),
        len(question.weights) / 8.0,
    )
