"""A catalogue and a store without files, for what is understood of questions."""

from __future__ import annotations

import math
from collections import Counter
from types import SimpleNamespace

from indexer.index.catalogue import StoredReport
from indexer.index.store import Match
from indexer.index.terms import analyse
from indexer.model import Metadata


def report(number: int, title: str | None, *, subject=None, published=None, profile="generic", file=None):
    known = Metadata(title=title, subject=subject, published=published)
    return StoredReport(
        ordinal=number,
        id=f"r{number}",
        file=file or f"r{number}.md",
        profile=profile,
        metadata=known,
        notices=(),
        sections=1,
        paragraphs=1,
        findings=1,
        ratings=0,
    )


class Shelf:
    """A catalogue and a store of reports with one paragraph each."""

    def __init__(self, reports, texts=(), profiles=()) -> None:
        self._reports = tuple(reports)
        self._texts = [*texts, *[""] * len(self._reports)][: len(self._reports)]
        self._profiles = dict(profiles)
        self._held = Counter(term for text in self._texts for term in set(analyse(text)))

    def reports(self):
        return self._reports

    def profiles(self):
        return self._profiles

    def paragraph_ranges(self, *, reports=None):
        return (
            None
            if reports is None
            else tuple(range(r.ordinal, r.ordinal + 1) for r in self._reports if r.id in reports)
        )

    def paragraphs_by_key(self, keys):
        return {
            k: SimpleNamespace(report=self._reports[k], paragraph=SimpleNamespace(text=self._texts[k])) for k in keys
        }

    def rarity(self, terms):
        total = len(self._reports)
        return {t: math.log(1 + (total - self._held[t] + 0.5) / (self._held[t] + 0.5)) for t in terms}

    def matching(self, terms, *, limit, within=None):
        keys = [k for k, text in enumerate(self._texts) if terms.keys() & set(analyse(text))]
        return [Match(k, 1.0) for k in keys if within is None or any(k in r for r in within)][:limit]
