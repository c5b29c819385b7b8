"""The examples of files are right, and what is shown as an answer stands in the sample reports."""

from __future__ import annotations

import re
import tomllib
from functools import cache, partial
from pathlib import Path

import pytest
from documents import ROOT, Block, all_blocks, blocks, document, rows

from indexer.assemble import assemble
from indexer.corpus import Corpus, CorpusFile, scan
from indexer.model import Report, Role
from indexer.profiles import Profiles
from indexer.readers import read
from indexer.readers.front_matter import KEYS, split_front_matter
from service.settings import Settings

_CITED = re.compile(
    r"^ {4}“(?P<quote>.+)”\n {4}/reports/(?P<report>[\w-]+)#(?P<section>[\w-]+)\.(?P<number>\d+)$", re.MULTILINE
)


def _named(end: str) -> Block:
    (found,) = [b for b in all_blocks("toml") if b.name.startswith("profiles/") and b.name.endswith(end)]
    return found


@pytest.fixture(scope="module")
def profiles(tmp_path_factory: pytest.TempPathFactory) -> Profiles:
    """The packaged profiles and the example's."""
    folder = tmp_path_factory.mktemp("example")
    for block in (_named("home-care.toml"), _named("home-care-providers.toml")):
        path = folder / block.name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(block.text, encoding="utf-8")
    return Profiles.load(folder / "profiles")


def _scan(folder: Path) -> Corpus:
    most = Settings.model_fields["max_file_mb"].default * 1_000_000
    return scan(folder, max_bytes=most, profiles=Profiles.load().by_name.keys(), known={})


def _read(file: CorpusFile, profiles: Profiles) -> Report:
    read_as = read(file.load(), profiles.detect)
    profile = profiles.detect("\n".join(block.text for block in read_as.blocks))
    return assemble(report_id=file.report_id, file=file.name, document=read_as, profile=profile, stated=file.stated)


@cache
def sample_report(report_id: str) -> Report:
    (file,) = [f for f in _scan(ROOT / "corpus").files if f.report_id == report_id]
    return _read(file, Profiles.load())


@pytest.mark.parametrize("block", [b for b in all_blocks("toml") if b.name == "reports.toml"], ids=lambda b: b.document)
def test_an_example_of_reports_toml_is_right(block: Block, tmp_path: Path) -> None:
    entries = tomllib.loads(block.text)["report"]
    for entry in entries:
        path = tmp_path / entry["file"]
        path.parent.mkdir(exist_ok=True)
        path.write_text("words")
    (tmp_path / "reports.toml").write_text(block.text, encoding="utf-8")
    corpus = _scan(tmp_path)
    assert corpus.problems == ()
    assert [f.name for f in corpus.files] == [entry["file"] for entry in entries]


def test_every_key_of_reports_toml_is_told_and_shown() -> None:
    from indexer.corpus import _Entry

    told = [row[0].strip("`") for row in rows("docs/reports.md", "## reports.toml")]
    assert told == list(_Entry.model_fields)
    (example,) = [b for b in blocks(ROOT / "docs/reports.md") if b.name == "reports.toml"]
    assert list(tomllib.loads(example.text)["report"][0]) == told


def test_the_example_of_front_matter_is_right() -> None:
    section = document("docs/reports.md").split("## Front matter")[1].split("## Profiles")[0]
    (example,) = re.findall(r"```text\n(.*?)```", section, re.DOTALL)
    front = split_front_matter(example)
    assert front.notices == ()
    assert len(front.metadata) == 4
    assert set(re.findall(r"`(\w+)`", section)) - {"key"} == KEYS


def test_the_example_profile_reads_the_example_report(profiles: Profiles, tmp_path: Path) -> None:
    (example,) = [b for b in blocks(ROOT / "docs/reports.md") if b.language == "markdown"]
    (tmp_path / "larkrise.md").write_text(example.text, encoding="utf-8")
    (file,) = _scan(tmp_path).files
    report = _read(file, profiles)
    assert report.profile == "home-care"
    assert report.notices == ()
    known = report.metadata
    assert (known.title, known.subject, str(known.published), known.inspected) == (
        "Home care review: Larkrise Home Care Limited",
        "Larkrise",
        "2026-03-03",
        "12 and 13 January 2026",
    )
    assert [(r.name, r.score, r.judgement) for r in report.ratings] == [
        ("Visits and punctuality", 2, "Fair"),
        ("Care staff", 3, "Good"),
    ]
    furniture = [p.text for p in report.paragraphs if p.role is Role.BOILERPLATE]
    assert furniture == [
        "We review every provider of home care once in two years.",
        "© Fictional Quality Board 2026",
    ]
    shown = document("docs/reports.md")
    for name, value in (("subject", known.subject), ("published", known.published), ("inspected", known.inspected)):
        assert f"  {name}: {value} ({known.origins[name]})\n" in shown


def test_every_key_of_a_profile_is_told() -> None:
    from indexer.profiles.schema import ProfileFile

    told = {key for row in rows("docs/reports.md", "### Its keys") for key in re.findall(r"[a-z]+", row[0])}
    assert told == set(ProfileFile.model_fields)


def test_the_packaged_profiles_are_told() -> None:
    told = [row[0].strip("`") for row in rows("docs/reports.md", "## Profiles")]
    assert sorted(told) == sorted(Profiles.load().by_name)


def test_what_the_readme_quotes_stands_in_the_sample_reports() -> None:
    cited = list(_CITED.finditer(document("README.md")))
    assert cited
    for one in cited:
        report = sample_report(one["report"])
        (paragraph,) = [p for p in report.paragraphs if (p.section, p.number) == (one["section"], int(one["number"]))]
        assert one["quote"] in paragraph.text
        assert one["quote"] in document("README.md").replace(one[0], "")  # the claim says what the citation quotes


@pytest.mark.parametrize("path", ["README.md", "docs/indexing.md"])
def test_figures_of_the_sample_reports_are_those_of_the_files(path: str) -> None:
    read_here = partial(re.findall, string=document(path))
    shown = read_here(r"^(\S+\.(?:md|txt)) +cqc-local-authority +(\d+) +(\d+) +(\d+)", flags=re.MULTILINE)
    shown += read_here(
        r"^(aldermere-2025|brackenshire-2025) .*? 2025-\d\d-\d\d +(\d+) +(\d+) +(\d+)", flags=re.MULTILINE
    )
    assert shown
    for file, *counts in shown:
        report = sample_report(file.rsplit(".", 1)[0])
        assert [int(c) for c in counts] == [len(report.sections), len(report.paragraphs), len(report.ratings)]
