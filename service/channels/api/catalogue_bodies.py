"""What the index holds, as JSON: reports, sections, paragraphs, ratings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from pydantic import Field

from indexer.index.catalogue import StoredParagraph, StoredRating, StoredReport
from indexer.model import BlockKind, Role, Section
from service.channels.api.body import Body
from service.channels.api.passages import ReportBrief, SectionBrief, passage
from service.links import paragraph_id_url, report_url, source_fragment_url


class ReportCounts(Body):
    """`findings` are the paragraphs that are searched; the others can only be read."""

    sections: int
    paragraphs: int
    findings: int
    ratings: int


class SectionEntry(Body):
    """A section; `rated` tells that the score is printed here and not inherited from a section above."""

    id: str
    path: list[str]
    level: int
    score: int | None
    judgement: str | None
    rated: bool

    @classmethod
    def of(cls, section: Section) -> SectionEntry:
        return cls(
            id=section.id,
            path=list(section.path),
            level=section.level,
            score=section.score,
            judgement=section.judgement,
            rated=section.rated,
        )


class ReportEntry(Body):
    id: str
    title: str
    subject: str | None
    publisher: str | None
    published: date | None
    inspected: str | None = Field(description="The inspection's dates as printed.")
    assessment: str | None
    source_url: str | None
    licence: str | None
    attribution: str | None
    file: str = Field(description="Path relative to the corpus folder.")
    profile: str = Field(description="The family of reports by whose rules it was read.")
    url: str
    counts: ReportCounts

    @classmethod
    def of(cls, report: StoredReport) -> ReportEntry:
        return cls.model_validate(_report_fields(report))


class ReportWhole(ReportEntry):
    sections: list[SectionEntry]

    @classmethod
    def with_sections(cls, report: StoredReport, sections: Iterable[Section]) -> ReportWhole:
        return cls.model_validate({**_report_fields(report), "sections": [SectionEntry.of(s) for s in sections]})


class ReportPage(Body):
    """`next` is the address of what follows, null on the last page."""

    reports: list[ReportEntry]
    next: str | None


class ParagraphBody(Body):
    """`digest` is of the text: it tells a change between generations."""

    paragraph_id: str
    report: ReportBrief
    section: SectionBrief
    paragraph: int
    kind: BlockKind
    role: Role
    page: int | None
    label: str | None
    columns: list[str]
    text: str
    digest: str
    url: str
    source_fragment_url: str | None

    @classmethod
    def of(cls, found: StoredParagraph) -> ParagraphBody:
        paragraph = found.paragraph
        return cls(
            **passage(found),
            kind=paragraph.kind,
            role=paragraph.role,
            columns=list(paragraph.columns),
            digest=paragraph.digest,
            source_fragment_url=source_fragment_url(found, paragraph.text),
        )


class ParagraphPage(Body):
    """`next` is the address of what follows, null on the last page."""

    paragraphs: list[ParagraphBody]
    next: str | None


class RatingSection(Body):
    """What is rated: its standard name, and the headings above it (empty for an overall rating)."""

    name: str
    path: list[str]


class RatingEntry(Body):
    subject: str | None
    report: str = Field(description="The report's id.")
    report_title: str
    section: RatingSection
    score: int | None
    judgement: str | None
    percent: int | None
    published: date | None
    paragraph_id: str = Field(description="The paragraph that prints it.")
    url: str

    @classmethod
    def of(cls, stored: StoredRating) -> RatingEntry:
        report, rating = stored.report, stored.rating
        return cls(
            subject=report.metadata.subject,
            report=report.id,
            report_title=report.title,
            section=RatingSection(name=rating.name, path=list(stored.section.path) if stored.section else []),
            score=rating.score,
            judgement=rating.judgement,
            percent=rating.percent,
            published=report.metadata.published,
            paragraph_id=rating.paragraph_id,
            url=paragraph_id_url(report.id, rating.paragraph_id),
        )


class Ratings(Body):
    """Complete, not a best few. `reports` is how many reports were looked through: the denominator."""

    ratings: list[RatingEntry]
    reports: int


class Live(Body):
    status: str = "ok"


class Ready(Body):
    """`status` is `ready`, or `degraded` where the newest generation cannot be opened and an older one serves."""

    status: str
    detail: str
    generation: str
    created: datetime
    embedding_model: str
    counts: dict[str, int]
    skipped: int = Field(description="Files of the corpus that could not be read.")


def _report_fields(report: StoredReport) -> dict[str, Any]:
    known = report.metadata
    return {
        **ReportBrief.of(report).model_dump(),
        "inspected": known.inspected,
        "assessment": known.assessment,
        "attribution": known.attribution,
        "profile": report.profile,
        "url": report_url(report.id),
        "counts": ReportCounts(
            sections=report.sections, paragraphs=report.paragraphs, findings=report.findings, ratings=report.ratings
        ),
    }
