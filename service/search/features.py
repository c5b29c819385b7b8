"""What is counted of a candidate beside a question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.index.catalogue import Span

Floats = NDArray[np.float64]

# cosine    of the paragraph's best window to the question.
# second    of its second-best window; the same as `cosine` where it has but one.
# lexical   BM25 over the best BM25 of this search.
# coverage  the share of the question's terms that text, headings and title together hold, weighted by rarity.
# heading   how well the best heading above it fits the question's words (`headings.heading_fit`).
# title     how well its report's title does (`titles.Titles`).
FEATURES = ("cosine", "second", "lexical", "coverage", "heading", "title")


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidates:
    """Paragraphs that may be evidence, and what was measured of each: arrays of the same length.

    keys      ascending.
    spans     the section of each.
    lexical   BM25; 0 where the words were not found, or not among the best.
    """

    keys: NDArray[np.int64]
    spans: Sequence[Span]
    cosine: Floats
    second: Floats
    lexical: Floats
    coverage: Floats


def matrix(
    candidates: Candidates, headings: Mapping[tuple[str, ...], float], titles: Mapping[int, float]
) -> NDArray[np.float64]:
    """(candidates, len(FEATURES)).

    headings  by heading path.
    titles    by report ordinal; 0 where not given.
    """
    best = candidates.lexical.max(initial=0.0) or 1.0
    columns = (
        candidates.cosine,
        candidates.second,
        candidates.lexical / best,
        candidates.coverage,
        np.array([headings[span.path] for span in candidates.spans]),
        np.array([titles.get(span.report, 0.0) for span in candidates.spans]),
    )
    return np.stack(columns, axis=1)
