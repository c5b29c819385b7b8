"""Words that a page marks in a report: those that a citation quotes, and those that a reader searches for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.model import Paragraph
from service.model import Nearest

Span = tuple[int, int]

LONGEST_SEARCH = 200
# What people type for what is printed, and the other way round.
_ALIKE = ("'‘’ʼ′`", '"“”„″', "-‐‑‒–—−")
_ADDRESS = re.compile(
    r"(?P<anchor>.+\.\d{1,9}):(?P<start>\d{1,9})-(?P<end>\d{1,9})(?::(?P<digest>[0-9a-f]{8}))?", re.DOTALL
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """A run of a text that is marked throughout, or not at all."""

    text: str
    quoted: bool = False
    sought: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """The words that an address names: code points of the paragraph at `anchor`. `digest` begins that of the paragraph
    as it was quoted."""

    anchor: str
    start: int
    end: int
    digest: str | None

    def within(self, paragraph: Paragraph) -> Span | None:
        """Where the words stand; None if the paragraph is no longer the one that was quoted."""
        same = self.digest is None or paragraph.digest.startswith(self.digest)
        return (self.start, self.end) if same and self.start < self.end <= len(paragraph.text) else None


def read_mark(text: str) -> Mark | None:
    """The mark of an address as `links.marked_url` makes it; None for anything else."""
    match = _ADDRESS.fullmatch(text)
    if match is None:
        return None
    return Mark(anchor=match["anchor"], start=int(match["start"]), end=int(match["end"]), digest=match["digest"])


class Search:
    """Finds words within texts. Case, kinds of quotes and dashes, and amounts of white space do not matter."""

    def __init__(self, text: str) -> None:
        self.text = " ".join(text.split())[:LONGEST_SEARCH].strip()
        self._words = [re.compile(_loosely(word), re.IGNORECASE) for word in self.text.split()]
        self._whole = re.compile(r"\s+".join(map(_loosely, self.text.split())), re.IGNORECASE)

    def __bool__(self) -> bool:
        return bool(self._words)

    def spans(self, texts: Sequence[str]) -> list[list[Span]]:
        """For each text where the words stand in it, as they were typed; if no text has them so, the texts that have
        every one of them."""
        if not self:
            return [[] for _ in texts]
        found = [[match.span() for match in self._whole.finditer(text)] for text in texts]
        return found if any(found) else [self._each(text) for text in texts]

    def _each(self, text: str) -> list[Span]:
        places = [[match.span() for match in word.finditer(text)] for word in self._words]
        return [span for spans in places for span in spans] if all(places) else []


def cut(text: str, quoted: Span | None = None, sought: Iterable[Span] = ()) -> tuple[Piece, ...]:
    """The text in pieces, which may be marked in both ways; spans may overlap."""
    sought = tuple(sought)
    spans = (*sought, quoted) if quoted else sought
    edges = sorted({0, len(text), *(edge for span in spans for edge in span)})
    return tuple(
        Piece(
            text=text[start:end],
            quoted=quoted is not None and _covers(quoted, start, end),
            sought=any(_covers(span, start, end) for span in sought),
        )
        for start, end in pairwise(edges)
    )


def passage_pieces(near: Nearest) -> tuple[Piece, ...]:
    """A nearest passage, its likeliest sentences marked; nothing is, where they are all of it."""
    text = near.found.paragraph.text
    return cut(text, (near.start, near.end) if near.quote != text else None)


def cells(pieces: Iterable[Piece]) -> tuple[tuple[Piece, ...], ...]:
    """A table row's pieces, cell by cell."""
    row: list[list[Piece]] = [[]]
    for piece in pieces:
        first, *others = piece.text.split("\t")
        row[-1].append(_with(piece, first))
        row.extend([_with(piece, text)] for text in others)
    return tuple(tuple(piece for piece in cell if piece.text) for cell in row)


def _with(piece: Piece, text: str) -> Piece:
    return Piece(text=text, quoted=piece.quoted, sought=piece.sought)


def _covers(span: Span, start: int, end: int) -> bool:
    return span[0] <= start and end <= span[1]


def _loosely(word: str) -> str:
    return "".join(_alike(letter) for letter in word)


def _alike(letter: str) -> str:
    for kinds in _ALIKE:
        if letter in kinds:
            return f"[{re.escape(kinds)}]"
    return re.escape(letter)
