"""The best candidates, read by a model that sees question and passage together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from indexer.encoders.port import Vectors
from indexer.index.catalogue import Catalogue
from indexer.windows import join
from service.networks import Mark, PairModel, PairRead
from service.search.paragraph_windows import ParagraphWindows

# What is read takes its time by the character: about 2,000 tokens, a quarter of a second on two cores.
_CHARACTERS = 9000
MOST_READ = 16
_FEWEST = 3


class Rereading:
    """Safe for several threads."""

    def __init__(self, catalogue: Catalogue, windows: ParagraphWindows, model: PairModel) -> None:
        self._catalogue = catalogue
        self._windows = windows
        self._model = model

    def read(self, text: str, vector: Vectors, keys: NDArray[np.int64], most: int = MOST_READ) -> dict[int, PairRead]:
        """By paragraph key, of the first few of `keys`, each by the window that is nearest to the question. The marks
        are placed in the paragraph's text.
        """
        some = keys[:most].tolist()
        nearest = self._windows.nearest(vector, keys[:most])
        placed = self._catalogue.windows_at([window for window in nearest if window is not None])
        texts = self._catalogue.paragraphs_by_key(some)
        passages: dict[int, tuple[str, int]] = {}
        left = _CHARACTERS
        for key, window in zip(some, nearest, strict=True):
            if window is None:
                continue
            start, end, context = placed[window]
            passage = join(context, texts[key].paragraph.text[start:end])
            if len(passages) >= _FEWEST and len(passage) > left:
                break
            left -= len(passage)
            passages[key] = (passage, len(passage) - end)  # what stands before the paragraph's first character
        read = self._model.read(text, [passage for passage, _ in passages.values()])
        return {
            key: replace(one, marks=tuple(_moved(one.marks, before)))
            for (key, (_, before)), one in zip(passages.items(), read, strict=True)
        }


def add_read(scores: NDArray[np.float64], keys: Sequence[int], reads: Mapping[int, PairRead], share: float) -> None:
    """Adds to the scores of the candidates what was read of them; one that was not counts as the least likely."""
    if not reads:
        return
    least = min(read.answers for read in reads.values())
    scores += share * np.array([reads[key].answers if key in reads else least for key in keys])


def _moved(marks: Sequence[Mark], before: int) -> Iterator[Mark]:
    """Those of the paragraph itself, and not of what stands before it for context."""
    for one in marks:
        if one.start >= before:
            yield replace(one, start=one.start - before, end=one.end - before)
