"""What is told of a paragraph and of each of its sentences beside a question. All on scales that mean the same in every
index: raw and fused scores do not, and are taken beside the best of their search.

What stays had to bring something on questions that were held out: docs/decisions/0035.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from indexer.sentences import is_definition, sentence_spans
from service.model import Evidence
from service.reader.kinds import holds
from service.reader.question_features import QuestionFeatures
from service.reader.words import every_term, heading_terms

# So many sentences after one that fits may stand in a run with it, for the figure or the reason that they carry.
REACH = 2
# For a paragraph that was found by its words alone.
_NO_COSINE = 0.2

# marked    the mean of the network's logits for the sentence's tokens.
# coverage  the share of the question's terms, by rarity.
SENTENCE = ("marked", "coverage")
# read      the network's logit; `read_gap` beside the best one's. One that it did not read counts as the least likely.
# coverage  of text, headings and title together: weighed only where no network has read.
PASSAGE = ("read", "read_gap", "coverage", "cosine_gap", "fused_gap")


@dataclass(frozen=True, kw_only=True, slots=True)
class Counted:
    """A paragraph's counts.

    terms    of its text, with those of its headings and its report's title.
    passage  by the names of PASSAGE.
    """

    evidence: Evidence
    terms: frozenset[str]
    passage: tuple[float, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Sentences:
    """Of a paragraph those that may be quoted.

    rows   their counts by the names of SENTENCE.
    terms  theirs.
    lacks  whether no thing of the kind that is asked for stands in them, nor in those that a run may reach.
    """

    spans: list[tuple[int, int]]
    rows: Sequence[tuple[float, ...]]
    terms: list[set[str]]
    lacks: Sequence[bool]


def passages(question: QuestionFeatures, evidence: Sequence[Evidence]) -> list[Counted]:
    """As they were found."""
    if not evidence:
        return []
    cosine = max((e.dense for e in evidence if e.dense is not None), default=0.0)
    logits = [one.read.answers for one in evidence if one.read is not None]
    best = max(e.fused for e in evidence)
    spread = best - min(e.fused for e in evidence) or 1.0
    counted = []
    for one in evidence:
        text = one.found.paragraph.text
        heading = heading_terms(one.found.report.metadata.title or "", *one.found.section.path)
        terms = frozenset(question.held(text, every_term(text))) | heading
        passage = (
            *_read(one, logits),
            question.weight(terms),
            (_NO_COSINE if one.dense is None else one.dense) - cosine,
            (one.fused - best) / spread,
        )
        counted.append(Counted(evidence=one, terms=terms, passage=passage))
    return counted


def sentences(question: QuestionFeatures, one: Evidence) -> Sentences:
    text = one.found.paragraph.text
    spans = [(s, e) for s, e in sentence_spans(text) if not is_definition(text[s:e])]
    terms = [question.held(text[s:e], every_term(text[s:e])) for s, e in spans]
    lacking = [question.kind is not None and not holds(question.kind, text[s:e]) for s, e in spans]
    return Sentences(
        spans=spans,
        rows=list(zip(_marked(one, spans), map(question.weight, terms), strict=True)),
        terms=terms,
        lacks=[all(lacking[at : at + 1 + REACH]) for at in range(len(spans))],
    )


def _read(one: Evidence, logits: Sequence[float]) -> tuple[float, float]:
    if not logits:
        return 0.0, 0.0
    logit = min(logits) if one.read is None else one.read.answers
    return logit, logit - max(logits)


def _marked(one: Evidence, spans: Sequence[tuple[int, int]]) -> list[float]:
    """Of each sentence the mean of its tokens' logits; of one that was not read, that of the least likely."""
    if one.read is None:
        return [0.0] * len(spans)
    found = [one.read.marked(start, end) for start, end in spans]
    least = min((logit for logit in found if logit is not None), default=0.0)
    return [least if logit is None else logit for logit in found]


def missing(question: QuestionFeatures, terms: Collection[str]) -> float:
    """The weight of the rarest term of the question that is not there, beside the rarest of all."""
    rarest = max(question.weights.values(), default=0.0) or 1.0
    return max((w for t, w in question.weights.items() if t not in terms), default=0.0) / rarest
