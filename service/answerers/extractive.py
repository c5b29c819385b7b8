"""The reports' own sentences: those of the best evidence that answer, each quoted with its offsets."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from indexer.index.catalogue import StoredParagraph
from indexer.index.terms import analyse
from indexer.model import BlockKind
from indexer.sentences import is_definition, sentence_spans
from service.model import Evidence

# Evidence that fits less than this share of the best as well does not answer the same question. On development
# sets 0.85 cites the right passage in 0.94 of the encyclopaedia's questions with 0.67 of the citations right; 0.8
# gives 0.95 and 0.60, 0.9 gives 0.91 and 0.75.
_NEAR_BEST = 0.85
# A paragraph gives at most this many sentences; one that fits less than this share of its best gives none.
_SENTENCES = 3
_SENTENCE_SHARE = 0.7
# A sentence that begins so leans on the one before it and brings it along.
_LEANS = re.compile(
    r"(?:it|its|he|she|they|their|them|this|that|these|those|such|both|also|however|although|but|as a result|"
    r"therefore|for example|for instance|in addition|similarly|equally|consequently|the latter|overall)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Extract:
    """A run of whole sentences of one paragraph: `text[start:end]`."""

    found: StoredParagraph
    start: int
    end: int


Following = Callable[[int, int], Sequence[StoredParagraph]]
"""By a paragraph's key: at most so many of those that come after it in its section."""


def extract(
    weights: Mapping[str, float], evidence: Sequence[Evidence], most: int, following: Following
) -> list[Extract]:
    """At most `most` runs of sentences from the evidence near the best, best paragraph first; within a paragraph
    in its own order. Words that open a list bring its items along.

    weights   of the question's terms: the rarer, the more a sentence that holds it tells.
    evidence  best first.
    """
    extracts: dict[tuple[int, int], Extract] = {}
    for one in evidence:
        if len(extracts) >= most or one.fused < evidence[0].fused * _NEAR_BEST:
            break
        for made in _of_paragraph(one.found, weights):
            extracts.setdefault((made.found.key, made.start), made)
            if made.end == len(made.found.paragraph.text) and made.found.paragraph.text.endswith(":"):
                for item in _items(following(made.found.key, most)):
                    extracts.setdefault((item.found.key, item.start), item)
    return list(extracts.values())[:most]


def _items(paragraphs: Sequence[StoredParagraph]) -> list[Extract]:
    """The list items that the paragraphs begin with, whole."""
    items = takewhile(lambda p: p.paragraph.kind is BlockKind.LIST_ITEM, paragraphs)
    return [Extract(found=p, start=0, end=len(p.paragraph.text)) for p in items]


def _of_paragraph(found: StoredParagraph, weights: Mapping[str, float]) -> list[Extract]:
    text = found.paragraph.text
    spans = [(s, e) for s, e in sentence_spans(text) if not is_definition(text[s:e])]
    if not spans:
        return []
    scores = [sum(weights.get(term, 0.0) for term in set(analyse(text[s:e]))) for s, e in spans]
    best = max(scores)
    if best == 0.0:  # found by its meaning alone: its opening says what it is about
        chosen = {0}
    else:
        ranked = sorted(range(len(spans)), key=lambda i: (-scores[i], i))[:_SENTENCES]
        chosen = {i for i in ranked if scores[i] >= best * _SENTENCE_SHARE}
    for i in sorted(chosen, reverse=True):
        if i > 0 and _LEANS.match(text[spans[i][0] :]):
            chosen.add(i - 1)
    return [Extract(found=found, start=spans[i][0], end=spans[i][1]) for i in sorted(chosen)]
