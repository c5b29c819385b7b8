"""Every command that the documents show can be given."""

from __future__ import annotations

import re
import shlex
from functools import cache
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path

import pytest
import typer
from documents import DOCUMENTS, ROOT, all_blocks, name, text
from typer.main import get_command

_SPAN = re.compile(r"`([^`\n]+)`")
_PLACEHOLDER = re.compile(r"<[^>]*>")


def _commands(program: str) -> list[tuple[str, str]]:
    """The document and the command line: those of shell blocks whole, and those in a line of text."""
    found = [
        (block.document, part.strip())
        for block in all_blocks("sh", "console")
        for line in block.text.replace("\\\n", " ").split("\n")
        for part in re.split(r"&&|\|", _PLACEHOLDER.sub("X", line).removeprefix("$ "))
    ]
    found += [(name(path), span) for path in DOCUMENTS for span in _SPAN.findall(text(path))]
    return sorted({(where, line) for where, line in found if re.match(rf"{re.escape(program)}(\s|$)", line)})


@cache
def _citewise():
    app = typer.Typer()
    app.callback()(lambda: None)
    for point in entry_points(group="citewise.commands"):
        app.command(point.name)(point.load())
    return get_command(app).commands


def _parse(line: str) -> None:
    """Raises what the command line raises at wrong use. Nothing is run."""
    _, name, *words = shlex.split(line)
    _citewise()[name].make_context(name, words)


@pytest.mark.parametrize(("where", "line"), _commands("citewise"))
def test_a_citewise_command_is_right(where: str, line: str) -> None:
    words = shlex.split(line)
    if len(words) < 2:
        return
    # In a line of text a command is named, and not given with all that it needs.
    if len(words) == 2:
        assert words[1] in _citewise(), f"{where}: {line}"
    else:
        _parse(line)


@pytest.mark.parametrize("line", ["citewise index corpus --jsn", "citewise ask", "citewise search x -k 51"])
def test_a_wrong_command_would_be_noticed(line: str) -> None:
    with pytest.raises(Exception, match="(?i)no such option|missing parameter|less than"):
        _parse(line)


def test_the_documents_show_every_command() -> None:
    shown = {shlex.split(line)[1] for _, line in _commands("citewise") if " " in line}
    assert shown >= set(_citewise())


@pytest.mark.parametrize(("where", "line"), _commands("make"))
def test_a_make_target_exists(where: str, line: str) -> None:
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert set(line.split()[1:]) <= set(targets), f"{where}: {line}"


def test_every_make_target_is_told() -> None:
    targets = set(re.findall(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)[0].split())
    told = {word for _, line in _commands("make") for word in line.split()[1:]}
    assert targets == told


@pytest.mark.parametrize(("where", "line"), _commands("python"))
def test_a_python_command_exists_with_its_options(where: str, line: str) -> None:
    words = shlex.split(line)
    if words[1] != "-m":
        assert (ROOT / words[1]).is_file(), f"{where}: {line}"
        return
    found = find_spec(f"{words[2]}.__main__" if (ROOT / words[2].replace(".", "/")).is_dir() else words[2])
    assert found is not None, f"{where}: {line}"
    assert found.origin is not None
    source = Path(found.origin).read_text(encoding="utf-8")
    for word in words[3:]:
        if word.startswith("--"):
            assert f'"{word}"' in source, f"{where}: {line}"


def test_every_measurement_is_told() -> None:
    told = {shlex.split(line)[2] for _, line in _commands("python") if " -m " in line}
    modules = (ROOT / "eval").rglob("*.py")
    commands = [
        path.relative_to(ROOT).with_suffix("")
        for path in modules
        if re.search(r"ArgumentParser\(|command_parser\(", path.read_text())
        and path.stem not in {"__main__", "arguments"}
    ]
    made = {".".join(path.parts) for path in commands}
    made |= {f"eval.{path.parent.name}" for path in (ROOT / "eval").glob("*/__main__.py")}
    assert told == made
