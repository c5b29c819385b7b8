"""Markdown: CommonMark and tables, read so that no word of a report is taken for markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block import reference as reference_rule
from markdown_it.rules_block.table import escapedSplit
from markdown_it.token import Token

from indexer.model import Block, BlockKind, Document, SourceFile
from indexer.readers.decode import decode, no_text, oddities, without_invisible
from indexer.readers.front_matter import split_front_matter
from indexer.readers.html import blocks_of_html, text_of_html
from indexer.readers.html_elements import KNOWN
from indexer.readers.labels import split_bullet, split_label
from indexer.text import clean, strip_invisible

if TYPE_CHECKING:
    from indexer.readers import Detect

_MARKUP = re.compile(r"[\\`*_\[<&]")
_LONG = 100_000  # characters; a paragraph beyond is no prose, and inline parsing takes time in its square
_HIGHEST_ITEM = 999  # "2013. The council" is a sentence's end and a sentence, not an item
_SETEXT_WORDS = 12
_SETEXT_CHARACTERS = 100
_ADDRESS = re.compile(r" {0,3}\[[^\]\n]{1,999}\]:\s*<?(?:[a-z][a-z0-9+.-]*:|www\.|/|#|\.{1,2}/)\S", re.IGNORECASE)
_TAG_NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)")
_BULLET_LINE = re.compile(r"(?:^|\n)(?=[ \t]*[•●▪■◦○‣⁃∙◆➢➤✓✔►\uf0b7\uf0a7])")
_BLANK_LINES = re.compile(r"\n\s*\n")


def read_markdown(source: SourceFile, detect: Detect) -> Document:  # noqa: ARG001 - marks its own headings
    """Raises UnreadableFileError where the file is not text, or holds no words."""
    text, removed = strip_invisible(decode(source.data))
    front = split_front_matter(text)
    blocks = without_invisible(blocks_of_markdown(front.body), removed)
    if not blocks:
        raise no_text()
    return Document(blocks=blocks, metadata=front.metadata, notices=(*front.notices, *oddities(text, removed)))


def blocks_of_markdown(text: str) -> Iterator[Block]:
    parser = _parser()
    environment: dict[str, object] = {}
    tokens = parser.parse(text, environment)
    if _swallows(tokens, text):
        tokens = parser.disable("fence").parse(text, environment)
    yield from _Walk(inline=_Inline(parser, environment), lines=text.split("\n")).blocks(tokens)


@dataclass(kw_only=True, slots=True)
class _Item:
    """An open list item. `number` is printed and not yet given to a block."""

    number: str | None
    mark: str
    started: bool = False


class _Inline:
    """The visible words of a block's inline markup."""

    def __init__(self, parser: MarkdownIt, environment: dict[str, object]) -> None:
        self._parser = parser
        self._environment = environment

    def text(self, content: str) -> str:
        if not _MARKUP.search(content) or len(content) > _LONG:
            return clean(content)
        tokens: list[Token] = []
        self._parser.inline.parse(content, self._parser, self._environment, tokens)
        if any(token.type == "html_inline" and _is_markup(token.content) for token in tokens):
            return text_of_html("".join(_as_html(token) for token in tokens))
        return clean("".join(_words(token) for token in tokens))


