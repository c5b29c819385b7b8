"""Small corpora of fictional councils, an encoder that needs no model, and what an index holds apart from its keys."""

from __future__ import annotations

import hashlib
import re
import sqlite3
import sys
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import numpy as np

from indexer.build import BuildOptions, BuildResult, build
from indexer.encoders.port import ModelFiles, Vectors
from indexer.index.generations import generation_folder, open_index
from indexer.index.vectors import VectorDraft

ALDERMERE = """# Aldermere Council: local authority assessment

## Safeguarding

Score: 3

Safe enquiries were made within two days. Staff knew what section 42 asks of them.

## Learning, improvement and innovation

Score: 2

The zebra project spent £1.5 million. Carers’ groups said “we were told why”.
"""
BORROW = """# Borrow Council report

## Complaints

- (a) 31 complaints were upheld.
- (b) Leaders learned from most of them.

| Measure | Count |
|---|---|
| Open enquiries | 31 |
| Closed enquiries | 290 |
"""
COLNE = """Nether Colne report

Partnership working

The partnership met every month and wrote down what it had decided.

Its wharf office closed in 2024, and no other opened.
"""
DUNMOOR = """<html><head><title>Dunmoor report</title></head><body><h1>Dunmoor report</h1><h2>Access</h2>
<p>People waited 12 weeks for a quilt of support. Some never got it.</p></body></html>
"""
CORPUS = {"aldermere.md": ALDERMERE, "borrow.md": BORROW, "colne.txt": COLNE, "dunmoor.html": DUNMOOR}
# The command as it is installed, wherever that is.
CITEWISE = (sys.executable, "-c", "from indexer.cli import main; main()")


class FakeEncoder:
    """A token for each word; a vector that only equal texts share. Remembers what it was given."""

    backend = "fake"
    dimension = 16

    def __init__(self, name: str = "fake", max_tokens: int = 32) -> None:
        self.model = ModelFiles(name=name, folder=Path(), digest=hashlib.sha256(name.encode()).hexdigest())
        self.max_tokens = max_tokens
        self.embedded: list[str] = []

    def token_offsets(self, text: str) -> Sequence[tuple[int, int]]:
        return [found.span() for found in re.finditer(r"\S+", text)]

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        self.embedded += texts
        return np.array([self.encode_query(text) for text in texts], np.float32).reshape(-1, self.dimension)

    def encode_queries(self, texts: Sequence[str]) -> np.ndarray:
        return self.encode_documents(texts)

    def encode_query(self, text: str) -> Vectors:
        digest = hashlib.sha256(f"{self.model.name}\0{text}".encode()).digest()
        vector = np.frombuffer(digest, np.uint8)[: self.dimension].astype(np.float32) - 127.5
        return vector / np.linalg.norm(vector)


class Heard:
    """A build's progress, kept."""

    def __init__(self) -> None:
        self.notes: list[str] = []
        self.read: list[str] = []
        self.models: list[str] = []
        self.shares: list[float] = []

    def reading(self, done: int, total: int, name: str) -> None:
        self.read += [name] if name else []

    def loading_model(self, name: str) -> None:
        self.models.append(name)

    def embedding(self, windows: int, of_windows: int, share: float) -> None:
        self.shares.append(share)

    def note(self, message: str) -> None:
        self.notes.append(message)


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def built(corpus: Path, index: Path, heard: Heard | None = None, **options) -> BuildResult:
    return build(corpus, index, BuildOptions(**options), heard or Heard())


def dump(index: Path) -> dict[str, object]:
    """All that an index holds, apart from keys, times and the order that only keys decide."""
    opened = open_index(index)
    catalogue = opened.catalogue
    reports = sorted(catalogue.reports(), key=lambda r: r.id)
    windows, vectors = _windows(generation_folder(index))
    findings = {p.key: p.paragraph.id for r in reports for p in catalogue.paragraphs(r.id)}
    words = ("zebra", "wharf", "quilt", "report", "enquiri", "s42", "1500000")
    held = {
        "reports": [{k: v for k, v in asdict(r).items() if k != "ordinal"} for r in reports],
        "sections": [(r.id, catalogue.sections(r.id)) for r in reports],
        "paragraphs": [[(p.section, p.paragraph) for p in catalogue.paragraphs(r.id)] for r in reports],
        "ratings": sorted(((r.report.id, r.section, r.rating) for r in catalogue.ratings()), key=repr),
        "windows": windows,
        "vectors": vectors,
        "terms": {w: sorted(findings[m.key] for m in opened.store.matching({w: 1.0}, limit=1000)) for w in words},
        "rarity": opened.store.rarity(words),
        "profiles": catalogue.profiles(),
        "counts": opened.manifest.counts,
        "sources": opened.manifest.sources,
        "skipped": opened.manifest.skipped,
    }
    assert catalogue.counts() == opened.manifest.counts
    opened.close()
    return held


def files_of(index: Path) -> list[str]:
    """The files of the published generation, relative to its folder."""
    folder = generation_folder(index)
    found = [p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file() and p.suffix != ".lock"]
    assert {"manifest.json", "catalogue.sqlite", "vectors.faiss", "terms/meta.json"} <= set(found)
    assert len(found) > 8
    return sorted(found)


def _windows(generation: Path) -> tuple[list[tuple], dict[bytes, list[float]]]:
    with closing(sqlite3.connect(generation / "catalogue.sqlite")) as database:
        rows = database.execute(
            'SELECT p.id, w.start, w."end", w.context, w.digest, w.key FROM windows w'
            " JOIN paragraphs p ON p.key = w.paragraph ORDER BY p.id, w.start"
        ).fetchall()
    vectors = VectorDraft.load(generation)
    assert sorted(vectors.keys().tolist()) == sorted(row[-1] for row in rows)
    return [row[:-1] for row in rows], {row[4]: vectors.vectors([row[-1]])[0].tolist() for row in rows}
