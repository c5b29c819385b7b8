"""From a flat run of blocks to sections: the heading path of every block, its role, and the report's title."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from indexer.model import Block, BlockKind, Document, Notice, Role
from indexer.profiles import Profile
from indexer.text import fold, slug

OPENING = "opening"
# A title pattern counts only near the start: further on it is a mention.
_TITLE_WITHIN = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class Heading:
    """A section as the document prints it. `block` is None for what stands before any heading."""

    id: str
    path: tuple[str, ...]
    level: int
    block: Block | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Placed:
    """A block that becomes a paragraph, the index of its section, and its role by section and text."""

    block: Block
    section: int
    role: Role


@dataclass(frozen=True, kw_only=True, slots=True)
class Outline:
    """`parents` gives for each section the indices of the sections it stands in, outermost first."""

    title: str | None
    headings: tuple[Heading, ...]
    parents: tuple[tuple[int, ...], ...]
    placed: tuple[Placed, ...]
    notices: tuple[Notice, ...]


def outline(document: Document, profile: Profile) -> Outline:
    blocks = document.blocks
    lines = {i for i, b in enumerate(blocks) if _is_heading(b) and profile.is_rating_line(b.text)}
    lines |= _torn_halves(blocks, profile)
    title_at = _title_index(blocks, lines, profile)
    builder = _Builder(profile)
    for index, block in enumerate(blocks):
        if index == title_at:
            continue
        if _is_heading(block) and index not in lines:
            builder.enter(block)
        else:
            builder.place(block)
    return Outline(
        title=blocks[title_at].text if title_at is not None else None,
        headings=tuple(builder.headings),
        parents=tuple(builder.parents),
        placed=tuple(builder.placed),
        notices=_notices(builder),
    )


def _is_heading(block: Block) -> bool:
    return block.kind is BlockKind.HEADING


def _torn_halves(blocks: tuple[Block, ...], profile: Profile) -> set[int]:
    """Headings that are the second half of a rating whose first half is the block before."""
    halves = set()
    for index, (block, after) in enumerate(pairwise(blocks)):
        if _is_heading(after):
            found = profile.printed(block.text, heading=_is_heading(block), following=after.text)
            if found is not None and found.torn:
                halves.add(index + 1)
    return halves


def _title_index(blocks: tuple[Block, ...], lines: set[int], profile: Profile) -> int | None:
    headings = [i for i, b in enumerate(blocks) if _is_heading(b) and i not in lines]
    if not headings:
        return None
    first, top = headings[0], min(blocks[i].level for i in headings)
    alone = sum(blocks[i].level == top for i in headings) == 1
    if alone and blocks[first].level == top and profile.section_rule(blocks[first].text) is None:
        return first
    for i in headings[:_TITLE_WITHIN]:
        if profile.is_title(blocks[i].text):
            return i
    return None


@dataclass(frozen=True, kw_only=True, slots=True)
class _Open:
    """A heading whose section is not over: the path that sections below it continue, the role of its own
    paragraphs, and of those below sub-headings."""

    section: int
    level: int
    path: tuple[str, ...]
    role: Role | None
    below: Role | None


class _Builder:
    """Walks the blocks once, keeping the stack of open headings and of the role that they set."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._stack: list[_Open] = []
        self._ids: Counter[str] = Counter()
        self._taken: set[str] = set()
        self.headings: list[Heading] = []
        self.parents: list[tuple[int, ...]] = []
        self.placed: list[Placed] = []

    def enter(self, block: Block) -> None:
        while self._stack and self._stack[-1].level >= block.level:
            self._stack.pop()
        above = tuple(opened.section for opened in self._stack)
        rule = self._profile.section_rule(block.text)
        if rule is not None:
            role, below = rule.role, rule.role if rule.spreads else None
        else:
            role = below = self._stack[-1].below if self._stack else None
        before = self._stack[-1].path if self._stack else ()
        path = (*before, block.text)
        continued = path if rule is None or rule.in_path else before
        self._stack.append(_Open(section=len(self.headings), level=block.level, path=continued, role=role, below=below))
        self.headings.append(
            Heading(id=self._new_id(slug(block.text) or "section"), path=path, level=block.level, block=block)
        )
        self.parents.append(above)

    def place(self, block: Block) -> None:
        if not self._stack and not self.headings:
            self.headings.append(Heading(id=self._new_id(OPENING), path=(), level=0, block=None))
            self.parents.append(())
        section, role = (self._stack[-1].section, self._stack[-1].role) if self._stack else (0, None)
        if self._profile.is_boilerplate(block.text):
            role = Role.BOILERPLATE
        self.placed.append(Placed(block=block, section=section, role=role or Role.FINDING))

    def _new_id(self, wanted: str) -> str:
        self._ids[wanted] += 1
        number = self._ids[wanted]
        made = wanted if number == 1 else f"{wanted}-{number}"
        # A heading may itself end in a number that was given to a repeated one.
        while made in self._taken:
            number += 1
            made = f"{wanted}-{number}"
        self._ids[wanted] = number
        self._taken.add(made)
        return made


def _notices(builder: _Builder) -> tuple[Notice, ...]:
    """At most one notice of a kind: a badly converted file has dozens of the same."""
    paths = [" > ".join(heading.path) for heading in builder.headings]
    counts = Counter(fold(path) for path in paths)
    repeated = list(dict.fromkeys(path for path in paths if counts[fold(path)] > 1))
    used = {p.section for p in builder.placed} | {above for parents in builder.parents for above in parents}
    empty = [path for index, path in enumerate(paths) if index not in used]
    notices = []
    if repeated:
        notices.append(Notice(code="repeated-heading", message=f"stands more than once: {_some(repeated)}"))
    if empty:
        notices.append(Notice(code="empty-section", message=f"heading without text: {_some(empty)}"))
    return tuple(notices)


def _some(paths: list[str]) -> str:
    shown = ", ".join(f'"{path}"' for path in paths[:3])
    return shown if len(paths) <= 3 else f"{shown} and {len(paths) - 3} more"
