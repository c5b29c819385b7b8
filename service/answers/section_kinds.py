"""The kinds of section that reports of every family have, and the words by which headings and questions name them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from indexer.text import fold
from service.question.wordlists import listed

_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*|\d+")
_NOT = listed("not isn't aren't doesn't don't hasn't haven't didn't wasn't weren't cannot can't")


@dataclass(frozen=True, kw_only=True, slots=True)
class SectionKind:
    """
    words     any of which names the kind. As written, not stemmed: what improved is no area for improvement.
    first     by preference: of two sections of the kind, the one whose heading has an earlier word comes first.
    also      kinds that are part of it.
    instead   kinds to answer with, and to say so, where a report has none of it.
    """

    name: str
    words: frozenset[str]
    first: tuple[frozenset[str], ...] = ()
    also: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()


STRENGTHS = SectionKind(
    name="strengths",
    words=listed(
        "strength strengths strong strongest strongly good well positive positives effective effectively excellent "
        "success successes best praise praised strongpoints exemplary pros"
    ),
)
IMPROVEMENT = SectionKind(
    name="improvement",
    words=listed(
        "improve improvement improvements develop development developments better weakness weaknesses weak "
        "weakest weaker shortfall shortfalls shortcoming shortcomings concern concerns problem problems issue "
        "issues gap gaps challenge challenges poor poorly bad badly worst worse wrong fail failing failings "
        "failure failures ineffective negative negatives criticism criticisms criticise criticised criticize "
        "criticized deficiencies cons fix fixed fixing lacking lacks"
    ),
    first=(listed("priority"), listed("improve improvement improvements development recommendations recommendation")),
    also=("actions",),
)
ACTIONS = SectionKind(
    name="actions",
    words=listed(
        "action actions recommendation recommendations recommend recommended priority priorities steps "
        "requirement requirements required breaches"
    ),
    first=(listed("priority"), listed("recommendation recommendations")),
    instead=("improvement",),
)
SUMMARY = SectionKind(
    name="summary",
    words=listed(
        "summary summarise summarize summarised overview headline headlines glance brief briefing gist finding "
        "findings conclusion conclusions synopsis precis digest tldr highlights nutshell"
    ),
    first=(listed("executive overall"), listed("summary overview headline headlines glance"), listed("key main")),
)
KINDS = {kind.name: kind for kind in (STRENGTHS, IMPROVEMENT, ACTIONS, SUMMARY)}
# Words that may stand beside those of a kind, in a heading or a question, and change nothing.
_BESIDE = listed(
    "everything anything whole entire complete "
    "a about across all also an and any are area areas as at authority authorities be been being body borough by "
    "can cause causes city council councils county could did district do does doing done for found from further "
    "give given go goes going had has have how identified in inspection inspections inspector inspectors "
    "inspectorate inspectorates into is it its key like list local main made make makes most must need needed "
    "needs notable of on or our out partnership partnerships please practice practices printed published report "
    "reports reported assessment assessments responsible said say says services should shown so some state stated "
    "such than that the their them there these they thing things this those to told under up us was we were what "
    "what's whats which will with work working works would you your executive overall next biggest greatest top "
    "important latest newest current recent currently identify see seen set sets whole full complete entire "
    "exactly one two three four five six ten got get regulator regulators cqc ofsted hmi hmicfrs estyn hmip find "
    "finds found i me my let know want need i'd like tell show describe outline provide write read explain bullet "
    "bullets points point section sections heading headings part parts short shortly quick quickly brief down "
    "word words few sentence sentences went first where"
)
_NAMING = frozenset().union(*(kind.words for kind in KINDS.values()))
_KNOWN = _NAMING | _BESIDE | _NOT
_WORKING = listed("work works working")
# What got better is no area for improvement.
_PAST = listed("improved improving progress progressed changed change changes became become since")
_HAS = listed("has have had")
_ASKS = listed("summarise summarize summarised overview gist glance synopsis tldr brief briefing precis digest")
# Words of a kind that tell how something is: they ask for the kind only beside one of _OPENS.
_HOW = listed(
    "strong good well positive effective effectively weak poor poorly bad badly better worse wrong best worst"
)
_OPENS = listed(
    "what what's whats which list show tell give describe outline how summarise summarize provide any where"
)
# What a question about a report as a whole has.
_WHOLE = listed("report reports inspection find found finds say said says about tell like outcome overview assessment")
# What opens a question for one fact, or for yes or no, which no whole section answers.
_FACT = re.compile(
    r"\W*(?:and |but |so )?(?:who|whom|whose|when|where|why|how(?! (?:can|could|should|must|might))|if|"
    r"(?:is|are|was|were|do|does|did|has|have|had)(?!.*\bany)|(?:could|should|would|will|can)(?! you| i )|"
    r"which (?!are\b|areas?\b|strengths?\b|weakness)|"
    r"what (?:percentage|proportion|number|date|year|score|rating|grade|time|share))\b",
    re.IGNORECASE,
)


# "What must they do next?", "how did they do?": of such everyday words alone.
_DUTY = re.compile(r"\W*what\b.*\b(?:should|must|to)\b(?:.*\s)?do\b", re.IGNORECASE)
_FARES = re.compile(r"\W*how (?:is|are|was|were|do|does|did|has|have)\b.*\b(?:do|does|doing|done)\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """What a text names: kinds of section, in the order of the table, and the words that name no kind."""

    kinds: tuple[str, ...]
    left: tuple[str, ...]
    asks: bool = False

    @property
    def nothing(self) -> bool:
        return not (self.kinds or self.left or self.asks)


def words_of(text: str) -> list[str]:
    return [word.removesuffix("'s") if word != "what's" else word for word in _WORD.findall(fold(text))]


@lru_cache(maxsize=8192)
def named_in(heading: str) -> Wanted:
    """What a heading names."""
    return _named(words_of(heading))


def wanted_of(question: str) -> Wanted | None:
    """What a question asks for; None where it asks for one fact, or for yes or no."""
    words = words_of(question)
    found = _named(words)
    if found.nothing and (kind := _of_everyday_words(question)):
        return Wanted(kinds=(kind,), left=())
    fact = _FACT.match(question) is not None and not (found.kinds and words[0] == "where")
    past = not _PAST.isdisjoint(words) or ("made" in words and not _HAS.isdisjoint(words))
    how = found.kinds and _OPENS.isdisjoint(words) and _NAMING & set(words) <= _HOW
    if fact or past or how or (found.nothing and _WHOLE.isdisjoint(words)):
        return None
    # What is to be done is a part of what is to improve; "summarise the strengths" tells how, not which section.
    parts = {part for name in found.kinds for part in KINDS[name].also}
    parts |= {"summary"} if len(found.kinds) > 1 else set()
    kinds = tuple(name for name in found.kinds if name not in parts)
    return Wanted(kinds=kinds, left=found.left, asks=found.asks)


def _of_everyday_words(question: str) -> str | None:
    if _DUTY.search(question):
        return IMPROVEMENT.name
    return SUMMARY.name if _FARES.match(question) else None


def _named(words: Sequence[str]) -> Wanted:
    kinds = {name for name, kind in KINDS.items() if not kind.words.isdisjoint(words)}
    if not kinds and _WORKING & set(words) and "what" in {word[:4] for word in words}:
        kinds = {"strengths"}
    if not kinds and {"fall", "falls", "fell", "falling"} & set(words) and "short" in words:
        kinds = {"improvement"}
        words = [word for word in words if word not in {"fall", "falls", "fell", "falling", "short"}]
    if "strengths" in kinds and not _NOT.isdisjoint(words):
        kinds = (kinds - {"strengths"}) | {"improvement"}
    left = tuple(w for w in dict.fromkeys(words) if w not in _KNOWN and not w.isdecimal())
    asks = not _ASKS.isdisjoint(words)
    return Wanted(kinds=tuple(name for name in KINDS if name in kinds), left=left, asks=asks)


def rank(kind: SectionKind, heading: str) -> int:
    """How far down a kind's order of preference a heading stands: the lower, the earlier."""
    words = words_of(heading)
    return next((at for at, first in enumerate(kind.first) if not first.isdisjoint(words)), len(kind.first))


