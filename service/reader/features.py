"""What is counted of a paragraph and of each of its sentences beside a question. All on scales that mean the same in
every index: raw BM25 and fused scores do not, and are taken beside the best of their search."""

from __future__ import annotations

import bisect
import math
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from indexer.model import BlockKind
from indexer.sentences import is_definition, sentence_spans
from service.model import Evidence
from service.reader.kinds import places
from service.reader.question_features import NEGATIVE, Sought, speaks
from service.reader.words import STEM, Words, every_term, heading_terms, words_of

# A sentence that begins so leans on the one before it.
LEANS = re.compile(
    r"[“\"'‘(]?(?:it|its|he|she|his|her|they|their|them|this|that|these|those|such|both|also|however|although|but|"
    r"as a result|therefore|for example|for instance|in addition|similarly|equally|consequently|overall|"
    r"the (?:latter|former|same)|another|others|in turn|instead|then|the \w+ also)\b",
    re.IGNORECASE,
)
# An other form of a word counts so much beside the word itself.
_OTHER_FORM = 0.6
_FEWEST_WORDS = 5
_NEAR = 4.0
# For a paragraph that was found by its words alone.
_NO_COSINE = 0.2

SENTENCE = (
    "coverage", "other_forms", "with_neighbours", "names", "names_missing", "numbers", "numbers_missing", "pairs",
    "density", "focus", "kind_missing", "kind_date", "kind_number", "kind_name", "kind_reason", "kind_manner",
    "kind_list", "kind_state", "kind_near", "kind_new", "first", "position", "length", "short", "leans", "question",
    "only_one_missing", "said_by", "not_said_by", "negation_differs", "item", "marked", "marked_gap",
)  # fmt: skip
PASSAGE = (
    "paragraph", "paragraph_names", "heading", "heading_only", "cosine", "cosine_gap", "lexical", "rank",
    "rank_lexical", "fused_gap", "long", "read", "read_gap", "unread",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Counted:
    """A paragraph's counts.

    terms    of its text; `heading`: of its headings and its report's title.
    passage  by the names of PASSAGE.
    """

    evidence: Evidence
    terms: set[str]
    heading: frozenset[str]
    passage: tuple[float, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Sentences:
    """Of a paragraph those that may be quoted: where they are, their counts by the names of SENTENCE, their terms."""

    spans: list[tuple[int, int]]
    rows: list[tuple[float, ...]]
    terms: list[set[str]]


def passages(sought: Sought, evidence: Sequence[Evidence]) -> tuple[Sought, list[Counted]]:
    """What is sought, with what is misspelt in it corrected by the evidence; and the paragraphs, as they were found."""
    if not evidence:
        return sought, []
    held = [every_term(one.found.paragraph.text) for one in evidence]
    sought = sought.corrected(set().union(*held))
    cosine = max((e.dense for e in evidence if e.dense is not None), default=0.0)
    by_words = sorted((e.lexical or 0.0 for e in evidence), reverse=True)
    logits = [one.read.answers for one in evidence if one.read is not None]
    best = max(e.fused for e in evidence)
    spread = best - min(e.fused for e in evidence) or 1.0
    counted = []
    for at, one in enumerate(evidence):
        terms = sought.held(one.found.paragraph.text, held[at])
        heading = heading_terms(one.found.report.metadata.title or "", *one.found.section.path)
        own, both = sought.weight(terms), sought.weight(terms | heading)
        passage = (
            both,
            _share(sought, sought.names, terms | heading, 1.0),
            sought.weight(heading),
            both - own,
            one.dense if one.dense is not None else _NO_COSINE,
            one.dense - cosine if one.dense is not None else _NO_COSINE - cosine,
            (one.lexical or 0.0) / (by_words[0] or 1.0),
            1.0 / (1 + at),
            1.0 / (1 + by_words.index(one.lexical or 0.0)),
            (one.fused - best) / spread,
            math.log1p(len(one.found.paragraph.text) / 100),
            *_read(one, logits),
        )
        counted.append(Counted(evidence=one, terms=terms, heading=heading, passage=passage))
    return sought, counted


def sentences(sought: Sought, one: Evidence) -> Sentences:
    text = one.found.paragraph.text
    spans = [(s, e) for s, e in sentence_spans(text) if not is_definition(text[s:e])]
    pieces = [words_of(text[s:e]) for s, e in spans]
    terms = [sought.held(text[s:e], set().union(*piece.terms)) for (s, e), piece in zip(spans, pieces, strict=True)]
    item = one.found.paragraph.kind is not BlockKind.PARAGRAPH
    marked = _marked(one, spans)
    rows = []
    for at, (start, end) in enumerate(spans):
        row = _about_place(text[start:end], at, len(spans), item=item)
        row |= _about_words(sought, text[start:end], pieces[at], terms[at])
        near = set().union(*terms[max(0, at - 1) : at + 2])
        row["with_neighbours"] = sought.weight(near)
        row["names_missing"] = float(bool(sought.names) and not sought.names & near)
        row["marked"], row["marked_gap"] = marked[at], marked[at] - max(marked)
        rows.append(tuple(row.get(name, 0.0) for name in SENTENCE))
    return Sentences(spans=spans, rows=rows, terms=terms)


def _read(one: Evidence, logits: Sequence[float]) -> tuple[float, float, float]:
    """What a model says that read the paragraph; where it read others, this one seemed less likely than all of them."""
    if not logits:
        return 0.0, 0.0, 0.0
    logit = min(logits) if one.read is None else one.read.answers
    return logit, logit - max(logits), float(one.read is None)


def _marked(one: Evidence, spans: Sequence[tuple[int, int]]) -> list[float]:
    """Of each sentence the mean of its tokens' logits; of one that was not read, that of the least likely."""
    marks = () if one.read is None else one.read.marks
    if not marks or not spans:
        return [0.0] * len(spans)
    starts = [mark.start for mark in marks]
    found: list[float | None] = []
    for start, end in spans:
        inside = marks[bisect.bisect_left(starts, start) : bisect.bisect_left(starts, end)]
        found.append(math.fsum(mark.logit for mark in inside) / len(inside) if inside else None)
    least = min((logit for logit in found if logit is not None), default=0.0)
    return [least if logit is None else logit for logit in found]


def _about_place(sentence: str, at: int, of: int, *, item: bool) -> dict[str, float]:
    return {
        "first": float(at == 0),
        "position": at / of,
        "leans": float(LEANS.match(sentence) is not None),
        "question": float(sentence.endswith("?")),
        "item": float(item),
    }


def _about_words(sought: Sought, sentence: str, words: Words, held: set[str]) -> dict[str, float]:
    count = max(1, len(words.written))
    row = {"length": math.log(count), "short": float(count < _FEWEST_WORDS)}
    matched = [t for t in sought.weights if t in held]
    known = {t[:STEM] for t in held}
    forms = sum(sought.weights[t] for t, stem in sought.stems.items() if stem in known and t not in held)
    if not matched and not forms:
        return row
    coverage = sum(sought.weights[t] for t in matched)
    row |= {
        "coverage": coverage,
        "other_forms": coverage + _OTHER_FORM * forms,
        "names": _share(sought, sought.names, held, 0.0),
        "numbers": _share(sought, sought.numbers, held, 0.0),
        "numbers_missing": float(bool(sought.numbers - held)),
        "pairs": _pairs(sought, words) if len(matched) > 1 else 0.0,
        "density": len(matched) / math.sqrt(count),
        "focus": float(bool(sought.focus & held)),
        "only_one_missing": float(bool(sought.only_one) and not sought.only_one & held),
        "negation_differs": float(sought.negative != bool(NEGATIVE.search(sentence))),
    }
    if sought.speakers:
        said = speaks(sentence, sought.speakers)
        row |= {"said_by": float(said), "not_said_by": float(not said)}
    if sought.kind is not None:
        found = places(sought.kind, sentence, words, sought.known)
        if found:
            near, new = _nearness(sought, words, found)
            row |= {f"kind_{sought.kind.value}": 1.0, "kind_near": near, "kind_new": new}
        else:
            row["kind_missing"] = 1.0
    return row


def _share(sought: Sought, wanted: frozenset[str], held: Collection[str], default: float) -> float:
    """Of these terms' weight the share that is held."""
    whole = sum(sought.weights[t] for t in wanted)
    return sum(sought.weights[t] for t in wanted if t in held) / whole if whole else default


def _pairs(sought: Sought, words: Words) -> float:
    """Of the question's neighbouring terms the share that stand near each other here too."""
    if not sought.pairs:
        return 0.0
    at: dict[str, list[int]] = {}
    for place, terms in enumerate(words.terms):
        for term in terms:
            if term in sought.weights:
                at.setdefault(term, []).append(place)
    together = 0.0
    for one, other in sought.pairs:
        if one in at and other in at and any(0 <= b - a <= 2 for a in at[one] for b in at[other]):
            together += sought.weights[one] + sought.weights[other]
    return together / sum(sought.weights[a] + sought.weights[b] for a, b in sought.pairs)


def _nearness(sought: Sought, words: Words, found: Sequence[int]) -> tuple[float, float]:
    """How near the question's words the nearest thing of the wanted kind stands, and whether any is new: not itself
    one of the question's words."""
    things = {max(0, bisect.bisect_right(words.starts, place) - 1) for place in found}
    new = {at for at in things if not any(t in sought.known for t in words.terms[at])}
    nearness = 0.0
    if new:
        best: dict[str, int] = {}
        for place, terms in enumerate(words.terms):
            for term in terms:
                if term in sought.weights:
                    best[term] = min(best.get(term, place + len(words.written)), *(abs(place - at) for at in new))
        nearness = sum(sought.weights[t] / (1 + d / _NEAR) for t, d in best.items())
    return nearness, float(bool(new))
