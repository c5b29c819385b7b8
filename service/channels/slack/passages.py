"""A passage in a message: where it stands, as a link to its marked words, and what it says."""

from __future__ import annotations

from indexer.index.catalogue import StoredParagraph, StoredReport
from service.channels.slack.blocks import Block, aside, cut, line, link, words
from service.links import marked_url
from service.model import Citation, Nearest

LONGEST_QUOTE = 900


def marked(citation: Citation | Nearest, base: str) -> str:
    return f"{base}{marked_url(citation.found, citation.start, citation.end)}"


def source(citation: Citation, base: str) -> list[Block]:
    found = citation.found
    place = " › ".join((about(found.report), *found.section.path))
    facts = [
        _score(found),
        day(found.report),
        None if found.paragraph.page is None else f"page {found.paragraph.page}",
    ]
    told = " · ".join(filter(None, (cut(place, 400), *facts)))
    return [
        line(words(f"[{citation.number}] ", bold=True), link(told, marked(citation, base))),
        aside(f"“{cut(' '.join(citation.quote.split()), LONGEST_QUOTE)}”"),
    ]


def near(passage: Nearest, base: str) -> list[Block]:
    place = " › ".join((about(passage.found.report), *passage.found.section.path))
    return [
        line(link(cut(place, 300), marked(passage, base))),
        aside(f"“{cut(' '.join(passage.quote.split()), LONGEST_QUOTE)}”"),
    ]


def about(report: StoredReport) -> str:
    return report.metadata.subject or report.title


def day(report: StoredReport) -> str | None:
    published = report.metadata.published
    return None if published is None else f"{published.day} {published:%B %Y}"


def _score(found: StoredParagraph) -> str | None:
    section = found.section
    return f"score {section.score}" if section.score is not None else section.judgement
