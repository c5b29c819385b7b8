"""Paragraphs of fictional councils' reports, as evidence for a reader, and readings of them."""

from __future__ import annotations

from indexer.index.rows import StoredParagraph, StoredReport
from indexer.index.terms import analyse
from indexer.model import BlockKind, Metadata, Paragraph, Role, Section
from indexer.sentences import sentence_spans
from service.model import Evidence
from service.question import Parsed, SubjectsNamed
from service.question.abbreviations import Expansion
from service.question.breadth import Breadth
from service.question.conversation import Carried
from service.question.expects import wanted
from service.question.predicate import predicate
from service.question.scores import ScoresParsed
from service.question.speakers import asks_for_mentions, speakers_asked, wants_quotation
from service.question.words import query_terms
from service.reader import Read, Sentence


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


def understood(
    text: str,
    *,
    names: tuple[str, ...] = (),
    missing: tuple[str, ...] = (),
    expansions: tuple[Expansion, ...] = (),
    carried: Carried | None = None,
) -> Parsed:
    """As the parser makes it of a question without subjects, sections and scores, but for what is told."""
    named = SubjectsNamed(
        names=(*names, *missing),
        reports=None,
        missing=missing,
        older=(),
        superseded=frozenset(),
        rest=text,
    )
    return Parsed(
        text=text,
        bare=text,
        subjects=named,
        outside=None,
        sections=(),
        scores=ScoresParsed(),
        wants=wanted(text),
        breadth=Breadth.ONE,
        speakers=speakers_asked(text),
        quotation=wants_quotation(text),
        mentions=asks_for_mentions(text),
        predicate=predicate(text),
        expansions=expansions,
        carried=carried or Carried(text=text),
        corrections=(),
        words=tuple(query_terms(text)),
        unread=(),
    )


def rarity(text: str, **known: float) -> dict[str, float]:
    """Every term of a question as rare as the next, but those that are told."""
    return {term: known.get(term, 3.0) for term in analyse(text)}


def read(
    found: StoredParagraph, *fits: float, relevance: float = 0.9, coverage: float = 0.9, dense: float = 0.5
) -> Read:
    """A paragraph with how well each of its sentences fits."""
    spans = sentence_spans(found.paragraph.text)
    sentences = tuple(Sentence(start=s, end=e, fit=fit) for (s, e), fit in zip(spans, fits, strict=True))
    evidence = Evidence(found=found, dense=dense, lexical=1.0, fused=relevance)
    return Read(evidence=evidence, relevance=relevance, coverage=coverage, sentences=sentences)
