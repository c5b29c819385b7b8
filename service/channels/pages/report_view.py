"""A report arranged for reading: sections in order, and their paragraphs as text, lists and tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from indexer.index.catalogue import StoredParagraph, StoredReport
from indexer.model import BlockKind, Paragraph, Role, Section
from service.links import anchor, web_address


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """One paragraph. `turns` is its page number where a page begins with it. `cells` is of a table row."""

    anchor: str
    text: str
    label: str | None
    quiet: bool
    page: int | None
    turns: bool
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """Items that belong together. `kind` is "paragraph", "list_item" or "table_row"; `columns` heads a table."""

    kind: str
    items: tuple[Item, ...]
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class SectionView:
    """`heading` is None for text above the first heading; `rank` is the heading's, 2 to 6."""

    id: str
    heading: str | None
    rank: int
    score: int | None
    judgement: str | None
    groups: tuple[Group, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportView:
    report: StoredReport
    source_url: str | None
    sections: tuple[SectionView, ...]

    @property
    def outline(self) -> tuple[SectionView, ...]:
        return tuple(s for s in self.sections if s.heading)


def arrange(report: StoredReport, sections: Iterable[Section], paragraphs: Sequence[StoredParagraph]) -> ReportView:
    """All paragraphs, each under its section; `sections` and `paragraphs` in the report's order."""
    items = _items(paragraphs)
    by_section: dict[str, list[tuple[Paragraph, Item]]] = {}
    for found, item in zip(paragraphs, items, strict=True):
        by_section.setdefault(found.section.id, []).append((found.paragraph, item))
    views = tuple(_section(section, by_section.get(section.id, [])) for section in sections)
    return ReportView(report=report, source_url=web_address(report.metadata.source_url), sections=views)


def _items(paragraphs: Sequence[StoredParagraph]) -> Iterator[Item]:
    page = None
    for found in paragraphs:
        paragraph = found.paragraph
        turns = paragraph.page is not None and paragraph.page != page
        page = paragraph.page or page
        yield Item(
            anchor=anchor(found.section.id, paragraph.number),
            text=paragraph.text,
            label=paragraph.label,
            quiet=paragraph.role is Role.BOILERPLATE,
            page=paragraph.page,
            turns=turns,
            cells=tuple(paragraph.text.split("\t")) if paragraph.kind is BlockKind.TABLE_ROW else (),
        )


def _section(section: Section, content: Sequence[tuple[Paragraph, Item]]) -> SectionView:
    groups = []
    for (kind, columns), run in groupby(content, key=lambda pair: (pair[0].kind, pair[0].columns)):
        groups.append(Group(kind=kind.value, columns=columns, items=tuple(item for _, item in run)))
    return SectionView(
        id=section.id,
        heading=section.path[-1] if section.path else None,
        rank=min(len(section.path) + 1, 6),
        score=section.score if section.rated else None,
        judgement=section.judgement if section.rated else None,
        groups=tuple(groups),
    )
