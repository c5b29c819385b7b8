"""Paragraphs to windows: runs of whole sentences that fit the encoder, so that nothing is silently cut off."""

from __future__ import annotations

import bisect
import hashlib
from collections.abc import Iterator, Sequence

from indexer.encoders.port import Encoder
from indexer.model import Paragraph, Report, Section, Window
from indexer.sentences import sentence_spans

# The context in front of a window may take this share of what the encoder reads.
_CONTEXT_SHARE = 4


class Windower:
    """Cuts paragraphs for one encoder."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def context(self, report: Report, section: Section, paragraph: Paragraph) -> str:
        """What a window's text needs in front to be understood alone: report, section path, column names.

        At most a quarter of what the encoder reads; the words nearest to the paragraph are kept.
        """
        parts = [report.metadata.title or report.metadata.subject or "", *section.path, " ".join(paragraph.columns)]
        text = ". ".join(p for p in parts if p)
        offsets = self._encoder.token_offsets(text)
        spare = len(offsets) - self._encoder.max_tokens // _CONTEXT_SHARE
        return text[offsets[spare][0] :] if spare > 0 else text

    def windows(self, paragraph: Paragraph, context: str) -> Iterator[Window]:
        """Windows that together cover every character of the paragraph that is not white space."""
        tokens = self._encoder.token_offsets(paragraph.text)
        # Two tokens to spare: joined to its context, a text may be cut into tokens a little differently.
        room = self._encoder.max_tokens - len(self._encoder.token_offsets(join(context, ""))) - 2
        for start, end in _pack(paragraph.text, tokens, room):
            yield Window(paragraph_id=paragraph.id, start=start, end=end)


def join(context: str, text: str) -> str:
    """What the encoder is given for a window."""
    return f"{context}. {text}" if context else text


def window_digest(embedded: str) -> bytes:
    """16 bytes that name what was embedded: equal digests have equal vectors, under one model."""
    return hashlib.sha256(embedded.encode()).digest()[:16]


def _pack(text: str, tokens: Sequence[tuple[int, int]], room: int) -> Iterator[tuple[int, int]]:
    """Runs of whole sentences of at most `room` tokens; a longer sentence is cut between words."""
    if not tokens:  # nothing that the tokenizer knows, but still text that must stand somewhere
        yield from ((s, e) for s, e in sentence_spans(text))
        return
    starts = [start for start, _ in tokens]

    def count(start: int, end: int) -> int:
        return bisect.bisect_left(starts, end) - bisect.bisect_left(starts, start)

    begun: tuple[int, int] | None = None
    for sentence in sentence_spans(text):
        if begun and count(begun[0], sentence[1]) <= room:
            begun = (begun[0], sentence[1])
            continue
        if begun:
            yield begun
        if count(*sentence) <= room:
            begun = sentence
        else:
            *whole, begun = _cut(text, tokens, sentence, room)
            yield from whole
    if begun:
        yield begun


def _cut(text: str, tokens: Sequence[tuple[int, int]], sentence: tuple[int, int], room: int) -> list[tuple[int, int]]:
    """Pieces of one sentence of at most `room` tokens, cut before a word where a word fits."""
    pieces: list[tuple[int, int]] = []
    first = bisect.bisect_left(tokens, (sentence[0], 0))
    last = bisect.bisect_left(tokens, (sentence[1], 0))
    start = sentence[0]
    while last - first > room:
        cut = first + room
        while cut > first + 1 and not text[tokens[cut][0] - 1].isspace():
            cut -= 1
        if cut == first + 1:
            cut = first + room
        pieces.append((start, start + len(text[start : tokens[cut][0]].rstrip())))
        start, first = tokens[cut][0], cut
    return [*pieces, (start, sentence[1])]
