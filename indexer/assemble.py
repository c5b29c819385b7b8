"""From a reader's document to a report: outline, metadata, ratings, and the ids that citations use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from indexer.metadata import metadata
from indexer.model import BlockKind, Document, Paragraph, Rating, Report, Role, Section
from indexer.outline import Heading, Outline, Placed, outline
from indexer.profiles import Profile
from indexer.ratings import Found, Line, Ratings, read_ratings
from indexer.text import digest


def assemble(*, report_id: str, file: str, document: Document, profile: Profile, stated: Mapping[str, str]) -> Report:
    """The report of a document. Every block but the headings is a paragraph, its text unchanged.

    stated  what reports.toml says of the file, under the names of Metadata's fields, dates in ISO form.
    """
    drawn = outline(document, profile)
    ratings = read_ratings(_lines(drawn), [_name(h) for h in drawn.headings], drawn.parents, profile)
    known, notices = metadata(document, drawn, profile, stated)
    placed, moved = _with_printed_headings(drawn, ratings)
    paragraphs = _paragraphs(report_id, drawn, placed)
    return Report(
        id=report_id,
        file=file,
        profile=profile.name,
        metadata=known,
        sections=_sections(drawn, ratings),
        paragraphs=tuple(paragraphs),
        ratings=tuple(_rating(found, drawn, paragraphs, moved) for found in ratings.found),
        notices=(*document.notices, *drawn.notices, *notices, *ratings.notices),
    )


def _name(heading: Heading) -> str:
    return heading.path[-1] if heading.path else ""


def _lines(drawn: Outline) -> list[Line]:
    """Headings and paragraphs in reading order."""
    lines: list[Line] = []
    opened = 0

    def open_until(section: int) -> None:
        nonlocal opened
        lines.extend(
            Line(text=_name(drawn.headings[index]), section=index, placed=None, heading=True)
            for index in range(opened, section)
            if drawn.headings[index].path
        )
        opened = max(opened, section)

    for place, item in enumerate(drawn.placed):
        open_until(item.section + 1)
        heading = item.block.kind is BlockKind.HEADING
        lines.append(Line(text=item.block.text, section=item.section, placed=place, heading=heading))
    open_until(len(drawn.headings))
    return lines


def _with_printed_headings(drawn: Outline, ratings: Ratings) -> tuple[list[Placed], dict[int, int]]:
    """The paragraphs, with the words of a heading put first in its section where it alone prints a rating.

    Also: where each paragraph of the outline went, and each such heading under the key -1 - section.
    """
    waiting = sorted({found.printed_in for found in ratings.found if found.placed is None}, reverse=True)
    placed: list[Placed] = []
    moved: dict[int, int] = {}

    def put_headings_up_to(last: int) -> None:
        while waiting and waiting[-1] <= last:
            section = waiting.pop()
            block = drawn.headings[section].block
            assert block is not None
            moved[-1 - section] = len(placed)
            placed.append(Placed(block=block, section=section, role=Role.RATING))

    for index, item in enumerate(drawn.placed):
        put_headings_up_to(item.section)
        moved[index] = len(placed)
        placed.append(replace(item, role=Role.RATING) if index in ratings.lines else item)
    put_headings_up_to(len(drawn.headings))
    return placed, moved


def _paragraphs(report_id: str, drawn: Outline, placed: Sequence[Placed]) -> list[Paragraph]:
    numbers: Counter[str] = Counter()
    paragraphs = []
    for item in placed:
        section, block = drawn.headings[item.section].id, item.block
        numbers[section] += 1
        paragraphs.append(
            Paragraph(
                id=f"{report_id}:{section}:{numbers[section]}",
                section=section,
                number=numbers[section],
                text=block.text,
                digest=digest(block.text),
                kind=BlockKind.PARAGRAPH if block.kind is BlockKind.HEADING else block.kind,
                role=item.role,
                page=block.page,
                label=block.label,
                columns=block.columns,
            )
        )
    return paragraphs


def _rating(found: Found, drawn: Outline, paragraphs: Sequence[Paragraph], moved: Mapping[int, int]) -> Rating:
    place = moved[found.placed if found.placed is not None else -1 - found.printed_in]
    return Rating(
        section=drawn.headings[found.section].id if found.section is not None else None,
        name=found.name,
        paragraph_id=paragraphs[place].id,
        score=found.score,
        judgement=found.judgement,
        percent=found.percent,
    )


def _sections(drawn: Outline, ratings: Ratings) -> tuple[Section, ...]:
    value_of = {section: found for found in ratings.found for section in found.rates}
    printed = {found.section for found in ratings.found if found.rates}
    sections = []
    for index, heading in enumerate(drawn.headings):
        nearest = next((i for i in (index, *reversed(drawn.parents[index])) if i in value_of), None)
        found = value_of[nearest] if nearest is not None else None
        sections.append(
            Section(
                id=heading.id,
                path=heading.path,
                level=heading.level,
                score=found.score if found is not None else None,
                judgement=found.judgement if found is not None else None,
                rated=index in printed,
            )
        )
    return tuple(sections)
