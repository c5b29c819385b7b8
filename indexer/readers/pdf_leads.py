"""What stands in front of a line: a bullet or a printed number."""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.readers.labels import split_label
from indexer.readers.pdf_lines import Line
from indexer.readers.pdf_page import UNMAPPED_GLYPH

_WIDE = 0.45  # of the font size: wider than a blank, so the text was set off by a tab
_NUMBER = re.compile(r"(\d{1,3}(?:\.\d{1,3}){0,4}|\(?(?:[a-z]|[ivx]{1,5}|\d{1,3})\)|[a-zA-Z](?=\.))\.?")
_LETTERED = re.compile(r"\(?[a-zA-Z]{1,5}\)?")
_SURE = frozenset("•●▪■◼◾⬛◦○‣\u2043∙◆❖➢➤✓✔►▶")
_DOUBTFUL = frozenset("-\u2013\u2014*+o·§")  # bullets only where a tab follows


@dataclass(frozen=True, kw_only=True, slots=True)
class Lead:
    """text_x: where the text behind the bullet or number begins. set_off: by more than a blank."""

    bullet: bool = False
    label: str | None = None
    text_x: float | None = None
    set_off: bool = False
    skip: int = 0

    @property
    def is_item(self) -> bool:
        return self.bullet or (self.label is not None and _LETTERED.fullmatch(self.label) is not None)


NO_LEAD = Lead()


def lead_of(line: Line) -> Lead:
    """The bullet or label at a line's start. `skip` words of the line belong to it."""
    first = line.words[0]
    if len(line.words) == 1:
        return Lead(bullet=True, skip=1) if _is_sure(first.text) else NO_LEAD
    second = line.words[1]
    set_off = second.x0 - first.x1 > _WIDE * line.size
    if _is_sure(first.text) or (first.text in _DOUBTFUL and set_off):
        return Lead(bullet=True, text_x=second.x0, set_off=set_off, skip=1)
    if _is_sure(first.text[0]) and len(first.text) > 1:
        return Lead(bullet=True)  # set without a blank: the text starts in the bullet's own word
    number = _NUMBER.fullmatch(first.text)
    if number and set_off and any(char.isalpha() for char in second.text):
        return Lead(label=number[1], text_x=second.x0, set_off=True, skip=1)
    label, _ = split_label(line.text)
    if label is not None and first.text.rstrip(".") == label:
        return Lead(label=label, text_x=second.x0, skip=1)
    return NO_LEAD


def lead_text(line: Line, lead: Lead) -> str:
    """The line's text behind its lead."""
    if lead.skip:
        return " ".join(word.text for word in line.words[lead.skip :])
    return line.text[1:].lstrip() if lead.bullet else line.text


def _is_sure(text: str) -> bool:
    # Symbol fonts give their bullets as private-use characters, or as none at all.
    return len(text) == 1 and (text in _SURE or "\uf000" <= text <= "\uf0ff" or text == UNMAPPED_GLYPH)
