"""Markdown: CommonMark and tables, read so that no word of a report is taken for markup."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from html import escape

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block import reference as reference_rule
from markdown_it.rules_block.table import escapedSplit
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.emphasis import tokenize as emphasis_rule
from markdown_it.token import Token

from indexer.model import Block, BlockKind, Document, SourceFile
from indexer.readers.decode import decode, no_text, oddities, without_invisible
from indexer.readers.front_matter import split_front_matter
from indexer.readers.html import blocks_of_html, text_of_html
from indexer.readers.html_elements import KNOWN
from indexer.readers.labels import split_bullet, split_label
from indexer.readers.port import Detect
from indexer.text import clean, strip_invisible

_MARKUP = re.compile(r"[\\`*_\[<&]")
_LONG = 100_000  # characters; a paragraph beyond is no prose, and inline parsing takes time in its square
_HIGHEST_ITEM = 999  # "2013. The council" is a sentence's end and a sentence, not an item
_SETEXT_WORDS = 12
_SETEXT_CHARACTERS = 100
_ADDRESS = re.compile(r" {0,3}\[[^\]\n]{1,999}\]:\s*<?(?:[a-z][a-z0-9+.-]*:|www\.|/|#|\.{1,2}/)\S", re.IGNORECASE)
_ENDED = re.compile(r"[.!?:;][\"'”’)\]]*$")
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


def blocks_of_markdown(text: str) -> list[Block]:
    parser = _parser()
    environment: dict[str, object] = {}
    tokens = parser.parse(text, environment)
    if _swallows(tokens, text):
        tokens = parser.disable("fence").parse(text, environment)
    return _Walk(inline=_Inline(parser, environment), lines=text.split("\n")).blocks(tokens)


@dataclass(kw_only=True, slots=True)
class _Item:
    """An open list item. `number` is printed and not yet given to a block.

    is_prose  what looked like an item's number is the end of a sentence: "… in July" and, below, "2013. The …".
    """

    number: str | None
    mark: str
    is_prose: bool


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
    done: list[Block] = field(default_factory=list)
    items: list[_Item] = field(default_factory=list)
    level: int = 0  # of the nearest heading above

    def blocks(self, tokens: list[Token]) -> list[Block]:
        at = 0
        while at < len(tokens):
            token = tokens[at]
            if token.type == "table_open":
                end = next(i for i in range(at, len(tokens)) if tokens[i].type == "table_close")
                self._table(tokens[at:end])
                at = end
            elif token.type == "list_item_open":
                self._open_item(token)
            elif token.type == "list_item_close":
                self._print_number(self.items.pop())
            elif token.type == "inline":
                self._text(tokens[at - 1], token)
            elif token.type == "fence":
                self._code(token)
            elif token.type == "html_block":
                self._html(token.content)
            at += 1
        return self.done

    def _put(self, kind: BlockKind, text: str, *, level: int = 0, label: str | None = None) -> None:
        if text:
            self.done.append(Block(kind=kind, text=text, level=level, label=label))

    def _open_item(self, token: Token) -> None:
        if token.info and self.items:
            self._print_number(self.items[-1])  # "2013. 149. The …": a sentence's end, then an item
        is_prose = bool(token.info) and int(token.info) > _HIGHEST_ITEM
        self.items.append(_Item(number=token.info or None, mark=token.markup, is_prose=is_prose))

    def _print_number(self, item: _Item) -> None:
        """Keeps as text the number of an item that has no text of its own."""
        if item.number:
            self._prose(item.number + item.mark)
            item.number, item.is_prose = None, True

    def _prose(self, text: str) -> None:
        """Text that was taken for a list goes back to the sentence that it ends, if one was left open."""
        last = self.done[-1] if self.done else None
        if last and last.kind in {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM} and not _ENDED.search(last.text):
            self.done[-1] = replace(last, text=f"{last.text} {text}")
        else:
            self._put(BlockKind.PARAGRAPH, text)

    def _text(self, opening: Token, token: Token) -> None:
        if opening.type == "heading_open" and not self._is_rule_below_text(opening, token):
            text = self.inline.text(token.content)
            self.level = int(opening.tag[1:]) if text else self.level
            self._put(BlockKind.HEADING, text, level=self.level)
        else:
            self._paragraph(token.content)

    def _is_rule_below_text(self, opening: Token, token: Token) -> bool:
        """Whether a line of dashes below text is not meant to make a heading of it."""
        if opening.markup not in {"-", "="} or opening.map is None:
            return False
        rule = self.lines[opening.map[1] - 1].strip(" \t>")
        content = token.content
        too_long = len(content) > _SETEXT_CHARACTERS or len(content.split()) > _SETEXT_WORDS
        return len(rule) < 2 or too_long or "\n" in content

    def _paragraph(self, content: str) -> None:
        if not _BULLET_LINE.search(content):
            self._block(self.inline.text(content))
            return
        # Bullets that Markdown does not know, each on a line of its own.
        for part in _BULLET_LINE.split(content):
            bullet, rest = split_bullet(part.strip(), sure=True)
            if bullet is None:
                self._block(self.inline.text(part))
            else:
                label, text = split_label(self.inline.text(rest))
                self._put(BlockKind.LIST_ITEM, text, level=self._depth() + 1, label=label)

    def _depth(self) -> int:
        return sum(1 for item in self.items if not item.is_prose)

    def _block(self, text: str) -> None:
        if not text:
            return
        numbered = next((item for item in reversed(self.items) if item.number), None)
        if numbered and numbered.is_prose:
            self._prose(f"{numbered.number}{numbered.mark} {text}")
        elif numbered:
            label = (numbered.number or "") + ("" if numbered.mark == "." else numbered.mark)
            self._put(BlockKind.LIST_ITEM, text, level=self._depth(), label=label)
        else:
            printed, rest = split_label(text)
            kind = BlockKind.LIST_ITEM if self._depth() else BlockKind.PARAGRAPH
            self._put(kind, rest, level=self._depth(), label=printed)
        if numbered:
            numbered.number = None

    def _code(self, token: Token) -> None:
        """Reports hold no programs: what is fenced is read as words."""
        if len(token.info.split()) > 1:
            self._block(clean(token.info))
        for part in _BLANK_LINES.split(token.content):
            self._block(clean(part))

    def _html(self, content: str) -> None:
        if _is_markup(content.lstrip()):
            for block in blocks_of_html(content, below=self.level):
                self.level = block.level if block.kind is BlockKind.HEADING else self.level
                self.done.append(block)
        else:
            for part in _BLANK_LINES.split(content):
                self._paragraph(part)

    def _table(self, tokens: list[Token]) -> None:
        rows: list[list[str]] = []
        first_line = 0
        for token in tokens:
            if token.type == "tr_open":
                rows.append([])
                first_line = token.map[0] if token.map else 0
            elif token.type == "inline":
                rows[-1].append(self.inline.text(token.content))
            elif token.type == "tr_close" and not self.items:
                rows[-1].extend(self._further_cells(self.lines[first_line], len(rows[-1])))
        names, *body = rows
        for cells in body or [names]:
            columns = (*names, *[""] * (len(cells) - len(names))) if body and any(names) else ()
            if any(cells):
                self.done.append(Block(kind=BlockKind.TABLE_ROW, text="\t".join(cells), columns=columns))

    def _further_cells(self, row: str, count: int) -> list[str]:
        """The cells of a row beyond the last column name, which the parser drops."""
        line = row.strip()
        if line.startswith(">") or line.count("|") < count:
            return []
        cells = escapedSplit(line.removeprefix("|"))
        if cells and not cells[-1].strip():
            cells.pop()
        return [self.inline.text(cell) for cell in cells[count:]]


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": 40})
    parser.enable("table").disable(["code", "inline", "text_join"])
    parser.block.ruler.at("reference", _reference)
    parser.inline.ruler.at("emphasis", _emphasis)
    return parser


def _reference(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - the parser's signature
    """`[1]: https://…` is a link's address; `[ESFA]: Education and Skills …` is text."""
    line = state.src[state.bMarks[start] : state.eMarks[start]]
    return _ADDRESS.match(line) is not None and reference_rule(state, start, end, silent)


def _emphasis(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser's signature
    """The star of the grade "A*to C" does not begin emphasis; that of "**W**ord" ends it."""
    after_word = state.pos > 0 and state.src[state.pos - 1].isalnum()
    known = len(state.delimiters)
    found = emphasis_rule(state, silent)
    if after_word:
        for delimiter in state.delimiters[known:]:
            delimiter.open = False
    return found


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
