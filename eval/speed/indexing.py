"""The speed of indexing: cold, with nothing changed, with one report changed, and of the embedding alone."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from eval.errors import MeasureError
from eval.robustness.children import build as command
from eval.robustness.made import change, changeable
from indexer.build import BuildOptions, build
from indexer.embedding import find_model, load_encoder
from indexer.encoders.port import Encoder
from indexer.encoders.sentence_transformer import load_network
from indexer.index.catalogue import FILE_NAME as CATALOGUE
from indexer.index.generations import generation_folder
from indexer.settings import IndexSettings
from indexer.windows import join, window_digest

_PLAIN_BATCH = 32
_WARM_UP = 32
# Both encoders take turns of about so many windows, so that both meet the same noise of the machine.
_TURN = 250


@dataclass(frozen=True, kw_only=True, slots=True)
class Cold:
    """A build from nothing. Seconds of the whole, of reading and cutting, and of embedding."""

    reports: int
    paragraphs: int
    windows: int
    seconds: float
    reading: float
    embedding: float

    @property
    def rate(self) -> float:
        """Windows a second, end to end."""
        return self.windows / self.seconds

    @property
    def embedding_rate(self) -> float:
        return self.windows / self.embedding


class _Clock:
    """Hears a build's progress and notes when what began."""

    def __init__(self) -> None:
        self.reading_at: float | None = None
        self.embedding_at: float | None = None
        self.embedded_at: float | None = None

    def reading(self, _done: int, _total: int, _name: str) -> None:
        self.reading_at = self.reading_at or time.perf_counter()

    def loading_model(self, name: str) -> None:
        del name

    def embedding(self, _windows: int, _of_windows: int, _share: float) -> None:
        self.embedded_at = time.perf_counter()
        self.embedding_at = self.embedding_at or self.embedded_at

    def note(self, message: str) -> None:
        del message


