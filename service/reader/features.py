"""What is counted of a paragraph and of each of its sentences beside a question. All on scales that mean the same in
every index: raw BM25 and fused scores do not, and are taken beside the best of their search."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from indexer.sentences import is_definition, sentence_spans
from service.model import Evidence
from service.question.speakers import speaks
from service.reader.kinds import holds
from service.reader.question_features import QuestionFeatures
from service.reader.words import every_term, heading_terms

# A sentence that begins so leans on the one before it.
LEANS = re.compile(
    r"[“\"'‘(]?(?:it|its|he|she|his|her|they|their|them|this|that|these|those|such|both|also|however|although|but|"
    r"as a result|therefore|for example|for instance|in addition|similarly|equally|consequently|overall|"
    r"the (?:latter|former|same)|another|others|in turn|instead|then|the \w+ also)\b",
    re.IGNORECASE,
)
# So many sentences after one that fits may stand in a run with it, for the figure or the reason that they carry.
REACH = 2
# For a paragraph that was found by its words alone.
_NO_COSINE = 0.2

# marked        the mean of the network's logits for the sentence's tokens; `marked_gap` beside the paragraph's best.
# coverage      the share of the question's terms, by rarity; `near` with its neighbours.
# kind_missing  no thing of the kind that is asked for stands in it; `none_near` nor in those that a run may reach.
# said          it gives the words of those whose words are asked for; `not_said` that it does not.
SENTENCE = (
    "marked", "marked_gap", "coverage", "near", "kind_missing", "none_near", "leans", "question", "said", "not_said",
)  # fmt: skip
# read          the network's logit; `read_gap` beside the best one's, `unread` that it read others only.
# coverage      of text, headings and title together; `heading` of the latter alone.
PASSAGE = (
    "read", "read_gap", "unread", "coverage", "heading", "name_missing", "cosine_gap", "lexical", "fused_gap", "said",
    "not_said",
)  # fmt: skip


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
    """Of a paragraph those that may be quoted: where they are, their counts by the names of SENTENCE, their terms."""

    spans: list[tuple[int, int]]
    rows: Sequence[tuple[float, ...]]
    terms: list[set[str]]


def passages(question: QuestionFeatures, evidence: Sequence[Evidence]) -> list[Counted]:
    """As they were found."""
    if not evidence:
        return []
    cosine = max((e.dense for e in evidence if e.dense is not None), default=0.0)
    words = max((e.lexical or 0.0 for e in evidence), default=0.0) or 1.0
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
            question.weight(heading),
            float(bool(question.names) and not question.names <= terms),
            (_NO_COSINE if one.dense is None else one.dense) - cosine,
            (one.lexical or 0.0) / words,
            (one.fused - best) / spread,
            *_told(question, text),
        )
        counted.append(Counted(evidence=one, terms=terms, passage=passage))
    return counted


def sentences(question: QuestionFeatures, one: Evidence) -> Sentences:
    text = one.found.paragraph.text
    spans = [(s, e) for s, e in sentence_spans(text) if not is_definition(text[s:e])]
    terms = [question.held(text[s:e], every_term(text[s:e])) for s, e in spans]
    marked = _marked(one, spans)
    most = max(marked, default=0.0)
    lacking = [question.kind is not None and not holds(question.kind, text[s:e]) for s, e in spans]
    rows = []
    for at, (start, end) in enumerate(spans):
        sentence = text[start:end]
        near = set().union(*terms[max(0, at - 1) : at + 2])
        rows.append((
            marked[at],
            marked[at] - most,
            question.weight(terms[at]),
            question.weight(near),
            float(lacking[at]),
            float(all(lacking[at : at + 1 + REACH])),
            float(LEANS.match(sentence) is not None),
            float(sentence.endswith("?")),
            *_told(question, sentence),
        ))  # fmt: skip
    return Sentences(spans=spans, rows=rows, terms=terms)


def _told(question: QuestionFeatures, text: str) -> tuple[float, float]:
    """Whether it gives the words of those whose words are asked for, and whether it does not."""
    said = bool(question.speakers) and speaks(text, question.speakers)
    return float(said), float(bool(question.speakers) and not said)


def _read(one: Evidence, logits: Sequence[float]) -> tuple[float, float, float]:
    """What the network says that read the paragraph; where it read others, this one seemed less likely than all."""
    if not logits:
        return 0.0, 0.0, 0.0
    logit = min(logits) if one.read is None else one.read.answers
    return logit, logit - max(logits), float(one.read is None)


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
