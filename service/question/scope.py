"""Questions that are not for these reports: told from their own words, before anything is searched for."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from service.model import Reason
from service.question.instructions import is_instruction
from service.question.personal import is_personal
from service.question.phrases import Token, tokens
from service.question.wishes import ASKING
from service.question.wordlists import listed
from service.question.words import has_telling


@dataclass(frozen=True, kw_only=True, slots=True)
class Outside:
    """Why a question is refused; `advice` says so to the person who asked, and what to ask instead."""

    reason: Reason
    advice: str


_GREETING = Outside(
    reason=Reason.OUT_OF_SCOPE,
    advice="Hello. Ask what the reports found, for example about a council and a matter such as support for carers, "
    "and the answer comes with the passages that it rests on.",
)
_SERVICE = Outside(
    reason=Reason.OUT_OF_SCOPE,
    advice="This service answers questions about the indexed reports in their own words, and cites the passage for "
    "every sentence. Name a council or another body and what you want to know about it; ask which ones got a score; "
    "or compare two of them. The list of reports shows what is indexed.",
)
_NOTHING_ASKED = Outside(
    reason=Reason.OUT_OF_SCOPE,
    advice="There is no word here that the reports could be searched for. Name a council or another body and a matter, "
    "for example waiting times; ask which ones got a score; or compare two of them.",
)
_INSTRUCTION = Outside(
    reason=Reason.OUT_OF_SCOPE,
    advice="This is an instruction or a request to write something, and not a question about the reports. This "
    "service only finds what the reports say, and quotes it. Ask what you want to know from them.",
)
_GENERAL = Outside(
    reason=Reason.OUT_OF_SCOPE,
    advice="This cannot be answered from published reports. Ask what a report found, said or recommended.",
)
_PERSONAL = Outside(
    reason=Reason.PERSONAL_DATA,
    advice="This asks about a person's private details, which published reports do not give and this service does "
    "not look for. Please do not type personal data here. For a person's own records, or the contact details of a "
    "service, ask the council or the organisation itself.",
)

# Small talk, questions about the service and questions of the day are made of the first words alone, or of those that
# nothing is searched for, and have one of the second.
_SMALL = listed(
    "hello hi hiya hey thanks thank ta cheers much many good morning afternoon evening day night bye goodbye see later "
    "ok okay great brilliant perfect lovely cool nice wonderful excellent help helpful that's thats today well done "
    "please again meet everyone team bot citewise lot really no yes welcome sorry dear sir madam very there now all how"
)
_TELLING = listed(
    "hello hi hiya hey thanks thank ta cheers bye goodbye morning afternoon evening great brilliant perfect lovely "
    "cool nice wonderful excellent ok okay done welcome sorry please"
)
_OF_SERVICE = _SMALL | listed(
    "called purpose job function role name work works use using ask asked know answer answers question questions based "
    "trained created built wrote runs owns designed sort kind type things thing service tool site website chatbot "
    "robot human person real chatgpt gpt ai llm model alive machine keep store save log remember record share type "
    "need search reports report councils documents inspections subjects bodies areas sources indexed loaded available "
    "included covered cover hold index system right true correct here offer exactly chat chats conversations about"
)
_THE_SERVICE = listed("you your ask help citewise chatbot bot tool site website index indexed loaded use")
_OF_THE_DAY = listed(
    "weather temperature forecast rain raining snow snowing sunny time date day news headlines football cup match game "
    "league race election scores win won price share stock bitcoin joke jokes riddle riddles recipe funny tell latest "
    "current today tomorrow tonight yesterday now outside week next like going happening breaking good another degrees"
)
_THE_DAY = listed(
    "weather forecast rain raining snow snowing sunny news headlines football bitcoin joke jokes riddle recipe"
)
_CLOCK = re.compile(
    r"what(?:'s|\s+is)?\s+(?:the\s+)?(?:current\s+)?(?:time|day|date)\b(?:\s+(?:is|it|today|now))*", re.IGNORECASE
)
_WINNER = re.compile(r"who\s+(?:won|will\s+win|is\s+going\s+to\s+win)\b", re.IGNORECASE)
_ARITHMETIC = re.compile(
    r"(?:what(?:'s|\s+is)\s+|calculate\s+|compute\s+)?[\d\s.,()-]*\d\s*[+*/x×÷^-][\d\s.,+*/x×÷^()=%-]+", re.IGNORECASE
)
_MOST_SMALL = 12
_PLACED = listed("in for at")


def outside(text: str, *, follows: bool = False) -> Outside | None:
    """None where the question may be one for the reports.

    follows  it takes what it is about from the conversation before it.
    """
    plain = re.sub(r"\s+", " ", text.translate({0x2019: "'", 0x2018: "'"})).strip()
    bare = plain.strip(" ?!.,;:…-")
    words = tokens(plain)
    if len(words) <= _MOST_SMALL and (small := _small(words, bare, follows=follows)) is not None:
        return small
    if is_instruction(text):
        return _INSTRUCTION
    if is_personal(plain):
        return _PERSONAL
    if _ARITHMETIC.fullmatch(bare):
        return _GENERAL
    return None if follows or has_telling(w.term for w in words) else _NOTHING_ASKED


def _small(words: Sequence[Token], bare: str, *, follows: bool) -> Outside | None:
    asks = any(w.word in ASKING - {"how"} for w in words)
    if _made_of(words, _SMALL, _TELLING) and not asks:
        return _GREETING
    if _made_of(words, _OF_SERVICE, _THE_SERVICE) and not follows:
        return _SERVICE
    of_the_day = _made_of(words, _OF_THE_DAY, _THE_DAY, places=True)
    return _GENERAL if of_the_day or _CLOCK.fullmatch(bare) or _WINNER.match(bare) else None


def _made_of(words: Sequence[Token], kind: Collection[str], telling: Collection[str], *, places: bool = False) -> bool:
    """Whether a text has nothing else than words of a kind, and a telling one. `places`: the name of one may follow."""
    if not any(w.word in telling for w in words):
        return False
    left = [at for at, w in enumerate(words) if w.word not in kind and has_telling([w.term])]
    return not left or (places and 0 < left[0] == len(words) - len(left) and words[left[0] - 1].word in _PLACED)
