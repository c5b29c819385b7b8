"""Measures the real service in-process: every question is searched for and asked, on an index of real reports."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from eval.figures import DEPTH, Share, ask_figures, letters, percentile, search_figures, shares
from eval.questions import Known
from indexer.build import BuildOptions, build
from indexer.corpus import CATALOGUE_NAME
from indexer.errors import CitewiseError
from indexer.progress import ConsoleProgress
from service.composition import encoder_of, open_generation
from service.live import OpenGeneration
from service.settings import load_settings

# Files whose words can be compared with a quote without a reader: markup between words is not text in others.
_PLAIN = (".md", ".txt")


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One question's figures, how it ended, and how long that took.

    ended  outcome and reason, or the fault's name and words.
    """

    known: Known
    figures: Mapping[str, float]
    ended: str
    answer: str
    search_ms: float | None = None
    ask_ms: float | None = None

    @property
    def missed(self) -> bool:
        wanted = ("cited", "refused")
        return any(self.figures.get(n) == 0.0 for n in wanted) or any(
            self.figures.get(n, 0.0) > 0.0 for n in ("must_not", "error")
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Measured:
    """`milliseconds` holds search_p50, search_p99, ask_p50 and ask_p99."""

    rows: tuple[Row, ...]
    figures: Mapping[str, Share]
    categories: Mapping[str, Mapping[str, Share]]
    milliseconds: Mapping[str, float]

    @property
    def misses(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.missed)


def measure(opened: OpenGeneration, questions: Sequence[Known], sources: Mapping[str, str]) -> Measured:
    rows = tuple(_row(opened, known, sources) for known in questions)
    by_category: dict[str, list[Mapping[str, float]]] = defaultdict(list)
    for row in rows:
        by_category[row.known.category].append(row.figures)
    milliseconds: dict[str, float] = {}
    for name, times in (
        ("search", [r.search_ms for r in rows if r.search_ms is not None]),
        ("ask", [r.ask_ms for r in rows if r.ask_ms is not None]),
    ):
        if times:
            milliseconds |= {f"{name}_p50": percentile(times, 0.5), f"{name}_p99": percentile(times, 0.99)}
    return Measured(
        rows=rows,
        figures=shares([row.figures for row in rows]),
        categories={name: shares(figures) for name, figures in sorted(by_category.items())},
        milliseconds=milliseconds,
    )


def _row(opened: OpenGeneration, known: Known, sources: Mapping[str, str]) -> Row:
    try:
        began = time.perf_counter()
        found = opened.retriever.search(known.question.text, known.question.filters, DEPTH)
        searched = time.perf_counter()
        answer = opened.answering.answer(known.question)
        answered = time.perf_counter()
    except Exception as fault:  # noqa: BLE001 - one question's fault is a figure, and the others are still measured
        return Row(known=known, figures={"error": 1.0}, ended=f"{type(fault).__name__}: {fault}", answer="")
    return Row(
        known=known,
        figures={
            **search_figures(known, [e.found for e in found.evidence]),
            **ask_figures(known, answer, sources),
            "error": 0.0,
        },
        ended="/".join(filter(None, (answer.outcome, answer.reason))),
        answer=answer.text,
        search_ms=(searched - began) * 1000,
        ask_ms=(answered - searched) * 1000,
    )


@contextmanager
def opened_index(*, corpus: Path | None, index: Path | None) -> Iterator[OpenGeneration]:
    """The index in a folder; where none is named, one made of the corpus for as long as the block runs."""
    if index is not None:
        with _opened(index) as opened:
            yield opened
        return
    assert corpus is not None
    with TemporaryDirectory(prefix="citewise-eval-") as folder:
        settings = load_settings(index=Path(folder))
        with ConsoleProgress(quiet=True) as progress:
            result = build(corpus, settings.index, BuildOptions.of(settings), progress)
        if result.skipped:
            first = result.skipped[0]
            raise CitewiseError(f"{corpus / first.file} {first.reason}; {first.fix}")
        with _opened(settings.index) as opened:
            yield opened


@contextmanager
def _opened(index: Path) -> Iterator[OpenGeneration]:
    settings = load_settings(index=index)
    opened = open_generation(settings, encoder_of(settings))
    try:
        yield opened
    finally:
        opened.release()


def source_letters(corpus: Path) -> dict[str, str]:
    """By name relative to the corpus, the letters of every plain file, for checking quotes without the readers."""
    files = (path for path in sorted(corpus.rglob("*")) if path.suffix.lower() in _PLAIN and path.is_file())
    return {
        path.relative_to(corpus).as_posix(): letters(path.read_text(encoding="utf-8", errors="replace"))
        for path in files
        if path.name != CATALOGUE_NAME
    }


def missing_files(opened: OpenGeneration, questions: Sequence[Known]) -> list[str]:
    """Gold files that the index does not hold: their questions cannot be answered."""
    held = {report.file.rsplit("/", 1)[-1] for report in opened.catalogue.reports()}
    return sorted({gold.file for known in questions for gold in known.gold} - held)
