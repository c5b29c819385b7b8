"""What was measured, on a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from eval.figures import ASK, SEARCH, Share
from eval.run import Measured, Row

# Of each category, what tells most.
_BY_CATEGORY = ("section@1", "passage@10", "answered", "refused", "cited", "precise", "short_answer")


def show_measured(measured: Measured) -> None:
    console = _console()
    answerable = sum(row.known.answerable for row in measured.rows)
    console.print(f"{len(measured.rows):,} questions, {answerable:,} of them answerable", style="bold")
    for title, names in (("search", SEARCH), ("ask", ASK)):
        table = Table(title=title, title_justify="left", box=None, header_style="bold", pad_edge=False)
        table.add_column("figure")
        table.add_column("share", justify="right")
        table.add_column("of", justify="right")
        for name in names:
            if share := measured.figures.get(name):
                table.add_row(name, f"{share.value:.3f}", str(share.of))
        console.print(table)
    console.print(
        ", ".join(f"{name.replace('_', ' ')} {value:.1f} ms" for name, value in measured.milliseconds.items()),
        highlight=False,
    )
    table = Table(title="by category", title_justify="left", box=None, header_style="bold", pad_edge=False)
    table.add_column("category")
    table.add_column("questions", justify="right")
    for name in _BY_CATEGORY:
        table.add_column(name, justify="right")
    for category, figures in measured.categories.items():
        count = sum(row.known.category == category for row in measured.rows)
        table.add_row(Text(category), str(count), *(_cell(figures.get(name)) for name in _BY_CATEGORY))
    console.print(table)


def show_misses(rows: Sequence[Row]) -> None:
    console = _console()
    for row in rows:
        console.print()
        console.print(Text(f"{row.known.id}: {row.known.question.text}", style="bold"), soft_wrap=True)
        console.print(Text(f"  {row.ended}: {row.answer}"), soft_wrap=True)
        for gold in row.known.gold[:2]:
            console.print(
                Text(f"  gold: {gold.file}: {gold.text or ' > '.join(gold.section)}", style="dim"), soft_wrap=True
            )


def _cell(share: Share | None) -> str:
    return f"{share.value:.2f}" if share else ""


def _console() -> Console:
    return Console(highlight=False)
