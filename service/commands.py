"""The service's commands. What is heavy is imported where it is needed."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from service.model import Filters, Question
from service.settings import Settings, load_settings, unknown_variables
from service.store.port import Verdict

if TYPE_CHECKING:
    from pydantic import BaseModel
    from rich.console import Console

    from service.live import OpenGeneration

Index = Annotated[Path | None, typer.Option("--index", help="The index folder (CITEWISE_INDEX).")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, as the HTTP API gives it.")]
Reports = Annotated[list[str] | None, typer.Option("--report", help="Only this report, by its id. May be repeated.")]
Subjects = Annotated[list[str] | None, typer.Option("--subject", help="Only reports about this. May be repeated.")]
Sections = Annotated[list[str] | None, typer.Option("--section", help="Only under this heading. May be repeated.")]
Scores = Annotated[list[int] | None, typer.Option("--score", help="Only sections with this score. May be repeated.")]


def ask(  # noqa: PLR0913, PLR0917 - typer makes each parameter an option
    question: Annotated[str, typer.Argument(help="The question, in quotes.")],
    index: Index = None,
    as_json: AsJson = False,
    report: Reports = None,
    subject: Subjects = None,
    section: Sections = None,
    score: Scores = None,
) -> None:
    """Answer a question; every sentence is cited to the report section that says it."""
    settings = _settings(index=index)
    asked = Question(text=_words(question), filters=_filters(report, subject, section, score))
    with _opened(settings) as opened:
        from service.channels.understood import answered

        answer = answered(opened, asked)
        if as_json:
            from service.channels.api.bodies import AnswerBody

            _print_json(AnswerBody.of(answer))
        else:
            from service.terminal import show_answer

            show_answer(_console(), answer, settings.public_url, asked.filters)


def search(  # noqa: PLR0913, PLR0917 - typer makes each parameter an option
    words: Annotated[str, typer.Argument(help="What to look for, in quotes.")],
    index: Index = None,
    as_json: AsJson = False,
    limit: Annotated[int, typer.Option("-k", "--limit", min=1, max=50, help="How many paragraphs at most.")] = 10,
    report: Reports = None,
    subject: Subjects = None,
    section: Sections = None,
    score: Scores = None,
) -> None:
    """Find the paragraphs that fit best, with their scores."""
    settings = _settings(index=index)
    filters = _filters(report, subject, section, score)
    with _opened(settings) as opened:
        found = opened.retriever.search(_words(words), filters, limit)
        if as_json:
            from service.channels.api.bodies import Hit, Hits

            hits = [Hit.of(e) for e in found.evidence]
            _print_json(Hits(hits=hits, generation=opened.generation, timings_ms=dict(found.timings_ms)))
        else:
            from service.terminal import show_hits

            show_hits(_console(), found.evidence, settings.public_url)


def serve(
    index: Index = None,
    host: Annotated[str | None, typer.Option("--host", help="The address to listen on (CITEWISE_HOST).")] = None,
    port: Annotated[int | None, typer.Option("--port", help="The port to listen on (CITEWISE_PORT).")] = None,
) -> None:
    """Serve the HTTP API and the pages until stopped."""
    from service.serving import run

    run(_settings(index=index, host=host, port=port))


def slack(index: Index = None) -> None:
    """Answer in Slack by Socket Mode until stopped, for a service that Slack cannot reach."""
    from service.slacking import run

    run(_settings(index=index))


def feedback(
    index: Index = None,
    since: Annotated[
        datetime | None, typer.Option("--since", formats=["%Y-%m-%d"], help="From this day on, as in 2026-01-31.")
    ] = None,
    verdict: Annotated[Verdict | None, typer.Option("--verdict", help="Only these.")] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV, for a spreadsheet.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON object a line.")] = False,
) -> None:
    """Show what people said of answers, the oldest first."""
    from service.said import show_said
    from service.store import open_store

    with closing(open_store(_settings(index=index).store_address)) as store:
        kept = store.feedback(since.replace(tzinfo=UTC) if since else None, verdict)
        show_said(kept, "csv" if as_csv else "json" if as_json else "text", sys.stdout)


def widget(
    service: Annotated[
        str | None, typer.Option("--service", help="The address under which people reach it (CITEWISE_PUBLIC_URL).")
    ] = None,
) -> None:
    """Print the lines that a page needs to have the chat widget in it."""
    from service.channels.widget.module import load_module
    from service.channels.widget.routes import script_element

    address = _settings(public_url=service).public_url
    if address is None:
        raise typer.BadParameter("say under which address people reach the service", param_hint="--service")
    typer.echo(script_element(load_module(), address))
    typer.echo("<citewise-chat></citewise-chat>")


def _settings(**told: Any) -> Settings:
    settings = load_settings(**told)
    for name in unknown_variables(os.environ):
        typer.echo(f"citewise: warning: {name} is no setting of this version and has no effect", err=True)
    return settings


@contextmanager
def _opened(settings: Settings) -> Iterator[OpenGeneration]:
    from indexer.index.generations import generation_folder

    generation_folder(settings.index)  # where there is no index, say so at once, before the model is loaded
    typer.echo("Loading the embedding model…", err=True)
    from service.composition import opened_now

    with opened_now(settings) as opened:
        yield opened


def _words(text: str) -> str:
    words = text.strip()
    if not words:
        raise typer.BadParameter("say what to look for")
    if len(words) > 2000:
        raise typer.BadParameter("at most 2,000 characters, please")
    return words.encode("utf-8", "replace").decode()


def _filters(
    reports: list[str] | None, subjects: list[str] | None, sections: list[str] | None, scores: list[int] | None
) -> Filters:
    return Filters(
        reports=tuple(reports) if reports else None,
        subjects=tuple(subjects) if subjects else None,
        sections=tuple(sections) if sections else None,
        scores=tuple(scores) if scores else None,
    )


def _print_json(body: BaseModel) -> None:
    typer.echo(body.model_dump_json(indent=2))


def _console() -> Console:
    from rich.console import Console

    # Where it is piped, a line is not broken at 80 columns.
    return Console(soft_wrap=not sys.stdout.isatty(), highlight=False, emoji=False, markup=False)
