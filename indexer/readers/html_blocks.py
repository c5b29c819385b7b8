"""From a tree of elements to blocks, in reading order."""

from __future__ import annotations

from collections.abc import Mapping

from selectolax.lexbor import LexborNode

from indexer.model import Block, BlockKind
from indexer.readers.html_accordion import is_accordion_heading, is_accordion_term, panel_opened_by
from indexer.readers.html_elements import BLOCKS, HEADINGS, NOT_TEXT
from indexer.readers.html_hidden import is_furniture, is_hidden
from indexer.readers.html_lists import OpenList
from indexer.readers.html_tables import is_data_table, rows_of_table
from indexer.readers.html_text import first_heading, heading_text, walk
from indexer.readers.labels import split_bullet, split_label
from indexer.text import clean

_LONGEST_HEADING = 400  # characters; beyond, a heading was never closed and holds the text after it

_MOST_UNCLOSED = 200  # such headings on a page; each is read ahead, and in a deep nest of them that adds up


def blocks_below(root: LexborNode, panels: Mapping[str, str], *, below: int = 0) -> tuple[Block, ...]:
    """The blocks below an element. `panels` are the closed panels that are text all the same."""
    return _Blocks(panels, below).of(root)


class _Blocks:
    """Collects the running text of inline elements until a block begins or ends."""

    def __init__(self, panels: Mapping[str, str], below: int) -> None:
        self._panels = panels
        self._level = below  # of the nearest heading above
        self._done: list[Block] = []
        self._running: list[str] = []
        self._after_break = False
        self._lists: list[OpenList] = []
        self._panel_levels: dict[str, int] = {}
        self._term_level = 0
        self._unclosed = 0
        self._levels_before: dict[int, int] = {}  # element -> the level to go back to at its end

    def of(self, root: LexborNode) -> tuple[Block, ...]:
        for node, opens in walk(root, self._passes_over):
            tag = node.tag or ""
            if tag == "-text":
                self._add(node.text_content or "")
            elif tag == "br":
                self._break(opens=opens)
            elif tag in BLOCKS:
                self._flush()
                if opens:
                    self._open(tag, node)
                else:
                    self._close(tag, node)
        self._flush()
        return tuple(self._done)

    def _passes_over(self, node: LexborNode) -> bool:
        """True where an element is no text, and where its text is taken in one piece here."""
        tag = node.tag or ""
        if tag in NOT_TEXT or is_hidden(node, self._panels) or is_furniture(node):
            return True
        level = self._heading_level(tag, node) if self._unclosed < _MOST_UNCLOSED else 0
        if level:
            return self._take_heading(node, level)
        if tag == "button":
            return True
        if tag == "table" and is_data_table(node):
            self._flush()
            self._done.extend(rows_of_table(node, self._panels))
            return True
        return False

    def _heading_level(self, tag: str, node: LexborNode) -> int:
        """The level of an element that is a heading by whatever means, else 0."""
        if tag in HEADINGS:
            return HEADINGS[tag]
        attributes = node.attributes
        if attributes.get("role") == "heading":
            level = attributes.get("aria-level") or ""
            return int(level) if level in "123456789" and level else 2
        if tag == "summary":
            return 0 if first_heading(node) else self._level + 1
        if tag == "dt" and is_accordion_term(node):
            self._term_level = self._level + 1
            return self._term_level
        return self._level + 1 if is_accordion_heading(node) else 0

    def _take_heading(self, node: LexborNode, level: int) -> bool:
        text = heading_text(node, self._panels)
        if len(text) > _LONGEST_HEADING:
            self._unclosed += 1
            return False
        self._flush()
        if text:
            self._done.append(Block(kind=BlockKind.HEADING, text=text, level=level))
            panel = panel_opened_by(node)
            if panel:
                self._panel_levels[panel] = level
            if node.tag in HEADINGS or node.tag == "summary" or node.attributes.get("role") == "heading":
                self._level = level
        return True

    def _open(self, tag: str, node: LexborNode) -> None:
        name = node.attributes.get("id") or ""
        if tag == "details" or name in self._panel_levels or self._panels.get(name):
            self._levels_before[node.mem_id] = self._level
            self._level = self._panel_levels.get(name, self._level)
            self._name_tab(self._panels.get(name) or "", node)
        elif tag == "dd" and self._term_level:
            self._levels_before[node.mem_id] = self._level
            self._level = self._term_level
        elif tag == "dl":
            self._term_level = 0
        if tag in {"ul", "ol", "menu", "dir"}:
            self._lists.append(OpenList.of(node))
        elif tag == "li" and self._lists:
            self._lists[-1].begin_item(node)

    def _close(self, tag: str, node: LexborNode) -> None:
        self._level = self._levels_before.pop(node.mem_id, self._level)
        if tag in {"ul", "ol", "menu", "dir"}:
            self._lists.pop()

    def _name_tab(self, words: str, panel: LexborNode) -> None:
        """A tab's words become the heading of its panel, unless the panel begins with them itself."""
        first = first_heading(panel)
        if words and not (first and heading_text(first, self._panels) == words):
            self._level += 1
            self._done.append(Block(kind=BlockKind.HEADING, text=words, level=self._level))

    def _add(self, text: str) -> None:
        self._running.append(text)
        if self._after_break and not text.isspace():
            self._after_break = False

    def _break(self, *, opens: bool) -> None:
        """A line break is white space; two of them part paragraphs."""
        if not opens:
            return
        if self._after_break:
            self._flush()
        self._running.append(" ")
        self._after_break = True

    def _flush(self) -> None:
        text = clean("".join(self._running))
        self._running.clear()
        self._after_break = False
        if not text:
            return
        label, rest = split_label(text)
        if self._lists:
            item = self._lists[-1]
            if label is None and not item.text_started:
                label = item.label
            item.text_started = True
            self._done.append(Block(kind=BlockKind.LIST_ITEM, text=rest, level=len(self._lists), label=label))
            return
        bullet, rest_of_item = split_bullet(text, sure=True)
        if bullet:
            self._done.append(Block(kind=BlockKind.LIST_ITEM, text=rest_of_item, level=1))
        else:
            self._done.append(Block(kind=BlockKind.PARAGRAPH, text=rest, label=label))
