"""What is counted of a question beside all its evidence, to tell how surely it is answered there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from service.reader.features import PASSAGE, SENTENCE, Counted, missing
from service.reader.question_features import QuestionFeatures

# relevance  the logit of the best paragraph; `margin` beside the next one's, `fit` with its best sentence's.
# read       the network's logit for that paragraph; `marked` for that sentence.
# coverage   of the question's terms, in the paragraph with its headings; `sentence` in the sentence.
# missing    the rarest term of the question that the paragraph does not hold; `missing_near` that the sentence and its
#            neighbours do not.
SUPPORT = (
    "relevance", "margin", "fit", "read", "marked", "cosine_gap", "coverage", "sentence", "missing", "missing_sentence",
    "name_missing", "number_missing", "kind_missing", "not_said", "not_quoted", "terms",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Best:
    """A sentence, its paragraph, and how well both fit together, as a logit."""

    passage: Counted
    terms: set[str]
    row: Sequence[float]
    fit: float


def support_row(question: QuestionFeatures, bests: Sequence[Best], relevances: Sequence[float]) -> tuple[float, ...]:
    """By the names of SUPPORT.

    bests       each read paragraph's best sentence, the best first.
    relevances  logits, of all paragraphs.
    """
    best = bests[0]
    passage = dict(zip(PASSAGE, best.passage.passage, strict=True))
    sentence = dict(zip(SENTENCE, best.row, strict=True))
    ranked = sorted(relevances, reverse=True)
    return (
        ranked[0],
        min(ranked[0] - ranked[1], 5.0) if len(ranked) > 1 else 0.0,
        best.fit,
        passage["read"],
        sentence["marked"],
        passage["cosine_gap"],
        passage["coverage"],
        sentence["coverage"],
        missing(question, best.passage.terms),
        missing(question, best.terms),
        passage["name_missing"],
        float(bool(question.numbers) and not question.numbers <= best.passage.terms),
        sentence["kind_missing"],
        passage["not_said"],
        passage["not_quoted"],
        len(question.weights) / 8.0,
    )
