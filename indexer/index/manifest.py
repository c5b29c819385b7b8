"""What one generation consists of, and what it was made from; checked whenever it is opened."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from indexer.errors import IndexOpenError

FILE_NAME = "manifest.json"
FORMAT = 1


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", protected_namespaces=())


class SourceEntry(_Data):
    """A file of the corpus that was indexed.

    digest  SHA-256 of its bytes.
    stated  what reports.toml said of it.
    words   SHA-256 of its paragraphs' words: two files with the same words are one report.
    """

    report: str
    digest: str
    stated: Mapping[str, str]
    words: str


class SkippedFile(_Data):
    """A file of the corpus that is not in the index, why, and what to do about it."""

    file: str
    reason: str
    fix: str
    digest: str


class Manifest(_Data):
    """The whole truth about a generation.

    recipe   digest of everything but the corpus that decides what is indexed: readers, profiles, settings.
    sources  by file name relative to the corpus.
    files    SHA-256 of every file of the generation but this one.
    seal     SHA-256 of all the above, put in when it is written.
    """

    format: int
    generation: str
    created: datetime
    citewise: str
    model_name: str
    model_digest: str
    dimension: int
    metric: str
    recipe: str
    corpus_digest: str
    sources: Mapping[str, SourceEntry]
    skipped: tuple[SkippedFile, ...]
    counts: Mapping[str, int]
    files: Mapping[str, str]
    seal: str = ""

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """Raises IndexOpenError where it is missing, damaged, or of a format that this version cannot read."""
        path = folder / FILE_NAME
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as fault:
            raise IndexOpenError(f"{path} is missing or unreadable; build the index again") from fault
        try:
            manifest = cls.model_validate_json(text)
        except ValidationError as fault:
            raise IndexOpenError(
                f"{path} is damaged or of another version of Citewise; build the index again"
            ) from fault
        if manifest.format != FORMAT:
            raise IndexOpenError(
                f"{path} has index format {manifest.format}, this version reads {FORMAT}; build the index again"
            )
        if manifest.seal != manifest.sealed().seal:
            raise IndexOpenError(f"{path} is damaged (its contents do not match its seal); build the index again")
        return manifest

    def write(self, folder: Path) -> None:
        (folder / FILE_NAME).write_text(self.sealed().model_dump_json(indent=1), encoding="utf-8")

    def verify(self, folder: Path) -> None:
        """Raises IndexOpenError if any file of the generation is missing, changed, cut short or one too many."""
        try:
            found = file_digests(folder)
        except OSError as fault:
            raise IndexOpenError(
                f"{fault.filename or folder} cannot be read ({fault.strerror}); correct its permissions, or build the "
                "index again"
            ) from fault
        for name in sorted(self.files.keys() | found.keys()):
            if name not in found:
                raise IndexOpenError(f"{folder / name} is missing; build the index again")
            if name not in self.files:
                raise IndexOpenError(f"{folder / name} does not belong to this index; build the index again")
            if self.files[name] != found[name]:
                raise IndexOpenError(f"{folder / name} is damaged (its SHA-256 differs); build the index again")

    def sealed(self) -> Manifest:
        """The same with its seal."""
        told = self.model_dump_json(exclude={"seal"})
        return self.model_copy(update={"seal": hashlib.sha256(told.encode()).hexdigest()})


def file_digests(folder: Path) -> dict[str, str]:
    """SHA-256 of every file below the folder but the manifest, by relative path."""
    digests = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name != FILE_NAME and not path.name.endswith(".lock"):
            with path.open("rb") as opened:
                digests[name] = hashlib.file_digest(opened, "sha256").hexdigest()
    return digests
