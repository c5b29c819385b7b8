"""`citewise index` and `citewise inspect` as they are typed."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest
from corpora import CITEWISE, CORPUS, FakeEncoder, built, write
from filelock import FileLock


def citewise(*words: object, folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("CITEWISE_") or k == "CITEWISE_CACHE"}
    return subprocess.run(
        [*CITEWISE, *map(str, words)],
        cwd=folder,
        env={**kept, **settings, "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


def one_line(done: subprocess.CompletedProcess[str], status: int) -> str:
    """The only line of a command that failed."""
    assert (done.returncode, done.stdout) == (status, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith("citewise: ")
    return line


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, packaged: object) -> Path:
    """A folder with a corpus and the index that the command made of it."""
    folder = tmp_path_factory.mktemp("commands")
    write(folder / "corpus", {**CORPUS, "empty.md": "", "site.css": "x"})
    write(folder / "corpus", {"reports.toml": '[[report]]\nfile = "gone.md"\n'})
    done = citewise("index", "corpus", "--index", "made", "--json", folder=folder)
    assert done.returncode == 1, done.stderr
    (folder / "stdout").write_text(done.stdout)
    (folder / "stderr").write_text(done.stderr)
    return folder


def test_json_alone_on_standard_output(place: Path) -> None:
    told = json.loads((place / "stdout").read_text())

    assert told["ok"] is False
    assert told["changed"] is True
    assert told["counts"]["reports"] == 4
    assert [f["file"] for f in told["files"]] == list(CORPUS)
    assert told["files"][0].keys() == {"file", "report", "profile", "sections", "paragraphs", "ratings", "warnings"}
    assert told["skipped"] == [
        {"file": "empty.md", "reason": "the file is empty", "fix": "put the report's text in it, or remove it"}
    ]
    assert told["problems"] == ["reports.toml: gone.md is not in the corpus; correct its `file` or remove the entry"]
    assert told["ignored"] == {".css": 1}
    assert told["windows_embedded"] == told["counts"]["windows"]
    assert told["seconds"] > 0


def test_progress_and_summary_on_standard_error(place: Path) -> None:
    lines = (place / "stderr").read_text().splitlines()

    assert "loading the embedding model all-MiniLM-L6-v2" in lines
    assert any(line.startswith("aldermere.md") for line in lines)
    assert "ignored: 1 file ending .css, which is no report" in lines
    assert "not indexed: empty.md: the file is empty; put the report's text in it, or remove it" in lines
    assert any(line.startswith("problem: reports.toml: gone.md") for line in lines)
    assert lines[-1].startswith("indexed: 4 reports, ")
    assert "4 read, 0 unchanged, 0 removed" in lines[-1]
    assert "Traceback" not in "".join(lines)


def test_nothing_has_changed(place: Path) -> None:
    done = citewise("index", "corpus", "--index", "made", "--quiet", folder=place)

    assert (done.returncode, done.stdout) == (1, "")  # the empty file still is not in the index
    assert done.stderr.splitlines()[-1].startswith("nothing has changed: 4 reports, ")
    assert "not indexed: empty.md" in done.stderr
    assert "loading" not in done.stderr


def test_all_is_well(place: Path, tmp_path: Path) -> None:
    write(tmp_path / "corpus", {"borrow.md": CORPUS["borrow.md"]})
    done = citewise("index", "corpus", folder=tmp_path, CITEWISE_INDEX="mine")

    assert (done.returncode, done.stdout) == (0, "")
    assert (tmp_path / "mine" / "CURRENT").is_file()
    done = citewise("inspect", folder=tmp_path, CITEWISE_INDEX="mine")
    assert (done.returncode, done.stderr) == (0, "")
    assert "1 reports" in done.stdout


def test_inspect(place: Path) -> None:
    done = citewise("inspect", "--index", "made", folder=place)

    assert (done.returncode, done.stderr) == (0, "")
    assert "generation 2" in done.stdout
    assert "all-MiniLM-L6-v2" in done.stdout
    for name in CORPUS:
        assert Path(name).stem in done.stdout
    assert "not indexed: empty.md: the file is empty" in done.stdout


def test_inspect_as_json(place: Path) -> None:
    done = citewise("inspect", "--index", "made", "--json", folder=place)
    told = json.loads(done.stdout)

    assert told["counts"]["reports"] == 4
    assert {r["id"] for r in told["reports"]} == {Path(name).stem for name in CORPUS}
    assert told["skipped"][0]["file"] == "empty.md"


def test_inspect_one_report(place: Path) -> None:
    shown = citewise("inspect", "--index", "made", "--report", "aldermere", folder=place)
    assert shown.returncode == 0
    assert "Safeguarding  (2)  [score 3]" in shown.stdout

    told = json.loads(citewise("inspect", "--index", "made", "--report", "aldermere", "--json", folder=place).stdout)
    assert told["id"] == "aldermere"
    assert [(s["path"], s["score"], s["paragraphs"]) for s in told["sections"]] == [
        (["Safeguarding"], 3, 2),
        (["Learning, improvement and innovation"], 2, 2),
    ]

    none = citewise("inspect", "--index", "made", "--report", "nobody", folder=place)
    assert one_line(none, 1) == "citewise: no report 'nobody' in the index; `citewise inspect` lists them"


def test_what_looks_odd_is_told(tmp_path: Path, index: Path, fake: FakeEncoder) -> None:
    long = "# Long {n}\n\n" + "\n\n".join(f"Paragraph {i} of report {{n}} stands here." for i in range(20))
    files = {f"long{n}.md": long.format(n=n) for n in range(3)}
    built(write(tmp_path / "corpus", {**files, "short.md": "# Short\n\nNo more than\u200b this."}), index)

    found = {r["id"]: r["odd"] for r in json.loads(
        citewise("inspect", "--index", index, "--json", folder=tmp_path).stdout)["reports"]}  # fmt: skip

    assert found["long1"] == []
    assert found["short"] == [
        "invisible characters taken out: 1 × U+200B",
        "has 1 paragraphs where reports of its family have about 20",
    ]


@pytest.mark.parametrize(
    ("words", "settings", "status", "told"),
    [
        (["index", "nowhere"], {}, 1, "nowhere is not a folder; name the folder that holds the reports"),
        (["index", "."], {}, 1, ". holds no reports; put files ending"),
        (["inspect"], {}, 1, "there is no index in index; run: citewise index CORPUS --index index"),
        (["index", "corpus", "--index", "file"], {}, 1, "the index folder file cannot be written: "),
        (["index", "corpus"], {"CITEWISE_MAX_FILE_MB": "0"}, 2, "CITEWISE_MAX_FILE_MB is wrong: "),
        (["index", "corpus"], {"CITEWISE_KEEP_GENERATIONS": "many"}, 2, "CITEWISE_KEEP_GENERATIONS is wrong: "),
        (["index", "corpus"], {"CITEWISE_EMBEDDING_BACKEND": "gpu"}, 2, "CITEWISE_EMBEDDING_BACKEND is wrong: "),
        (["index", "corpus"], {"CITEWISE_CONFIG": "gone.toml"}, 2, "gone.toml cannot be read (No such file"),
        (["index", "corpus"], {"CITEWISE_CONFIG": "broken.toml"}, 2, "broken.toml is not valid TOML: "),
        (["index", "corpus"], {"CITEWISE_CONFIG": "wrong.toml"}, 2, "max_file_mb in wrong.toml is wrong: "),
        (["index", "corpus"], {"CITEWISE_EMBEDDING_MODEL": "corpus"}, 1, "corpus holds no model (no config.json)"),
        (["index", "corpus"], {"CITEWISE_PROFILES": "nowhere"}, 1, "nowhere: no such folder of profiles"),
    ],
)
def test_faults_are_one_line(
    tmp_path: Path, words: list[str], settings: dict[str, str], status: int, told: str
) -> None:
    write(tmp_path / "corpus", CORPUS)
    write(tmp_path, {"file": "x", "broken.toml": "a = ", "wrong.toml": 'max_file_mb = "big"'})
    (tmp_path / "none").mkdir()
    folder = tmp_path / "none" if words == ["index", "."] else tmp_path

    assert told in one_line(citewise(*words, folder=folder, **settings), status)


@pytest.mark.parametrize("words", [["index"], ["index", "a", "b"], ["index", "a", "--speed"], ["nothing"], []])
def test_wrong_use_ends_with_status_2(tmp_path: Path, words: list[str]) -> None:
    done = citewise(*words, folder=tmp_path)

    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.iterdir())


def test_a_setting_of_the_file_is_used_and_the_command_line_wins(place: Path, tmp_path: Path) -> None:
    write(tmp_path, {"citewise.toml": f'index = "{place / "made"}"\n'})

    assert "4 reports" in citewise("inspect", folder=tmp_path).stdout
    assert "no index in other" in citewise("inspect", "--index", "other", folder=tmp_path).stderr


def test_two_builds_at_once(tmp_path: Path) -> None:
    write(tmp_path / "corpus", CORPUS)
    (tmp_path / "index").mkdir()
    with FileLock(tmp_path / "index" / ".writer.lock"):
        done = citewise("index", "corpus", folder=tmp_path)

    assert one_line(done, 1) == "citewise: another build is writing index; wait for it to end"
