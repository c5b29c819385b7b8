"""A report arranged for reading: sections in order, and their paragraphs as text, lists and tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from indexer.index.catalogue import StoredParagraph, StoredReport
from indexer.model import BlockKind, Paragraph, Role, Section
from service.channels.pages.marking import Mark, Piece, Search, Span, cells, cut
from service.links import anchor, web_address

_AROUND_HIT = 70


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """One paragraph. `turns` tells that a page begins with it. `cells` is of a table row."""

    anchor: str
    pieces: tuple[Piece, ...]
    label: str | None
    quiet: bool
    page: int | None
    turns: bool
    cells: tuple[tuple[Piece, ...], ...] = ()


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
class Hit:
    """A paragraph with the words that were searched for; `pieces` are a short run of it around the first."""

    anchor: str
    path: tuple[str, ...]
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportView:
    """quoted  the anchor of the paragraph with quoted words, where those are marked."""

    report: StoredReport
    source_url: str | None
    sections: tuple[SectionView, ...]
    hits: tuple[Hit, ...]
    quoted: str | None

    @property
    def outline(self) -> tuple[SectionView, ...]:
        return tuple(s for s in self.sections if s.heading)


def arrange(
    report: StoredReport,
    sections: Iterable[Section],
    paragraphs: Sequence[StoredParagraph],
    *,
    mark: Mark | None = None,
    search: Search | None = None,
) -> ReportView:
    """All paragraphs, each under its section; `sections` and `paragraphs` in the report's order."""
    anchors = [anchor(p.section.id, p.paragraph.number) for p in paragraphs]
    quoted: dict[str, Span] = {}
    if mark is not None and mark.anchor in anchors:
        span = mark.within(paragraphs[anchors.index(mark.anchor)].paragraph)
        quoted = {mark.anchor: span} if span else {}
    sought = (search or Search("")).spans([p.paragraph.text for p in paragraphs])
    by_section: dict[str, list[tuple[Paragraph, Item]]] = {}
    for found, item in zip(paragraphs, _items(paragraphs, quoted, sought), strict=True):
        by_section.setdefault(found.section.id, []).append((found.paragraph, item))
    return ReportView(
        report=report,
        source_url=web_address(report.metadata.source_url),
        sections=tuple(_section(section, by_section.get(section.id, [])) for section in sections),
        hits=tuple(_hit(place, p, spans) for place, p, spans in zip(anchors, paragraphs, sought, strict=True) if spans),
        quoted=next(iter(quoted), None),
    )


def _items(
    paragraphs: Sequence[StoredParagraph], quoted: Mapping[str, Span], sought: Sequence[Sequence[Span]]
) -> Iterator[Item]:
    page = None
    for found, spans in zip(paragraphs, sought, strict=True):
        paragraph = found.paragraph
        turns = paragraph.page is not None and paragraph.page != page
        page = paragraph.page or page
        place = anchor(found.section.id, paragraph.number)
        pieces = cut(paragraph.text, quoted.get(place), spans)
        yield Item(
            anchor=place,
            pieces=pieces,
            label=paragraph.label,
            quiet=paragraph.role is Role.BOILERPLATE,
            page=paragraph.page,
            turns=turns,
            cells=cells(pieces) if paragraph.kind is BlockKind.TABLE_ROW else (),
        )


def _hit(place: str, found: StoredParagraph, spans: Sequence[Span]) -> Hit:
    text = found.paragraph.text
    first, last = min(spans)
    start = text.find(" ", max(0, first - _AROUND_HIT), first) + 1 if first > _AROUND_HIT else 0
    end = text.rfind(" ", last, last + _AROUND_HIT) if last + _AROUND_HIT < len(text) else len(text)
    end = end if end > last else min(last + _AROUND_HIT, len(text))
    kept = [(max(a, start) - start, min(b, end) - start) for a, b in spans if a < end and b > start]
    run = cut(text[start:end], sought=kept)
    before, after = "… " if start else "", " …" if end < len(text) else ""
    pieces = (Piece(text=before), *run, Piece(text=after))
    return Hit(anchor=place, path=found.section.path, pieces=tuple(p for p in pieces if p.text))


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
