"""The reports' own sentences: those that answer, each quoted with its offsets."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from indexer.index.catalogue import StoredParagraph
from indexer.index.terms import analyse
from indexer.model import BlockKind
from service.answers.port import Extract
from service.question import Parsed
from service.question.expects import Wants
from service.question.words import query_terms
from service.reader import Read, Reading, Sentence
from service.reader.features import LEANS
from service.reader.question_features import FAINT
from service.reader.words import heading_terms
from service.search.headings import heading_fit


@dataclass(frozen=True, kw_only=True, slots=True)
class _Width:
    """How much beside the best is quoted. Shares of the best paragraph's relevance and of the best sentence's fit.

    sentences  of the paragraph that answers best.
    beside     of each other one.
    """

    relevance: float
    fit: float
    sentences: int
    beside: int


# Chosen on development sets by the citations that are right and the questions whose gold is cited. 0.15 of the best's
# relevance cites the gold in 0.935 of the encyclopaedia's questions with 0.76 of the citations right, and in 0.69 of
# the guidance's with 0.42; 0.1 gives 0.945 and 0.73, 0.705 and 0.39; 0.3 gives 0.90 and 0.82, 0.66 and 0.45.
_FACT = _Width(relevance=0.15, fit=0.5, sentences=2, beside=1)
_BROAD = _Width(relevance=0.15, fit=0.4, sentences=3, beside=1)
# Where one sentence follows from another; else the one that answers best leads.
_IN_ORDER = frozenset({Wants.LIST, Wants.MANNER, Wants.STATE, Wants.REASON})
_FACTS = frozenset({Wants.DATE, Wants.NUMBER, Wants.PERSON, Wants.PLACE, Wants.NAME})
# From here on a question is put in the words of a heading: what stands below it answers, from its beginning.
_BY_HEADING = 0.9
_MOST_OF = 0.7
# Of two sentences the shorter's share of terms that the other has too, from which on they say the same.
_SAME = 0.85
_MOST_ITEMS = 10
# For the other side of how something is, a paragraph may fit this much less than the best.
_OTHER_SIDE = 0.3
# What joins a sentence to the one before it, and can be read without it; unlike what names the reason for it.
_JOINS = re.compile(
    r"\A(?:however|although|but|for example|for instance|in addition|additionally|similarly|equally|overall|in turn|"
    r"instead|then)\b,? ",
    re.IGNORECASE,
)
_OPENS_QUOTATION = re.compile(r"[“\"‘]")
_SAYS = re.compile(r"\b(?:say|says|said|told|describ\w+|report(?:s|ed)?|explain\w*|added|felt|stated|commented)\b")
_GOOD = re.compile(
    r"\b(?:well|good|strong(?:ly|er)?|strengths?|effective(?:ly)?|improv(?:ed|ing|ement)|positive(?:ly)?|success\w*|"
    r"excellent|consistent(?:ly)?|better|timely|clear(?:ly)?|praise[sd]?|valued?|quick(?:ly)?|benefit(?:s|ed)?)\b"
)
_BAD = re.compile(
    r"\b(?:not|weak(?:er|ness(?:es)?)?|poor(?:ly)?|delay(?:s|ed)?|limited|lack(?:s|ed|ing)?|inconsisten\w+|gaps?|"
    r"too (?:long|many|few|often|late)|challeng\w+|concern(?:s|ed)|shortfalls?|worse|fail\w*|struggl\w+|variab\w+|"
    r"unable|need(?:s|ed)? to|little|few|frustrat\w+|uneven|mixed|wait(?:s|ed|ing)? (?:too|for (?:months|over)))\b"
)


Following = Callable[[int, int], Sequence[StoredParagraph]]
"""By a paragraph's key: at most so many of those that come after it in its section."""


def extract(asked: Parsed, reading: Reading, most: int, following: Following) -> list[Extract]:
    """At most `most` sentences, those of the paragraph with the best answering sentence first and the others of its
    report after them; within a paragraph in its own order. What says the same again is left out. Words that open a
    list bring its items along, and a sentence that leans on the one before it brings that.
    """
    read = [one for one in reading.passages if one.sentences]
    if not read:
        return []
    width = _FACT if asked.wants in _FACTS else _BROAD
    headed = [] if asked.wants in _FACTS else _headed(asked.rest, read)
    if headed and headed[0] is read[0]:
        return _by_report(_different(_below_heading(headed), most))
    near = [one for one in _leading(read) if one.relevance >= read[0].relevance * width.relevance]
    best = max(_best(one) for one in near)
    least, first = best * width.fit, asked.wants not in _IN_ORDER
    chosen = _of_paragraph(near[0], least, width.sentences, following, first=first)
    for one in near[1:]:
        chosen += _of_paragraph(one, least, width.beside, following, first=first)
    extracts = _different(chosen, most)
    if asked.wants is Wants.STATE:
        extracts = _both_sides(extracts, read, most)
    return _by_report(extracts)


