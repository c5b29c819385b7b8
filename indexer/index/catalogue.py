"""What an index holds, read from one generation's SQLite file."""

from __future__ import annotations

import bisect
import json
import sqlite3
import threading
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from indexer.errors import IndexOpenError
from indexer.index.rows import StoredParagraph, StoredRating, StoredReport, paragraph_of, report_of, section_of
from indexer.model import Rating, Section
from indexer.text import fold

__all__ = ["Catalogue", "Span", "StoredParagraph", "StoredRating", "StoredReport", "merge_ranges"]

FILE_NAME = "catalogue.sqlite"


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """A section that has paragraphs: their keys run from `first` to `last`. `report` is its report's ordinal;
    `wordings` are folded."""

    report: int
    path: tuple[str, ...]
    wordings: frozenset[str]
    score: int | None
    first: int
    last: int


PARAGRAPH = """
    SELECT p.key, p.id, p.report, p.number, p.text, p.digest, p.kind, p.role, p.page, p.label, p.columns,
           s.id, s.path, s.level, s.score, s.judgement, s.rated
    FROM paragraphs p JOIN sections s ON s.key = p.section
"""


class Catalogue:
    """Read-only; may be used by several threads at once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._own = threading.local()
        self._opened: list[sqlite3.Connection] = []
        self._lock = threading.Lock()

    def close(self) -> None:
        with self._lock:
            for connection in self._opened:
                connection.close()
            self._opened.clear()

    def reports(self) -> tuple[StoredReport, ...]:
        """All reports, by subject, then the newest first."""
        return self._reports

    def report(self, report_id: str) -> StoredReport | None:
        return self._by_id.get(report_id)

    def sections(self, report_id: str) -> tuple[Section, ...]:
        """All sections of a report in order; empty where there is no such report."""
        rows = self._all(
            "SELECT s.id, s.path, s.level, s.score, s.judgement, s.rated FROM sections s"
            " JOIN reports r ON r.ordinal = s.report WHERE r.id = ? ORDER BY s.key",
            (report_id,),
        )
        return tuple(section_of(row) for row in rows)

    def paragraphs(self, report_id: str) -> tuple[StoredParagraph, ...]:
        """The whole report in order."""
        report = self.report(report_id)
        if report is None:
            return ()
        rows = self._all(f"{PARAGRAPH} WHERE p.report = ? ORDER BY p.key", (report.ordinal,))
        return tuple(paragraph_of(row, self._by_ordinal[row[2]]) for row in rows)

    def paragraph(self, paragraph_id: str) -> StoredParagraph | None:
        rows = self._all(f"{PARAGRAPH} WHERE p.id = ?", (paragraph_id,))
        return paragraph_of(rows[0], self._by_ordinal[rows[0][2]]) if rows else None

    def paragraphs_by_key(self, keys: Sequence[int]) -> dict[int, StoredParagraph]:
        rows = self._all(f"{PARAGRAPH} WHERE p.key IN ({_marks(keys)})", tuple(keys))
        return {row[0]: paragraph_of(row, self._by_ordinal[row[2]]) for row in rows}

    def following(self, key: int, most: int) -> tuple[StoredParagraph, ...]:
        """At most `most` paragraphs that come after one in the same section, in order."""
        rows = self._all(
            f"{PARAGRAPH} WHERE p.key > ? AND p.section = (SELECT section FROM paragraphs WHERE key = ?)"
            " ORDER BY p.key LIMIT ?",
            (key, key, most),
        )
        return tuple(paragraph_of(row, self._by_ordinal[row[2]]) for row in rows)

    def texts(self, *, holding: str) -> Iterator[str]:
        """The text of each paragraph with these characters in it: tens of milliseconds for 50,000 paragraphs."""
        return (text for (text,) in self._all("SELECT text FROM paragraphs WHERE instr(text, ?) > 0", (holding,)))

    def holding(
        self, characters: str, *, reports: Collection[str] | None = None, most: int = 20
    ) -> tuple[StoredParagraph, ...]:
        """At most so many paragraphs, in order, with these very characters in them: a scan of the reports' text."""
        ordinals = [self._by_id[one].ordinal for one in reports or () if one in self._by_id]
        among = "" if reports is None else f" AND p.report IN ({_marks(ordinals)})"
        rows = self._all(
            f"{PARAGRAPH} WHERE instr(p.text, ?) > 0{among} ORDER BY p.key LIMIT ?", (characters, *ordinals, most)
        )
        return tuple(paragraph_of(row, self._by_ordinal[row[2]]) for row in rows)

    def windows_of(self, paragraph: int) -> list[tuple[int, int, str]]:
        """Of a paragraph's windows, in order: where each starts and ends in its text, and its context."""
        return self._all('SELECT start, "end", context FROM windows WHERE paragraph = ? ORDER BY key', (paragraph,))

    def windows_at(self, keys: Sequence[int]) -> dict[int, tuple[int, int, str]]:
        """As `windows_of`, of windows by their keys."""
        sql = f'SELECT key, start, "end", context FROM windows WHERE key IN ({_marks(keys)})'
        return {row[0]: (row[1], row[2], row[3]) for row in self._all(sql, tuple(keys))}

    def owners(self) -> list[tuple[int, int]]:
        """Every window's key with its paragraph's, by window key."""
        return self._all("SELECT key, paragraph FROM windows ORDER BY key")

    def ratings(self) -> tuple[StoredRating, ...]:
        """Every rating of every report, by report, then in printed order."""
        return self._ratings

    def profiles(self) -> Mapping[str, Mapping[str, Any]]:
        """Name to description of every family of reports that the index was built with."""
        return {name: json.loads(text) for name, text in self._all("SELECT name, description FROM profiles")}

    def counts(self) -> dict[str, int]:
        names = ("reports", "sections", "paragraphs", "windows", "ratings")
        return {name: self._all(f"SELECT count(*) FROM {name}")[0][0] for name in names}

    def paragraph_ranges(
        self,
        *,
        reports: Collection[str] | None = None,
        sections: Collection[str] | None = None,
        scores: Collection[int] | None = None,
    ) -> tuple[range, ...] | None:
        """The keys of the paragraphs that meet every condition, as ascending ranges; None for no condition.

        reports   report ids.
        sections  wordings: a paragraph counts if any heading above it, or its section's id, is one of them.
        scores    a paragraph counts if its section has, or inherits, one of them.
        """
        if reports is None and sections is None and scores is None:
            return None
        if reports is not None and sections is None and scores is None:
            return self.ranges_of([self._by_id[r].ordinal for r in reports if r in self._by_id])
        wanted = None if sections is None else {fold(s) for s in sections}
        allowed = None if reports is None else {self._by_id[r].ordinal for r in reports if r in self._by_id}
        keys: list[tuple[int, int]] = []
        for span in self._spans:
            if allowed is not None and span.report not in allowed:
                continue
            if scores is not None and span.score not in scores:
                continue
            if wanted is not None and not wanted & span.wordings:
                continue
            keys.append((span.first, span.last + 1))
        return merge_ranges(keys)

    def ranges_of(self, ordinals: Iterable[int]) -> tuple[range, ...]:
        """The keys of all paragraphs of some reports."""
        return merge_ranges(self._of_report[ordinal] for ordinal in ordinals if ordinal in self._of_report)

    def spans(self, keys: Iterable[int]) -> dict[int, Span]:
        """By paragraph key: the section that it stands in. From memory: cheap for hundreds of keys."""
        return {key: self._spans[bisect.bisect_right(self._starts, key) - 1] for key in keys}

    @cached_property
    def _of_report(self) -> dict[int, tuple[int, int]]:
        """By report ordinal the keys of its paragraphs, which lie side by side: the first, and the next after all."""
        found: dict[int, tuple[int, int]] = {}
        for span in self._spans:
            first, _ = found.get(span.report, (span.first, 0))
            found[span.report] = (first, span.last + 1)
        return found

    @cached_property
    def _starts(self) -> list[int]:
        return [span.first for span in self._spans]

    @cached_property
    def _reports(self) -> tuple[StoredReport, ...]:
        sql = """
            SELECT ordinal, id, file, profile, metadata, notices,
                (SELECT count(*) FROM sections WHERE report = ordinal),
                (SELECT count(*) FROM paragraphs WHERE report = ordinal),
                (SELECT count(*) FROM paragraphs WHERE report = ordinal AND role = 'finding'),
                (SELECT count(*) FROM ratings WHERE report = ordinal)
            FROM reports"""
        reports = [report_of(row) for row in self._all(sql)]
        reports.sort(key=lambda r: r.id)
        reports.sort(key=lambda r: r.metadata.published or date.min, reverse=True)
        reports.sort(key=lambda r: (r.metadata.subject or r.title).casefold())
        return tuple(reports)

    @cached_property
    def _by_id(self) -> dict[str, StoredReport]:
        return {r.id: r for r in self._reports}

    @cached_property
    def _by_ordinal(self) -> dict[int, StoredReport]:
        return {r.ordinal: r for r in self._reports}

    @cached_property
    def _spans(self) -> tuple[Span, ...]:
        sql = """
            SELECT s.report, s.id, s.path, s.score, min(p.key), max(p.key)
            FROM sections s JOIN paragraphs p ON p.section = s.key GROUP BY s.key ORDER BY min(p.key)"""
        return tuple(
            Span(
                report=report,
                path=(headings := tuple(json.loads(path))),
                wordings=frozenset((section, *map(fold, headings))),
                score=score,
                first=first,
                last=last,
            )
            for report, section, path, score, first, last in self._all(sql)
        )

    @cached_property
    def _ratings(self) -> tuple[StoredRating, ...]:
        sql = """
            SELECT r.report, r.name, r.score, r.judgement, r.percent, p.id,
                   s.id, s.path, s.level, s.score, s.judgement, s.rated
            FROM ratings r JOIN paragraphs p ON p.key = r.paragraph LEFT JOIN sections s ON s.key = r.section
            ORDER BY r.key"""
        return tuple(
            StoredRating(
                report=self._by_ordinal[row[0]],
                section=section_of(row[6:]) if row[6] is not None else None,
                rating=Rating(
                    section=row[6], name=row[1], score=row[2], judgement=row[3], percent=row[4], paragraph_id=row[5]
                ),
            )
            for row in self._all(sql)
        )

    def _all(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        return self._connection().execute(sql, values).fetchall()

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._own, "connection", None)
        if connection is None:
            address = f"{self._path.resolve().as_uri()}?mode=ro&immutable=1"
            try:
                connection = sqlite3.connect(address, uri=True, check_same_thread=False)
            except sqlite3.Error as fault:
                raise IndexOpenError(f"{self._path} cannot be opened ({fault}); build the index again") from fault
            self._own.connection = connection
            with self._lock:
                self._opened.append(connection)
        return connection


def merge_ranges(spans: Iterable[tuple[int, int]]) -> tuple[range, ...]:
    """Half-open spans as the fewest ascending ranges."""
    merged: list[tuple[int, int]] = []
    for start, stop in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(stop, merged[-1][1]))
        else:
            merged.append((start, stop))
    return tuple(range(*span) for span in merged)


def _marks(values: Sequence[Any]) -> str:
    return ",".join("?" * len(values))
