"""A Word document's XML made ready for conversion: hidden text out, printed numbers in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from indexer.readers.word_numbers import Numbering
from indexer.readers.word_styles import Style, W, is_on, numbering_of

LABEL_START, LABEL_END = "\ue000", "\ue001"  # private-use characters around a printed number
MINOR_HEADING = "CitewiseMinorHeading"
_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_UNSEEN = {f"{W}moveFrom"}
_BOLD_WORDS = 25
_NO_HEADING = re.compile(r"[.!;,]['\u2019\u201d\")\]]*$|:\s*[\d\u00a3(+]")


@dataclass(slots=True)
class Prepared:
    """hidden: characters left out. minor: whether bold lines were marked as headings."""

    hidden: int = 0
    minor: bool = False


def prepare(root: ET.Element, styles: Mapping[str, Style], numbering: Numbering) -> Prepared:
    """Changes the tree: hidden runs go, printed numbers come, short bold paragraphs become headings."""
    done = Prepared()
    _drop_unseen(root)
    parents = {child: parent for parent in root.iter() for child in parent}
    for run in list(root.iter(f"{W}r")):
        if _is_hidden(run, parents, styles):
            done.hidden += sum(not c.isspace() for text in run.iter(f"{W}t") for c in text.text or "")
            parents[run].remove(run)
    for text in root.iter(f"{W}t"):
        text.text = (text.text or "").replace(LABEL_START, "").replace(LABEL_END, "")
    in_tables = {id(p) for table in root.iter(f"{W}tbl") for p in table.iter(f"{W}p")}
    for paragraph in root.iter(f"{W}p"):
        style = styles.get(_style_id(paragraph), Style(id="", name=""))
        numbered = _set_number(paragraph, style, numbering)
        if not numbered and not style.heading and not style.title and id(paragraph) not in in_tables:
            done.minor |= _mark_bold(paragraph, style, styles)
    return done


def _drop_unseen(root: ET.Element) -> None:
    """Text as it stood before it was moved, and the newer of a text box's two forms: the older is converted."""
    for parent in list(root.iter()):
        older = parent.find(f"{_COMPATIBLE}Fallback") is not None
        for child in list(parent):
            if child.tag in _UNSEEN or (older and child.tag == f"{_COMPATIBLE}Choice"):
                parent.remove(child)


def _is_hidden(run: ET.Element, parents: Mapping[ET.Element, ET.Element], styles: Mapping[str, Style]) -> bool:
    properties = run.find(f"{W}rPr")
    direct = is_on(properties, "vanish")
    if direct is not None:
        return direct
    named = None if properties is None else properties.find(f"{W}rStyle")
    if named is not None and _hides(styles, named.get(f"{W}val", "")):
        return True
    above: ET.Element | None = run
    while above is not None and above.tag != f"{W}p":
        above = parents.get(above)
    return above is not None and _hides(styles, _style_id(above))


def _hides(styles: Mapping[str, Style], identity: str) -> bool:
    return identity in styles and styles[identity].hidden


def _style_id(paragraph: ET.Element) -> str:
    named = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if named is None else named.get(f"{W}val", "")


def _set_number(paragraph: ET.Element, style: Style, numbering: Numbering) -> bool:
    """Puts the printed number in front of the paragraph's text; tells whether it belongs to a list at all."""
    properties = paragraph.find(f"{W}pPr")
    number, level = numbering_of(properties)
    if number is None and style.numbering is not None:
        number, inherited = style.numbering
        level = inherited if level is None else level
    if number is None or number == "0" or not any(text.text for text in paragraph.iter(f"{W}t")):
        return False
    level = level or 0
    label = numbering.next(number, level)
    if label is None:
        return not style.heading
    run = ET.Element(f"{W}r")
    ET.SubElement(run, f"{W}t").text = f"{LABEL_START}{label}{LABEL_END}"
    paragraph.insert(0 if properties is None else list(paragraph).index(properties) + 1, run)
    if properties is not None and numbering.is_compound(number, level):
        for element in properties.findall(f"{W}numPr"):
            properties.remove(element)
    return True


def _mark_bold(paragraph: ET.Element, style: Style, styles: Mapping[str, Style]) -> bool:
    """A short paragraph all in bold, without a closing full stop, is a heading that its writer did not style."""
    texts = list(_texts(paragraph, style, styles))
    text = "".join(text for text, _ in texts).strip()
    if not text or not all(bold for text, bold in texts if text.strip()) or style.bold:
        return False
    if len(text.split()) > _BOLD_WORDS or _NO_HEADING.search(text) or not any(c.isalpha() for c in text):
        return False
    properties = paragraph.find(f"{W}pPr")
    if properties is None:
        properties = ET.Element(f"{W}pPr")
        paragraph.insert(0, properties)
    for element in properties.findall(f"{W}pStyle"):
        properties.remove(element)
    properties.insert(0, ET.Element(f"{W}pStyle", {f"{W}val": MINOR_HEADING}))
    return True


def _texts(paragraph: ET.Element, style: Style, styles: Mapping[str, Style]) -> Iterator[tuple[str, bool]]:
    for run in paragraph.iter(f"{W}r"):
        properties = run.find(f"{W}rPr")
        bold = is_on(properties, "b")
        named = None if properties is None else properties.find(f"{W}rStyle")
        if bold is None and named is not None:
            character = styles.get(named.get(f"{W}val", ""))
            bold = character.bold if character else None
        for text in run.findall(f"{W}t"):
            yield text.text or "", style.bold if bold is None else bold
