"""The way of a report, top to bottom: file, blocks, outline, windows, vectors, and a published generation."""

from __future__ import annotations

import hashlib
import shutil
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from importlib import metadata
from pathlib import Path

from indexer.assemble import assemble
from indexer.build_report import BuildOptions, BuildResult, FileSummary, Progress
from indexer.corpus import Corpus, CorpusFile, scan
from indexer.embedding import find_model, load_encoder
from indexer.encoders.port import Encoder, ModelFiles
from indexer.errors import CorpusError, IndexOpenError, UnreadableFileError
from indexer.index.draft import Draft
from indexer.index.generations import draft_folder, generation_folder, prune, publish, writing
from indexer.index.manifest import FORMAT, Manifest, SkippedFile, SourceEntry, file_digests
from indexer.index.vectors import METRIC
from indexer.model import Report
from indexer.profiles import Profile, Profiles
from indexer.readers import read
from indexer.recipe import recipe_digest
from indexer.text import fold
from indexer.windows import Windower

__all__ = ["BuildOptions", "BuildResult", "FileSummary", "Progress", "build"]

_EMBED_AT_ONCE = 512


def build(corpus_folder: Path, index: Path, options: BuildOptions, progress: Progress) -> BuildResult:
    """Brings the index up to date with the corpus; only what changed is read and embedded.

    Raises CorpusError, ProfileError, EncoderError, IndexBusyError or IndexWriteError; the generation that was
    current before then still is.
    """
    began = time.monotonic()
    profiles = Profiles.load(options.profiles)
    with writing(index):
        last = _last(index, progress)
        corpus = scan(
            corpus_folder,
            max_bytes=options.max_file_mb * 1_000_000,
            profiles=profiles.by_name.keys(),
            known={name: entry.stated for name, entry in last.manifest.sources.items()} if last else {},
        )
        model = find_model(options.embedding_model)
        recipe = recipe_digest(profiles)
        if last and last.is_of(corpus, model, recipe):
            return BuildResult(
                generation=last.manifest.generation,
                changed=False,
                counts=last.manifest.counts,
                unchanged=len(last.manifest.sources),
                skipped=last.manifest.skipped,
                problems=corpus.problems,
                ignored=corpus.ignored,
                seconds=time.monotonic() - began,
            )
        work = _Work(corpus=corpus, index=index, options=options, profiles=profiles, model=model, progress=progress)
        return work.run(last, recipe, began)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Last:
    """The generation that is current when a build begins."""

    folder: Path
    manifest: Manifest

    def is_of(self, corpus: Corpus, model: ModelFiles, recipe: str) -> bool:
        same = self.manifest
        return (same.corpus_digest, same.model_digest, same.recipe) == (corpus.digest(), model.digest, recipe)


def _last(index: Path, progress: Progress) -> _Last | None:
    try:
        folder = generation_folder(index)
        manifest = Manifest.read(folder)
        manifest.verify(folder)
    except IndexOpenError as fault:
        if (index / "CURRENT").exists():
            progress.note(f"the index that is there cannot be used and is built anew: {fault}")
        return None
    return _Last(folder=folder, manifest=manifest)


