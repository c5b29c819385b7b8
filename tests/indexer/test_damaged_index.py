"""Whatever is wrong with an index, opening it says which file and what to do, in one line."""

from __future__ import annotations

import errno
import json
import os
import shutil
from pathlib import Path

import pytest
from corpora import FakeEncoder, Heard, built, dump, files_of

from indexer.errors import IndexOpenError
from indexer.index.generations import current_generation, generation_folder, open_index


@pytest.fixture
def made(corpus: Path, index: Path, fake: FakeEncoder) -> Path:
    """An index with one generation."""
    built(corpus, index)
    return index


def refused(index: Path) -> str:
    """Why it cannot be opened: in one line."""
    with pytest.raises(IndexOpenError) as caught:
        open_index(index).close()
    assert "\n" not in str(caught.value)
    return str(caught.value)


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
