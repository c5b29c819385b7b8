"""The small words on which a statement turns: negations, hedges, quantities in words, directions."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from enum import StrEnum

from service.question.words import has_telling
from service.reader.words import terms_of, words_of

_NEGATIONS = frozenset(
    [
        "not",
        "no",
        "never",
        "none",
        "nobody",
        "nothing",
        "neither",
        "nor",
        "without",
        "cannot",
        "unable",
        "lack",
        "lacks",
        "lacked",
        "lacking",
        "fail",
        "fails",
        "failed",
        "failing",
        "failure",
        "absent",
        "absence",
        "missing",
        "rarely",
        "seldom",
        "hardly",
        "barely",
        "insufficient",
        "insufficiently",
        "few",
        "little",
    ]
)
_NOT = re.compile(r"n['’]t$")
# A prefix that turns a word round, where what is left is a word that carries a judgement or a state.
_TURNED = re.compile(
    r"^(?:un|in|im|il|ir|dis|non-?)(?=(?:able|accept|accurate|adequate|approp|aware|available|certain|clear|common|"
    r"complete|consist|cover|effect|equal|equit|experienc|fair|famil|formal|frequent|happ|help|justif|known|like|met|"
    r"necess|particip|plann|popular|possib|predict|proper|prov|regular|reliab|resolv|safe|satisf|secur|stabl|success|"
    r"suffic|suit|support|sustain|sure|timely|treat|usual|valid|willing|agree|content|continu|proportion|respect|"
    r"advantag)\w+)",
    re.IGNORECASE,
)
# So many words after it a negation still holds, unless a clause ends before.
_REACH = 6
# So many telling words behind a hedge are what it hedges. With two, true claims are lost to a hedge of another thing.
_HEDGED = 1
_CLAUSE = re.compile(
    r"[,;:()–—]|\b(?:but|although|though|while|whereas|however|because|which|who|and)\b", re.IGNORECASE
)


class Hedge(StrEnum):
    """What keeps a statement from being plain and about all."""

    ALL = "all"
    MOST = "most"
    MANY = "many"
    SOME = "some"
    FEW = "few"
    MAY = "may"
    PLANNED = "planned"
    BEGUN = "begun"


_HEDGES: Mapping[Hedge, re.Pattern[str]] = {
    kind: re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    for kind, words in {
        Hedge.ALL: r"all|every(?:one|body|thing|where)?|always|each|entirely|fully|completely|wholly|any|only|solely|"
        r"none|never|nobody|no one|without exception|universally|invariably|whole",
        Hedge.MOST: r"most|mostly|usually|generally|typically|largely|mainly|majority|nearly (?:all|every)|"
        r"almost (?:all|every)|predominantly|in most cases|tend(?:s|ed)? to|broadly|normally",
        Hedge.MANY: r"many|much|often|frequently|a lot of|numerous|several|multiple|a number of|commonly|regularly|"
        r"large numbers?|widely|various",
        Hedge.SOME: r"some|sometimes|partly|partially|in part|occasionally|at times|in places|somewhat|a proportion|"
        r"certain|on occasion|not all|not always|not every|to some extent|a range of",
        Hedge.FEW: r"(?:a )?few|small number|minority|rarely|seldom|hardly any|handful|isolated|limited|"
        r"(?:a )?small proportion|very few|fewer",
        Hedge.MAY: r"may|might|could|can|possibly|perhaps|potentially|appear(?:s|ed)?|seem(?:s|ed)?|likely|"
        r"suggest(?:s|ed)?|indicate[sd]?|risk of|potential",
        Hedge.PLANNED: r"plan(?:s|ned|ning) (?:to|for)|plans? (?:is|are) to|(?:aim|intend|seek|want)(?:s|ed|ing)? to|"
        r"intention|propos(?:es?|ed|als?)|hop(?:es?|ed|ing) to|due to (?:be|begin|start|open)|expect(?:s|ed) to|"
        r"ambition|going to|wish(?:es)? to|yet to|not yet",
        Hedge.BEGUN: r"beg(?:ins?|an|un|inning) to|beginning|start(?:s|ed|ing) to|(?:is|are|was|were) developing|"
        r"emerging|work(?:s|ing)? towards|under ?way|early stages?|pilot(?:s|ed|ing)?|in progress|partway",
    }.items()
}
# What weakens a claim in the same way, so that one word may stand for the other.
_WEAK = frozenset({Hedge.SOME, Hedge.FEW, Hedge.MANY, Hedge.MOST})

_PAIRS = (
    "increase rise rose risen grow grew grown|decrease fall fell fallen reduce drop decline shrink shrank cut",
    "improve|worsen deteriorate",
    "improvement|deterioration",
    "higher|lower",
    "highest|lowest",
    "more|fewer less",
    "most|least fewest",
    "better|worse",
    "best|worst",
    "above|below",
    "before|after",
    "earlier|later",
    "strong|weak",
    "strength|weakness",
    "stronger|weaker",
    "effective|ineffective",
    "good|poor bad",
    "timely|late delay",
    "well|poorly badly",
    "clear|unclear",
    "longer|shorter",
    "long|short",
    "faster quicker quick|slower slow",
    "early|late",
    "positive|negative",
    "consistent|inconsistent",
    "open|close closed",
    "start begin begun|stop end cease",
    "gain|lose lost",
    "join|leave left",
    "include|exclude",
    "accept|refuse reject decline",
    "support|oppose",
    "majority|minority",
    "internal|external",
    "large larger|small smaller",
    "easy|difficult hard",
    "high|low",
    "adequate|inadequate",
    "sufficient|insufficient",
    "appropriate|inappropriate",
    "outstanding|inadequate",
    "success successful|failure unsuccessful",
    "satisfied|dissatisfied",
    "safe|unsafe",
    "stable|unstable",
    "first|last",
    "new|old",
    "give gave|take took",
    "send sent|receive received",
    "maximum|minimum",
    "proactive|reactive",
    "met|unmet",
    "simple|complex",
    "full|partial",
    "always|never",
    "public|private",
    "adult|child",
    "day|night",
    "frequent|infrequent",
    "advantage|disadvantage",
    "agree|disagree",
    "present|absent",
    "voluntary|compulsory mandatory",
    "statutory|voluntary",
    "urban|rural",
    "older|younger",
    "north|south",
    "east|west",
    "ahead|behind",
    "under|over",
)


def _opposed() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for pair in _PAIRS:
        sides = [{terms_of(word)[0] for word in side.split()} for side in pair.split("|")]
        for side, other in (sides, sides[::-1]):
            for term in side:
                found.setdefault(term, set()).update(other)
    return {term: frozenset(others) for term, others in found.items()}


OPPOSED: Mapping[str, frozenset[str]] = _opposed()


def polarities(text: str) -> Iterator[tuple[str, bool]]:
    """Each term in order, and whether it stands under a negation. "Unclear" is "clear" under one."""
    words = words_of(text)
    left = 0
    for at, (word, start) in enumerate(zip(words.written, words.starts, strict=True)):
        before = words.starts[at - 1] + len(words.written[at - 1]) if at else 0
        if left and _CLAUSE.search(text, before, start + len(word)):
            left = 0
        lower = word.casefold()
        if lower in _NEGATIONS or _NOT.search(lower):
            left = 0 if left else _REACH
            continue
        turned = _TURNED.match(word)
        plain = word[turned.end() :] if turned else word
        for term in terms_of(plain):
            yield term, (left > 0) is not (turned is not None)
        left = max(0, left - 1)


def negated(text: str) -> bool:
    return any(w.casefold() in _NEGATIONS or _NOT.search(w.casefold()) for w in words_of(text).written)


def hedges(text: str, about: Collection[str] | None = None) -> frozenset[Hedge]:
    """The hedges of a text; those alone, where `about` gives terms, that one of these stands right behind (or, at the
    end of a clause, before): "some carers" hedges what is said of carers, and not what else the sentence says."""
    return frozenset(
        kind
        for kind, pattern in _HEDGES.items()
        if any(about is None or _concerns(text, match.span(), about) for match in pattern.finditer(text))
    )


def _concerns(text: str, hedge: tuple[int, int], about: Collection[str]) -> bool:
    ends = _CLAUSE.search(text, hedge[1])
    behind = _telling(text[hedge[1] : ends.start() if ends else len(text)])[:_HEDGED]
    if not behind:
        behind = _telling(text[: hedge[0]])[-_HEDGED:]
    return any(term in about for term in behind)


def _telling(text: str) -> list[str]:
    return [term for terms in words_of(text).terms for term in terms if has_telling((term,))]


def lost(claimed: frozenset[Hedge], said: frozenset[Hedge]) -> frozenset[Hedge]:
    """The hedges of what was said that the claim leaves out and nothing in it stands for."""
    found = set()
    for kind in said - claimed - {Hedge.ALL}:
        if kind in _WEAK and claimed & _WEAK:
            continue
        if kind in {Hedge.PLANNED, Hedge.BEGUN} and claimed & {Hedge.PLANNED, Hedge.BEGUN}:
            continue
        found.add(kind)
    return frozenset(found)


def added(claimed: frozenset[Hedge], said: frozenset[Hedge]) -> frozenset[Hedge]:
    """What the claim says of all, or of more, that was said of fewer."""
    order = (Hedge.FEW, Hedge.SOME, Hedge.MANY, Hedge.MOST, Hedge.ALL)
    ranks = [order.index(h) for h in claimed if h in order]
    known = [order.index(h) for h in said if h in order]
    if not ranks:
        return frozenset()
    most = max(ranks)
    if order[most] is Hedge.FEW or most <= max(known, default=-1):
        return frozenset()
    return frozenset({order[most]})


def weakened(claimed: frozenset[Hedge], said: frozenset[Hedge]) -> bool:
    """Whether the claim says of a few what was said of all or of most."""
    little = {Hedge.FEW, Hedge.SOME}
    much = {Hedge.ALL, Hedge.MOST}
    return bool(claimed & little and not claimed & much and said & much and not said & little)


def reversed_terms(claimed: Iterable[str], said: frozenset[str]) -> frozenset[str]:
    """Terms of the claim that were not said, where their opposite was and is not claimed."""
    own = frozenset(claimed)
    return frozenset(
        term for term in own - said if (against := OPPOSED.get(term, frozenset()) & said) and not against & own
    )
