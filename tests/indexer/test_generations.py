from __future__ import annotations

import errno
import json
import os
import re
import shutil
from pathlib import Path

import pytest
from corpora import CORPUS, FakeEncoder, Heard, built, dump, write

from indexer.errors import IndexBusyError, IndexOpenError, IndexWriteError
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


def refused(index: Path) -> str:
    """Why it cannot be opened: in one line."""
    with pytest.raises(IndexOpenError) as caught:
        open_index(index).close()
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_an_open_index_tells_its_generation_and_what_it_holds(made: Path) -> None:
    opened = open_index(made)

    assert opened.generation == current_generation(made) == opened.folder.name
    assert re.fullmatch(r"\d{8}T\d{12}-[0-9a-f]{6}", opened.generation)
    assert opened.catalogue.counts() == opened.manifest.counts
    assert opened.manifest.counts["reports"] == 4
    opened.close()


def test_there_is_no_index(tmp_path: Path) -> None:
    for place in (tmp_path / "none", tmp_path):
        assert current_generation(place) is None
        assert f"there is no index in {place}; run: citewise index" in refused(place)
    file = tmp_path / "file"
    file.write_text("")
    assert current_generation(file) is None
    assert "there is no index" in refused(file)


@pytest.mark.parametrize(
    "words",
    [b"", b"\n", b"gone", b"../x", b"..", b".", b"/etc", b"a/b", b".draft-x", b"\xff\xfe", b"a\0b", b"x" * 5000, b"a\nb",
     b"generation with blanks", b"..\\x"],
)  # fmt: skip
def test_current_that_names_nothing_or_somewhere_else(made: Path, words: bytes) -> None:
    shutil.copytree(generation_folder(made), made / "x")
    shutil.copytree(generation_folder(made), made / "generations" / ".draft-x")
    (made / "CURRENT").write_bytes(words)

    told = refused(made)
    assert "CURRENT" in told or "there is no index" in told
    assert len(told) < 500


def test_current_is_a_folder(made: Path) -> None:
    (made / "CURRENT").unlink()
    (made / "CURRENT").mkdir()

    assert "CURRENT cannot be read" in refused(made)


def files_of(index: Path) -> list[str]:
    folder = generation_folder(index)
    found = [p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file() and p.suffix != ".lock"]
    assert {"manifest.json", "catalogue.sqlite", "vectors.faiss", "terms/meta.json"} <= set(found)
    assert len(found) > 8
    return sorted(found)


def named(told: str, file: Path) -> bool:
    return str(file) in told and "build the index again" in told


def test_a_file_that_is_missing_is_named(made: Path) -> None:
    for name in files_of(made):
        file = generation_folder(made) / name
        kept = file.read_bytes()
        file.unlink()
        assert named(refused(made), file)
        file.write_bytes(kept)
    open_index(made).close()


def test_a_file_cut_short_is_named(made: Path) -> None:
    for name in files_of(made):
        file = generation_folder(made) / name
        kept = file.read_bytes()
        for length in {0, 1, len(kept) // 2, len(kept) - 1} - {len(kept)}:
            file.write_bytes(kept[:length])
            assert named(refused(made), file), (name, length)
        file.write_bytes(kept)
    open_index(made).close()


def test_a_flipped_bit_is_found_wherever_it_is(made: Path) -> None:
    for name in files_of(made):
        file = generation_folder(made) / name
        kept = file.read_bytes()
        step = max(1, len(kept) // 40)
        for number, place in enumerate(range(0, len(kept), step)):
            changed = bytearray(kept)
            changed[place] ^= 1 << number % 8
            file.write_bytes(changed)
            assert named(refused(made), file), (name, place)
        file.write_bytes(kept)
    open_index(made).close()


def test_a_digit_changed_in_the_manifest_is_found(made: Path) -> None:
    file = generation_folder(made) / "manifest.json"
    text = file.read_text()
    for changed in (text.replace('"dimension": 16', '"dimension": 17'), text.replace('"reports": 4', '"reports": 5')):
        assert changed != text
        file.write_text(changed)
        assert named(refused(made), file)


@pytest.mark.parametrize("name", ["notes.txt", "quick.faiss", "terms/more.term", "catalogue.sqlite-journal", "sub/x"])
def test_a_file_too_many_is_named(made: Path, name: str) -> None:
    file = generation_folder(made) / name
    file.parent.mkdir(exist_ok=True)
    file.write_text("x")

    told = refused(made)

    assert str(file) in told
    assert "does not belong" in told


def test_a_file_that_cannot_be_read_is_named(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.open

    def barred(path: Path, *args, **options):
        if path.name == "vectors.faiss":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return real(path, *args, **options)

    monkeypatch.setattr(Path, "open", barred)

    assert "vectors.faiss cannot be read (Permission denied); correct its permissions" in refused(made)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"format": 99, "seal": ""}, "has index format 99, this version reads 1"),
        ({"format": "new"}, "is damaged or of another version"),
        ({"shards": 3}, "is damaged or of another version"),
        ({"counts": None}, "is damaged or of another version"),
    ],
)
def test_a_manifest_of_another_format(made: Path, change: dict[str, object], told: str) -> None:
    file = generation_folder(made) / "manifest.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | change))

    assert told in refused(made)
    assert str(file) in refused(made)


def test_a_damaged_index_is_built_anew_and_says_so(made: Path, corpus: Path, fake: FakeEncoder) -> None:
    whole = dump(made)
    (generation_folder(made) / "vectors.faiss").write_bytes(b"rubbish")
    fake.embedded.clear()
    heard = Heard()

    result = built(corpus, made, heard)

    assert result.changed
    assert len(heard.notes) == 1
    assert "vectors.faiss is damaged" in heard.notes[0]
    assert len(fake.embedded) == result.counts["windows"]
    assert dump(made) == whole


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
    assert "sync terms" in done[:moved]
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
