from __future__ import annotations

import os
from pathlib import Path

import pytest
from corpora import write

from indexer.corpus import Corpus, scan
from indexer.errors import CorpusError, UnreadableFileError

FILES = {"a.md": "# A\n\nOne.", "b.md": "# B\n\nTwo."}
PROFILES = ("generic", "area-send")


def scanned(folder: Path, *, known: dict | None = None, max_bytes: int = 10_000) -> Corpus:
    return scan(folder, max_bytes=max_bytes, profiles=PROFILES, known=known or {})


def stating(
    folder: Path, text: str | bytes, known: dict | None = None
) -> tuple[dict[str, dict[str, str]], tuple[str, ...]]:
    """What is known of each file, and the problems."""
    found = scanned(write(folder, {**FILES, "reports.toml": text}), known=known)
    assert all("\n" not in problem for problem in found.problems)
    return {f.name: dict(f.stated) for f in found.files if f.stated}, found.problems


def test_what_is_a_report(tmp_path: Path) -> None:
    names = ["b.MD", "a.txt", "sub/deep/c.html", "d.docx", "e.pdf", "f.markdown", "g.htm", "h.text"]
    others = ["site.css", "x.css", "noending", "README.md", "_x.md", ".y.md", "_old/z.md", ".git/z.md", "reports.toml"]
    found = scanned(write(tmp_path, dict.fromkeys([*names, *others], "")))

    assert {f.name for f in found.files} == set(names)
    assert found.ignored == {".css": 2, "no ending": 1}
    assert (found.skipped, found.problems) == ((), ())


def test_documents_that_no_reader_takes_are_named(tmp_path: Path) -> None:
    found = scanned(write(tmp_path, {**FILES, "old.doc": "x", "sub/table.xlsx": "x"}))

    assert [(s.file, s.reason, s.fix) for s in found.skipped] == [
        ("old.doc", "no reader for .doc", "save it as .docx"),
        ("sub/table.xlsx", "no reader for .xlsx", "save the text as .docx or .pdf"),
    ]


def test_the_digest_changes_with_all_that_matters(tmp_path: Path) -> None:
    seen = set()

    def changed() -> bool:
        digest = scanned(tmp_path).digest()
        assert scanned(tmp_path).digest() == digest
        known = digest in seen
        seen.add(digest)
        return not known

    for files in (FILES, {"a.md": "# A\n\nOther."}, {"c.md": "x"}, {"reports.toml": '[[report]]\nfile = "a.md"\nid = "x"'},
                  {"old.doc": "x"}, {"big.md": "x" * 20_000}):  # fmt: skip
        write(tmp_path, files)
        assert changed()
    (tmp_path / "c.md").rename(tmp_path / "d.md")
    assert changed()
    write(tmp_path, {"note.css": "x", "README.md": "x"})
    assert not changed()


def test_a_link_back_to_the_folder_is_not_followed(tmp_path: Path) -> None:
    write(tmp_path, {**FILES, "sub/c.md": "x"})
    (tmp_path / "again").symlink_to(tmp_path)
    (tmp_path / "sub" / "up").symlink_to("..")
    (tmp_path / "elsewhere").symlink_to(write(tmp_path.parent / "linked", {"d.md": "x"}))

    found = scanned(tmp_path)

    assert [f.name for f in found.files] == ["a.md", "b.md", "elsewhere/d.md", "sub/c.md"]
    assert found.skipped == ()


def test_what_is_no_ordinary_file_is_skipped(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "dead.md").symlink_to("nowhere.md")
    (tmp_path / os.fsdecode(b"caf\xe9.md")).write_text("# C\n\nThree.")
    (tmp_path / os.fsdecode(b"caf\xe9.css")).write_text("x")

    found = scanned(tmp_path)

    assert [f.name for f in found.files] == ["a.md", "b.md"]
    assert {s.file: s.reason for s in found.skipped} == {
        "pipe.md": "is no ordinary file",
        "dead.md": "cannot be opened (No such file or directory)",
        "caf?.md": "its name is not in UTF-8",
    }


def barred(monkeypatch: pytest.MonkeyPatch, method: str, name: str) -> None:
    """As for a user who may not: what chmod does not do to root."""
    real = getattr(Path, method)

    def refuse(path: Path, *args, **options):
        if path.name == name:
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, *args, **options)

    monkeypatch.setattr(Path, method, refuse)


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, FILES)
    with monkeypatch.context() as patched:
        barred(patched, "open", "a.md")
        found = scanned(tmp_path)
    assert [(s.file, s.reason, s.fix) for s in found.skipped] == [
        ("a.md", "cannot be opened (Permission denied)", "correct its permissions, or remove it")
    ]
    assert [f.name for f in found.files] == ["b.md"]

    # Or only afterwards, when it is to be read.
    file = scanned(tmp_path).files[0]
    barred(monkeypatch, "read_bytes", "a.md")
    with pytest.raises(UnreadableFileError, match=r"cannot be opened \(Permission denied\)"):
        file.load()


def test_a_folder_that_may_not_be_looked_into(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "corpus", {**FILES, "sub/c.md": "x"})
    with monkeypatch.context() as patched:
        barred(patched, "iterdir", "sub")
        found = scanned(tmp_path / "corpus")
    assert [(s.file, s.reason) for s in found.skipped] == [("sub", "cannot be opened (Permission denied)")]
    assert [f.name for f in found.files] == ["a.md", "b.md"]

    barred(monkeypatch, "iterdir", "corpus")
    with pytest.raises(CorpusError, match=r"cannot be looked into \(Permission denied\); correct its permissions"):
        scanned(tmp_path / "corpus")


