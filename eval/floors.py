"""Floors under the figures: what was reached is not lost unnoticed."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from eval.errors import FloorsError
from eval.figures import ASK, FAULTS, SEARCH, Share


@dataclass(frozen=True, kw_only=True, slots=True)
class Floors:
    """By figure, the least and the most that it may be."""

    at_least: Mapping[str, float]
    at_most: Mapping[str, float]

    def broken(self, figures: Mapping[str, Share]) -> list[str]:
        """A line for each figure that is beyond its floor, or was not measured."""
        lines = []
        for name, bound in (*self.at_least.items(), *self.at_most.items()):
            if name not in figures:
                lines.append(f"{name} was not measured; its floor is {bound:g}")
                continue
            value = figures[name].value
            if name in self.at_least and value < bound:
                lines.append(f"{name} is {value:.4f}, below its floor of {bound:g}")
            if name in self.at_most and value > bound:
                lines.append(f"{name} is {value:.4f}, above the {bound:g} that it may be")
        return lines


def read_floors(path: Path) -> Floors:
    """Raises FloorsError."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as fault:
        raise FloorsError(f"{path} cannot be read ({fault.strerror}); name a file of floors") from fault
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise FloorsError(f"{path} is not valid TOML: {fault}") from fault
    if unknown := data.keys() - {"at_least", "at_most"}:
        raise FloorsError(f"{path}: {min(unknown)!r} is no table; write [at_least] and [at_most]")
    good = (*SEARCH, *(name for name in ASK if name not in FAULTS))
    floors = Floors(
        at_least=_bounds(path, data, "at_least", good), at_most=_bounds(path, data, "at_most", tuple(FAULTS))
    )
    if not floors.at_least and not floors.at_most:
        raise FloorsError(f"{path} holds no floors; write [at_least] and figures below it")
    return floors


def _bounds(path: Path, data: Mapping[str, object], table: str, known: tuple[str, ...]) -> dict[str, float]:
    found = data.get(table, {})
    if not isinstance(found, dict):
        raise FloorsError(f"{path}: {table} is no table; write [{table}]")
    for name, value in found.items():
        if name not in known:
            raise FloorsError(f"{path}: {table}.{name} is no such figure; there are {', '.join(sorted(known))}")
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise FloorsError(f"{path}: {table}.{name} is {value!r}; write a number from 0 to 1")
    return {name: float(value) for name, value in found.items()}
