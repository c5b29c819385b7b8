"""How a build is shown on the terminal: progress and a summary, on standard error."""

from __future__ import annotations

import time
from pathlib import Path
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.table import Table

from indexer.build import BuildResult

# On something that is no terminal, a line this often keeps a log readable.
_LINE_EVERY = 10.0
_NO_TERMINAL = 140


class ConsoleProgress:
    """Bars on a terminal; otherwise a line every few seconds. Use as a context manager."""

    def __init__(self, *, quiet: bool = False) -> None:
        self._console = Console(stderr=True, quiet=quiet)
        self._notes = Console(stderr=True)
        self._bars = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.fields[count]}"),
            TimeRemainingColumn(),
            console=self._console,
            disable=not self._console.is_terminal,
        )
        self._reading: TaskID | None = None
        self._embedding: TaskID | None = None
        self._began = 0.0
        self._last_line = time.monotonic()

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bars.stop()

    def reading(self, done: int, total: int, name: str) -> None:
        if self._reading is None:
            self._reading = self._bars.add_task("reading", total=total, count="")
        self._bars.update(self._reading, completed=done, count=f"{done:,} of {total:,} files {escape(name)}")
        self._line(f"reading: {done:,} of {total:,} files")

    def loading_model(self, name: str) -> None:
        self._console.print(f"[dim]loading the embedding model {escape(name)}[/dim]")

    def embedding(self, windows: int, of_windows: int, share: float) -> None:
        if self._embedding is None:
            self._embedding = self._bars.add_task("embedding", total=1.0, count="")
            self._began = time.monotonic()
        spent = time.monotonic() - self._began
        rate = f", {windows / spent:,.0f} a second" if windows and spent > 0 else ""
        count = f"{windows:,} of {of_windows:,} passages{rate}"
        self._bars.update(self._embedding, completed=share, count=count)
        left = f", about {spent / share * (1 - share):,.0f} s left" if share > 0 else ""
        self._line(f"embedding: {count}{left}")

    def note(self, message: str) -> None:
        self._notes.print(f"[yellow]note:[/yellow] {escape(message)}", highlight=False, soft_wrap=True)

    def _line(self, text: str) -> None:
        now = time.monotonic()
        if not self._console.is_terminal and now - self._last_line >= _LINE_EVERY:
            self._last_line = now
            self._console.print(escape(text), highlight=False, soft_wrap=True)


def wide(*, stderr: bool = False) -> Console:
    """A console whose tables are not cut to 80 columns where no terminal says how wide it is."""
    console = Console(stderr=stderr)
    return console if console.is_terminal else Console(stderr=stderr, width=_NO_TERMINAL)


def print_summary(result: BuildResult, index: Path, *, quiet: bool = False) -> None:
    """A row a file that was read, then a line for everything that wants attention, then the whole."""
    console = wide(stderr=True)
    if result.files and not quiet:
        table = Table(box=None, header_style="bold", pad_edge=False)
        for name, side in (("report", "left"), ("family", "left"), ("sections", "right"), ("paragraphs", "right"),
                           ("ratings", "right"), ("warnings", "right")):  # fmt: skip
            table.add_column(name, justify=side, no_wrap=name != "report", overflow="fold")  # type: ignore[arg-type]
        for f in result.files:
            warned = str(len(f.warnings)) if f.warnings else ""
            table.add_row(escape(f.file), f.profile, str(f.sections), str(f.paragraphs), str(f.ratings), warned)
        console.print(table)
        for f in result.files:
            for warning in f.warnings:
                _say(console, "dim", f"{f.file}: {warning}")
    for report in result.removed:
        _say(console, "dim", f"removed: {report}")
    for ending, count in sorted(result.ignored.items()):
        _say(console, "dim", f"ignored: {_many(count, 'file')} ending {ending}, which is no report")
    for skipped in result.skipped:
        _say(console, "bold red", f"not indexed: {skipped.file}: {skipped.reason}; {skipped.fix}")
    for problem in result.problems:
        _say(console, "bold red", f"problem: {problem}")
    _say(console, "bold", _whole(result, index))


def _whole(result: BuildResult, index: Path) -> str:
    held = f"{_many(result.counts['reports'], 'report')}, {_many(result.counts['paragraphs'], 'paragraph')} in {index}"
    if not result.changed:
        return f"nothing has changed: {held} ({result.seconds:.1f} s)"
    done = f"{len(result.files):,} read, {result.unchanged:,} unchanged, {len(result.removed):,} removed"
    passages = f"{_many(result.windows_embedded, 'passage')} embedded, {result.windows_reused:,} reused"
    return f"indexed: {held} ({done}; {passages}; {result.seconds:.1f} s)"


def _many(count: int, thing: str) -> str:
    return f"{count:,} {thing}{'' if count == 1 else 's'}"


def _say(console: Console, style: str, text: str) -> None:
    console.print(escape(text), style=style, highlight=False, soft_wrap=True)
