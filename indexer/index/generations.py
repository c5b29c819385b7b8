"""Where generations live, how one is published, and how the current one is opened.

`<index>/generations/<id>/` is written under a name that begins with ".draft-", synced to disk and renamed;
then `<index>/CURRENT` is replaced by one that names it. A crash at any moment leaves the old one current.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from indexer.errors import IndexBusyError, IndexOpenError, IndexWriteError
from indexer.index.catalogue import FILE_NAME as CATALOGUE
from indexer.index.catalogue import Catalogue
from indexer.index.manifest import FILE_NAME as MANIFEST
from indexer.index.manifest import Manifest
from indexer.index.store import LocalStore, Store

_CURRENT = "CURRENT"
_GENERATIONS = "generations"
_DRAFT = ".draft-"
_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,99}")


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenIndex:
    """One generation, open for reading. Safe for several threads; immutable until `close`."""

    generation: str
    folder: Path
    manifest: Manifest
    catalogue: Catalogue
    store: Store

    def close(self) -> None:
        self.catalogue.close()
        self.store.close()


def current_generation(index: Path) -> str | None:
    """The id of the published generation, None where there is none. Cheap enough to ask every second."""
    try:
        name = (index / _CURRENT).read_text(encoding="ascii").strip()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, UnicodeDecodeError) as fault:
        raise IndexOpenError(f"{index / _CURRENT} cannot be read ({fault}); build the index again") from fault
    return name or None


def open_index(index: Path, *, verify: bool = True) -> OpenIndex:
    """The published generation, every file checked against the manifest. Raises IndexOpenError."""
    folder = generation_folder(index)
    manifest = Manifest.read(folder)
    if verify:
        manifest.verify(folder)
    return OpenIndex(
        generation=manifest.generation,
        folder=folder,
        manifest=manifest,
        catalogue=Catalogue(folder / CATALOGUE),
        store=LocalStore(folder),
    )


def generation_folder(index: Path) -> Path:
    """Where the published generation lies. Raises IndexOpenError where there is none."""
    name = current_generation(index)
    if name is None:
        raise IndexOpenError(f"there is no index in {index}; run: citewise index CORPUS --index {index}")
    folder = index / _GENERATIONS / name
    if not _ID.fullmatch(name) or not folder.is_dir():
        raise IndexOpenError(f"{index / _CURRENT} names {name[:80]!r}, which is not there; build the index again")
    return folder


@contextmanager
def writing(index: Path) -> Iterator[None]:
    """Holds the index for one writer. Raises IndexBusyError, or IndexWriteError if the folder is not writable."""
    try:
        (index / _GENERATIONS).mkdir(parents=True, exist_ok=True)
        lock = FileLock(index / ".writer.lock", timeout=0)
        lock.acquire()
    except Timeout as fault:
        raise IndexBusyError(f"another build is writing {index}; wait for it to end") from fault
    except OSError as fault:
        raise unwritable(index, fault) from fault
    try:
        for left in (index / _GENERATIONS).glob(f"{_DRAFT}*"):  # of builds that were killed
            shutil.rmtree(left, ignore_errors=True)
        yield
    finally:
        lock.release()


def draft_folder(index: Path, generation: str) -> Path:
    return index / _GENERATIONS / f"{_DRAFT}{generation}"


def publish(index: Path, draft: Path, manifest: Manifest) -> None:
    """Makes a finished draft the current generation. Raises IndexWriteError; then the old one stays current."""
    try:
        manifest.write(draft)
        for path in sorted(draft.rglob("*"), reverse=True):
            if path.is_file():  # tantivy's are for their owner alone; another may serve what this one builds
                shutil.copymode(draft / MANIFEST, path)
            _sync(path)
        _sync(draft)
        final = draft.with_name(manifest.generation)
        draft.rename(final)
        _sync(final.parent)
        pointer = index / f".{_CURRENT}.new"
        pointer.write_text(f"{manifest.generation}\n", encoding="ascii")
        _sync(pointer)
        pointer.replace(index / _CURRENT)
        _sync(index)
    except OSError as fault:
        if current_generation(index) != manifest.generation:
            shutil.rmtree(draft.with_name(manifest.generation), ignore_errors=True)
        raise unwritable(index, fault) from fault


def prune(index: Path, keep: int) -> None:
    """Deletes all but the newest `keep` generations; the current one always stays."""
    current = current_generation(index)
    found = sorted(p.name for p in (index / _GENERATIONS).iterdir() if not p.name.startswith("."))
    for name in found[: max(0, len(found) - keep)]:
        if name != current:
            shutil.rmtree(index / _GENERATIONS / name, ignore_errors=True)


def unwritable(index: Path, fault: OSError) -> IndexWriteError:
    return IndexWriteError(
        f"the index folder {index} cannot be written: {fault.strerror or fault}; free some space there, correct "
        "its permissions, or choose another with --index"
    )


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