@dataclass(kw_only=True, slots=True)
class _Walk:
    """One pass over the tokens of a document."""

    inline: _Inline
    lines: list[str]
    items: list[_Item] = field(default_factory=list)
    level: int = 0  # of the nearest heading above

    def blocks(self, tokens: list[Token]) -> Iterator[Block]:
        at = 0
        while at < len(tokens):
            token = tokens[at]
            if token.type == "table_open":
                end = next(i for i in range(at, len(tokens)) if tokens[i].type == "table_close")
                yield from self._table(tokens[at:end])
                at = end
            elif token.type == "list_item_open":
                self.items.append(_Item(number=token.info or None, mark=token.markup))
            elif token.type == "list_item_close":
                item = self.items.pop()
                if item.number:  # an item of nothing but its number: "in\n\n2012."
                    yield Block(kind=BlockKind.PARAGRAPH, text=item.number + item.mark)
            elif token.type == "inline":
                yield from self._text(tokens[at - 1], token)
            elif token.type == "fence":
                yield from self._code(token)
            elif token.type == "html_block":
                yield from self._html(token.content)
            at += 1

    def _text(self, opening: Token, token: Token) -> Iterator[Block]:
        if opening.type == "heading_open" and not self._is_rule_below_text(opening, token):
            text = self.inline.text(token.content)
            if text:
                self.level = int(opening.tag[1:])
                yield Block(kind=BlockKind.HEADING, text=text, level=self.level)
        else:
            yield from self._paragraph(token.content)

    def _is_rule_below_text(self, opening: Token, token: Token) -> bool:
        """Whether a line of dashes below text is not meant to make a heading of it."""
        if opening.markup not in {"-", "="} or opening.map is None:
            return False
        rule = self.lines[opening.map[1] - 1].strip(" \t>")
        content = token.content
        too_long = len(content) > _SETEXT_CHARACTERS or len(content.split()) > _SETEXT_WORDS
        return len(rule) < 2 or too_long or "\n" in content

    def _paragraph(self, content: str) -> Iterator[Block]:
        if not _BULLET_LINE.search(content):
            yield from self._block(self.inline.text(content))
            return
        # Bullets that Markdown does not know, each on a line of its own.
        for part in _BULLET_LINE.split(content):
            bullet, rest = split_bullet(part.strip(), sure=True)
            if bullet is None:
                yield from self._block(self.inline.text(part))
            elif text := self.inline.text(rest):
                label, text = split_label(text)
                yield Block(kind=BlockKind.LIST_ITEM, text=text, level=len(self.items) + 1, label=label)

    def _block(self, text: str) -> Iterator[Block]:
        if not text:
            return
        item = self.items[-1] if self.items else None
        number = next((i for i in reversed(self.items) if i.number), None)
        printed, mark = (number.number, number.mark) if number else (None, "")
        if number:
            number.number = None
        if printed and int(printed) > _HIGHEST_ITEM:
            yield Block(kind=BlockKind.PARAGRAPH, text=f"{printed}{mark} {text}")
        elif item:
            label, rest = (printed if mark == "." else printed + mark, text) if printed else split_label(text)
            yield Block(kind=BlockKind.LIST_ITEM, text=rest, level=len(self.items), label=label)
        else:
            label, rest = split_label(text)
            yield Block(kind=BlockKind.PARAGRAPH, text=rest, label=label)

    def _code(self, token: Token) -> Iterator[Block]:
        """Reports hold no programs: what is fenced is read as words."""
        if len(token.info.split()) > 1:
            yield from self._block(clean(token.info))
        for part in _BLANK_LINES.split(token.content):
            yield from self._block(clean(part))

    def _html(self, content: str) -> Iterator[Block]:
        if _is_markup(content.lstrip()):
            for block in blocks_of_html(content, below=self.level):
                if block.kind is BlockKind.HEADING:
                    self.level = block.level
                yield block
        else:
            for part in _BLANK_LINES.split(content):
                yield from self._paragraph(part)

    def _table(self, tokens: list[Token]) -> Iterator[Block]:
        rows: list[list[str]] = []
        for at, token in enumerate(tokens):
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(self.inline.text(token.content))
            elif token.type == "tr_close" and not self.items:
                rows[-1].extend(self._further_cells(tokens, at, len(rows[-1])))
        names, *body = rows
        for cells in body or [names]:
            columns = (*names, *[""] * (len(cells) - len(names))) if body and any(names) else ()
            if any(cells):
                yield Block(kind=BlockKind.TABLE_ROW, text="\t".join(cells), columns=columns)

    def _further_cells(self, tokens: list[Token], at: int, count: int) -> list[str]:
        """The cells of a row beyond the last column name, which the parser drops."""
        opening = next(token for token in reversed(tokens[:at]) if token.type == "tr_open")
        line = self.lines[opening.map[0]].strip() if opening.map else ""
        if line.startswith(">") or "|" not in line:
            return []
        cells = escapedSplit(line.removeprefix("|"))
        if cells and not cells[-1].strip():
            cells.pop()
        return [self.inline.text(cell) for cell in cells[count:]]


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": 40})
    parser.enable("table").disable(["code", "inline", "text_join"])
    parser.block.ruler.at("reference", _reference)
    return parser


def _reference(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - the parser's signature
    """`[1]: https://…` is a link's address; `[ESFA]: Education and Skills …` is text."""
    line = state.src[state.bMarks[start] : state.eMarks[start]]
    return _ADDRESS.match(line) is not None and reference_rule(state, start, end, silent)


def _swallows(tokens: list[Token], text: str) -> bool:
    """Whether a code fence that is never closed took the rest of the document for code."""
    lines = text.split("\n")
    return any(
        token.type == "fence" and token.map is not None and lines[token.map[1] - 1].strip(" \t>`~") != ""
        for token in tokens
    )


def _is_markup(html: str) -> bool:
    """Whether what the parser takes for HTML is: "<name withheld>" and "<LSCB>" are words."""
    if html.startswith("<!--"):
        return True
    name = _TAG_NAME.match(html)
    return name is not None and (name[1].lower() in KNOWN or "-" in name[1])


def _words(token: Token) -> str:
    if token.type in {"softbreak", "hardbreak"}:
        return " "
    return "" if token.type == "image" else token.content


def _as_html(token: Token) -> str:
    if token.type == "html_inline" and _is_markup(token.content):
        return token.content
    return escape(_words(token))
