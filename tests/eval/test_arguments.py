from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from eval.arguments import command_parser, named_number, named_path, path_and_count, path_and_share


@pytest.mark.parametrize(
    ("read", "text", "found"),
    [
        (named_path, "sample=a/index=1", ("sample", Path("a/index=1"))),
        (named_number, "written=0.5", ("written", 0.5)),
        (path_and_count, "a=b/set.jsonl.gz=300", (Path("a=b/set.jsonl.gz"), 300)),
        (path_and_share, "a/rows.jsonl.gz=0.25", (Path("a/rows.jsonl.gz"), 0.25)),
        (path_and_share, "rows.jsonl.gz", (Path("rows.jsonl.gz"), 1.0)),
        (path_and_share, "rows.jsonl.gz=", (Path("rows.jsonl.gz"), 1.0)),
    ],
)
def test_both_sides_of_an_argument(read, text, found):
    assert read(text) == found


@pytest.mark.parametrize(
    ("read", "text", "form"),
    [
        (named_path, "index", "NAME=PATH"),
        (named_number, "written", "NAME=NUMBER"),
        (named_number, "written=often", "NAME=NUMBER"),
        (path_and_count, "set.jsonl.gz", "PATH=COUNT"),
        (path_and_count, "set.jsonl.gz=0.5", "PATH=COUNT"),
        (path_and_share, "rows.jsonl.gz=half", "PATH=SHARE"),
    ],
)
def test_what_an_argument_should_have_been_is_told(read, text, form):
    with pytest.raises(argparse.ArgumentTypeError, match=f"{text}.*write {form}"):
        read(text)


def test_a_command_tells_how_it_is_called_and_what_its_docstring_says(capsys):
    with pytest.raises(SystemExit):
        command_parser("eval.some.command", "Measures.\n\nLINE  kept as it is.").parse_args(["--help"])
    shown = capsys.readouterr().out
    assert "python -m eval.some.command" in shown
    assert "\nLINE  kept as it is.\n" in shown
