"""Links lead somewhere, and nothing names what only one machine has."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from documents import DOCUMENTS, ROOT, anchors, links, name, rows, text

_HOSTS = {
    "127.0.0.1",
    "my-resource.openai.azure.com",
    "keepachangelog.com",
    "semver.org",
    "slack.com",
    "www.rfc-editor.org",
}
# The first part of every path that begins at the root: the service's routes, and places that the reader chooses.
_PLACES = {
    "v1",
    "ask",
    "ask-reports",
    "docs",
    "healthz",
    "metrics",
    "openapi.json",
    "ratings",
    "ratings.csv",
    "readyz",
    "reports",
    "slack",
    "static",
    "widget",
    "etc",
    "srv",
    "your-sign-on",
}
_ROOTED = re.compile(r"(?:^|[\s`\"'(=])/([A-Za-z0-9][\w.-]*)", re.MULTILINE)
_URL = re.compile(r"https?://[^\s`\"'<>)]+")
_DECISION = re.compile(r"^(\d{4})-[a-z0-9]+(?:-[a-z0-9]+)*$")
_STATUS = re.compile(r"Status: (?:accepted|superseded (?:in part )?by (?P<by>\[\d{4}\]\(\S+\)(?:, \[\d{4}\]\(\S+\))*))")
_DECISIONS = sorted((ROOT / "docs/decisions").glob("*.md"))


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_internal_links_resolve(path: Path) -> None:
    for link in links(path):
        if link.startswith(("http://", "https://")):
            continue
        target, _, anchor = link.partition("#")
        file = (path.parent / target).resolve() if target else path
        assert file.exists(), f"{name(path)}: {link}"
        assert not anchor or anchor in anchors(file), f"{name(path)}: {link}"


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_every_address_is_of_an_example_or_a_standard(path: Path) -> None:
    hosts = {urlsplit(url).hostname or "" for url in _URL.findall(text(path))}
    assert {h for h in hosts if not h.endswith(".example")} <= _HOSTS


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_no_path_is_one_of_some_machine(path: Path) -> None:
    assert set(_ROOTED.findall(_URL.sub("", text(path)))) <= _PLACES


def test_every_document_can_be_reached_from_the_readme() -> None:
    reached: set[Path] = set()
    waiting = [ROOT / "README.md"]
    while waiting:
        path = waiting.pop()
        if path in reached or path.suffix != ".md":
            continue
        reached.add(path)
        waiting += [(path.parent / link.partition("#")[0]).resolve() for link in links(path) if "://" not in link]
    assert {p for p in DOCUMENTS if "docs" in p.parts} <= reached


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = [_DECISION.match(path.stem) for path in _DECISIONS]
    assert all(numbers)
    assert [int(n[1]) for n in numbers if n] == list(range(1, len(_DECISIONS) + 1))


@pytest.mark.parametrize("path", _DECISIONS, ids=name)
def test_a_decision_is_short_and_says_why(path: Path) -> None:
    lines = text(path).splitlines()
    assert len(lines) <= 40
    assert re.fullmatch(rf"# {path.stem[:4]} \S.*", lines[0])
    assert [line for line in lines if line.startswith("## ")] == [
        "## Context",
        "## Decision",
        "## Figures",
        "## Consequences",
    ]


@pytest.mark.parametrize("path", _DECISIONS, ids=name)
def test_a_decision_says_whether_it_stands_and_what_followed_it(path: Path) -> None:
    status = _STATUS.fullmatch(text(path).splitlines()[2])
    assert status is not None
    for successor in re.findall(r"\((\d{4})-", status["by"] or ""):
        assert path.stem[:4] < successor
        assert any(one.stem.startswith(successor) for one in _DECISIONS)


def test_decisions_that_the_code_names_exist() -> None:
    named = {
        number
        for folder in ("indexer", "service", "eval")
        for path in (ROOT / folder).rglob("*.py")
        for number in re.findall(r"docs/decisions/(\d{4})", path.read_text(encoding="utf-8"))
    }
    assert named
    assert named <= {path.stem[:4] for path in _DECISIONS}


def test_the_list_of_decisions_names_each_by_its_title() -> None:
    design = text(ROOT / "docs/design.md").split("## Decisions")[1]
    listed = re.findall(r"^- \[(\d{4})\]\(decisions/(\S+)\) (.+)$", design, re.MULTILINE)
    assert listed == [
        (p.stem[:4], p.name, text(p).split("\n", 1)[0].removeprefix(f"# {p.stem[:4]} ")) for p in _DECISIONS
    ]


def test_formats_are_all_told() -> None:
    from indexer.readers import READERS

    told = {ending for row in rows("docs/reports.md", "## Formats") for ending in re.findall(r"`(\.\w+)`", row[0])}
    assert told == set(READERS)
