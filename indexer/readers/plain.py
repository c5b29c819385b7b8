"""Plain text: bare short lines are headings, the family's known ones first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from indexer.model import Block, BlockKind, Document, SourceFile
from indexer.readers.decode import decode, no_text, oddities
from indexer.readers.front_matter import split_front_matter
from indexer.readers.labels import list_label, split_bullet, split_label
from indexer.readers.plain_headings import heading_levels
from indexer.readers.plain_lines import Line, Unit, units_of
from indexer.readers.port import Detect
from indexer.text import strip_invisible


def read_plain(source: SourceFile, detect: Detect) -> Document:
    """Raises UnreadableFileError where the file is not text, or holds no words."""
    text, removed = strip_invisible(decode(source.data))
    front = split_front_matter(text)
    units = units_of(front.body, detect(front.body).heading_level)
    blocks = tuple(_blocks(units))
    if not blocks:
        raise no_text()
    return Document(blocks=blocks, metadata=front.metadata, notices=(*front.notices, *oddities(text, removed)))


def _blocks(units: list[Unit]) -> Iterator[Block]:
    nesting = _Nesting()
    for unit, level in zip(units, heading_levels(units), strict=True):
        first, text = unit.lines[0], unit.text
        if level is not None:
            nesting.leave()
            yield Block(kind=BlockKind.HEADING, text=text, level=level, page=first.page)
            continue
        bullet, rest = split_bullet(text)
        label, item = list_label(rest)
        if bullet or label:
            yield Block(
                kind=BlockKind.LIST_ITEM,
                text=item,
                level=nesting.level_of(first, _kind_of(bullet, label)),
                page=first.page,
                label=label,
            )
            continue
        nesting.leave()
        label, rest = split_label(text)
        yield Block(kind=BlockKind.PARAGRAPH, text=rest, page=first.page, label=label)


def _kind_of(bullet: str | None, label: str | None) -> str:
    """What items of one list have in common in front of them."""
    if bullet:
        return bullet
    return "".join("1" if c.isdigit() else "a" if c.isalpha() else c for c in (label or "")[:1] + (label or "")[-1:])


@dataclass(kw_only=True, slots=True)
class _Nesting:
    """The open lists: how far each is indented and what its items begin with."""

    lists: list[tuple[int, str]] = field(default_factory=list)

    def leave(self) -> None:
        self.lists.clear()

    def level_of(self, line: Line, kind: str) -> int:
        while self.lists and self.lists[-1][0] > line.indent:
            self.lists.pop()
        if kind.startswith("1"):  # a number does not go below a bullet that is no further out
            while self.lists and self.lists[-1][0] == line.indent and self.lists[-1] != (line.indent, kind):
                self.lists.pop()
        if (line.indent, kind) in self.lists:
            del self.lists[self.lists.index((line.indent, kind)) + 1 :]
        else:
            self.lists.append((line.indent, kind))
        return len(self.lists)
