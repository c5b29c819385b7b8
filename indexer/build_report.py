"""What a build is told, and what it tells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from indexer.embedding import PACKAGED
from indexer.index.manifest import SkippedFile
from indexer.model import Report
from indexer.settings import IndexSettings


@dataclass(frozen=True, kw_only=True, slots=True)
class BuildOptions:
    """
    embedding_model    "packaged", a folder, or a hub name.
    embedding_backend  "auto", "openvino" or "torch".
    profiles           a folder of profile files beside the packaged ones.
    keep               how many generations stay on disk.
    max_file_mb        larger files are skipped.
    """

    embedding_model: str = PACKAGED
    embedding_backend: str = "auto"
    cache: Path | None = None
    profiles: Path | None = None
    keep: int = 3
    max_file_mb: int = 64

    @classmethod
    def of(cls, settings: IndexSettings) -> BuildOptions:
        return cls(
            embedding_model=settings.embedding_model,
            embedding_backend=settings.embedding_backend,
            cache=settings.cache,
            profiles=settings.profiles,
            keep=settings.keep_generations,
            max_file_mb=settings.max_file_mb,
        )


class Progress(Protocol):
    """Hears how a build goes on."""

    def reading(self, done: int, total: int, name: str) -> None: ...
    def loading_model(self, name: str) -> None: ...
    def embedding(self, windows: int, of_windows: int, share: float) -> None:
        """`share` of all characters embedded so far: windows come longest first."""
        ...

    def note(self, message: str) -> None: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class FileSummary:
    file: str
    report: str
    profile: str
    sections: int
    paragraphs: int
    ratings: int
    warnings: tuple[str, ...]

    @classmethod
    def of(cls, report: Report) -> FileSummary:
        return cls(
            file=report.file,
            report=report.id,
            profile=report.profile,
            sections=len(report.sections),
            paragraphs=len(report.paragraphs),
            ratings=len(report.ratings),
            warnings=tuple(n.message for n in report.notices),
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class BuildResult:
    """What a build did. `changed` is False where the corpus was indexed already; `files` are those read now."""

    generation: str
    changed: bool
    counts: Mapping[str, int]
    files: tuple[FileSummary, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: int = 0
    skipped: tuple[SkippedFile, ...] = ()
    problems: tuple[str, ...] = ()
    ignored: Mapping[str, int] = field(default_factory=dict)
    windows_embedded: int = 0
    windows_reused: int = 0
    seconds: float = 0.0

    @property
    def ok(self) -> bool:
        """Whether everything in the corpus is in the index and reports.toml is right."""
        return not self.skipped and not self.problems
