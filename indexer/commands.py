"""The commands `citewise index` and `citewise inspect`."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from indexer.settings import load_settings

if TYPE_CHECKING:
    from indexer.build import BuildResult


def index(
    corpus: Annotated[Path, typer.Argument(help="The folder that holds the reports.")],
    index: Annotated[Path | None, typer.Option(help="The index folder (CITEWISE_INDEX).")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON on standard output.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress and no line per file.")] = False,
) -> None:
    """Bring the index up to date with a folder of reports: only what changed is read and embedded."""
    from indexer.build import BuildOptions, build
    from indexer.progress import ConsoleProgress, print_summary

    settings = load_settings(index=index)
    with ConsoleProgress(quiet=quiet) as progress:
        result = build(corpus, settings.index, BuildOptions.of(settings), progress)
    if as_json:
        typer.echo(json.dumps(_as_json(result), ensure_ascii=False))
    print_summary(result, settings.index, quiet=quiet)
    if not result.ok:
        raise typer.Exit(1)


def inspect(
    index: Annotated[Path | None, typer.Option(help="The index folder (CITEWISE_INDEX).")] = None,
    report: Annotated[str | None, typer.Option(help="Show one report's sections, by its id.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
) -> None:
    """Show what is indexed and what looks odd."""
    from indexer.index.generations import open_index
    from indexer.inspection import inspect_index, print_inspection, print_report

    settings = load_settings(index=index)
    opened = open_index(settings.index)
    try:
        if report is not None:
            print_report(opened.catalogue, report, as_json=as_json)
        else:
            print_inspection(inspect_index(opened), as_json=as_json)
    finally:
        opened.close()


def _as_json(result: BuildResult) -> dict[str, object]:
    return {"ok": result.ok, **asdict(result), "skipped": [s.model_dump(exclude={"digest"}) for s in result.skipped]}
