from __future__ import annotations

import functools
from pathlib import Path

import pytest
from corpora import CORPUS, FakeEncoder, write
from filelock import FileLock

import indexer.build
from indexer.embedding import load_encoder
from indexer.encoders.port import Encoder
from indexer.profiles import Profiles

_profiles = functools.cache(Profiles.load)  # reading them takes longer than a build of so small a corpus


@pytest.fixture(autouse=True)
def _no_settings_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """CITEWISE_CACHE stays: exporting the model's graph once is enough for all."""
    for name in (
        "INDEX",
        "CONFIG",
        "EMBEDDING_MODEL",
        "EMBEDDING_BACKEND",
        "PROFILES",
        "KEEP_GENERATIONS",
        "MAX_FILE_MB",
    ):
        monkeypatch.delenv(f"CITEWISE_{name}", raising=False)


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> FakeEncoder:
    """Builds embed with this one."""
    encoder = FakeEncoder()
    use(monkeypatch, encoder)
    return encoder


def use(monkeypatch: pytest.MonkeyPatch, encoder: FakeEncoder) -> None:
    monkeypatch.setattr(indexer.build, "find_model", lambda setting: encoder.model)
    monkeypatch.setattr(Profiles, "load", _profiles)
    monkeypatch.setattr(indexer.build, "load_encoder", lambda *args, **options: encoder)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write(tmp_path / "corpus", CORPUS)


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture(scope="session")
def packaged(tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    """The packaged model. The first of several test processes exports its graph, the others wait for it."""
    with FileLock(tmp_path_factory.getbasetemp().parent / "graph.lock"):
        return load_encoder()
