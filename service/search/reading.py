"""The best candidates, read by a model that sees question and passage together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from indexer.encoders.port import Vectors
from indexer.index.catalogue import Catalogue
from indexer.windows import join
from service.networks import Mark, PairModel, PairRead
from service.search.paragraph_windows import ParagraphWindows

# What is read takes its time by the character. More than these brought nothing on what was held out: decision 0035.
CHARACTERS = 6000
MOST_READ = 8
# So many paragraphs are read however long they are.
_FEWEST = 3
# Of one paragraph. More than a few have only long lists and tables.
_WINDOWS = 3


class Rereading:
    """Safe for several threads."""

    def __init__(self, catalogue: Catalogue, windows: ParagraphWindows, model: PairModel) -> None:
        self._catalogue = catalogue
        self._windows = windows
        self._model = model

    def read(
        self,
        text: str,
        vector: Vectors,
        keys: NDArray[np.int64],
        most: int = MOST_READ,
        characters: float | None = None,
    ) -> dict[int, PairRead]:
        """By paragraph key, of the first few of `keys`. Of a paragraph with several windows those nearest to the
        question are read, and the likeliest speaks for it. The marks are placed in the paragraph's text.

        characters  how much is read; as much as there is time for where it is not said.
        """
        some = keys[:most].tolist()
        windows = [of[:_WINDOWS] for of in self._windows.by_nearness(vector, keys[:most])]
        placed = self._catalogue.windows_at([window for of in windows for window in of])
        texts = self._catalogue.paragraphs_by_key(some)
        passages: list[_Passage] = []
        left = CHARACTERS if characters is None else characters
        for key, of in zip(some, windows, strict=True):
            made = [_Passage.of(key, texts[key].paragraph.text, *placed[window]) for window in of]
            left -= sum(len(one.text) for one in made)
            if left < 0 and len({one.key for one in passages}) >= _FEWEST:
                break
            passages += made
        read: dict[int, list[PairRead]] = {}
        for passage, found in zip(passages, self._model.read(text, [one.text for one in passages]), strict=True):
            read.setdefault(passage.key, []).append(replace(found, marks=tuple(passage.placed(found.marks))))
        return {key: _together(several) for key, several in read.items()}


@dataclass(frozen=True, kw_only=True, slots=True)
class _Passage:
    """A window as it is read: what begins at `begins` of its text begins at `start` of the paragraph's."""

    key: int
    text: str
    begins: int
    start: int

    @classmethod
    def of(cls, key: int, paragraph: str, start: int, end: int, context: str) -> Self:
        text = join(context, paragraph[start:end])
        return cls(key=key, text=text, begins=len(text) - (end - start), start=start)

    def placed(self, marks: Sequence[Mark]) -> Iterator[Mark]:
        """Those of the paragraph itself, and not of what stands before it for context."""
        moved = self.start - self.begins
        for one in marks:
            if one.start >= self.begins:
                yield replace(one, start=one.start + moved, end=one.end + moved)


def _together(several: Sequence[PairRead]) -> PairRead:
    return PairRead(
        answers=max(one.answers for one in several),
        supports=max(one.supports for one in several),
        marks=tuple(sorted((mark for one in several for mark in one.marks), key=lambda mark: mark.start)),
    )


def add_read(scores: NDArray[np.float64], keys: Sequence[int], reads: Mapping[int, PairRead], share: float) -> None:
    """Adds to the scores of the candidates what was read of them; one that was not counts as the least likely."""
    if not reads:
        return
    least = min(read.answers for read in reads.values())
    scores += share * np.array([reads[key].answers if key in reads else least for key in keys])
