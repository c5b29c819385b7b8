"""Builds that die or run out of disk, each in a process of its own. Run by test_broken_builds.py; prints JSON lines.

The parent only forks, so that every child begins with everything imported and no thread running.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from corpora import CORPUS, FakeEncoder, Heard, write

import indexer.build
from indexer.build import BuildOptions, build
from indexer.errors import CitewiseError
from indexer.index.draft import Draft
from indexer.index.generations import open_index
from indexer.index.manifest import Manifest
from indexer.index.terms import TermsDraft
from indexer.index.vectors import VectorDraft
from indexer.profiles import Profiles

_PACKAGED = Profiles.load()


def run(corpus: Path, index: Path) -> None:
    encoder = FakeEncoder()
    indexer.build.find_model = lambda setting: encoder.model
    indexer.build.load_encoder = lambda *args, **options: encoder
    indexer.build.Profiles = type("Packaged", (), {"load": staticmethod(lambda folder: _PACKAGED)})
    build(corpus, index, BuildOptions(keep=2), Heard())


def forked(work: Callable[[], object]) -> tuple[int, object]:
    """The signal that ended the child, and what it told."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            told = work()
        except CitewiseError as fault:
            told = f"{type(fault).__name__}: {fault}"
        except BaseException as fault:  # noqa: BLE001 - whatever it is, it must be told
            told = f"UNCLEAR {type(fault).__name__}: {fault}"
        os.write(writing, json.dumps(told).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        told = pipe.read()
    _, status = os.waitpid(child, 0)
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0, json.loads(told) if told else None


def seen(index: Path) -> dict[str, object]:
    """What a reader sees: every file verified, and a question answered by words and by vectors."""
    opened = open_index(index)
    try:
        (changing,) = opened.catalogue.paragraphs("changing")
        found = {
            "generation": opened.generation,
            "text": changing.paragraph.text,
            "matching": len(opened.store.matching({"edit": 1.0}, limit=5)),
            "nearest": len(opened.store.nearest(FakeEncoder().encode_query("x"), limit=1000)),
            "windows": opened.manifest.counts["windows"],
        }
    finally:
        opened.close()
    return {**found, "drafts": len(list(index.glob("generations/.draft-*"))),
            "generations": len(list(index.glob("generations/[0-9]*")))}  # fmt: skip


def tell(line: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()  # a child must not print it again


def change(corpus: Path, number: int) -> str:
    text = f"This is edition {number}."
    write(corpus, {"changing.md": f"# Changing\n\n{text}\n"})
    return text


def killed_at(step: int, corpus: Path, index: Path) -> None:
    """Dies at the so-and-so-manieth time that it opens, makes, renames or removes something in the index."""
    left = step

    def hook(event: str, values: tuple[object, ...]) -> None:
        nonlocal left
        if event.split(".", maxsplit=1)[0] in ("open", "os", "shutil", "sqlite3") and str(index) in str(values):
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)
    run(corpus, index)


def kill(corpus: Path, index: Path, every: int) -> None:
    """A build killed at one step, then the next with another change at a later one, until one gets through."""
    text = change(corpus, 0)
    forked(lambda: run(corpus, index))
    step, died = 1, signal.SIGKILL
    while died:
        before, text = text, change(corpus, step)
        died, _ = forked(partial(killed_at, step, corpus, index))
        _, now = forked(lambda: seen(index))
        tell({"step": step, "died": died, "old": before, "new": text, "seen": now})
        if died:
            text = now["text"] if isinstance(now, dict) else text
        step += every


def limit_first(owner: type, method: str, most: int) -> Callable[[], None]:
    """From this method on, no file can grow beyond so many bytes: as on a disk that fills up meanwhile."""

    def patch() -> None:
        real = getattr(owner, method)

        def limited(*args: object, **options: object) -> object:
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
            return real(*args, **options)

        setattr(owner, method, limited)

    return patch


def fill(corpus: Path, index: Path) -> None:
    change(corpus, 0)
    forked(lambda: run(corpus, index))
    change(corpus, 1)
    moments = {
        "at once": lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)),
        "reading": limit_first(Draft, "add", 1_000),
        "embedding": limit_first(Draft, "set_vectors", 1_000),
        "catalogue": limit_first(Draft, "finish", 1_000),
        "terms": limit_first(TermsDraft, "commit", 50),
        "vectors": limit_first(VectorDraft, "write", 100),
        "manifest": limit_first(Manifest, "write", 100),
    }
    for name, patch in moments.items():
        _, told = forked(lambda patch=patch: (patch(), run(corpus, index))[1])
        _, now = forked(lambda: seen(index))
        tell({"moment": name, "told": told, "seen": now})
    _, told = forked(lambda: run(corpus, index))
    tell({"moment": "space again", "told": told, "seen": forked(lambda: seen(index))[1]})


if __name__ == "__main__":
    what, place = sys.argv[1], Path(sys.argv[2])
    write(place / "corpus", CORPUS)
    if what == "kill":
        kill(place / "corpus", place / "index", int(sys.argv[3]))
    else:
        fill(place / "corpus", place / "index")
