"""The command `citewise eval`."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from eval.run import Measured

_CORPUS = Path("corpus")


def evaluate(
    questions: Annotated[Path | None, typer.Option(help="JSON lines; the sample questions by default.")] = None,
    corpus: Annotated[
        Path | None,
        typer.Option(help="Indexed for this measurement, and held against every quote; corpus/ by default."),
    ] = None,
    index: Annotated[Path | None, typer.Option(help="Measure this index as it is, instead of indexing.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON on standard output.")] = False,
    misses: Annotated[int, typer.Option(min=0, help="Show so many questions that went wrong.")] = 0,
    floors: Annotated[
        Path | None, typer.Option("--min", help="A file of floors: end with status 1 where a figure is below its own.")
    ] = None,
) -> None:
    """Measure search and answers against questions whose answers are known."""
    from eval.floors import read_floors
    from eval.questions import read_questions
    from eval.run import measure, missing_files, opened_index, source_letters

    bounds = read_floors(floors) if floors else None
    asked = read_questions(questions or Path(str(resources.files("eval") / "questions" / "sample.jsonl")))
    if corpus is None and index is None:
        corpus = _CORPUS
    with opened_index(corpus=corpus, index=index) as opened:
        for name in missing_files(opened, asked):
            typer.echo(
                f"citewise: warning: {name} is not in the index; questions about it cannot be answered", err=True
            )
        measured = measure(opened, asked, source_letters(corpus) if corpus else {})
    if as_json:
        typer.echo(json.dumps(_as_json(measured, misses), ensure_ascii=False))
    else:
        from eval.tables import show_measured, show_misses

        show_measured(measured)
        show_misses(measured.misses[:misses])
    broken = bounds.broken(measured.figures) if bounds else []
    for line in broken:
        typer.echo(f"citewise: {line}", err=True)
    if broken:
        raise typer.Exit(1)


def _as_json(measured: Measured, misses: int) -> dict[str, object]:
    return {
        "questions": len(measured.rows),
        "answerable": sum(row.known.answerable for row in measured.rows),
        "figures": {name: round(share.value, 4) for name, share in measured.figures.items()},
        "of": {name: share.of for name, share in measured.figures.items()},
        "milliseconds": {name: round(value, 2) for name, value in measured.milliseconds.items()},
        "categories": {
            category: {name: round(share.value, 4) for name, share in found.items()}
            for category, found in measured.categories.items()
        },
        "missed": len(measured.misses),
        "misses": [
            {"id": r.known.id, "question": r.known.question.text, "ended": r.ended, "answer": r.answer}
            for r in measured.misses[:misses]
        ],
    }
