"""HTML: a saved web page, or what another format was turned into."""

from __future__ import annotations

import re
from collections.abc import Mapping

from selectolax.lexbor import LexborHTMLParser, LexborNode

from indexer.errors import UnreadableFileError
from indexer.model import Block, BlockKind, Document, SourceFile
from indexer.readers.decode import decode_html, oddities, without_invisible
from indexer.readers.html_accordion import controlled_panels
from indexer.readers.html_blocks import blocks_below
from indexer.readers.html_metadata import metadata_of
from indexer.readers.html_text import heading_text, text_of, walk
from indexer.readers.port import Detect
from indexer.text import strip_invisible

_NEEDS_SCRIPT = re.compile(r"(?:enable|requires?|turn on|without)\s+java\s?script", re.IGNORECASE)
_SHORT = 400  # characters; a page that says no more than to enable JavaScript


def read_html(source: SourceFile, detect: Detect) -> Document:  # noqa: ARG001 - a page marks its headings
    """Raises UnreadableFileError where the file is not text, or no text is to be seen on the page."""
    text, removed = strip_invisible(decode_html(source.data))
    tree = LexborHTMLParser(text)
    blocks = without_invisible(_page(tree), removed)
    if not blocks or _only_asks_for_script(blocks):
        raise UnreadableFileError(
            "no text in the page", "open it in a browser and save it as 'web page, complete', or print it to PDF"
        )
    seen = "".join(block.text for block in blocks)
    return Document(blocks=blocks, metadata=metadata_of(tree), notices=oddities(seen, removed))


def blocks_of_html(html: str, *, below: int = 0) -> tuple[Block, ...]:
    """The blocks of a page's or a fragment's body, in order, navigation and all that is hidden left out.

    below  the level of the heading that a fragment stands under; headings of accordions come below it.
    """
    body = LexborHTMLParser(html).body
    return blocks_below(body, controlled_panels(body), below=below) if body else ()


def text_of_html(html: str) -> str:
    """The visible words of a fragment in one line."""
    body = LexborHTMLParser(html).body
    return text_of(body, {}) if body else ""


def _page(tree: LexborHTMLParser) -> tuple[Block, ...]:
    body = tree.body
    if body is None:
        return ()
    panels = controlled_panels(body)
    for roots in (_outermost(body, body.css("main,[role=main]")), _sole_article(body)):
        blocks = tuple(block for root in roots for block in blocks_below(root, panels))
        if blocks:
            return (*_title_outside(body, roots, panels), *blocks)
    blocks = blocks_below(body, panels)
    if any(block.kind is BlockKind.HEADING and block.level == 1 for block in blocks):
        return blocks
    return (*_title_outside(body, [], panels), *blocks)


def _outermost(body: LexborNode, found: list[LexborNode]) -> list[LexborNode]:
    if len(found) < 2:
        return found
    wanted = {node.mem_id for node in found}
    taken: list[LexborNode] = []

    def take(node: LexborNode) -> bool:
        if node.mem_id in wanted:
            taken.append(node)
        return node.mem_id in wanted

    for _ in walk(body, take):
        pass
    return taken


def _sole_article(body: LexborNode) -> list[LexborNode]:
    articles = body.css("article")
    return articles if len(articles) == 1 else []


def _title_outside(body: LexborNode, roots: list[LexborNode], panels: Mapping[str, str]) -> tuple[Block, ...]:
    """The page's one <h1> where it stands in a banner, outside of what is read."""
    headings = body.css("h1")
    if len(headings) != 1 or any(root.css_first("h1") for root in roots):
        return ()
    title = heading_text(headings[0], panels)
    return (Block(kind=BlockKind.HEADING, text=title, level=1),) if title else ()


def _only_asks_for_script(blocks: tuple[Block, ...]) -> bool:
    words = " ".join(block.text for block in blocks)
    return len(words) < _SHORT and _NEEDS_SCRIPT.search(words) is not None
