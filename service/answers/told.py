"""What a way of answering says: a value. An answer is put together from one or several of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from indexer.index.catalogue import StoredParagraph, StoredRating
from service.model import Checked, Fallback, Kind, Nearest, Outcome, Reason, Shown
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
class Statement:
    """A claim to be, and the words it rests on: at least one run of them.

    rating  the printed rating that it states; None where it states none.
    """

    text: str
    rests: tuple[Extract, ...]
    check: Checked = Checked.EXACT
    rating: StoredRating | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """How a language model fared.

    kept     how many of its claims are shown.
    dropped  how many of the others failed which check.
    """

    model: str
    prompt: str
    kept: int = 0
    dropped: Counter[str] = field(default_factory=Counter)
    fallback: Fallback | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """
    label       the heading that it stands under; None where the answer is not told apart.
    before      sentences that are no claims, ahead of the statements; `after` those behind them.
    outcome     None where it says nothing about how the question ends.
    kind        the kind of answer that it is, where it knows better than the question's words.
    support     how likely the evidence answers (0 to 1); None where nothing was read.
    """

    statements: tuple[Statement, ...] = ()
    label: str | None = None
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    outcome: Outcome | None = Outcome.ANSWERED
    reason: Reason | None = None
    retrievals: tuple[Retrieval, ...] = ()
    nearest: tuple[Nearest, ...] = ()
    shown: Shown | None = None
    choices: tuple[str, ...] = ()
    support: float | None = None
    written: Written | None = None
    kind: Kind | None = None
