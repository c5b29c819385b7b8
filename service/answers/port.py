"""The port of what turns evidence into claims."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from indexer.index.catalogue import StoredParagraph
from service.answers.draft import Draft
from service.model import Reason
from service.question import Parsed
from service.search import Retrieval


@dataclass(frozen=True, kw_only=True, slots=True)
class Extract:
    """A run of words of one paragraph: `text[start:end]`."""

    found: StoredParagraph
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.found.paragraph.text[self.start : self.end]


@dataclass(frozen=True, kw_only=True, slots=True)
class Stated:
    """One sentence of an answer, and the words it rests on: at least one run of them."""

    text: str
    rests: tuple[Extract, ...]


Add = Callable[[Stated], None]


class Answerer(Protocol):
    """Safe for several threads."""

    def answer(self, asked: Parsed, retrieval: Retrieval, most: int, draft: Draft, add: Add) -> Reason | None:
        """Gives `add` each statement as soon as it stands, at most so many; why there is none, where there is none.

        The draft is told what else there is to say: notes, how likely the evidence answers, how the model fared.
        """
        ...
