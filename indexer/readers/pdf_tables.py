"""Ruled tables of a page, and frames: boxes of a single column, whose text runs on like any other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from indexer.readers.pdf_lines import Line, lines_of
from indexer.readers.pdf_page import Char

_THIN = 3.0  # points: a filled shape this thin is a rule, a thicker one is shading

Box = tuple[float, float, float, float]


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """rows: the lines of each cell. header: whether the first row names the columns."""

    page: int
    box: Box
    rows: tuple[tuple[tuple[Line, ...], ...], ...]
    header: bool
    region: int = 0

    @property
    def columns(self) -> int:
        return len(self.rows[0])


@dataclass(frozen=True, kw_only=True, slots=True)
class Grids:
    """tables: with their text. rules: heights at which a frame's border ends a paragraph, with their span.

    rest: the characters that stand in no table.
    """

    tables: tuple[Table, ...]
    rules: tuple[Box, ...]
    rest: tuple[Char, ...]


def grids_of(page: Any, chars: Sequence[Char], number: int) -> Grids:
    """The tables of a pdfplumber page, filled with the visible characters given."""
    if len(page.rects) + len(page.lines) + len(page.curves) < 4:
        return Grids(tables=(), rules=(), rest=tuple(chars))
    ruled = page.filter(_draws)
    rest = list(chars)
    tables: list[Table] = []
    rules: list[Box] = []
    for found in sorted(ruled.find_tables(), key=lambda table: (table.bbox[1], table.bbox[0])):
        inside = [char for char in rest if _holds(found.bbox, char)]
        rows = _filled(found, inside, number)
        if len(rows) < 2 or len(rows[0]) < 2:
            rules.extend(cell for row in found.rows for cell in row.cells if cell is not None)
            continue
        taken = set(map(id, inside))
        rest = [char for char in rest if id(char) not in taken]
        header = _is_header(rows, found, page)
        tables.append(Table(page=number, box=_box(found.bbox), rows=rows, header=header))
    return Grids(tables=tuple(tables), rules=tuple(_box(rule) for rule in rules), rest=tuple(rest))


def _box(box: Sequence[float]) -> Box:
    x0, top, x1, bottom = (float(side) for side in box)
    return x0, top, x1, bottom


def _draws(thing: dict[str, Any]) -> bool:
    if thing["object_type"] not in {"rect", "curve"}:
        return bool(thing["object_type"] == "line")
    return bool(thing.get("stroke")) or min(thing["width"], thing["height"]) <= _THIN


def _holds(box: Sequence[float], char: Char) -> bool:
    x0, top, x1, bottom = box
    return bool(x0 <= (char.x0 + char.x1) / 2 <= x1 and top <= char.baseline - 0.3 * char.size <= bottom)


def _filled(found: Any, chars: list[Char], number: int) -> tuple[tuple[tuple[Line, ...], ...], ...]:
    """Cells with their lines; rows and columns without any text are left out."""
    grid: list[list[tuple[Line, ...]]] = []
    for row in found.rows:
        cells: list[tuple[Line, ...]] = []
        for cell in row.cells:
            held = [char for char in chars if _holds(cell, char)] if cell is not None else []
            cells.append(tuple(lines_of(held, number)))
        if any(cells):
            grid.append(cells)
    if not grid:
        return ()
    used = [at for at in range(len(grid[0])) if any(row[at] for row in grid)]
    return tuple(tuple(row[at] for at in used) for row in grid)


def _is_header(rows: Sequence[Sequence[Sequence[Line]]], found: Any, page: Any) -> bool:
    first, others = rows[0], rows[1:]
    if not all(first) or len(rows) < 2:
        return False
    if all(line.bold for cell in first for line in cell):
        return not all(line.bold for row in others for cell in row for line in cell)
    return _is_shaded(found.rows[0].bbox, page) and not _is_shaded(found.rows[-1].bbox, page)


def _is_shaded(box: Sequence[float], page: Any) -> bool:
    x0, top, x1, bottom = box
    middle = (top + bottom) / 2
    return any(
        rect.get("fill")
        and rect["height"] > _THIN
        and rect["top"] <= middle <= rect["bottom"]
        and rect["x0"] <= (x0 + x1) / 2 <= rect["x1"]
        and rect.get("non_stroking_color") not in ((1,), (1, 1, 1), (0, 0, 0, 0), None)
        for rect in page.rects
    )
