"""A question made ready to be looked for in paragraphs and sentences."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from indexer.index.terms import analyse
from service.question import Parsed
from service.question.asking import asking
from service.question.expects import Wants
from service.question.wordlists import OF_REPORTS
from service.reader.kinds import OF_WANTS, Kind

_LEAST_RARITY = 0.05
_FAINT = 0.25
_OF_REPORTS = frozenset(analyse(" ".join(OF_REPORTS)))
_LAW = re.compile(r"s\d+[a-z]?")


@dataclass(frozen=True, kw_only=True, slots=True)
class QuestionFeatures:
    """What of a question can be found again.

    weights    of its terms, by rarity; together 1.
    kind       of thing that a sentence that answers has to hold; a reason may be told in any words.
    same       terms and others that say the same ("psw", "principal social worker").
    """

    weights: Mapping[str, float]
    laws: frozenset[str]
    same: tuple[tuple[frozenset[str], frozenset[str]], ...]
    kind: Kind | None

    def weight(self, terms: Collection[str]) -> float:
        return sum(w for term, w in self.weights.items() if term in terms)

    def coverage(self, terms: Collection[str]) -> float:
        """The share of what is asked for, 0 to 1; words that speak of reports count only where there are no others."""
        own = [term for term in self.weights if term not in _OF_REPORTS] or list(self.weights)
        whole = sum(self.weights[term] for term in own)
        return sum(self.weights[term] for term in own if term in terms) / whole if whole else 0.0

    def held(self, text: str, terms: set[str]) -> set[str]:
        """The terms of a text, with those of the question that it holds in another wording."""
        if self.laws and any(c.isdigit() for c in text):
            terms = terms | self.laws.intersection(analyse(text))
        for written, also in self.same:
            if also <= terms:
                terms = terms | written
        return terms


def question_features(asked: Parsed, rarity: Mapping[str, float]) -> QuestionFeatures:
    text = asking(asked.rest)
    ordered = [term for term in dict.fromkeys(analyse(text)) if term in rarity] or list(rarity)
    laws = {term for term in ordered if _LAW.fullmatch(term)}
    spelt = {term[1:] for term in laws} | ({"section"} if laws else set())
    counts = dict.fromkeys(_OF_REPORTS, _FAINT) | dict(asked.carried.words)
    raw = {t: max(rarity[t], _LEAST_RARITY) * counts.get(t, 1.0) for t in ordered if t not in spelt}
    whole = sum(raw.values()) or 1.0
    return QuestionFeatures(
        weights={term: value / whole for term, value in raw.items()},
        laws=frozenset(laws),
        same=tuple((frozenset(analyse(e.written)), frozenset(analyse(e.also))) for e in asked.expansions),
        kind=OF_WANTS.get(asked.wants) if asked.wants is not Wants.REASON else None,
    )
