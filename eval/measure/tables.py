"""What was measured, on a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from eval.measure.against import Change, Changes
from eval.measure.baseline import Baseline
from eval.measure.figures import ASK, SEARCH, Share
from eval.measure.scoring import Measured, Row, endings
from eval.measure.written import Written, written

# Of each category, what tells most.
_BY_CATEGORY = ("section@1", "passage@10", "answered", "refused", "right_reason", "cited", "recall", "precise")


def show_measured(measured: Measured, baseline: Baseline | None = None) -> None:
    console = _console()
    console.print(f"{len(measured.rows):,} questions, {measured.answerable:,} of them answerable", style="bold")
    for title, names in (("search", SEARCH), ("ask", ASK)):
        console.print(_figures(title, [n for n in names if n in measured.figures], measured, baseline))
    console.print(
        ", ".join(f"{name.replace('_', ' ')} {value:.1f} ms" for name, value in measured.milliseconds.items()),
        highlight=False,
    )
    if model := written(measured.rows):
        console.print(_model(model))
    console.print(_categories(measured))
    console.print(_endings(measured))


def _model(found: Written) -> Table:
    table = _table(
        f"claims of the language model, asked for {found.asked:,} answers, of which it wrote {found.wrote:,}"
    )
    table.add_column("claims")
    table.add_column("share", justify="right")
    table.add_column("of", justify="right")
    for name, count in (("shown", found.shown), *sorted(found.dropped.items())):
        table.add_row(name, f"{count / max(1, found.claims):.3f}", f"{found.claims:,}")
    for name, count in sorted(found.fallbacks.items()):
        table.add_row(f"answered otherwise: {name}", f"{count / found.asked:.3f}", f"{found.asked:,}")
    return table


def _figures(title: str, names: Sequence[str], measured: Measured, baseline: Baseline | None) -> Table:
    table = _table(title)
    table.add_column("figure")
    table.add_column("share", justify="right")
    if baseline is not None:
        table.add_column("baseline", justify="right")
    table.add_column("of", justify="right")
    for name in names:
        share = measured.figures[name]
        before = [] if baseline is None else [f"{baseline.all[name]:.3f}" if name in baseline.all else ""]
        table.add_row(name, f"{share.value:.3f}", *before, str(share.of))
    return table


def _categories(measured: Measured) -> Table:
    table = _table("by category")
    table.add_column("category")
    table.add_column("questions", justify="right")
    for name in _BY_CATEGORY:
        table.add_column(name, justify="right")
    for category, figures in measured.categories.items():
        count = sum(row.known.category == category for row in measured.rows)
        table.add_row(Text(category), str(count), *(_cell(figures.get(name)) for name in _BY_CATEGORY))
    return table


def _endings(measured: Measured) -> Table:
    table = _table("how they ended")
    table.add_column("expected")
    table.add_column("ended, and how many of them went right")
    for one in endings(measured.rows):
        told = (f"{name} {count} ({one.right.get(name, 0)})" for name, count in sorted(one.ended.items()))
        table.add_row(Text(one.expected), Text(", ".join(told)))
    return table


def show_misses(rows: Sequence[Row]) -> None:
    console = _console()
    for row in rows:
        console.print()
        console.print(Text(f"{row.known.id}: {row.known.question.text}", style="bold"), soft_wrap=True)
        if row.standalone:
            console.print(Text(f"  understood as: {row.standalone}"), soft_wrap=True)
        console.print(Text(f"  {row.ended}: {row.said}"), soft_wrap=True)
        console.print(Text(f"  expected: {row.expected}; {', '.join(row.wrong)}", style="dim"), soft_wrap=True)
        for gold in row.known.gold[:2]:
            console.print(
                Text(f"  gold: {gold.file}: {gold.text or ' > '.join(gold.section)}", style="dim"), soft_wrap=True
            )


def show_changes(found: Changes) -> None:
    console = _console()
    console.print(
        f"\nagainst the run of {found.earlier.made:%d %B %Y %H:%M}: {found.same:,} questions in common, "
        f"{len(found.worse)} worse, {len(found.better)} better, {len(found.other)} otherwise changed"
    )
    for title, some in (("worse", found.worse), ("better", found.better)):
        for one in some:
            console.print(Text(f"  {title}: {_change(one)}"), soft_wrap=True)


def _change(one: Change) -> str:
    return f"{one.now.known.id}: {one.now.known.question.text} ({one.before.ended}, now {one.now.ended})"


def _table(title: str) -> Table:
    return Table(title=title, title_justify="left", box=None, header_style="bold", pad_edge=False)


def _cell(share: Share | None) -> str:
    return f"{share.value:.2f}" if share else ""


def _console() -> Console:
    return Console(highlight=False)
