"""Paragraphs of fictional councils' reports, as evidence for a reader."""

from __future__ import annotations

from indexer.index.rows import StoredParagraph, StoredReport
from indexer.index.terms import analyse
from indexer.model import BlockKind, Metadata, Paragraph, Role, Section
from service.model import Evidence
from service.question import Parsed, SubjectsNamed
from service.question.abbreviations import Expansion
from service.question.expects import wanted
from service.reader import Read, Reading, Sentence


def report(name: str = "aldermere") -> StoredReport:
    return StoredReport(
        ordinal=0,
        id=name,
        file=f"{name}.md",
        profile="generic",
        metadata=Metadata(title=f"{name.title()}: local authority assessment"),
        notices=(),
        sections=1,
        paragraphs=9,
        findings=9,
        ratings=0,
    )


def stored(
    text: str,
    key: int = 0,
    *,
    name: str = "aldermere",
    path: tuple[str, ...] = ("Assessing needs",),
    kind: BlockKind = BlockKind.PARAGRAPH,
) -> StoredParagraph:
    section = "-".join(path).lower().replace(" ", "-")
    return StoredParagraph(
        key=key,
        report=report(name),
        section=Section(id=section, path=path, level=1),
        paragraph=Paragraph(
            id=f"{name}:{section}:{key}",
            section=section,
            number=key + 1,
            text=text,
            digest="0" * 16,
            kind=kind,
            role=Role.FINDING,
        ),
    )


def found(*texts: str, dense: float = 0.6, step: float = 0.05) -> tuple[Evidence, ...]:
    """Each text a paragraph, every next one a little less near."""
    return tuple(
        Evidence(
            found=stored(text, key),
            dense=dense - step * key,
            lexical=10.0 / (1 + key),
            fused=1.0 - step * key,
        )
        for key, text in enumerate(texts)
    )


def understood(text: str, *, missing: tuple[str, ...] = (), expansions: tuple[Expansion, ...] = ()) -> Parsed:
    named = SubjectsNamed(
        names=missing,
        reports=None,
        missing=missing,
        older=(),
        superseded=frozenset(),
        rest=text,
    )
    return Parsed(text=text, subjects=named, outside=None, wants=wanted(text), expansions=expansions)


def rarity(text: str, **known: float) -> dict[str, float]:
    """Every term of a question as rare as the next, but those that are told."""
    return {term: known.get(term, 3.0) for term in analyse(text)}


def reading(*passages: tuple[StoredParagraph, float, tuple[tuple[str, float], ...]], support: float = 1.0) -> Reading:
    """Paragraphs with how relevant they are and their sentences with how well they fit."""
    read = []
    for paragraph, relevance, sentences in passages:
        text = paragraph.paragraph.text
        spans = tuple(
            Sentence(start=text.index(words), end=text.index(words) + len(words), fit=fit) for words, fit in sentences
        )
        evidence = Evidence(found=paragraph, dense=0.5, lexical=1.0, fused=relevance)
        read.append(Read(evidence=evidence, relevance=relevance, sentences=spans))
    return Reading(passages=tuple(read), support=support)
