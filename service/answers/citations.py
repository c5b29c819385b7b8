"""Quote or drop: a citation is made here, and only of words that stand in the paragraph."""

from __future__ import annotations

from indexer.index.catalogue import StoredParagraph
from service.model import Citation


def cite(number: int, found: StoredParagraph, start: int, end: int) -> Citation | None:
    """A citation of `text[start:end]`; None where that is no run of words of the paragraph."""
    text = found.paragraph.text
    if not 0 <= start < end <= len(text) or not text[start:end].strip():
        return None
    return Citation(number=number, found=found, quote=text[start:end], start=start, end=end)


def stands(citation: Citation) -> bool:
    """Whether the citation's words are those of its paragraph at its offsets: the promise of every answer."""
    words = citation.found.paragraph.text[citation.start : citation.end]
    return bool(citation.quote.strip()) and words == citation.quote
