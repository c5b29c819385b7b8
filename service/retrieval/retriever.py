"""Dense and lexical search, fused per paragraph."""

from __future__ import annotations

import heapq
import time
from collections.abc import Mapping
from dataclasses import dataclass

from indexer.embedding import Encoder, Vectors
from indexer.index.generations import OpenIndex
from service.errors import UnknownFilterError
from service.model import Evidence, Filters
from service.retrieval.fusion import fuse
from service.retrieval.headings import heading_fit
from service.retrieval.subjects import Subjects, SubjectsNamed
from service.retrieval.titles import Titles
from service.retrieval.together import QueryEncoder
from service.words import query_terms

# Candidates. A paragraph may have several windows, so twice as many of those are taken.
_WINDOWS = 200
# Reports whose titles fit the question best, which are searched by themselves as well.
_BY_TITLE = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Retrieval:
    """Evidence, best first; whose reports were searched; how long it took, in milliseconds.

    rarity                of the question's terms among all paragraphs: the higher, the rarer.
    reports               ids of those that were searched.
    paragraphs            how many were searched.
    """

    evidence: tuple[Evidence, ...]
    subjects: SubjectsNamed
    rarity: Mapping[str, float]
    reports: frozenset[str]
    paragraphs: int
    timings_ms: Mapping[str, float]


class Retriever:
    """Safe for several threads."""

    def __init__(self, index: OpenIndex, encoder: Encoder) -> None:
        self._catalogue = index.catalogue
        self._store = index.store
        self._encoder = QueryEncoder(encoder)
        self._every = frozenset(r.id for r in index.catalogue.reports())
        self._paragraphs = index.manifest.counts["paragraphs"]
        self._titles = Titles(index.catalogue)
        self.subjects = Subjects(index.catalogue, index.store)

    def search(self, text: str, filters: Filters, limit: int) -> Retrieval:
        """The paragraphs that bear on a question. A subject that the text names, and that the filters do not
        already choose, locks the search to its reports.

        Raises UnknownFilterError.
        """
        began = time.perf_counter()
        named = self.subjects.named(text)
        vector = self._encoder.encode(text)
        embedded = time.perf_counter()
        chosen = self._reports(filters, named)
        within = self._catalogue.paragraph_ranges(reports=chosen, sections=filters.sections, scores=filters.scores)
        terms = query_terms(named.rest)
        evidence = self._fused(vector, named.rest, terms, within, limit) if within != () else ()
        return Retrieval(
            evidence=evidence,
            subjects=named,
            rarity=self._store.rarity(terms),
            reports=self._every if chosen is None else frozenset(chosen),
            paragraphs=self._paragraphs if within is None else sum(map(len, within)),
            timings_ms={
                "embed": (embedded - began) * 1000,
                "search": (time.perf_counter() - embedded) * 1000,
            },
        )

    def _fused(
        self, vector: Vectors, text: str, terms: Mapping[str, float], within: tuple[range, ...] | None, limit: int
    ) -> tuple[Evidence, ...]:
        titles = self._titles.fit(terms)
        dense, lexical = self._candidates(vector, terms, within, _WINDOWS)
        if within is None and titles:
            # Among many reports with the same headings, the one that is asked for can be crowded out of the best.
            best = heapq.nlargest(_BY_TITLE, titles, key=lambda ordinal: titles[ordinal])
            more = self._candidates(vector, terms, self._catalogue.ranges_of(best), _WINDOWS // 4)
            dense, lexical = more[0] | dense, more[1] | lexical
        spans = self._catalogue.spans(dense.keys() | lexical.keys())
        headings = heading_fit(text, (span.path for span in spans.values()))
        fused = fuse(
            dense,
            lexical,
            {key: headings[span.path] for key, span in spans.items()},
            {key: titles.get(span.report, 0.0) for key, span in spans.items()},
        )
        best_keys = sorted(fused, key=lambda key: (-fused[key], key))[:limit]
        found = self._catalogue.paragraphs_by_key(best_keys)
        return tuple(
            Evidence(found=found[key], dense=dense.get(key), lexical=lexical.get(key), fused=fused[key])
            for key in best_keys
        )

    def _candidates(
        self, vector: Vectors, terms: Mapping[str, float], within: tuple[range, ...] | None, windows: int
    ) -> tuple[dict[int, float], dict[int, float]]:
        """Cosines of the best windows' paragraphs, and BM25 scores of half as many paragraphs, by key."""
        among = None if within is None else self._catalogue.window_ranges(within)
        near = self._store.nearest(vector, limit=windows, within=among)
        places = self._catalogue.windows([m.key for m in near])
        dense: dict[int, float] = {}
        for match in near:  # best first, so the first window of a paragraph speaks for it
            dense.setdefault(places[match.key][0], match.score)
        matching = self._store.matching(terms, limit=windows // 2, within=within)
        return dense, {m.key: m.score for m in matching}

    def _reports(self, filters: Filters, named: SubjectsNamed) -> set[str] | None:
        """Ids of the reports to search; None for all."""
        chosen: set[str] | None = None
        if filters.reports is not None:
            for report in filters.reports:
                if self._catalogue.report(report) is None:
                    raise UnknownFilterError("filters.reports", f"no report {report!r}; /v1/reports lists them")
            chosen = set(filters.reports)
        if filters.subjects is not None:
            about: set[str] = set()
            for wording in filters.subjects:
                name = self.subjects.find(wording)
                if name is None:
                    raise UnknownFilterError(
                        "filters.subjects", f"no subject {wording!r}; there are {_some(self.subjects.indexed())}"
                    )
                about.update(self.subjects.reports_about(name))
            chosen = about if chosen is None else chosen & about
        elif filters.reports is None and named.reports is not None:
            chosen = set(named.reports)
        return chosen


def _some(names: tuple[str, ...], most: int = 12) -> str:
    shown = ", ".join(names[:most])
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown or "none"
