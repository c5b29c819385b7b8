"""The visible words of an element in one line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from selectolax.lexbor import LexborNode

from indexer.readers.html_elements import BLOCKS, HEADINGS, NOT_TEXT
from indexer.readers.html_hidden import is_furniture, is_hidden
from indexer.text import clean

_NEAR = 40  # nodes
_MOST = 500  # characters
_SIGN = re.compile(
    r"(?:^|[\s_-])(?:icon|icons|toggle|toggle-text|chevron|caret|arrow|plus-minus)(?:$|\s)", re.IGNORECASE
)


def text_of(node: LexborNode, panels: Mapping[str, str]) -> str:
    """Without buttons, and without what is hidden; `panels` as in `is_hidden`."""
    return _gather(node, lambda part: part.tag == "button" or _leave_out(part, panels))


def heading_text(node: LexborNode, panels: Mapping[str, str], *, most: int = _MOST) -> str:
    """With the words of buttons, but without the "Show" and "Hide" that accordions put into their headings.

    Of an element that holds far more than a heading, the beginning: just over `most` characters.
    """
    return _gather(node, lambda part: _is_sign(part) or _leave_out(part, panels), most=most) or _gather(
        node, lambda part: _leave_out(part, panels), most=most
    )


def first_heading(node: LexborNode) -> LexborNode | None:
    """The heading that an element begins with; one far below its start is not looked for."""
    for count, (part, _) in enumerate(walk(node, lambda part: part.tag in NOT_TEXT)):
        if part.tag in HEADINGS or (part.is_element_node and part.attributes.get("role") == "heading"):
            return part
        if count > _NEAR:
            break
    return None


def _gather(node: LexborNode, leave_out: Callable[[LexborNode], bool], *, most: int | None = None) -> str:
    parts: list[str] = []
    length = 0
    for part, _ in walk(node, leave_out):
        tag = part.tag
        if tag == "-text":
            words = part.text_content or ""
            parts.append(words)
            length += len(words.strip())
            if most is not None and length > most:
                break
        elif tag in BLOCKS or tag == "br":
            parts.append(" ")
    return clean("".join(parts))


def walk(root: LexborNode, leave_out: Callable[[LexborNode], bool]) -> Iterator[tuple[LexborNode, bool]]:
    """The nodes below `root` in reading order: each element as it opens (True) and as it closes (False).

    Texts come once. What `leave_out` says yes to is passed over whole. Not recursive: pages nest deeply.
    """
    ends: list[LexborNode] = []
    node = root.child
    while True:
        if node is not None:
            if node.is_text_node:
                yield node, True
            elif node.is_element_node and not leave_out(node):
                yield node, True
                ends.append(node)
                node = node.child
                continue
            node = node.next
        elif ends:
            last = ends.pop()
            yield last, False
            node = last.next
        else:
            return


def _leave_out(node: LexborNode, panels: Mapping[str, str]) -> bool:
    return node.tag in NOT_TEXT or is_hidden(node, panels) or is_furniture(node)


def _is_sign(node: LexborNode) -> bool:
    attributes = node.attributes
    return "data-nosnippet" in attributes or bool(_SIGN.search(attributes.get("class") or ""))
