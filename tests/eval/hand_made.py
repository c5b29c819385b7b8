"""Paragraphs, answers, questions and runs made by hand, in the vocabulary of the service and as they are stored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from eval.measure.questions import Gold, Known, known_of
from eval.measure.recorded import AnswerRead, Place, Run, run_of
from eval.measure.scoring import Measured, scored
from indexer.index.catalogue import StoredParagraph, StoredReport
from indexer.model import BlockKind, Metadata, Paragraph, Role, Section
from indexer.text import digest, fold
from service.channels.api.bodies import AnswerBody, Hit
from service.model import Answer, Citation, Claim, Evidence, Outcome, Provenance, Question, Searched

COMPLAINTS = "Staff learned from complaints, and most carers had heard back within 28 days."
HEADER = {
    "format": 1, "made": "2026-11-23T10:00:00Z", "version": "0", "commit": "abc123", "generation": "g",
    "corpus_digest": "c", "model": "m", "model_digest": "d", "settings": {"answerer": "extractive"},
    "counts": {"reports": 1, "paragraphs": 1000}, "questions": "tovey.jsonl", "questions_digest": "q",
}  # fmt: skip
OTHER_FORMAT = {"format": 99}


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


def known(*golds: Gold, answerable=True, whole=False, answers=(), must_not=(), outcomes=(), reasons=()) -> Known:
    return Known(
        id="q1", question=Question(text="What did staff learn from?"), answerable=answerable, category="fact",
        gold=golds, whole=whole, answers=tuple(map(fold, answers)), must_not=tuple(map(fold, must_not)),
        outcomes=tuple(outcomes), reasons=tuple(reasons), line={},
    )  # fmt: skip


def answer(*found: StoredParagraph, outcome=None, reason=None, claims=None, quotes=None, standalone="") -> Answer:
    """Each paragraph is quoted whole, by a claim of its own, unless told otherwise."""
    quoted = quotes or [(0, len(one.paragraph.text), one.paragraph.text) for one in found]
    citations = tuple(
        Citation(number=number, found=one, start=start, end=end, quote=quote)
        for number, (one, (start, end, quote)) in enumerate(zip(found, quoted, strict=True), 1)
    )
    if claims is None:
        claims = [(c.quote, (c.number,)) for c in citations]
    return Answer(
        id="ans_1", question="", standalone_question=standalone,
        outcome=outcome or (Outcome.ANSWERED if claims else Outcome.NOT_FOUND),
        reason=reason, text=" ".join(text for text, _ in claims),
        claims=tuple(Claim(text=text, citations=numbers) for text, numbers in claims), citations=citations,
        searched=Searched(reports=1, paragraphs=1), attribution=None, timings_ms={},
        provenance=Provenance(generation="g", embedding_model="m", answerer="extractive"),
    )  # fmt: skip


def place(found: StoredParagraph) -> Place:
    """A paragraph as it is read back from a stored run."""
    return Place.model_validate_json(_hit(found).model_dump_json())


def read(given: Answer) -> AnswerRead:
    """An answer as it is read back from a stored run."""
    return AnswerRead.model_validate_json(AnswerBody.of(given).model_dump_json())


def asked(
    line: Mapping[str, Any], given: Answer | None, *hits: StoredParagraph, ms=10.0, **more: Any
) -> dict[str, Any]:
    """A question of a run, as it is stored. Without an answer it ended in a fault."""
    if given is None:
        return {"question": line, "fault": "ValueError: no"}
    return {
        "question": line,
        "hits": [_hit(one).model_dump(mode="json") for one in hits],
        "answer": AnswerBody.of(given).model_dump(mode="json") | more,
        "in_files": [None] * len(given.citations),
        "search_ms": ms / 2,
        "ask_ms": ms,
    }


def question(number: int, **more: Any) -> dict[str, Any]:
    """A line of a questions file. Answerable by COMPLAINTS, unless told otherwise."""
    line = {
        "id": f"q{number}", "question": f"What did team {number} learn from?", "answerable": True, "category": "fact",
        "gold": [{"doc": "tovey.md", "section": "Learning", "text": "learned from complaints"}],
    }  # fmt: skip
    assert known_of(line | more, "here")
    return line | more


def run(*lines: Mapping[str, Any], **header: Any) -> Run:
    return run_of(HEADER | header, lines)


def measured(*lines: Mapping[str, Any], **header: Any) -> Measured:
    return scored(run(*lines, **header))


def _hit(found: StoredParagraph) -> Hit:
    return Hit.of(Evidence(found=found, dense=0.5, lexical=None, fused=0.5))
