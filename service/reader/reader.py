"""A reader that weighs what the network says and few counts, with weights fitted on questions with known answers."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from service.model import Evidence
from service.question import Parsed
from service.reader.features import Counted, Sentences, passages, sentences
from service.reader.port import Read, Reading, Sentence
from service.reader.question_features import QuestionFeatures, question_features
from service.reader.support import Best, support_row
from service.reader.weights import Weights, load_weights
from service.weights import Part

# Of the paragraphs at least so few and at most so many are read sentence by sentence: those whose logit is so near
# the best's that they may be quoted beside it.
_FEWEST, _MOST, _BEHIND = 3, 10, 3.0


class FittedReader:
    """Safe for several threads."""

    def __init__(self, weights: Weights | None = None, read_weights: Weights | None = None) -> None:
        """read_weights  for evidence that the network has read as well."""
        self._counted = weights or load_weights(Part.COUNTED)
        self._read = read_weights or weights or load_weights(Part.READ)

    def read(self, asked: Parsed, rarity: Mapping[str, float], evidence: Sequence[Evidence]) -> Reading:
        """As the port says. The paragraphs that seemed least likely have no sentences: they were not read closely."""
        weights = self._read if any(one.read is not None for one in evidence) else self._counted
        question = question_features(asked, rarity)
        counted = passages(question, evidence)
        relevances = weights.passage([c.passage for c in counted])
        ranked, close = by_relevance(relevances)
        closely = {i: sentences(question, counted[i].evidence) for i in close}
        fits = {i: weights.sentence(closely[i].rows) for i in closely}
        row = support_of(question, counted, relevances, closely, fits)
        return Reading(
            passages=tuple(
                Read(
                    evidence=counted[i].evidence,
                    relevance=probability(relevances[i]),
                    coverage=question.coverage(counted[i].terms),
                    sentences=_sentences(closely[i], fits[i]) if i in closely else (),
                )
                for i in ranked
            ),
            support=0.0 if row is None else probability(weights.support([row])[0]),
            threshold=weights.threshold,
        )


def by_relevance(relevances: Sequence[float]) -> tuple[list[int], list[int]]:
    """The places of all paragraphs, best first, and of those to be read closely. Logits."""
    ranked = sorted(range(len(relevances)), key=lambda i: (-relevances[i], i))
    near = [i for i in ranked[:_MOST] if relevances[i] >= relevances[ranked[0]] - _BEHIND]
    return ranked, near if len(near) >= _FEWEST else ranked[:_FEWEST]


def support_of(
    question: QuestionFeatures,
    counted: Sequence[Counted],
    relevances: Sequence[float],
    closely: Mapping[int, Sentences],
    fits: Mapping[int, Sequence[float]],
) -> tuple[float, ...] | None:
    """What is counted of the whole, by the names of SUPPORT; None where there is not a sentence to read.

    relevances, fits  logits: of the paragraphs, and of the sentences of those read closely, by place in `counted`.
    """
    bests = []
    for i, read in closely.items():
        if read.spans:
            at = max(range(len(read.spans)), key=lambda j: (fits[i][j], -j))
            fit = relevances[i] + fits[i][at]
            bests.append(Best(passage=counted[i], terms=read.terms[at], lacks=read.lacks[at], fit=fit))
    return support_row(question, max(bests, key=lambda best: best.fit)) if bests else None


def probability(logit: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-50.0, min(50.0, logit))))


def _sentences(read: Sentences, fits: Sequence[float]) -> tuple[Sentence, ...]:
    return tuple(
        Sentence(start=start, end=end, fit=probability(fit)) for (start, end), fit in zip(read.spans, fits, strict=True)
    )
