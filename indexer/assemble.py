"""From a reader's document to a report: outline, metadata, ratings, and the ids that citations use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from indexer.metadata import metadata
from indexer.model import Block, BlockKind, Document, Paragraph, Rating, Report, Role, Section
from indexer.outline import Heading, Outline, Placed, outline
from indexer.profiles import Profile
from indexer.ratings import Found, Line, Ratings, read_ratings
from indexer.text import digest


def assemble(
    *, report_id: str, file: str, document: Document, profile: Profile, stated: Mapping[str, str]
) -> Report:
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
    """Headings and paragraphs in reading order; `Outline` keeps the paragraphs of a section together."""
    lines = []
    opened = -1
    for index, placed in enumerate(drawn.placed):
        for section in range(opened + 1, placed.section + 1):
            if _name(drawn.headings[section]):
                lines.append(Line(text=_name(drawn.headings[section]), section=section, placed=None))
        opened = max(opened, placed.section)
        lines.append(Line(text=placed.block.text, section=placed.section, placed=index))
    lines.extend(
        Line(text=_name(drawn.headings[section]), section=section, placed=None)
        for section in range(opened + 1, len(drawn.headings))
    )
    return lines


def _with_printed_headings(drawn: Outline, ratings: Ratings) -> tuple[list[Placed], dict[int, int]]:
    """The paragraphs, with the words of a heading put first in its section where it alone prints a rating.

    Also: where each paragraph of the outline went, and each such heading under the key -1 - section.
    """
    printing = {found.printed_in for found in ratings.found if found.placed is None}
    placed: list[Placed] = []
    moved: dict[int, int] = {}
    done: set[int] = set()

    def put_heading(section: int) -> None:
        block = drawn.headings[section].block
        if section in printing - done and block is not None:
            done.add(section)
            moved[-1 - section] = len(placed)
            words = replace(block, kind=BlockKind.PARAGRAPH, level=0)
            placed.append(Placed(block=words, section=section, role=Role.RATING))

    for index, item in enumerate(drawn.placed):
        for section in range(item.section + 1):
            put_heading(section)
        moved[index] = len(placed)
        role = Role.RATING if index in ratings.lines else item.role
        placed.append(replace(item, role=role))
    for section in sorted(printing - done):
        put_heading(section)
    return placed, moved


def _paragraphs(report_id: str, drawn: Outline, placed: Sequence[Placed]) -> list[Paragraph]:
    numbers: Counter[int] = Counter()
    paragraphs = []
    for item in placed:
        numbers[item.section] += 1
        section, block = drawn.headings[item.section].id, item.block
        paragraphs.append(_paragraph(f"{report_id}:{section}:{numbers[item.section]}", section, numbers[item.section], item, block))
    return paragraphs


def _paragraph(identifier: str, section: str, number: int, item: Placed, block: Block) -> Paragraph:
    return Paragraph(
        id=identifier,
        section=section,
        number=number,
        text=block.text,
        digest=digest(block.text),
        kind=block.kind,
        role=item.role,
        page=block.page,
        label=block.label,
        columns=block.columns,
    )


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
