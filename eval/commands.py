"""The command `citewise eval`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from eval.measure.against import Changes
    from eval.measure.baseline import Baseline, Fall
    from eval.measure.folders import Places
    from eval.measure.recorded import Run
    from eval.measure.scoring import Measured, Row


def evaluate(  # noqa: PLR0913 - a command's options are its parameters
    folder: Annotated[
        Path | None,
        typer.Argument(help="Holds questions.jsonl, and documents in docs/ or beside it; the sample by default."),
    ] = None,
    *,
    questions: Annotated[Path | None, typer.Option(help="JSON lines; the folder's, or the sample questions.")] = None,
    corpus: Annotated[
        Path | None,
        typer.Option(help="Indexed for this measurement, and held against every quote; corpus/ by default."),
    ] = None,
    index: Annotated[Path | None, typer.Option(help="Measure this index as it is, instead of indexing.")] = None,
    score: Annotated[
        Path | None, typer.Option(help="Compute the figures of a stored run again: nothing is indexed or asked.")
    ] = None,
    save: Annotated[Path | None, typer.Option(help="Store the run in this file, as JSON lines.")] = None,
    against: Annotated[Path | None, typer.Option(help="Show what changed since this stored run.")] = None,
    report: Annotated[Path | None, typer.Option(help="Write a report to read, as one HTML file.")] = None,
    baseline: Annotated[
        Path | None,
        typer.Option(help="End with status 1 where a figure fell below this file's; the sample has one of its own."),
    ] = None,
    write_baseline: Annotated[
        Path | None, typer.Option("--write-baseline", help="Write the figures reached as a baseline.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON on standard output.")] = False,
    misses: Annotated[int, typer.Option(min=0, help="Show so many questions that went wrong.")] = 0,
) -> None:
    """Measure search and answers against questions whose answers are known."""
    from eval.measure import baseline as baselines
    from eval.measure.against import changes
    from eval.measure.folders import places, sample_baseline
    from eval.measure.questions import read_set
    from eval.measure.recorded import read_run
    from eval.measure.scoring import scored

    where = places(folder=folder, questions=questions, corpus=corpus, index=index)
    sample = where.sample and score is None and write_baseline is None
    bounds = baselines.read_baseline(baseline or sample_baseline()) if baseline or sample else None
    earlier = read_run(against) if against else None
    run = read_run(score) if score else _asked(where, index, save)
    known = read_set(where.questions) if score and (questions or folder) else None
    measured = scored(run, known)
    found = changes(measured, earlier) if earlier else None
    fallen = baselines.falls(bounds, measured) if bounds else []
    if as_json:
        typer.echo(json.dumps(_as_json(measured, misses, found, fallen), ensure_ascii=False))
    else:
        _show(measured, misses, found, bounds)
    if report:
        from eval.report import write_report

        write_report(report, measured, baseline=bounds, fallen=fallen, changes=found)
        typer.echo(f"the report is in {report}", err=True)
    if write_baseline:
        baselines.write_baseline(write_baseline, measured)
    for fall in fallen:
        typer.echo(f"citewise: {fall}", err=True)
    if fallen:
        raise typer.Exit(1)


def _asked(where: Places, index: Path | None, save: Path | None) -> Run:
    """Every question searched for and asked, and stored where that is wanted."""
    from eval.measure.questions import read_set
    from eval.measure.recorded import run_of, write_run
    from eval.measure.run import asked, header, missing_files, opened_index, source_letters

    asking = read_set(where.questions)
    sources = source_letters(where.corpus) if where.corpus else {}
    with opened_index(corpus=where.corpus, index=index) as found:
        for skipped in found.skipped:
            typer.echo(f"citewise: warning: {skipped.file} {skipped.reason}; {skipped.fix}", err=True)
        for name in missing_files(found.opened, asking.questions):
            typer.echo(
                f"citewise: warning: {name} is not in the index; questions about it cannot be answered", err=True
            )
        head = header(found, asking)
        lines = [asked(found.opened, known, sources) for known in asking.questions]
    if save:
        write_run(save, head, lines)
    return run_of(head, lines)


def _show(measured: Measured, misses: int, found: Changes | None, bounds: Baseline | None) -> None:
    from eval.measure.tables import show_changes, show_measured, show_misses

    show_measured(measured, bounds)
    show_misses(measured.misses[:misses])
    if found:
        show_changes(found)


def _as_json(measured: Measured, misses: int, found: Changes | None, fallen: list[Fall]) -> dict[str, object]:
    from eval.measure.scoring import endings
    from eval.measure.written import written

    told: dict[str, object] = {
        "run": measured.header.model_dump(mode="json"),
        "questions": len(measured.rows),
        "answerable": measured.answerable,
        "figures": {name: round(share.value, 4) for name, share in measured.figures.items()},
        "of": {name: share.of for name, share in measured.figures.items()},
        "milliseconds": {name: round(value, 2) for name, value in measured.milliseconds.items()},
        "categories": {
            category: {name: round(share.value, 4) for name, share in figures.items()}
            for category, figures in measured.categories.items()
        },
        "endings": [
            {"expected": one.expected, "ended": dict(one.ended), "right": dict(one.right)}
            for one in endings(measured.rows)
        ],
        "missed": len(measured.misses),
        "misses": [_miss(row) for row in measured.misses[:misses]],
        "fallen": [str(one) for one in fallen],
    }
    if model := written(measured.rows):
        told["model"] = model.stated()
    if found:
        told["against"] = {
            "same": found.same,
            "worse": [one.now.known.id for one in found.worse],
            "better": [one.now.known.id for one in found.better],
        }
    return told


def _miss(row: Row) -> dict[str, object]:
    return {
        "id": row.known.id,
        "question": row.known.question.text,
        "standalone_question": row.standalone,
        "expected": row.expected,
        "ended": row.ended,
        "wrong": list(row.wrong),
        "answer": row.said,
    }