class _Work:
    """One build that has something to do."""

    def __init__(
        self,
        *,
        corpus: Corpus,
        index: Path,
        options: BuildOptions,
        profiles: Profiles,
        model: ModelFiles,
        progress: Progress,
    ) -> None:
        self._corpus = corpus
        self._index = index
        self._options = options
        self._profiles = profiles
        self._model = model
        self._progress = progress
        self._skipped = list(corpus.skipped)
        self._summaries: list[FileSummary] = []

    def run(self, last: _Last | None, recipe: str, began: float) -> BuildResult:
        if last and last.manifest.model_digest != self._model.digest:
            self._progress.note(
                f"the index was made with {last.manifest.model_name}; everything is embedded anew with "
                f"{self._model.name}"
            )
            last = None
        base = last if last and last.manifest.recipe == recipe else None
        kept = _kept(base, self._corpus)
        removed = [e.report for name, e in base.manifest.sources.items() if name not in kept] if base else []
        now = datetime.now(UTC)
        generation = f"{now:%Y%m%dT%H%M%S%f}-{self._corpus.digest()[:6]}"
        folder = draft_folder(self._index, generation)
        self._progress.loading_model(self._model.name)
        encoder = load_encoder(
            self._options.embedding_model, backend=self._options.embedding_backend, cache=self._options.cache
        )
        try:
            made = self._fill(folder, encoder, base, last, removed, kept)
            self._refuse_nothing(made)
            manifest = Manifest(
                format=FORMAT,
                generation=generation,
                created=now,
                citewise=metadata.version("citewise"),
                model_name=self._model.name,
                model_digest=self._model.digest,
                dimension=encoder.dimension,
                metric=METRIC,
                recipe=recipe,
                corpus_digest=self._corpus.digest(),
                sources=made.sources,
                skipped=self._all_skipped(),
                counts=made.counts,
                files=file_digests(folder),
            )
            publish(self._index, folder, manifest)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        prune(self._index, self._options.keep)
        return BuildResult(
            generation=generation,
            changed=True,
            counts=made.counts,
            files=tuple(self._summaries),
            removed=tuple(sorted(set(removed) - {e.report for e in made.sources.values()})),
            unchanged=len(kept.keys() & made.sources.keys()),
            skipped=self._all_skipped(),
            problems=self._corpus.problems,
            ignored=self._corpus.ignored,
            windows_embedded=made.embedded,
            windows_reused=made.reused,
            seconds=time.monotonic() - began,
        )

    def _refuse_nothing(self, made: _Made) -> None:
        """An index of nothing would take every report from those who ask: more likely the corpus is out of order."""
        if not made.sources:
            for skipped in self._all_skipped():
                self._progress.note(f"{skipped.file}: {skipped.reason}; {skipped.fix}")
            raise CorpusError(f"no file of {self._corpus.folder} can be read; the index stays as it was")

    def _fill(
        self,
        folder: Path,
        encoder: Encoder,
        base: _Last | None,
        last: _Last | None,
        removed: Collection[str],
        kept: Mapping[str, SourceEntry],
    ) -> _Made:
        draft = Draft(
            folder,
            dimension=encoder.dimension,
            base=base.folder if base else None,
            known=last.folder if last else None,
        )
        try:
            draft.remove(removed)
            sources = self._read_all(draft, Windower(encoder), kept)
            reused = draft.take_known()
            embedded = self._embed_all(draft, encoder)
            counts = draft.finish({p.name: p.describe() for p in self._profiles.all()})
        finally:
            draft.close()
        return _Made(sources=sources, counts=counts, reused=reused, embedded=embedded)

    def _read_all(self, draft: Draft, windower: Windower, kept: Mapping[str, SourceEntry]) -> dict[str, SourceEntry]:
        sources = dict(kept)
        words = {entry.words: name for name, entry in kept.items()}
        changed = [f for f in self._corpus.files if f.name not in kept]
        places = {f.name: place for place, f in enumerate(self._corpus.files)}
        for done, file in enumerate(changed):
            self._progress.reading(done, len(changed), file.name)
            try:
                report = self._read(file)
                same = _words(report)
                twin = words.get(same)
                if twin is not None and places[twin] < places[file.name]:
                    raise _same_words(twin)
            except UnreadableFileError as fault:
                self._skip(file, fault)
                continue
            if twin is not None:  # kept from the last build; one from nothing would index the first by name
                draft.remove([sources.pop(twin).report])
                self._skip(self._corpus.files[places[twin]], _same_words(file.name))
            draft.add(report, windower)
            words[same] = file.name
            sources[file.name] = SourceEntry(report=report.id, digest=file.digest, stated=dict(file.stated), words=same)
            self._summaries.append(FileSummary.of(report))
        self._progress.reading(len(changed), len(changed), "")
        return sources

    def _all_skipped(self) -> tuple[SkippedFile, ...]:
        return tuple(sorted(self._skipped, key=lambda s: s.file))

    def _skip(self, file: CorpusFile, fault: UnreadableFileError) -> None:
        self._skipped.append(SkippedFile(file=file.name, reason=fault.reason, fix=fault.fix, digest=file.digest))

    def _read(self, file: CorpusFile) -> Report:
        """Raises UnreadableFileError."""
        detect = self._profiles.detect
        if named := file.stated.get("profile"):
            detect = partial(_always, self._profiles.named(named))
        document = read(file.load(), detect)
        profile = detect("\n".join(block.text for block in document.blocks))
        if not named:
            profile = self._profiles.by_name.get(document.metadata.get("profile", ""), profile)
        report = assemble(
            report_id=file.report_id, file=file.name, document=document, profile=profile, stated=file.stated
        )
        if not report.paragraphs:
            raise UnreadableFileError("holds headings and no text under them", "put the text in, or remove it")
        return report

    def _embed_all(self, draft: Draft, encoder: Encoder) -> int:
        count, size = draft.missing_size()
        done = characters = 0
        for batch in draft.missing(_EMBED_AT_ONCE):
            self._progress.embedding(done, count, characters / size)
            draft.set_vectors([key for key, _ in batch], encoder.encode_documents([text for _, text in batch]))
            done += len(batch)
            characters += sum(len(text) for _, text in batch)
        self._progress.embedding(done, count, 1.0)
        return done


@dataclass(frozen=True, kw_only=True, slots=True)
class _Made:
    sources: dict[str, SourceEntry]
    counts: dict[str, int]
    reused: int
    embedded: int


def _kept(base: _Last | None, corpus: Corpus) -> dict[str, SourceEntry]:
    """The files whose reports stand in the last generation just as a new reading would give them."""
    if base is None:
        return {}
    return {
        file.name: entry
        for file in corpus.files
        if (entry := base.manifest.sources.get(file.name))
        and (entry.digest, entry.report, dict(entry.stated)) == (file.digest, file.report_id, dict(file.stated))
    }


def _always(profile: Profile, _text: str) -> Profile:
    return profile


def _words(report: Report) -> str:
    return hashlib.sha256(fold(" ".join(p.text for p in report.paragraphs)).encode()).hexdigest()


def _same_words(name: str) -> UnreadableFileError:
    return UnreadableFileError(f"holds the same words as {name}", "remove one of the two")
