"""From retrieved evidence to claims: read, judged, and quoted sentence by sentence; or why not."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.index.catalogue import Catalogue
from service.answerers.extractive import Extract, extract
from service.draft import Draft
from service.model import Reason
from service.reading import FittedReader
from service.retrieval import Retrieval
from service.support import judge
from service.understanding import Understood


class Quoting:
    """Safe for several threads."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._reader = FittedReader()

    def extracts(
        self, asked: Understood, retrieval: Retrieval, most: int, draft: Draft
    ) -> tuple[Sequence[Extract], Reason | None]:
        """What answers, best first; or nothing and the reason, of which the draft is told."""
        reading = self._reader.read(asked, retrieval.rarity, retrieval.evidence)
        if retrieval.evidence:
            draft.supports.append(reading.support)
        support = judge(asked, retrieval, reading)
        if support.reason is not None:
            draft.note(support.explanation)
            return (), support.reason
        return extract(asked, reading, most, self._catalogue.following), None

    def quote(self, asked: Understood, retrieval: Retrieval, most: int, draft: Draft) -> Reason | None:
        """Adds what answers to the draft; the reason where nothing does."""
        extracts, reason = self.extracts(asked, retrieval, most, draft)
        for one in extracts:
            add(draft, one)
        return reason


def add(draft: Draft, one: Extract) -> None:
    """Adds a run of sentences as a claim that is its own quotation."""
    draft.claim(one.found.paragraph.text[one.start : one.end], one.found, one.start, one.end)
