"""A passage as JSON: what is cited, and what comes nearest."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import Field

from indexer.index.catalogue import StoredParagraph, StoredReport
from indexer.model import Section
from service.channels.api.body import Body
from service.links import marked_url, paragraph_url, source_fragment_url, web_address
from service.model import Citation, Nearest


class ReportBrief(Body):
    """The report as every citation names it. `source_url` is null where the source has no web address."""

    id: str
    title: str
    subject: str | None
    publisher: str | None
    published: date | None
    source_url: str | None
    licence: str | None
    file: str = Field(description="Path relative to the corpus folder.")

    @classmethod
    def of(cls, report: StoredReport) -> ReportBrief:
        known = report.metadata
        return cls(
            id=report.id,
            title=report.title,
            subject=known.subject,
            publisher=known.publisher,
            published=known.published,
            source_url=web_address(known.source_url),
            licence=known.licence,
            file=report.file,
        )


class SectionBrief(Body):
    """The headings from the highest down to the section, the report's title excluded."""

    id: str
    path: list[str]
    score: int | None
    judgement: str | None

    @classmethod
    def of(cls, section: Section) -> SectionBrief:
        return cls(id=section.id, path=list(section.path), score=section.score, judgement=section.judgement)


def passage(found: StoredParagraph) -> dict[str, Any]:
    """The fields that every body of a passage has of its paragraph."""
    return {
        "paragraph_id": found.paragraph.id,
        "report": ReportBrief.of(found.report),
        "section": SectionBrief.of(found.section),
        "paragraph": found.paragraph.number,
        "page": found.paragraph.page,
        "label": found.paragraph.label,
        "text": found.paragraph.text,
        "url": paragraph_url(found),
    }


class CitationBody(Body):
    """`text[start:end] == quote`, in Unicode code points."""

    number: int
    paragraph_id: str
    report: ReportBrief
    section: SectionBrief
    paragraph: int
    page: int | None
    label: str | None
    quote: str
    start: int
    end: int
    text: str
    url: str
    marked_url: str
    source_fragment_url: str | None

    @classmethod
    def of(cls, citation: Citation) -> CitationBody:
        found = citation.found
        return cls(
            **passage(found),
            number=citation.number,
            quote=citation.quote,
            start=citation.start,
            end=citation.end,
            marked_url=marked_url(found, citation.start, citation.end),
            source_fragment_url=source_fragment_url(found, citation.quote),
        )


class NearestBody(Body):
    """A passage that comes nearest: `text[start:end] == quote`, its likeliest sentences, in Unicode code points."""

    paragraph_id: str
    report: str = Field(description="The report's title.")
    subject: str | None
    publisher: str | None
    published: date | None
    source_url: str | None
    section: list[str]
    score: int | None
    judgement: str | None
    paragraph: int
    page: int | None
    label: str | None
    snippet: str
    text: str
    quote: str
    start: int
    end: int
    url: str
    marked_url: str
    source_fragment_url: str | None

    @classmethod
    def of(cls, nearest: Nearest) -> NearestBody:
        found, report = nearest.found, ReportBrief.of(nearest.found.report)
        flat = {
            "report": report.title,
            "subject": report.subject,
            "publisher": report.publisher,
            "published": report.published,
            "source_url": report.source_url,
            "section": list(found.section.path),
            "score": found.section.score,
            "judgement": found.section.judgement,
        }
        return cls(
            **passage(found) | flat,
            snippet=nearest.snippet,
            quote=nearest.quote,
            start=nearest.start,
            end=nearest.end,
            marked_url=marked_url(found, nearest.start, nearest.end),
            source_fragment_url=source_fragment_url(found, nearest.quote),
        )
