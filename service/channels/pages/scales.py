"""Where a rating stands on the scale of its family, so that it can have a colour beside its number or word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any

from indexer.text import fold

COLOURS = 4


class Scale:
    """A family's scale for sections, and the one for overall ratings where that is another."""

    def __init__(self, family: Mapping[str, Any]) -> None:
        """family  the description of a profile, as the index holds it."""
        self._sections = _places(family.get("scale") or ())
        self._overall = _places(family.get("overall") or ()) or self._sections
        self.legend = tuple(_labels(family.get("scale") or family.get("overall") or ()))

    def place(self, score: int | None, judgement: str | None, *, overall: bool = False) -> int | None:
        """From 1, the lowest, to COLOURS, the highest; None for what the scale does not have."""
        places = self._overall if overall else self._sections
        if score is not None and score in places:
            return places[score]
        return None if judgement is None else places.get(fold(judgement))


def _places(values: Sequence[Mapping[str, Any]]) -> dict[int | str, int]:
    places: dict[int | str, int] = {}
    for at, value in enumerate(values):
        place = _place(at, len(values))
        wordings = (value["label"], value["description"], *value["aliases"])
        places |= {fold(wording): place for wording in wordings if wording}
        if value["value"] is not None:
            places[value["value"]] = place
    return places


def _labels(values: Sequence[Mapping[str, Any]]) -> list[tuple[str, int]]:
    """What each value is called, with its place."""
    numbered = ((f"{v['value']}: " if v["value"] is not None else "", v["label"]) for v in values)
    return [(f"{number}{label}", _place(at, len(values))) for at, (number, label) in enumerate(numbered)]


def _place(at: int, values: int) -> int:
    """Half way between two colours is the lower: nothing looks better than it is."""
    return 1 + ceil(at * (COLOURS - 1) / (values - 1) - 0.5) if values > 1 else COLOURS
