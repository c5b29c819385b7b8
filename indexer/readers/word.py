"""Word: what the document shows, in reading order.

Comments, deleted text, hidden text, pictures and the contents list that Word makes are not text. Marks of
footnotes are taken out of the sentences, where their digits would change numbers; the notes follow at the end.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from xml.etree import ElementTree as ET

import mammoth

from indexer.errors import UnreadableFileError
from indexer.model import Block, BlockKind, Document, Notice, SourceFile
from indexer.readers.decode import oddities, without_invisible
from indexer.readers.html import blocks_of_html
from indexer.readers.port import Detect
from indexer.readers.word_numbers import Numbering
from indexer.readers.word_package import document_name, metadata_of, packed, parts_of_package, xml_of
from indexer.readers.word_styles import Style, styles_of
from indexer.readers.word_text import LABEL_END, LABEL_START, MINOR_HEADING, prepare
from indexer.text import strip_invisible

_LOWEST = 6
_DEEPER_LIST = re.compile(r"list (?:bullet|number) ([2-5])", re.IGNORECASE)  # each a list of its own to Word
_NOTE_MARK = re.compile(r'<sup><a href="#(?:foot|end)note-\d+"[^>]*>\[\d+\]</a></sup>')
_BACK = re.compile(r'\s*<a href="#(?:foot|end)note-ref-\d+">[^<]*</a>')
_NOTES = re.compile(r'<ol><li id="(?:foot|end)note-.*</li></ol>$', re.DOTALL)
_NOTE = re.compile(r'<li id="(?:foot|end)note-\d+">(.*?)</li>(?=<li id="(?:foot|end)note-|</ol>$)', re.DOTALL)
_LABEL = re.compile(f"{LABEL_START}([^{LABEL_END}]*){LABEL_END}\\s*")


def read_word(source: SourceFile, detect: Detect) -> Document:  # noqa: ARG001 - styles mark the headings
    """Raises UnreadableFileError where the file is damaged, locked, of an older format, or without text."""
    parts = parts_of_package(source.data)
    name = document_name(parts)
    document = xml_of(parts[name])
    styles = styles_of(_part(parts, "word/styles.xml"))
    prepared = prepare(document, styles, Numbering(_part(parts, "word/numbering.xml")))
    parts[name] = ET.tostring(document, encoding="utf-8", xml_declaration=True)
    html = _notes_as_paragraphs(_html(parts, _style_map(document, styles, minor=prepared.minor)))
    removed: Counter[str] = strip_invisible("".join(document.itertext()))[1]
    blocks = without_invisible(_labelled(blocks_of_html(html)), Counter())
    if not blocks:
        raise UnreadableFileError("no text in the document", "put the report's text in it, or remove it")
    notices = list(oddities("".join(block.text for block in blocks), removed))
    if prepared.hidden:
        notices.append(Notice(code="hidden-text", message=f"{prepared.hidden} hidden characters left out"))
    return Document(blocks=blocks, metadata=metadata_of(parts), notices=tuple(notices))


def _part(parts: Mapping[str, bytes], name: str) -> ET.Element | None:
    return xml_of(parts[name]) if name in parts else None


def _html(parts: Mapping[str, bytes], style_map: str) -> str:
    try:
        converted = mammoth.convert_to_html(
            packed(parts), style_map=style_map, convert_image=mammoth.images.img_element(lambda _: {})
        )
    except Exception as error:  # mammoth raises anything where the parts of a document do not fit together
        raise UnreadableFileError(
            "is damaged: its parts do not fit together", "open it in Word and save it as .docx again"
        ) from error
    return str(converted.value)


def _style_map(document: ET.Element, styles: Mapping[str, Style], *, minor: bool) -> str:
    """Which style makes which element. With a title on top, the headings stand a level below it."""
    used = {element.get(name) for element in document.iter() for name in element.attrib if name.endswith("}val")}
    of_use = [style for style in styles.values() if style.id in used]
    shift = 1 if any(style.title for style in of_use) else 0
    lines = []
    lowest = shift
    for style in of_use:
        name = style.name.replace("\\", "\\\\").replace("'", "\\'")
        if style.contents:
            lines.append(f"p[style-name='{name}'] => !")
        elif style.title:
            lines.append(f"p[style-name='{name}'] => h1:fresh")
        elif style.heading:
            level = min(style.heading + shift, _LOWEST)
            lowest = max(lowest, level)
            lines.append(f"p[style-name='{name}'] => h{level}:fresh")
        elif deeper := _DEEPER_LIST.fullmatch(style.name):
            outer = "ul|ol > li > " * (int(deeper[1]) - 1)
            lines.append(f"p[style-name='{name}'] => {outer}ul > li:fresh")
    if minor:
        lines.append(f"p.{MINOR_HEADING} => h{min(lowest + 1, _LOWEST)}:fresh")
    return "\n".join(lines)


def _notes_as_paragraphs(html: str) -> str:
    """The notes at the end as paragraphs, without marks in the text and arrows back to it."""
    html = _BACK.sub("", _NOTE_MARK.sub("", html))
    notes = _NOTES.search(html)
    return html[: notes.start()] + "".join(_NOTE.findall(notes[0])) if notes else html


def _labelled(blocks: Iterable[Block]) -> Iterator[Block]:
    """The printed numbers that `prepare` put in the text, where they belong."""
    for block in blocks:
        found = _LABEL.match(block.text)
        if found and block.kind in {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM}:
            yield replace(block, label=found[1], text=block.text[found.end() :])
        elif LABEL_START in block.text or any(LABEL_START in name for name in block.columns):
            columns = tuple(_LABEL.sub(r"\1 ", name) for name in block.columns)
            yield replace(block, text=_LABEL.sub(r"\1 ", block.text), columns=columns)
        else:
            yield block
