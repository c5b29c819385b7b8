"""Markdown: CommonMark and tables, read so that no word of a report is taken for markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block import reference as reference_rule
from markdown_it.rules_block.table import escapedSplit
from markdown_it.token import Token

from indexer.errors import UnreadableFileError
from indexer.model import Block, BlockKind, Document, SourceFile
from indexer.readers.decode import decode, oddities, without_invisible
from indexer.readers.front_matter import split_front_matter
from indexer.readers.html import Place, blocks_of_html, text_of_html
from indexer.readers.labels import split_bullet, split_label
from indexer.readers.types import Detect
from indexer.text import clean, strip_invisible

_MARKUP = re.compile(r"[\\`*_\[<&]")
_LONG = 100_000  # characters; a paragraph beyond is no prose, and inline parsing takes time in its square
_HIGHEST_ITEM = 999  # "2013. The council" is a sentence's end and a sentence, not an item
_SETEXT_WORDS = 12
_SETEXT_CHARACTERS = 100
_ADDRESS = re.compile(r" {0,3}\[[^\]\n]{1,999}\]:\s*<?(?:[a-z][a-z0-9+.-]*:|www\.|/|#|\.{1,2}/)\S", re.IGNORECASE)
_BLANK_LINES = re.compile(r"\n\s*\n")


def read_markdown(source: SourceFile, detect: Detect) -> Document:  # noqa: ARG001 - marks its own headings
    """Raises UnreadableFileError where the file is not text, or holds no words."""
    text, removed = strip_invisible(decode(source.data))
    front = split_front_matter(text)
    blocks = without_invisible(blocks_of_markdown(front.body), removed)
    if not blocks:
        raise UnreadableFileError("no text in the file", "put the report's text in it, or remove it")
    return Document(
        blocks=blocks, metadata=front.metadata, notices=(*front.notices, *oddities(text, removed))
    )


def blocks_of_markdown(text: str) -> Iterator[Block]:
    parser = _parser()
    environment: dict[str, object] = {}
    tokens = parser.parse(text, environment)
    if _swallows(tokens, text):
        tokens = parser.disable("fence").parse(text, environment)
    yield from _Walk(inline=_Inline(parser, environment), lines=text.split("\n")).blocks(tokens)
