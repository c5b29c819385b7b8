"""The speed table: each figure, the bar that it has to reach, and whether it does."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table
from rich.text import Text

from eval.measure.figures import percentile
from eval.robustness.children import cores
from eval.speed.asking import Asking
from eval.speed.indexing import Changed, Cold, Rates, Unchanged, excess

_LIBRARIES = ("citewise", "openvino", "torch", "sentence-transformers", "faiss-cpu", "tantivy", "fastapi", "uvicorn")
# What an answer may take at p50 where a model reads the evidence together with the question.
_READING_MS = 120


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """`reached` is None where there is no bar, or where it could not be measured."""

    what: str
    measured: str
    value: float | None
    bar: str = ""
    reached: bool | None = None


def of_cold(found: Cold | None, rates: Rates) -> list[Figure]:
    figures = []
    if found is not None:
        ratio = found.rate / rates.plain
        figures = [
            Figure(
                what="indexing, cold",
                measured=f"{found.seconds:,.1f} s for {found.reports:,} reports, {found.paragraphs:,} paragraphs, "
                f"{found.windows:,} windows",
                value=found.seconds,
            ),
            Figure(
                what="of it reading and cutting; embedding",
                measured=f"{found.reading:,.1f} s; {found.embedding:,.1f} s",
                value=found.embedding,
            ),
            Figure(
                what="windows a second, end to end",
                measured=f"{found.rate:,.1f}, {ratio:.2f} times plain's {rates.plain:,.1f}",
                value=ratio,
                bar="at least 2.5 times",
                reached=ratio >= 2.5,
            ),
            Figure(
                what="windows a second, embedding in that build",
                measured=f"{found.embedding_rate:,.1f}, {found.embedding_rate / rates.plain:.2f} times plain's",
                value=found.embedding_rate / rates.plain,
            ),
        ]
    ratio = rates.ours / rates.plain
    return [
        *figures,
        Figure(
            what=f"windows a second, {rates.backend} and plain in turns, {rates.windows:,} windows",
            measured=f"{rates.ours:,.1f} and {rates.plain:,.1f}: {ratio:.2f} times "
            f"(median of turns {median(rates.ratios):.2f}, "
            f"{min(rates.ratios):.2f} to {max(rates.ratios):.2f})",
            value=ratio,
            bar="at least 2.5 times",
            reached=ratio >= 2.5,
        ),
        Figure(
            what="cosine to plain's vectors",
            measured=f"mean {rates.mean_cosine:.6f}, least {rates.least_cosine:.6f}",
            value=rates.mean_cosine,
            bar="mean at least 0.999",
            reached=rates.mean_cosine >= 0.999,
        ),
    ]


def of_unchanged(found: Unchanged) -> Figure:
    slowest = max(found.seconds)
    model = f"loaded {', '.join(found.loaded)}" if found.loaded else "no model loaded"
    return Figure(
        what="the same again, nothing changed",
        measured=f"{median(found.seconds):.2f} s, slowest {slowest:.2f} s; {model}",
        value=median(found.seconds),
        bar="under 3 s, no model loaded",
        reached=slowest < 3 and not found.loaded,
    )


def of_changed(found: Sequence[Changed], rate: float) -> list[Figure]:
    """rate  windows a second of a cold build."""
    if not found:
        return [Figure(what="one report changed", measured="no Markdown or text file to change", value=None)]
    figures = [
        Figure(
            what=f"changed: {one.what}",
            measured=f"{one.seconds:.2f} s, {one.embedded:,} windows embedded, {one.reused:,} reused",
            value=one.seconds,
        )
        for one in found
    ]
    factor = excess(found, rate)
    figures.append(
        Figure(
            what="each window more, by the line that fits best",
            measured="the changes are too alike, or the machine too busy, to tell"
            if factor is None
            else f"{factor:.2f} times a cold build's time for a window",
            value=factor,
            bar="at most 2 (in proportion)",
            reached=None if factor is None else factor <= 2,
        )
    )
    return figures


def of_asking(found: Asking, *, reads: bool = False) -> list[Figure]:
    """reads  a model reads the evidence together with the question."""
    one, many = found.one, found.many
    p50, p99 = percentile(one.ask, 0.5), percentile(one.ask, 0.99)
    embed, many99 = percentile(one.embed, 0.5), percentile(many.milliseconds, 0.99) if many.milliseconds else 0.0
    return [
        Figure(
            what=f"/v1/ask, one caller, {len(one.ask)} questions, p50",
            measured=f"{p50:.1f} ms, {one.ratio:.2f} times embedding ({embed:.1f} ms alone; "
            f"{percentile(one.within, 0.5):.1f} ms in the service); {one.answered} answered",
            value=p50,
            bar=f"under {_READING_MS} ms, with a reader" if reads else "at most 2 times embedding",
            reached=p50 < _READING_MS if reads else one.ratio <= 2,
        ),
        Figure(
            what="/v1/ask, one caller, p99",
            measured=f"{p99:.1f} ms, {p99 / p50:.2f} times p50 (embedding: p99 {percentile(one.embed, 0.99):.1f} ms)",
            value=p99,
            bar="at most 3 times p50",
            reached=p99 <= 3 * p50,
        ),
        Figure(
            what=f"{many.callers} callers at once, answers a second",
            measured=f"{many.rate:.1f}; one caller gets {one.rate:.1f}",
            value=many.rate,
            bar="at least one caller's",
            reached=many.rate >= one.rate,
        ),
        Figure(
            what=f"{many.callers} callers at once, p99",
            measured=f"{many99:.0f} ms, {many99 / p50:.1f} times p50 of one",
            value=many99,
            bar=f"under {many.callers} times p50 of one",
            reached=bool(many.milliseconds) and many99 < many.callers * p50,
        ),
        Figure(
            what=f"{many.callers} callers at once, errors",
            measured=f"{many.errors} of {many.errors + len(many.milliseconds)}",
            value=float(many.errors),
            bar="none",
            reached=many.errors == 0,
        ),
        _memory(found),
        Figure(
            what="start of the service to ready",
            measured=f"{median(found.ready):.2f} s, slowest {max(found.ready):.2f} s",
            value=median(found.ready),
            bar="under 10 s",
            reached=max(found.ready) < 10,
        ),
        Figure(
            what="citewise ask, whole command",
            measured=f"{median(found.command):.2f} s, slowest {max(found.command):.2f} s; "
            f"{'says' if found.tells else 'does NOT say'} that the model loads",
            value=median(found.command),
            bar="under 10 s, with a progress line",
            reached=max(found.command) < 10 and found.tells,
        ),
    ]


def _memory(found: Asking) -> Figure:
    if found.resident is None:
        return Figure(what="memory of the service after that", measured="this system does not tell", value=None)
    now, most = found.resident
    return Figure(
        what="memory of the service after that",
        measured=f"{now:,.0f} MiB resident, at most {most:,.0f} MiB",
        value=now,
        bar="under 1,024 MiB",
        reached=now < 1024,
    )


def machine() -> dict[str, str]:
    """Where this was measured."""
    return {
        "processor": _processor(),
        "cores": str(cores()),
        "system": f"{platform.system()} {platform.release()}, Python {platform.python_version()}",
        "libraries": ", ".join(f"{name} {version(name)}" for name in _LIBRARIES),
    }


def _processor() -> str:
    about = Path("/proc/cpuinfo")
    if about.is_file():
        for line in about.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def show(figures: Sequence[Figure], about: dict[str, str]) -> None:
    console = Console(highlight=False)
    for name, value in about.items():
        console.print(Text(f"{name}: {value}", style="dim"), soft_wrap=True)
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in ("what", "measured", "bar", "reached"):
        table.add_column(name, overflow="fold")
    for figure in figures:
        reached = "" if figure.reached is None else "yes" if figure.reached else "NO"
        table.add_row(
            Text(figure.what),
            Text(figure.measured),
            Text(figure.bar),
            Text(reached, style="bold red" if figure.reached is False else "green"),
        )
    console.print(table)
