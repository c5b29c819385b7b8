"""Dense and lexical search, fused per paragraph."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from indexer.encoders.port import Encoder
from indexer.index.generations import OpenIndex
from service.errors import UnknownFilterError
from service.model import Evidence, Filters, Question
from service.networks import PairModel, PairRead
from service.question import Parsed, Parser, Subjects, SubjectsNamed
from service.search.candidates import Gatherer, Scope
from service.search.features import Candidates, matrix
from service.search.fusion import fused_scores
from service.search.headings import heading_fit
from service.search.ordering import ordered, repeats_last
from service.search.query import Query, QueryMaker
from service.search.reading import MOST_READ, Rereading, add_read
from service.search.rerank import Reranker, mixed
from service.search.retrieval import Retrieval
from service.search.titles import Titles
from service.search.weights import packaged_weights

Scores = NDArray[np.float64]

# Of all reports asked one by one those are read of which a paragraph has such a share of the most words of the question
# that any has, or a cosine so near the highest.
_WORDS, _MEANING = 0.75, 0.1
# So many more are looked at, for those that repeat others.
_REPEATS = 8
# The best so many are read again by a reranker, where one is set: each takes it several milliseconds.
_RERANKED = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class _Scoped:
    """What is searched, whose reports those are, and how many paragraphs they have."""

    scope: Scope
    reports: frozenset[str]
    paragraphs: int


@dataclass(frozen=True, kw_only=True, slots=True)
class _Order:
    """How many are wanted, how they are ordered beyond their scores (`ordering.ordered`), and how many are read."""

    limit: int
    again: float = 0.0
    read: int = MOST_READ


@dataclass(frozen=True, kw_only=True, slots=True)
class SecondLook:
    """What reads the best candidates again: `reranker` only to rank them, `reader` for the answer as well."""

    reranker: Reranker | None = None
    reader: PairModel | None = None


NO_SECOND_LOOK = SecondLook()


class Retriever:
    """Safe for several threads."""

    def __init__(
        self,
        index: OpenIndex,
        encoder: Encoder,
        parser: Parser,
        second: SecondLook = NO_SECOND_LOOK,
    ) -> None:
        self._catalogue = index.catalogue
        self._every = frozenset(r.id for r in index.catalogue.reports())
        self._paragraphs = index.manifest.counts["paragraphs"]
        self._ordinals = {r.id: r.ordinal for r in index.catalogue.reports()}
        self._titles = Titles(index.catalogue)
        self._gatherer = Gatherer(index.catalogue, index.store)
        self._maker = QueryMaker(index.store, encoder)
        self._weights = packaged_weights()
        self._reranker = second.reranker
        self.rereading = (
            None if second.reader is None else Rereading(index.catalogue, self._gatherer.windows, second.reader)
        )
        self._parser = parser

    @property
    def subjects(self) -> Subjects:
        return self._parser.subjects

    def reports(self, filters: Filters, named: SubjectsNamed) -> frozenset[str]:
        """Ids of the reports that the filters and the subjects of a question leave. Raises UnknownFilterError."""
        chosen = self._reports(filters, named)
        return self._every if chosen is None else frozenset(chosen)

    def check(self, filters: Filters) -> None:
        """Raises UnknownFilterError."""
        self._scope(filters, self._reports(filters, None), frozenset())

    def search(self, text: str, filters: Filters, limit: int) -> Retrieval:
        """As `retrieve`, of a question by itself, for reading down: another section comes before a second paragraph
        of one that is about as good. An answer wants a section whole."""
        asked = self._parser.parse(Question(text=text))
        scope = self._scope(filters, self._reports(filters, asked.subjects), asked.subjects.superseded)
        return self._one(asked, scope, _Order(limit=limit, again=self._weights.again))

    def retrieve(self, asked: Parsed, filters: Filters, limit: int) -> Retrieval:
        """The paragraphs that bear on a question. A subject that it names, and that the filters do not already
        choose, locks the search to its reports; where nobody is named or chosen, superseded reports are left out.

        Raises UnknownFilterError.
        """
        chosen = self._reports(filters, asked.subjects)
        scope = self._scope(filters, chosen, asked.subjects.superseded)
        return self._one(asked, scope, _Order(limit=limit))

    def retrieve_across(
        self, asked: Parsed, filters: Filters, limit: int, read: int
    ) -> Iterator[tuple[int, Retrieval]]:
        """As `retrieve`, for every report by itself, the likeliest reports first: how many there are, and what was
        retrieved from one, of which so many are read. The question is embedded once: the first retrieval's timings
        tell it.

        Raises UnknownFilterError.
        """
        began = time.perf_counter()
        query = self._maker.query(asked)
        if asked.predicate is not None:
            # A report tells of its own body alone: what is read is asked of one.
            query = replace(query, whole=asked.predicate)
        took = time.perf_counter() - began
        whole = self._scope(filters, self._reports(filters, asked.subjects), asked.subjects.superseded)
        found: list[tuple[float, _Scoped, Candidates, Scores]] = []
        for report in sorted(whole.reports):
            one = self._scope(filters, {report}, frozenset())
            if one.scope.within:
                candidates, features = self._measured(query, one.scope)
                scores = fused_scores(features, self._weights)
                found.append((float(scores.max(initial=0.0)), one, candidates, scores))
        found.sort(key=lambda each: -each[0])
        for _, one, candidates, scores in _near(found):
            started = time.perf_counter()
            evidence = self._chosen(query, candidates, scores, _Order(limit=limit, read=read))
            search = (time.perf_counter() - started) * 1000
            yield len(found), self._retrieval(asked, query, one, evidence, {"embed": took * 1000, "search": search})
            took = 0.0

    def _one(self, asked: Parsed, scoped: _Scoped, order: _Order) -> Retrieval:
        began = time.perf_counter()
        query = self._maker.query(asked)
        embedded = time.perf_counter()
        evidence = self._ranked(query, scoped.scope, order)
        timings = {"embed": (embedded - began) * 1000, "search": (time.perf_counter() - embedded) * 1000}
        return self._retrieval(asked, query, scoped, evidence, timings)

    @staticmethod
    def _retrieval(
        asked: Parsed,
        query: Query,
        scoped: _Scoped,
        evidence: tuple[Evidence, ...],
        timings: Mapping[str, float],
    ) -> Retrieval:
        return Retrieval(
            evidence=evidence,
            subjects=asked.subjects,
            rarity=query.rarity,
            reports=scoped.reports,
            paragraphs=scoped.paragraphs,
            timings_ms=timings,
        )

    def candidates(self, asked: Parsed, filters: Filters) -> tuple[Query, Candidates, Scores]:
        """What is query, what `retrieve` chooses from, and the features that it ranks by: (candidates, len(FEATURES)).

        Raises UnknownFilterError.
        """
        scope = self._scope(filters, self._reports(filters, asked.subjects), asked.subjects.superseded).scope
        query = self._maker.query(asked)
        return query, *self._measured(query, scope)

    def _measured(self, query: Query, scope: Scope) -> tuple[Candidates, Scores]:
        titles = self._titles.fit(query.terms)
        candidates = self._gatherer.candidates(query, scope, titles)
        headings = heading_fit(query.text, (span.path for span in candidates.spans))
        return candidates, matrix(candidates, headings, titles)

    def _ranked(self, query: Query, scope: Scope, order: _Order) -> tuple[Evidence, ...]:
        if scope.within == ():
            return ()
        candidates, features = self._measured(query, scope)
        scores = self._reranked(query.text, candidates, fused_scores(features, self._weights))
        return self._chosen(query, candidates, scores, order)

    def _chosen(self, query: Query, candidates: Candidates, scores: Scores, order: _Order) -> tuple[Evidence, ...]:
        reads = self._reads(query, candidates, scores, order.read)
        add_read(scores, candidates.keys.tolist(), reads, self._weights.read)
        best = ordered(scores, candidates.spans, order.again, order.limit + _REPEATS)
        keys = candidates.keys[best].tolist()
        by_key = self._catalogue.paragraphs_by_key(keys)
        found = [by_key[key] for key in keys]
        return tuple(
            Evidence(
                found=found[place],
                dense=float(candidates.cosine[best[place]]),
                lexical=float(candidates.lexical[best[place]]) or None,
                fused=float(scores[best[place]]),
                read=reads.get(keys[place]),
            )
            for place in repeats_last(found)[: order.limit]
        )

    def _reads(self, query: Query, candidates: Candidates, scores: Scores, most: int) -> dict[int, PairRead]:
        if self.rereading is None:
            return {}
        best = np.argsort(-scores, kind="stable")
        return self.rereading.read(query.whole, query.vector, candidates.keys[best], most)

    def _reranked(self, text: str, candidates: Candidates, scores: Scores) -> Scores:
        if self._reranker is None:
            return scores
        best = np.argsort(-scores, kind="stable")[:_RERANKED]
        keys = candidates.keys[best].tolist()
        found = self._catalogue.paragraphs_by_key(keys)
        passages = [". ".join((*found[key].section.path, found[key].paragraph.text)) for key in keys]
        again = scores.copy()
        again[best] = mixed(scores[best], self._reranker.scores(text, passages))
        return again

    def _scope(self, filters: Filters, chosen: set[str] | None, superseded: frozenset[str]) -> _Scoped:
        sections = None if filters.sections is None else self._parser.sections.resolve(filters.sections)
        if chosen is None and superseded:
            chosen = set(self._every - superseded)
            if sections is None and filters.scores is None:
                without = frozenset(self._ordinals[r] for r in superseded)
                left_out = sum(map(len, self._catalogue.ranges_of(without)))
                return _Scoped(
                    scope=Scope(within=None, without=without),
                    reports=frozenset(chosen),
                    paragraphs=self._paragraphs - left_out,
                )
        within = self._catalogue.paragraph_ranges(reports=chosen, sections=sections, scores=filters.scores)
        return _Scoped(
            scope=Scope(within=within),
            reports=self._every if chosen is None else frozenset(chosen),
            paragraphs=self._paragraphs if within is None else sum(map(len, within)),
        )

    def _reports(self, filters: Filters, named: SubjectsNamed | None) -> set[str] | None:
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
        elif filters.reports is None and named is not None and named.reports is not None:
            chosen = set(named.reports)
        return chosen


def _near(
    found: Sequence[tuple[float, _Scoped, Candidates, Scores]],
) -> Iterator[tuple[float, _Scoped, Candidates, Scores]]:
    """The reports that are worth reading: one of their paragraphs holds about as many of the question's words as any
    does, or means nearly the same."""
    words = max((one.coverage.max(initial=0.0) for _, _, one, _ in found), default=0.0)
    meaning = max((one.cosine.max(initial=0.0) for _, _, one, _ in found), default=0.0)
    for each in found:
        one = each[2]
        if one.coverage.max(initial=0.0) >= _WORDS * words or one.cosine.max(initial=0.0) >= meaning - _MEANING:
            yield each


def _some(names: tuple[str, ...], most: int = 12) -> str:
    shown = ", ".join(names[:most])
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown or "none"