def test_a_file_that_is_too_large(tmp_path: Path) -> None:
    found = scanned(write(tmp_path, {**FILES, "big.md": "x" * 2_000_001}), max_bytes=1_000_000)

    assert [(s.file, s.reason, s.fix) for s in found.skipped] == [
        ("big.md", "is 2 MB, more than the 1 MB that are read", "split it, or raise CITEWISE_MAX_FILE_MB")
    ]


def test_reports_toml_says_all_that_metadata_has(tmp_path: Path) -> None:
    text = """
[[report]]
file = "a.md"
id = "alder-2025"
profile = "area-send"
title = "  A title "
subject = "Aldermere"
publisher = "Board"
published = 2025-03-31
inspected = "26 to 30 June 2023"
assessment = "pilot"
source_url = "https://reports.example/a"
licence = "OGL"
attribution = "Contains."
[[report]]
file = "b.md"
published = "2024-01-02"
"""
    stated, problems = stating(tmp_path, text)

    assert problems == ()
    assert stated["a.md"]["title"] == "A title"
    assert stated["a.md"]["published"] == "2025-03-31"
    assert len(stated["a.md"]) == 11
    assert stated["b.md"] == {"published": "2024-01-02"}


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("published = 2024", "published: a date is a day that exists, written 2025-03-31; this value is left out"),
        ('published = "March 2025"', "published: a date is a day that exists"),
        ('published = "2025-02-30"', "published: a date is a day that exists"),
        ("published = 12:30:00", "published: a date is a day that exists"),
        ("published = true", "published: a date is a day that exists"),
        ('titel = "x"', "titel: there is no such key; this value is left out"),
        ('profile = "nope"', "profile: no 'nope'; use one of area-send, generic"),
        ('id = "A B"', "id: an id is lower-case letters, digits and hyphens, for example a-b; this value is left out"),
        ('id = "é"', "for example e"),
        ('id = "日本"', "for example leeds-2025"),
        ("title = 5", "title: Input should be a valid string"),
        ('title = ""', "title: String should have at least 1 character"),
        ('source_url = "javascript:alert(1)"', "source_url: an address begins with http:// or https://"),
        ('source_url = "https://x.example/\\"><script>"', "source_url: an address begins"),
    ],
)
def test_a_wrong_value_is_left_out_and_the_right_ones_used(tmp_path: Path, line: str, told: str) -> None:
    stated, problems = stating(tmp_path, f'[[report]]\nfile = "a.md"\nsubject = "Aldermere"\n{line}\n')

    assert stated == {"a.md": {"subject": "Aldermere"}}
    assert len(problems) == 1
    assert problems[0].startswith("reports.toml: report 1 (a.md): ")
    assert told in problems[0]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[[report]]\nfile = "gone.md"\n', "gone.md is not in the corpus; correct its `file` or remove the entry"),
        ('[[report]]\ntitle = "x"\n', "reports.toml: report 1 (no file): file: Field required"),
        ("[[report]]\nfile = 7\n", "report 1 (no file): file: Input should be a valid string"),
        ("report = [1]\n", "report 1 (no file): file: Field required"),
        ('report = "x"\n', "`report` is no list; write [[report]] with two brackets"),
        ('[report]\nfile = "a.md"\n', "`report` is no list; write [[report]] with two brackets"),
        ('reports = "x"\n', "unknown key 'reports'; entries are [[report]] tables"),
    ],
)
def test_an_entry_that_is_of_no_use(tmp_path: Path, text: str, told: str) -> None:
    stated, problems = stating(tmp_path, text)

    assert stated == {}
    assert len(problems) == 1
    assert told in problems[0]


def test_two_entries_for_one_file_and_one_id_twice(tmp_path: Path) -> None:
    entries = ['file = "a.md"\nid = "x"', 'file = "a.md"\ntitle = "Again"', 'file = "b.md"\nid = "x"\ntitle = "B"']
    stated, problems = stating(tmp_path, "".join(f"[[report]]\n{entry}\n" for entry in entries))

    assert stated == {"a.md": {"id": "x"}, "b.md": {"title": "B"}}
    assert problems == (
        "reports.toml: report 2 (a.md): a second entry for this file; remove one",
        "reports.toml: report 3 (b.md): id 'x' is taken by another entry; choose another",
    )


@pytest.mark.parametrize("text", ["[[report", 'a = "', b"\xff\xfe\x00", "a = 1\na = 2"])
def test_broken_toml_keeps_what_it_said_at_the_last_build(tmp_path: Path, text: str | bytes) -> None:
    known = {"a.md": {"title": "Known"}, "b.md": {}, "gone.md": {}}

    stated, problems = stating(tmp_path, text, known)
    assert stated == {"a.md": {"title": "Known"}}
    assert len(problems) == 1
    assert problems[0].startswith("reports.toml cannot be read (")
    assert problems[0].endswith("correct it and index again; until then what it said at the last build is used")

    stated, problems = stating(tmp_path, text)
    assert stated == {}
    assert problems[0].endswith("until then the reports are indexed without it")


def test_reports_toml_that_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "reports.toml").mkdir()
    found = scanned(write(tmp_path, FILES))

    assert found.problems[0].startswith("reports.toml cannot be read (")


def test_a_stated_id_is_not_given_to_another(tmp_path: Path) -> None:
    write(tmp_path, {**FILES, "reports.toml": '[[report]]\nfile = "b.md"\nid = "a"\n'})

    assert {f.name: f.report_id for f in scanned(tmp_path).files} == {"a.md": "a-md", "b.md": "a"}
