"""Runs the real service in-process: every question is searched for and asked, on an index of real reports.

What it gave is written down as it is stored (`eval.measure.recorded`); nothing is judged here.
"""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from eval.measure.figures import DEPTH, letters
from eval.measure.questions import Known, QuestionSet
from eval.measure.recorded import FORMAT
from indexer.build import BuildOptions, build
from indexer.corpus import CATALOGUE_NAME
from indexer.index.generations import generation_folder
from indexer.index.manifest import Manifest, SkippedFile
from indexer.progress import ConsoleProgress
from service.channels.api.bodies import AnswerBody, Hit
from service.composition import opened_now
from service.live import OpenGeneration
from service.model import Answer
from service.settings import Settings, load_settings

# Files whose words can be compared with a quote without a reader: markup between words is not text in others.
_PLAIN = (".md", ".txt")
# Those that decide what is found and answered, of this version or of others.
_SETTINGS = {"answerer", "embedding_backend", "embedding_model", "model_name", "reranker_model"}


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenedIndex:
    """An index to measure. `skipped` are the files of its corpus that could not be read."""

    opened: OpenGeneration
    manifest: Manifest
    settings: Settings

    @property
    def skipped(self) -> tuple[SkippedFile, ...]:
        return self.manifest.skipped


@contextmanager
def opened_index(*, corpus: Path | None, index: Path | None) -> Iterator[OpenedIndex]:
    """The index in a folder; where none is named, one made of the corpus for as long as the block runs."""
    if index is not None:
        with _opened(index) as found:
            yield found
        return
    assert corpus is not None
    with TemporaryDirectory(prefix="citewise-eval-") as folder:
        settings = load_settings(index=Path(folder))
        with ConsoleProgress(quiet=True) as progress:
            build(corpus, settings.index, BuildOptions.of(settings), progress)
        with _opened(settings.index) as found:
            yield found


@contextmanager
def _opened(index: Path) -> Iterator[OpenedIndex]:
    settings = load_settings(index=index)
    with opened_now(settings) as opened:
        manifest = Manifest.read(generation_folder(settings.index))
        yield OpenedIndex(opened=opened, manifest=manifest, settings=settings)


def header(measured: OpenedIndex, questions: QuestionSet) -> dict[str, Any]:
    """The first line of a stored run; see `eval.measure.recorded.Header`."""
    manifest = measured.manifest
    return {
        "format": FORMAT,
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "version": version("citewise"),
        "commit": _commit(Path(__file__).parents[2]),
        "generation": measured.opened.generation,
        "corpus_digest": manifest.corpus_digest,
        "model": manifest.model_name,
        "model_digest": manifest.model_digest,
        "settings": measured.settings.model_dump(mode="json", include=_SETTINGS),
        "counts": dict(measured.opened.counts),
        "questions": questions.name,
        "questions_digest": questions.digest,
    }


def asked(opened: OpenGeneration, known: Known, sources: Mapping[str, str]) -> dict[str, Any]:
    """One question searched for and asked, as it is stored; see `eval.measure.recorded.Asked`.

    sources  by file name relative to the corpus, the letters of files that quotes have to stand in.
    """
    try:
        began = time.perf_counter()
        found = opened.retriever.search(known.question.text, known.question.filters, DEPTH)
        searched = time.perf_counter()
        answer = opened.answering.answer(known.question)
        answered = time.perf_counter()
    except Exception as fault:  # noqa: BLE001 - one question's fault is a figure, and the others are still measured
        return {"question": known.line, "fault": f"{type(fault).__name__}: {fault}"}
    return {
        "question": known.line,
        "hits": [Hit.of(one).model_dump(mode="json") for one in found.evidence],
        "answer": AnswerBody.of(answer).model_dump(mode="json"),
        "in_files": _in_files(answer, sources),
        "search_ms": round((searched - began) * 1000, 3),
        "ask_ms": round((answered - searched) * 1000, 3),
    }


def _in_files(answer: Answer, sources: Mapping[str, str]) -> list[bool | None]:
    texts = ((sources.get(c.found.report.file), c.quote) for c in answer.citations)
    return [None if source is None else letters(quote) in source for source, quote in texts]


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


def _commit(folder: Path) -> str | None:
    """The commit that is checked out where the code lies; None where it was installed from a package."""
    git = shutil.which("git")
    if git is None or not (folder / ".git").exists():
        return None
    command = [git, "describe", "--always", "--dirty", "--abbrev=12", "--exclude=*"]
    found = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603 - own words
    return found.stdout.strip() or None
