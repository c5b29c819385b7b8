from __future__ import annotations

import errno
import os
import re
from pathlib import Path

import pytest
from corpora import CORPUS, FakeEncoder, built, dump, files_of, write

from indexer.errors import IndexBusyError, IndexWriteError
from indexer.index import generations
from indexer.index.generations import current_generation, generation_folder, open_index, prune, writing
from indexer.index.manifest import Manifest


@pytest.fixture
def made(corpus: Path, index: Path, fake: FakeEncoder) -> Path:
    """An index with one generation."""
    built(corpus, index)
    return index


def names(index: Path) -> list[str]:
    return sorted(p.name for p in (index / "generations").iterdir())


def test_an_open_index_tells_its_generation_and_what_it_holds(made: Path) -> None:
    opened = open_index(made)

    assert opened.generation == current_generation(made) == opened.folder.name
    assert re.fullmatch(r"\d{8}T\d{12}-[0-9a-f]{6}", opened.generation)
    assert opened.catalogue.counts() == opened.manifest.counts
    assert opened.manifest.counts["reports"] == 4
    opened.close()


def test_a_second_writer_is_told_at_once(made: Path, corpus: Path) -> None:
    with writing(made), pytest.raises(IndexBusyError, match="another build is writing .*; wait for it to end"):
        built(corpus, made)
    assert not built(corpus, made).changed


def test_a_writer_that_fails_lets_go(made: Path) -> None:
    with pytest.raises(ZeroDivisionError), writing(made):
        raise ZeroDivisionError
    with writing(made):
        pass


def test_what_killed_builds_left_is_removed_by_the_next(made: Path, corpus: Path) -> None:
    left = made / "generations" / ".draft-20200101T000000000000-abcdef"
    write(left, {"catalogue.sqlite": "half", "terms/meta.json": "{"})

    built(corpus, made)

    assert names(made) == [current_generation(made)]


def test_old_generations_are_pruned_and_never_the_current(corpus: Path, index: Path, fake: FakeEncoder) -> None:
    made = []
    for number in range(5):
        write(corpus, {"more.md": f"# More\n\nThis is number {number} of them."})
        made.append(built(corpus, index, keep=3).generation)
    assert names(index) == made[-3:]

    (index / "CURRENT").write_text(made[-3])  # put back by hand
    prune(index, 1)
    assert names(index) == [made[-3], made[-1]]
    open_index(index).close()


def test_an_open_generation_answers_after_it_was_pruned(corpus: Path, index: Path, fake: FakeEncoder) -> None:
    built(corpus, index)
    opened = open_index(index)
    before = opened.catalogue.reports()
    for number in range(3):
        write(corpus, {"more.md": f"# More\n\nThis is number {number} of them."})
        built(corpus, index, keep=1)
    assert not opened.folder.exists()

    assert opened.catalogue.reports() == before
    assert opened.catalogue.paragraphs("borrow")
    assert opened.store.matching({"zebra": 1.0}, limit=3)
    assert opened.store.nearest(fake.encode_query("x"), limit=3)
    opened.close()


@pytest.mark.parametrize("step", ["manifest", "rename", "pointer", "sync"])
def test_a_publish_that_fails_leaves_the_old_generation(
    made: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    before, old = dump(made), current_generation(made)
    write(corpus, {"more.md": "# More\n\nOne more report of this kind."})

    def full(*args: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    target = {
        "manifest": (Manifest, "write"),
        "rename": (Path, "rename"),
        "pointer": (Path, "replace"),
        "sync": (generations, "_sync"),
    }[step]
    with monkeypatch.context() as patched:
        patched.setattr(*target, full)
        with pytest.raises(IndexWriteError, match="No space left on device; free some space there") as caught:
            built(corpus, made)

    assert str(made) in str(caught.value)
    assert dump(made) == before
    assert names(made) == [old]
    assert built(corpus, made).counts["reports"] == 5


def test_everything_is_on_disk_before_the_pointer_moves(
    corpus: Path, index: Path, fake: FakeEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    real_sync, real_replace = generations._sync, Path.replace
    monkeypatch.setattr(generations, "_sync", lambda p: (done.append(f"sync {p.name}"), real_sync(p)))
    monkeypatch.setattr(Path, "replace", lambda p, to: (done.append(f"publish {to.name}"), real_replace(p, to))[1])

    built(corpus, index)

    moved = done.index("publish CURRENT")
    for name in files_of(index):
        assert f"sync {Path(name).name}" in done[:moved]
    assert {"sync terms", f"sync .draft-{index.joinpath('CURRENT').read_text().strip()}"} <= set(done[:moved])
    assert "sync generations" in done[:moved]
    assert done[moved - 1] == "sync .CURRENT.new"
    assert done[moved + 1] == "sync index"


def test_who_may_read_one_file_of_a_generation_may_read_all(made: Path) -> None:
    modes = {p.stat().st_mode & 0o777 for p in generation_folder(made).rglob("*") if p.is_file()}

    assert modes == {made.joinpath("CURRENT").stat().st_mode & 0o777}


def test_an_index_that_may_only_be_read_opens(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK and real(path, mode))
    for lock in generation_folder(made).rglob("*.lock"):
        lock.unlink()

    opened = open_index(made)

    assert opened.store.matching({"zebra": 1.0}, limit=3)
    assert opened.store.rarity(["zebra"])
    assert not list(opened.folder.rglob("*.lock"))
    opened.close()


def test_an_index_may_be_moved_as_a_whole(made: Path, tmp_path: Path) -> None:
    before = dump(made)
    made.rename(tmp_path / "elsewhere")

    assert dump(tmp_path / "elsewhere") == before


def test_the_same_corpus_in_another_place_is_the_same(made: Path, tmp_path: Path) -> None:
    assert not built(write(tmp_path / "copy", CORPUS), made).changed
