"""Each bad file has its one clear line, and the others are indexed."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from corpora import ALDERMERE, BORROW, FakeEncoder, Heard, built, write
from pypdf import PdfReader, PdfWriter
from reportlab.pdfgen.canvas import Canvas

from indexer.errors import CorpusError
from indexer.index.generations import current_generation, open_index
from indexer.profiles import Profiles


def pdf(text: str | None) -> bytes:
    """A page with a text, or with a drawing alone."""
    target = io.BytesIO()
    canvas = Canvas(target)
    if text is None:
        canvas.rect(100, 100, 300, 400, fill=1)
    else:
        canvas.drawString(72, 700, text)
    canvas.showPage()
    canvas.save()
    return target.getvalue()


def encrypted() -> bytes:
    writer = PdfWriter(PdfReader(io.BytesIO(pdf("Nobody reads this without a password."))))
    writer.encrypt("secret", algorithm="AES-256")
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def word(text: str) -> bytes:
    document = docx.Document()
    document.add_heading("Word report", 1)
    document.add_paragraph(text)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def archive() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as opened:
        opened.writestr("a.txt", "no document")
    return target.getvalue()


BAD = {
    "empty.txt": (b"", "the file is empty"),
    "blank.md": (b" \n\t\n", "the file is empty"),
    "empty.html": (b"", "empty"),
    "empty.pdf": (b"", ""),
    "empty.docx": (b"", ""),
    "binary.txt": (bytes(range(256)) * 20, ""),
    "program.md": (b"\x7fELF\x02\x01\x01" + bytes(100), "looks like a program, not text"),
    "nul.md": (b"# A\n\nOne\0two.", "binary data, not text: a NUL character at offset 8"),
    "cp1252.txt": ("The council’s plan cost £5.".encode("cp1252"), "not UTF-8: byte 0x92 at offset 11"),
    "pdf-by-content.txt": (pdf("One."), "looks like a PDF, not text"),
    "image.pdf": (pdf(None), ""),
    "encrypted.pdf": (encrypted(), ""),
    "cut.pdf": (pdf("One two three.")[:200], ""),
    "text.pdf": (b"just words", ""),
    "cut.docx": (word("One two three.")[:3000], ""),
    "archive.docx": (archive(), ""),
    "text.docx": (b"just words", ""),
    "shell.html": (b"<html><head><title>App</title></head><body><script>go()</script></body></html>", ""),
    "headings.md": (b"# Only\n\n## Headings\n", "holds headings and no text under them"),
    "large.md": (b"# Large\n\n" + b"One two three four. " * 60_000, "is 1 MB, more than the 1 MB that are read"),
    "twin.md": (BORROW.encode(), "holds the same words as borrow.md"),
    "old.doc": (b"\xd0\xcf\x11\xe0", "no reader for .doc"),
}
GOOD = {
    "aldermere.md": ALDERMERE,
    "borrow.md": BORROW,
    "word.docx": word("Staff met twice."),
    "one.pdf": pdf("One came."),
}


@pytest.fixture
def made(tmp_path: Path, index: Path, fake: FakeEncoder):
    corpus = write(tmp_path / "corpus", {**GOOD, **{name: data for name, (data, _) in BAD.items()}})
    return corpus, built(corpus, index, max_file_mb=1)


def test_each_has_its_line_and_the_others_are_indexed(made, index: Path) -> None:
    _, result = made
    told = {s.file: s for s in result.skipped}

    assert told.keys() == BAD.keys()
    for name, (_, reason) in BAD.items():
        assert reason in told[name].reason
        assert told[name].reason
        assert told[name].fix
        assert "\n" not in f"{told[name].reason}{told[name].fix}"
        assert "Traceback" not in told[name].reason
        assert len(told[name].reason) < 160
    assert [s.file for s in result.skipped] == sorted(BAD)
    assert not result.ok
    opened = open_index(index)
    assert {r.file for r in opened.catalogue.reports()} == GOOD.keys()
    opened.close()


def test_reasons_tell_one_fault_from_another(made) -> None:
    reasons = {s.file: s.reason.casefold() for s in made[1].skipped}

    assert "encrypt" in reasons["encrypted.pdf"] or "password" in reasons["encrypted.pdf"]
    assert "scan" in reasons["image.pdf"] or "image" in reasons["image.pdf"] or "no text" in reasons["image.pdf"]
    assert "text" in reasons["shell.html"]
    assert reasons["cut.docx"] != reasons["archive.docx"]


def test_nothing_changed_still_tells_them(made, index: Path) -> None:
    corpus, first = made

    again = built(corpus, index, max_file_mb=1)

    assert not again.changed
    assert again.skipped == first.skipped
    assert not again.ok


def test_a_file_put_right_is_indexed_and_the_others_are_not_read_in_vain(made, index: Path) -> None:
    corpus, _ = made
    heard = Heard()
    write(corpus, {"cp1252.txt": "The council’s plan cost £5."})

    result = built(corpus, index, heard, max_file_mb=1)

    assert result.counts["reports"] == len(GOOD) + 1
    assert "cp1252.txt" not in {s.file for s in result.skipped}
    assert not set(heard.read) & GOOD.keys()


def test_a_higher_limit_takes_the_large_file(made, index: Path) -> None:
    corpus, _ = made

    result = built(corpus, index, max_file_mb=2)

    assert [f.file for f in result.files] == ["large.md"]


def test_a_report_that_went_bad_leaves_the_index_and_says_so(tmp_path: Path, index: Path, fake: FakeEncoder) -> None:
    corpus = write(tmp_path / "corpus", GOOD)
    assert built(corpus, index).ok
    write(corpus, {"borrow.md": b"\xff\xfe\xfd"})

    result = built(corpus, index)

    assert [s.file for s in result.skipped] == ["borrow.md"]
    assert result.removed == ("borrow",)
    assert result.counts["reports"] == len(GOOD) - 1


def test_a_broken_reports_toml_keeps_what_was_known(tmp_path: Path, index: Path, fake: FakeEncoder) -> None:
    profile = next(name for name in Profiles.load().by_name if name != "generic")
    entry = f'[[report]]\nfile = "borrow.md"\nid = "borrow-2024"\ntitle = "Stated"\nprofile = "{profile}"\n'
    corpus = write(tmp_path / "corpus", {**GOOD, "reports.toml": entry})
    built(corpus, index)
    write(corpus, {"reports.toml": entry + "[[report\n", "new.md": "# New\n\nOne more."})

    result = built(corpus, index)

    assert not result.ok
    assert [f.file for f in result.files] == ["new.md"]
    assert "what it said at the last build is used" in result.problems[0]
    opened = open_index(index)
    kept = opened.catalogue.report("borrow-2024")
    assert (kept.file, kept.metadata.title, kept.profile) == ("borrow.md", "Stated", profile)
    opened.close()
    again = built(corpus, index)
    assert not again.changed
    assert again.problems == result.problems


def test_a_corpus_of_which_nothing_can_be_read_leaves_the_index_as_it_was(
    tmp_path: Path, index: Path, fake: FakeEncoder
) -> None:
    corpus = write(tmp_path / "corpus", {"aldermere.md": ALDERMERE})
    before = built(corpus, index).generation
    write(corpus, {"aldermere.md": "", "b.pdf": b"x"})
    heard = Heard()
    with pytest.raises(CorpusError, match="no file of .*corpus can be read; the index stays as it was"):
        built(corpus, index, heard)
    assert current_generation(index) == before
    assert [note.split(":")[0] for note in heard.notes] == ["aldermere.md", "b.pdf"]
