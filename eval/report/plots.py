"""Where the marks of the report's plots stand, in the units of each plot's own view box; y grows downwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10
from statistics import fmean

from eval.measure.figures import DEPTH, KINDS, percentile
from eval.measure.scoring import Row

# The area of a plot inside its axes.
LEFT, TOP, WIDTH, HEIGHT = 46.0, 12.0, 430.0, 220.0
BOTTOM = TOP + HEIGHT
_BINS = 24
# Of the columns; above them stand the labels of the marks.
_HIGHEST = HEIGHT - 32
_LEAST_IN_BIN = 10
_MOST_GROUPS = 10
# Labels at the ends of lines need so much room.
_LINE = 14.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Tick:
    """A mark on an axis, and what it says."""

    at: float
    label: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Curve:
    """
    values   shares, for ranks from 1.
    points   where they stand.
    label_y  where the name stands, clear of the others'.
    """

    name: str
    of: int
    values: tuple[float, ...]
    points: tuple[tuple[float, float], ...]
    label_y: float

    @property
    def path(self) -> str:
        return " ".join(f"{'L' if n else 'M'}{x:.1f} {y:.1f}" for n, (x, y) in enumerate(self.points))


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """How many values lie from `low` up to `high`; the last column of a histogram holds all above `low` too."""

    x: float
    y: float
    width: float
    height: float
    low: float
    high: float
    count: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Histogram:
    columns: tuple[Column, ...]
    ticks: tuple[Tick, ...]
    marks: tuple[Tick, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Dot:
    """Of questions with about the same estimate: its mean, and the share of them that the reports do answer."""

    x: float
    y: float
    estimate: float
    share: float
    count: int


def share_ticks() -> list[Tick]:
    return [Tick(at=_y(n / 4), label=f"{n / 4:.2f}") for n in range(5)]


def rank_ticks() -> list[Tick]:
    return [Tick(at=_rank_x(k), label=str(k)) for k in range(1, DEPTH + 1)]


def estimate_ticks() -> list[Tick]:
    return [Tick(at=LEFT + WIDTH * n / 4, label=f"{n / 4:.2f}") for n in range(5)]


def rank_curves(rows: Sequence[Row]) -> list[Curve]:
    """By kind, the share of questions of which one of the first k found fits, for every k."""
    curves: list[Curve] = []
    for name in KINDS:
        ranks = [row.ranks[name] for row in rows if name in row.ranks]
        if not ranks:
            continue
        values = tuple(fmean(r is not None and r <= k for r in ranks) for k in range(1, DEPTH + 1))
        points = tuple((_rank_x(k), _y(value)) for k, value in enumerate(values, 1))
        curves.append(Curve(name=name, of=len(ranks), values=values, points=points, label_y=points[-1][1]))
    return _apart(curves)


def _apart(curves: Sequence[Curve]) -> list[Curve]:
    """The curves, with labels that do not stand on each other: pushed down from the highest."""
    placed: list[Curve] = []
    for one in sorted(curves, key=lambda curve: curve.label_y):
        y = max(one.label_y, placed[-1].label_y + _LINE) if placed else one.label_y
        placed.append(Curve(name=one.name, of=one.of, values=one.values, points=one.points, label_y=y))
    return placed


def histogram(values: Sequence[float]) -> Histogram | None:
    """Of milliseconds, up to a little beyond the 99th percentile; None where there are none."""
    if not values:
        return None
    step = _step(percentile(values, 0.99) * 1.1 / _BINS)
    top = step * _BINS
    counts = [0] * _BINS
    for value in values:
        counts[min(_BINS - 1, floor(value / step))] += 1
    width, most = WIDTH / _BINS, max(counts)
    columns = tuple(
        Column(
            x=LEFT + width * n,
            y=BOTTOM - _HIGHEST * count / most,
            width=width - 1,
            height=_HIGHEST * count / most,
            low=step * n,
            high=step * (n + 1),
            count=count,
        )
        for n, count in enumerate(counts)
    )
    ticks = tuple(Tick(at=LEFT + WIDTH * n / 4, label=f"{top * n / 4:g}") for n in range(5))
    marks = tuple(
        Tick(
            at=LEFT + WIDTH * min(1.0, percentile(values, share) / top), label=f"{name} {percentile(values, share):.1f}"
        )
        for name, share in (("p50", 0.5), ("p99", 0.99))
    )
    return Histogram(columns=columns, ticks=ticks, marks=marks)


def reliability(rows: Sequence[Row]) -> list[Dot]:
    """Groups of as many questions each, by the service's own estimate that the reports answer; empty where the
    answers carry none, or too few do.
    """
    told = sorted(
        ((row.asked.answer.support, row.known.answerable) for row in rows if row.asked.answer is not None),
        key=lambda pair: pair[0] if pair[0] is not None else -1.0,
    )
    pairs = [(support, answerable) for support, answerable in told if support is not None]
    groups = min(_MOST_GROUPS, len(pairs) // _LEAST_IN_BIN)
    dots = []
    for n in range(groups):
        some = pairs[len(pairs) * n // groups : len(pairs) * (n + 1) // groups]
        estimate, share = fmean(s for s, _ in some), fmean(a for _, a in some)
        dots.append(Dot(x=LEFT + WIDTH * estimate, y=_y(share), estimate=estimate, share=share, count=len(some)))
    return dots


def _step(least: float) -> float:
    """The next of 1, 2, 2.5 and 5 times a power of ten."""
    power = 10.0 ** floor(log10(max(least, 1e-3)))
    return next(n * power for n in (1, 2, 2.5, 5, 10) if n * power >= least * 0.999)


def _rank_x(rank: int) -> float:
    return LEFT + WIDTH * (rank - 1) / (DEPTH - 1)


def _y(share: float) -> float:
    return BOTTOM - HEIGHT * share
