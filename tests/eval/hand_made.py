"""Paragraphs, answers and questions made by hand, in the vocabulary of the service."""

from __future__ import annotations

from eval.questions import Gold, Known
from indexer.index.catalogue import StoredParagraph, StoredReport
from indexer.model import BlockKind, Metadata, Paragraph, Role, Section
from indexer.text import digest, fold
from service.model import Answer, Citation, Claim, Outcome, Provenance, Question, Searched

COMPLAINTS = "Staff learned from complaints, and most carers had heard back within 28 days."


def paragraph(text=COMPLAINTS, *, file="tovey.md", path=("Leadership", "Learning")) -> StoredParagraph:
    report = StoredReport(
        ordinal=0, id="tovey", file=file, profile="generic", metadata=Metadata(), notices=(), sections=1, paragraphs=1,
        findings=1, ratings=0,
    )  # fmt: skip
    section = Section(id="learning", path=path, level=len(path))
    stored = Paragraph(
        id="tovey:learning:1", section=section.id, number=1, text=text, digest=digest(text),
        kind=BlockKind.PARAGRAPH, role=Role.FINDING,
    )  # fmt: skip
    return StoredParagraph(key=1, report=report, section=section, paragraph=stored)


def gold(text="", *, file="tovey.md", section=()) -> Gold:
    return Gold(file=file, section=tuple(map(fold, section)), text=fold(text))


def known(*golds: Gold, answerable=True, whole=False, answers=(), must_not=(), category="fact") -> Known:
    return Known(
        id="q1", question=Question(text="What did staff learn from?"), answerable=answerable, category=category,
        gold=golds, whole=whole, answers=tuple(map(fold, answers)), must_not=tuple(map(fold, must_not)),
    )  # fmt: skip


def answer(*found: StoredParagraph, reason=None, claims=None, quotes=None) -> Answer:
    """Each paragraph is quoted whole, by a claim of its own, unless told otherwise."""
    quoted = quotes or [(0, len(one.paragraph.text), one.paragraph.text) for one in found]
    citations = tuple(
        Citation(number=number, found=one, start=start, end=end, quote=quote)
        for number, (one, (start, end, quote)) in enumerate(zip(found, quoted, strict=True), 1)
    )
    if claims is None:
        claims = [(c.quote, (c.number,)) for c in citations]
    return Answer(
        id="ans_1", question="", standalone_question="", outcome=Outcome.ANSWERED if claims else Outcome.NOT_FOUND,
        reason=reason, text=" ".join(text for text, _ in claims),
        claims=tuple(Claim(text=text, citations=numbers) for text, numbers in claims), citations=citations,
        searched=Searched(reports=1, paragraphs=1), attribution=None, timings_ms={},
        provenance=Provenance(generation="g", embedding_model="m", answerer="extractive"),
    )  # fmt: skip
