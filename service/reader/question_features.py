"""A question made ready to be looked for in paragraphs and sentences."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

from indexer.index.terms import analyse
from service.question import Parsed
from service.question.expects import Wants
from service.question.names_in_text import names
from service.reader.kinds import OF_WANTS, Kind
from service.reader.words import STEM, terms_of, words_of

# Words that speak about reports and answers, which no finding repeats: they count little.
FAINT = frozenset(
    analyse(
        "report reports inspection council councils area areas compare comparison versus exact word words quote quotes "
        "mention mentioned anywhere across find found finding findings describe described explain explained list name "
        "names named called title kind kinds type types sort different difference differ according latest score scores "
        "hi hello please thanks know knowing knows want wonder wondering writing question answer"
    )
)
_FAINTNESS = 0.25
_LEAST_RARITY = 0.05
# Shorter terms are too often one letter from another word.
_LONG = 6
_FOCUS = re.compile(r"\b(?:what|which|how many|how much)\s+((?:[\w'-]+\s+)?[\w'-]+)", re.IGNORECASE)
NEGATIVE = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot|\w+n['’]t|fail(?:s|ed)? to|unable|"
    r"lack(?:s|ed)?|rarely|hardly|except|aside from|other than)\b",
    re.IGNORECASE,
)
_ONLY_ONE = re.compile(
    r"\b(?:first|last|only|most|least|largest|smallest|biggest|highest|lowest|earliest|latest|oldest|newest|best|worst|"
    r"second|third|fourth|fifth|main|sole|never|always|all|every|longest|shortest|greatest|fewest|youngest)\b"
)
# Who speaks in reports, by the words that name them.
_SPEAKERS = {
    "people": r"\b(?:people|residents|users|adults)\b",
    "carers": r"\bcarers?\b",
    "staff": r"\b(?:staff|social workers?|practitioners?|employees|workers|managers?)\b",
    "leaders": r"\b(?:leaders?|leadership|directors?|senior|councillors?|elected members?|chief executive|chair)\b",
    "partners": r"\b(?:partners?|providers?|voluntary|charit\w+|nhs|stakeholders?)\b",
    "families": r"\b(?:parents?|famil(?:y|ies)|children|pupils|young people)\b",
    "inspectors": r"\b(?:inspectors?|assessors?|cqc|ofsted|inspection team|we)\b",
}
_SPEAKER = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _SPEAKERS.items()}
SAYS = re.compile(
    r"\b(?:say|says|said|tell|told|think|thought|feel|felt|describe[sd]?|report(?:s|ed)?|explain(?:s|ed)?|"
    r"comment(?:s|ed)?|raise[sd]?|experience[sd]?|view(?:s|ed)?|praise[sd]?|complain(?:s|ed)?|mention(?:s|ed)?|"
    r"recogni[sz]ed|shared|acknowledged|stated|added|quote[sd]?|according to|words of)\b",
    re.IGNORECASE,
)
_OF_REPORT = re.compile(r"\b(?:reports?|cqc|ofsted|inspection|inspectors|assessment|is said)\b", re.IGNORECASE)
_AFTER_SAYS = 30
_SENTENCE = re.compile(r"[^.?!]+(?:[.?!]+(?!\s|$)[^.?!]+)*[.?!]*")
# What says how to choose reports, or of what measure the answer is.
_MEASURE = re.compile(
    r"\bscor(?:e|es|ed|ing) (?:of )?\d\b|\bhow (?:often|long|many|much|quickly|far|old|big|large|soon)\b|"
    r"\b(?:does|do|did) it take\b",
    re.IGNORECASE,
)
_LAW = re.compile(r"s\d+[a-z]?")


@dataclass(frozen=True, kw_only=True, slots=True)
class Sought:
    """What of a question can be found again.

    weights   of its terms, by rarity; together 1.
    rarity    as the index gives it, at least a little.
    focus     terms that name the kind of thing asked for ("which city"), which an answer need not repeat.
    pairs     terms that follow on one another.
    only_one  those that make it the one of its kind ("first", "only", "largest").
    stems     beginnings of its terms, by which other forms of them are known.
    known     every term of the question as it was asked: what is among them is no news.
    speakers  whose words are asked for; empty where nobody's are, or the report's own.
    same      terms and others that say the same ("psw", "principal social worker").
    """

    weights: Mapping[str, float]
    rarity: Mapping[str, float]
    focus: frozenset[str]
    names: frozenset[str]
    numbers: frozenset[str]
    laws: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    only_one: frozenset[str]
    stems: Mapping[str, str]
    known: frozenset[str]
    speakers: frozenset[str]
    same: tuple[tuple[frozenset[str], frozenset[str]], ...]
    wants: Wants
    kind: Kind | None
    negative: bool

    def weight(self, terms: Collection[str]) -> float:
        return sum(w for term, w in self.weights.items() if term in terms)

    def held(self, text: str, terms: set[str]) -> set[str]:
        """The terms of a text, with those of the question that it holds in another wording."""
        if self.laws and any(c.isdigit() for c in text):
            terms = terms | self.laws.intersection(analyse(text))
        for written, also in self.same:
            if also <= terms:
                terms = terms | written
        return terms

    def corrected(self, present: set[str]) -> Sought:
        """Taking a longer term that stands nowhere in the evidence for the one there that is spelt nearly alike."""
        same = list(self.same)
        for term in self.weights:
            if len(term) < _LONG or term in present or term.isdigit():
                continue
            near = [other for other in present if other[0] == term[0] and abs(len(other) - len(term)) <= 1]
            found = process.extractOne(term, near, scorer=OSA.distance, score_cutoff=1 if len(term) < 9 else 2)
            if found is not None:
                same.append((frozenset([term]), frozenset([found[0]])))
        return replace(self, same=tuple(same)) if len(same) > len(self.same) else self


def sought(asked: Parsed, rarity: Mapping[str, float]) -> Sought:
    text = asked.rest
    ordered = [term for term in dict.fromkeys(analyse(text)) if term in rarity] or list(rarity)
    laws = {term for term in ordered if _LAW.fullmatch(term)}
    spelt = {term[1:] for term in laws} | ({"section"} if laws else set())
    ordered = [term for term in ordered if term not in spelt]
    beside = _beside(text)
    faint = FAINT | beside
    raw = {t: max(rarity[t], _LEAST_RARITY) * (_FAINTNESS if t in faint else 1.0) for t in ordered}
    whole = sum(raw.values()) or 1.0
    named = {term for name in names(text) for term in analyse(name)} - FAINT
    focus = _FOCUS.search(text)
    return Sought(
        weights={term: value / whole for term, value in raw.items()},
        rarity=raw,
        focus=frozenset(analyse(focus.group(1))) & raw.keys() - named if focus else frozenset(),
        names=frozenset(named & raw.keys() - beside),
        numbers=frozenset(term for term in raw.keys() - beside if any(c.isdigit() for c in term)),
        laws=frozenset(laws),
        pairs=frozenset(pairwise(ordered)),
        only_one=frozenset(t for m in _ONLY_ONE.finditer(text.casefold()) for t in terms_of(m.group())),
        stems={term: term[:STEM] for term in raw if len(term) >= STEM},
        known=frozenset(term for terms in words_of(asked.text).terms for term in terms),
        speakers=_speakers(text),
        same=tuple((frozenset(analyse(e.written)), frozenset(analyse(e.also))) for e in asked.expansions),
        wants=asked.wants,
        kind=OF_WANTS.get(asked.wants),
        negative=bool(NEGATIVE.search(text)),
    )


def _beside(text: str) -> set[str]:
    """The terms of sentences that do not ask, where another does, and those of a measure."""
    asking = [piece for piece in _SENTENCE.findall(text) if piece.rstrip().endswith("?")]
    measure = {term for match in _MEASURE.finditer(text) for term in analyse(match.group())}
    return measure | (set(analyse(text)) - set(analyse(" ".join(asking))) if asking else set())


def _speakers(text: str) -> frozenset[str]:
    said = SAYS.search(text)
    if said is None or _OF_REPORT.search(text[: said.start()]):
        return frozenset()
    around = text[: said.start()] + text[said.end() : said.end() + _AFTER_SAYS]
    return frozenset(name for name, pattern in _SPEAKER.items() if pattern.search(around))


def speaks(sentence: str, speakers: frozenset[str]) -> bool:
    """Whether a sentence gives the words of one of them."""
    return bool(SAYS.search(sentence)) and any(_SPEAKER[name].search(sentence) for name in speakers)