# What sets a sentence against the one before it.
CONTRAST = re.compile(r"(?:however|but|although|except|nevertheless|some|yet|not all|this is not)\b", re.IGNORECASE)
_GOOD = re.compile(
    r"\b(?:well|good|strong(?:ly|er|est)?|strengths?|effective(?:ly)?|improved|positive(?:ly)?|success\w*|excellent|"
    r"exceptional|outstanding|ambitio\w+|praise[sd]?|valued?|quick(?:ly)?|prompt(?:ly)?|benefit(?:s|ed)?|trusted|"
    r"established|skilled|committed|timely|within the (?:hour|day|week)|confident(?:ly)?|respected|curious|kind)\b",
    re.IGNORECASE,
)
_BAD = re.compile(
    r"\b(?:not|no|never|nor|weak(?:er|ness(?:es)?)?|poor(?:ly)?|delay(?:s|ed)?|limited|lack(?:s|ed|ing)?|gaps?|"
    r"inconsisten\w+|too (?:long|many|few|often|late|slow\w*)|challeng\w+|shortfalls?|worse|fail\w*|"
    r"struggl\w+|variab\w+|unable|need(?:s|ed|ing)? (?:to|improve\w*)|little|few(?:er)?|frustrat\w+|uneven|mixed|"
    r"hard|difficult\w*|waiting|backlog\w*|fall(?:s|en|ing)?|fell|late|incomplete|missed|insufficient\w*|"
    r"inadequate\w*|less (?:well|than|likely|sure|good|able)|only|defensive|further develop\w*|early stages?|gave up|"
    r"slow(?:ly)?|shortages?|out of date|unsafe|too early|yet to|until|ceased?|despite|previously)\b|n't\b",
    re.IGNORECASE,
)


def speaks_of(sentence: str, kind: str) -> bool:
    """Whether a sentence may stand among strengths (it tells of nothing lacking), or among what is to improve."""
    if kind == "strengths" and CONTRAST.match(sentence):
        return False
    good, bad = len(_GOOD.findall(sentence)), len(_BAD.findall(sentence))
    return bad == 0 < good if kind == "strengths" else bad > good
