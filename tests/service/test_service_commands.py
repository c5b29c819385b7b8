"""`citewise ask` and `citewise search` on a fake generation: what is printed where, and the exit status."""

from __future__ import annotations

import io
import json
import sqlite3

import pytest
import typer
from rich.console import Console
from typer.testing import CliRunner

import indexer.index.generations as generations
from service import commands, composition
from service.channels.api.bodies import AnswerBody, Hits
from service.model import (
    Answer,
    Checked,
    Citation,
    Claim,
    Correction,
    Outcome,
    Provenance,
    RatingFound,
    Searched,
    Shown,
    Understood,
)
from service.terminal import show_answer


@pytest.fixture
def run(fake_index, monkeypatch, tmp_path):
    """Runs a command; gives its result, and sees to it that the generation was closed again."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(generations, "generation_folder", lambda index: index)
    monkeypatch.setattr(composition, "open_generation", lambda settings, encoder, writer: fake_index.open_newest())
    app = typer.Typer()
    for name in ("ask", "search", "serve"):
        app.command(name)(getattr(commands, name))

    def invoke(*words, **environment):
        result = CliRunner().invoke(app, list(words), env=environment)
        assert fake_index.released == fake_index.opened
        return result

    return invoke


def test_an_answer_is_shown_with_what_it_quotes_and_where(run):
    result = run("ask", "What did staff learn from complaints?")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0].startswith("Staff learned from complaints")
    assert lines[0].endswith(" [1]")
    assert lines[2] == (
        "[1] Aldermere Council: local authority assessment › Learning, improvement & innovation › "
        "Learning from feedback (score 3, 14 March 2025, page 1, paragraph 2.1)"
    )
    assert lines[3].startswith("    “Staff learned from complaints")
    assert lines[4] == "    /reports/aldermere-2025#feedback.1"
    assert lines[5].startswith("    https://reports.example/aldermere#:~:text=Staff")
    assert "Open Government Licence" in lines[-1]
    assert result.stderr == "Loading the embedding model…\n"


def test_a_public_address_is_put_before_the_links(run):
    result = run("ask", "staff complaints", CITEWISE_PUBLIC_URL="https://intranet.example/citewise/")
    assert "    https://intranet.example/citewise/reports/aldermere-2025#feedback.1\n" in result.stdout


def test_no_evidence_is_an_answer_too(run):
    result = run("ask", "zzz")
    assert result.exit_code == 0
    assert result.stdout.startswith("No passage was found that clearly answers this.\n")
    assert "The closest passages:\n\nAldermere Council" in result.stdout
    assert "\n    “Staff learned”\n    /reports/aldermere-2025?mark=feedback.1:0-13" in result.stdout
    assert "Searched 2 reports, 8 paragraphs." in result.stdout


def test_what_was_understood_stands_first_in_one_line(run, fake_index):
    fake_index.understood = Understood(
        subjects=("Aldermere", "Wexmoor"), missing=("Wexmoor",), sections=("Safeguarding",),
        scores={"Safeguarding": "at least 3"}, corrections=(Correction(written="aldermear", meant="Aldermere"),),
        unread=("frobnicate",),
    )  # fmt: skip
    first = run("ask", "staff complaints").stdout.splitlines()[0]
    assert first == (
        "Understood: Aldermere · no report on Wexmoor · Safeguarding · at least 3 · aldermear → Aldermere · "
        "not understood: frobnicate"
    )
    filtered = run("ask", "staff complaints", "--section", "Learning", "--subject", "*").stdout.splitlines()[0]
    assert filtered.startswith("Understood: all bodies · Learning · at least 3")


def test_printed_scores_a_list_cut_short_and_an_unsure_claim_are_told(catalogue):
    found = catalogue.paragraph("aldermere-2025:feedback:1")
    cited = Citation(number=1, found=found, quote=found.paragraph.text, start=0, end=len(found.paragraph.text))
    rating = RatingFound(
        report=found.report, section="Safeguarding", score=3, judgement="Good", percent=None, citation=1
    )
    answer = Answer(
        id="ans_1", question="q", standalone_question="q", outcome=Outcome.ANSWERED, reason=None, text="t",
        claims=(
            Claim(text="Staff learned.", citations=(1,), check=Checked.UNSURE), Claim(text="They acted.", citations=(1,)),
        ),
        citations=(cited,), ratings=(rating,), shown=Shown(items=2, of=14), searched=Searched(reports=1, paragraphs=2),
        provenance=Provenance(generation="g", embedding_model="m", answerer="extractive"), attribution=None,
        timings_ms={},
    )  # fmt: skip
    out = io.StringIO()
    show_answer(Console(file=out, width=200), answer, None)
    assert out.getvalue().splitlines()[:4] == [
        "Aldermere, Safeguarding: 3 · Good [1]",
        "Staff learned. [1] (not checked word for word)",
        "They acted. [1]",
        "Shown: 2 of 14.",
    ]


def test_json_is_the_apis_and_alone_on_standard_output(run):
    result = run("ask", "staff complaints", "--json")
    answer = AnswerBody.model_validate_json(result.stdout)
    assert answer.citations[0].paragraph_id == "aldermere-2025:feedback:1"
    hits = Hits.model_validate(json.loads(run("search", "staff complaints", "--json", "-k", "1").stdout))
    assert len(hits.hits) == 1


def test_filters_are_options_that_may_be_repeated(run):
    words = ("search", "people enquiries surveys", "--json", "--score", "2", "--score", "4", "--report", "tovey")
    assert [h["paragraph_id"] for h in json.loads(run(*words).stdout)["hits"]] == ["tovey:safe:1"]


def test_hits_are_shown_with_their_scores_and_never_as_markup(run):
    result = run("search", "people kept safe")
    assert "[1] Tovey <script>alert(1)</script> Council › Safety › Safeguarding (score 4)" in result.stdout
    assert "    fused 3.0000, dense 0.500\n    Tovey <b>kept</b> people safe & well.\n" in result.stdout


def test_control_characters_of_a_report_never_reach_the_terminal(run, fake_index):
    # What the indexer takes out, put back by whoever tampered with the index.
    hostile = "\x1b[31mred\x1b]0;title\x07\u202e people kept safe [bold]x[/bold]"
    with sqlite3.connect(fake_index.path) as connection:
        connection.execute("UPDATE paragraphs SET text = ? WHERE id = 'tovey:safe:1'", (hostile,))
    connection.close()
    for command in ("search", "ask"):
        result = run(command, "people kept safe")
        assert "red" in result.stdout
        assert not set(result.stdout) & {"\x1b", "\x07", "\u202e"}
    assert "[bold]x[/bold]" in run("search", "people kept safe").stdout


@pytest.mark.parametrize("words", [("ask", "  "), ("ask", "x" * 2001), ("search", "a", "-k", "51"), ("search", "")])
def test_wrong_use_ends_with_two(run, words):
    assert run(*words).exit_code == 2


def test_an_unknown_variable_is_only_a_warning(run):
    result = run("ask", "staff", CITEWISE_PROT="1")
    assert result.exit_code == 0
    assert "warning: CITEWISE_PROT is no setting" in result.stderr


def test_serving_to_everybody_has_to_be_wanted(run):
    result = run("serve", "--host", "0.0.0.0")
    assert "CITEWISE_ALLOW_OPEN=1" in str(result.exception)
    assert result.exception.exit_status == 2