def cold(corpus: Path, settings: IndexSettings) -> Cold:
    """Indexes into an empty folder. The model's graph, exported once a machine, is there before the clock starts."""
    _encoder(settings)
    clock = _Clock()
    began = time.perf_counter()
    result = build(corpus, settings.index, BuildOptions.of(settings), clock)
    seconds = time.perf_counter() - began
    if not result.windows_embedded or not (clock.reading_at and clock.embedding_at and clock.embedded_at):
        raise MeasureError(f"{corpus} gave nothing to embed")
    return Cold(
        reports=result.counts["reports"],
        paragraphs=result.counts["paragraphs"],
        windows=result.windows_embedded,
        seconds=seconds,
        reading=clock.embedding_at - clock.reading_at,
        embedding=clock.embedded_at - clock.embedding_at,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Rates:
    """Windows a second of Citewise's encoder and of a plain one, and how alike their vectors are.

    ratios  of each turn, in which both embedded the same windows one after the other.
    """

    backend: str
    windows: int
    ours: float
    plain: float
    ratios: tuple[float, ...]
    mean_cosine: float
    least_cosine: float


def embedding_rates(settings: IndexSettings, *, count: int, seed: int) -> Rates:
    """Against SentenceTransformer.encode in float32 with batches of 32, on windows of the index."""
    texts = _windows(generation_folder(settings.index), count, seed)
    encoder = _encoder(settings)
    network = load_network(find_model(settings.embedding_model))
    kind = {str(p.dtype) for p in network.parameters()}
    if kind != {"torch.float32"}:
        raise MeasureError(f"the plain model computes in {', '.join(sorted(kind))}, not in float32")

    def plain(batch: Sequence[str]) -> Any:
        return network.encode(list(batch), batch_size=_PLAIN_BATCH, normalize_embeddings=True, show_progress_bar=False)

    plain(texts[:_WARM_UP])
    encoder.encode_documents(texts[:_WARM_UP])
    spent: dict[str, list[float]] = {"ours": [], "plain": []}
    cosines: list[float] = []
    turns_each = max(1, round(len(texts) / _TURN))
    parts = [texts[i::turns_each] for i in range(turns_each)]
    for number, part in enumerate(parts):
        vectors = {}
        turns = [("ours", encoder.encode_documents), ("plain", plain)]
        for name, encode in turns if number % 2 else turns[::-1]:
            began = time.perf_counter()
            vectors[name] = encode(part)
            spent[name].append(time.perf_counter() - began)
        cosines += (vectors["ours"] * vectors["plain"]).sum(axis=1).tolist()
    return Rates(
        backend=encoder.backend,
        windows=len(texts),
        ours=len(texts) / sum(spent["ours"]),
        plain=len(texts) / sum(spent["plain"]),
        ratios=tuple(p / o for o, p in zip(spent["ours"], spent["plain"], strict=True)),
        mean_cosine=float(np.mean(cosines)),
        least_cosine=float(np.min(cosines)),
    )


def _windows(generation: Path, count: int, seed: int) -> list[str]:
    """What was embedded for windows of an index, drawn at random: exactly that, by its digest."""
    database = sqlite3.connect(f"{(generation / CATALOGUE).resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        rows = database.execute(
            'SELECT w.context, substr(p.text, w.start + 1, w."end" - w.start), w.digest'
            " FROM windows w JOIN paragraphs p ON p.key = w.paragraph ORDER BY w.key"
        ).fetchall()
    finally:
        database.close()
    chosen = np.random.default_rng(seed).permutation(len(rows))[:count]
    texts = []
    for row in chosen:
        context, text, digest = rows[row]
        texts.append(join(context, text))
        if window_digest(texts[-1]) != digest:
            raise MeasureError("the catalogue does not hold the words that were embedded")
    return texts


def _encoder(settings: IndexSettings) -> Encoder:
    return load_encoder(settings.embedding_model, backend=settings.embedding_backend, cache=settings.cache)


@dataclass(frozen=True, kw_only=True, slots=True)
class Unchanged:
    """The command `citewise index` where nothing is to be done. `loaded`: the libraries of models it imported."""

    seconds: tuple[float, ...]
    loaded: tuple[str, ...]


def unchanged(corpus: Path, index: Path, *, times: int, notes: Path) -> Unchanged:
    """Raises MeasureError where something had changed. `notes` is a file to use."""
    seconds = []
    loaded: set[str] = set()
    for _ in range(times):
        done = command(corpus, index)
        seconds.append(done.seconds)
        if done.told["changed"]:
            raise MeasureError("the corpus had changed, though nobody changed it")
        watched = [sys.executable, "-m", "eval.speed.watched", str(notes), "index", str(corpus), "--index", str(index)]
        notes.unlink(missing_ok=True)
        subprocess.run(watched, capture_output=True, check=False)  # noqa: S603 - our own command
        if not notes.is_file():
            raise MeasureError("the libraries that indexing imports could not be watched")
        loaded.update(json.loads(notes.read_text(encoding="utf-8")))
    return Unchanged(seconds=tuple(seconds), loaded=tuple(sorted(loaded)))


@dataclass(frozen=True, kw_only=True, slots=True)
class Changed:
    """One build after a change: what was changed, how much of it was embedded, how long the command took."""

    what: str
    reports: int
    embedded: int
    reused: int
    seconds: float


def changed(corpus: Path, index: Path, folder: Path) -> list[Changed]:
    """Changes of growing size, each made to a copy of the corpus and built from a copy of the index.

    Empty where the corpus has no plain file that can be changed.
    """
    copy, built = folder / "changed-corpus", folder / "changed-index"
    shutil.copytree(corpus, copy)
    plain = changeable(copy)
    if not plain:
        return []
    found = []
    for what, paths, lines in _changes(plain):
        shutil.rmtree(built, ignore_errors=True)
        shutil.copytree(index, built)
        before = {path: path.read_bytes() for path in paths}
        for path in paths:
            change(path, lines, "Reviewed")
        done = command(copy, built)
        for path, data in before.items():
            path.write_bytes(data)
        found.append(
            Changed(
                what=what,
                reports=len(done.told["files"]),
                embedded=done.told["windows_embedded"],
                reused=done.told["windows_reused"],
                seconds=done.seconds,
            )
        )
    shutil.rmtree(built, ignore_errors=True)
    return found


def _changes(plain: Sequence[Path]) -> Iterator[tuple[str, Sequence[Path], int | None]]:
    middle = plain[len(plain) // 2]
    yield "one paragraph of a report of middle size", [middle], 1
    yield "ten paragraphs of it", [middle], 10
    yield "every long paragraph of it", [middle], None
    yield "every long paragraph of the longest report", [plain[-1]], None
    if len(plain) >= 10:
        yield "every long paragraph of ten reports", plain[:: len(plain) // 10][:10], None


def excess(changes: Sequence[Changed], rate: float) -> float | None:
    """How many times a cold build's time each window more takes, by the line that fits best; 1 is in proportion.

    rate  the cold build's windows a second.

    None where the changes differ too little, or the machine was too busy, to tell: time cannot fall with the change.
    """
    windows = [one.embedded for one in changes]
    if len(set(windows)) < 2:
        return None
    slope = float(np.polyfit(windows, [one.seconds for one in changes], 1)[0])
    return slope * rate if slope > 0 else None