def _by_report(extracts: Sequence[Extract]) -> list[Extract]:
    """Those of one report together, each report where its first stands; else as they are."""
    reports = list(dict.fromkeys(one.found.report.id for one in extracts))
    return sorted(extracts, key=lambda one: reports.index(one.found.report.id))


def _headed(question: str, read: Sequence[Read]) -> list[Read]:
    """The paragraphs below a heading that the question is put in the words of, and asks for no more than."""
    asked = query_terms(question).keys() - FAINT
    fits = heading_fit(question, (one.evidence.found.section.path for one in read))

    def holds(path: tuple[str, ...]) -> bool:
        return fits[path] >= _BY_HEADING and len(asked & heading_terms(*path)) >= _MOST_OF * len(asked)

    return [one for one in read if holds(one.evidence.found.section.path)]


def _best(one: Read) -> float:
    return max(sentence.fit for sentence in one.sentences)


def _leading(read: Sequence[Read]) -> list[Read]:
    """By how likely a paragraph and its best sentence answer together; else as they are."""
    return sorted(read, key=lambda one: -one.relevance * _best(one))


def _of_paragraph(one: Read, least: float, most: int, following: Following, *, first: bool) -> list[Extract]:
    """Its best sentences, at most so many beside what they lean on.

    least  how well a sentence has to fit.
    first  the best one leads, and the others follow in the paragraph's order.
    """
    found, text = one.evidence.found, one.evidence.found.paragraph.text
    ranked = sorted(range(len(one.sentences)), key=lambda i: (-one.sentences[i].fit, i))[:most]
    chosen = {i for i in ranked if one.sentences[i].fit >= least} or {ranked[0]}
    order = sorted(_with_what_they_lean_on(one, chosen))
    if first:
        leading = _with_what_they_lean_on(one, {ranked[0]})
        order.sort(key=lambda i: i not in leading)
    extracts = [_extract(found, one.sentences[i]) for i in order]
    if text.endswith(":") and any(extract.end == len(text) for extract in extracts):
        extracts.extend(_items(following(found.key, _MOST_ITEMS)))
    return extracts


def _with_what_they_lean_on(one: Read, chosen: set[int]) -> set[int]:
    text = one.evidence.found.paragraph.text
    whole = set(chosen)
    for i in sorted(chosen, reverse=True):
        sentence = _JOINS.sub("", text[one.sentences[i].start : one.sentences[i].end])
        quotes_on = _OPENS_QUOTATION.match(sentence) and not _SAYS.search(sentence)
        if i > 0 and (quotes_on or LEANS.match(sentence)):
            whole.add(i - 1)
    return whole


def _items(paragraphs: Sequence[StoredParagraph]) -> list[Extract]:
    """The list items that the paragraphs begin with, whole."""
    items = takewhile(lambda p: p.paragraph.kind is BlockKind.LIST_ITEM, paragraphs)
    return [Extract(found=p, start=0, end=len(p.paragraph.text)) for p in items]


def _below_heading(headed: Sequence[Read]) -> list[Extract]:
    """The openings of a section's paragraphs, from its first on; of several sections in turn."""
    sections: dict[tuple[str, str], list[Read]] = {}
    for one in headed:
        sections.setdefault((one.evidence.found.report.id, one.evidence.found.section.id), []).append(one)
    rows = [sorted(section, key=lambda one: one.evidence.found.key) for section in sections.values()]
    deepest = max(map(len, rows))
    return [
        _extract(row[at].evidence.found, row[at].sentences[0]) for at in range(deepest) for row in rows if at < len(row)
    ]


def _both_sides(extracts: list[Extract], read: Sequence[Read], most: int) -> list[Extract]:
    """With what is said to the contrary, where all that was chosen is on one side of how something is."""
    said = " ".join(one.text for one in extracts).casefold()
    missing = [side for side, other in ((_GOOD, _BAD), (_BAD, _GOOD)) if not side.search(said) and other.search(said)]
    if not missing:
        return extracts
    near = [one for one in read if one.relevance >= read[0].relevance * _OTHER_SIDE]
    candidates = [
        (one.relevance * sentence.fit, _extract(one.evidence.found, sentence))
        for one in near
        for sentence in one.sentences
    ]
    other = [(fit, one) for fit, one in candidates if missing[0].search(one.text.casefold())]
    if not other:
        return extracts
    found = max(other, key=lambda pair: pair[0])[1]
    return _different([*extracts[: max(1, most - 1)], found], most)


def _different(extracts: Iterable[Extract], most: int) -> list[Extract]:
    """Without those that say again what one before them said."""
    kept: list[Extract] = []
    said: list[set[str]] = []
    for one in extracts:
        terms = set(analyse(one.text))
        if any(len(terms & other) >= _SAME * max(1, min(len(terms), len(other))) for other in said):
            continue
        kept.append(one)
        said.append(terms)
        if len(kept) == most:
            break
    return kept


def _extract(found: StoredParagraph, sentence: Sentence) -> Extract:
    return Extract(found=found, start=sentence.start, end=sentence.end)
