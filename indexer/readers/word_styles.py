"""What the styles of a Word document mean: headings, hidden text, contents lists, numbering."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree import ElementTree as ET

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"\bheading\s*([1-9])\b", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|table of figures|index) ?\d?|toc heading", re.IGNORECASE)
_OFF = {"0", "false", "off", "none"}
_DEEPEST = 12  # how long a chain of styles that are based on another is followed


@dataclass(frozen=True, kw_only=True, slots=True)
class Style:
    """heading: its level, 0 for none, as named or inherited. numbering: (numId, level), where the style numbers."""

    id: str
    name: str
    heading: int = 0
    title: bool = False
    contents: bool = False
    hidden: bool = False
    bold: bool = False
    numbering: tuple[str, int] | None = None


def styles_of(root: ET.Element | None) -> dict[str, Style]:
    """The styles by their ids."""
    if root is None:
        return {}
    elements = {element.get(f"{W}styleId", ""): element for element in root.iter(f"{W}style")}
    return {identity: _style(identity, elements) for identity in elements}


def is_on(properties: ET.Element | None, name: str) -> bool | None:
    """Whether a switch such as "b" or "vanish" is on; None where the properties do not mention it."""
    switch = None if properties is None else properties.find(f"{W}{name}")
    return None if switch is None else switch.get(f"{W}val", "1") not in _OFF


def numbering_of(properties: ET.Element | None) -> tuple[str | None, int | None]:
    """The numId and the level that a paragraph's properties set."""
    number = None if properties is None else properties.find(f"{W}numPr")
    if number is None:
        return None, None
    identity, level = number.find(f"{W}numId"), number.find(f"{W}ilvl")
    return (
        None if identity is None else identity.get(f"{W}val"),
        None if level is None else whole(level.get(f"{W}val"), 0),
    )


def whole(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else default


def _style(identity: str, elements: dict[str, ET.Element]) -> Style:
    chain = list(_chain(identity, elements))
    name = _name(chain[0])
    numbers = [numbering_of(element.find(f"{W}pPr")) for element in chain]
    number = next((number for number, _ in numbers if number), None)
    level = next((level for _, level in numbers if level is not None), 0)
    return Style(
        id=identity,
        name=name,
        heading=next((level for element in chain if (level := _level(element))), 0),
        title=any(_name(element).casefold() == "title" for element in chain),
        contents=_CONTENTS.fullmatch(name) is not None,
        hidden=_first(is_on(element.find(f"{W}rPr"), "vanish") for element in chain),
        bold=_first(is_on(element.find(f"{W}rPr"), "b") for element in chain),
        numbering=(number, level) if number else None,
    )


def _chain(identity: str, elements: dict[str, ET.Element]) -> Iterable[ET.Element]:
    """The style, the one it is based on, and so on."""
    for _ in range(_DEEPEST):
        element = elements.get(identity)
        if element is None:
            return
        yield element
        base = element.find(f"{W}basedOn")
        identity = "" if base is None else base.get(f"{W}val", "")


def _name(element: ET.Element) -> str:
    name = element.find(f"{W}name")
    return "" if name is None else name.get(f"{W}val", "")


def _level(element: ET.Element) -> int:
    if element.get(f"{W}type", "paragraph") != "paragraph":
        return 0
    named = _HEADING.search(_name(element))
    if named and not _CONTENTS.fullmatch(_name(element)):
        return int(named[1])
    outline = element.find(f"{W}pPr/{W}outlineLvl")
    level = -1 if outline is None else whole(outline.get(f"{W}val"), 9)
    return level + 1 if 0 <= level < 9 else 0


def _first(switches: Iterable[bool | None]) -> bool:
    return next((switch for switch in switches if switch is not None), False)
