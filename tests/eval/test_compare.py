from __future__ import annotations

import sys

import pytest

from eval.robustness.compare import compare, main, read_report

MARKDOWN = """# Tovey Council: a report

## Leadership

### Learning

Staff learned from **complaints**, and carers had heard back.

A second paragraph stands here.

## Buildings

The council had a plan.
"""
PAGE = """<!doctype html><html lang="en"><head><title>Tovey Council: a report</title></head><body><main>
<h1>Tovey Council: a report</h1><h2>Leadership</h2><h3>Learning</h3>
<p>Staff learned from <b>complaints</b>, and carers had heard back.</p><p>A second paragraph stands here.</p>
<h2>Buildings</h2><p>The council had a plan.</p></main></body></html>
"""


@pytest.fixture
def written(tmp_path):
    def write(name, text):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_two_readings_of_the_same_report_are_alike(written):
    found = compare(read_report(written("a.md", MARKDOWN)), read_report(written("a.html", PAGE)))
    assert [(one.what, one.share) for one in found] == [
        ("sections by path", 1.0), ("sections by heading", 1.0), ("paragraphs", 1.0), ("words", 1.0),
    ]  # fmt: skip


def test_what_only_one_has_is_named(written):
    other = MARKDOWN.replace("### Learning", "## Learning").replace("heard back.\n\nA second", "heard back. A second")
    paths, headings, paragraphs, words = compare(
        read_report(written("a.md", MARKDOWN)), read_report(written("b.md", other))
    )
    assert paths.only_first == ("Leadership > Learning",)
    assert paths.only_second == ("Learning",)
    assert headings.share == words.share == 1.0
    assert paragraphs.common == 1
    assert paragraphs.only_first[1] == "A second paragraph stands here."


def test_the_command_prints_the_shares_and_ends_by_the_least(written, monkeypatch, capsys):
    paths = [str(written("a.md", MARKDOWN)), str(written("b.md", MARKDOWN.replace("## Buildings", "## Houses")))]
    monkeypatch.setattr(sys, "argv", ["compare", *paths, "--min", "0.5"])
    assert main() == 0
    assert "only in B: Houses" in capsys.readouterr().out
    monkeypatch.setattr(sys, "argv", ["compare", *paths, "--min", "0.9"])
    assert main() == 1


def test_a_file_that_cannot_be_read_is_said(written, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["compare", str(written("a.md", MARKDOWN)), str(written("b.md", ""))])
    assert main() == 1
    assert "eval.robustness.compare: " in capsys.readouterr().err
