"""Instructions to whoever answers: what is not asked of the reports but told to a bot.

What stays has caught something by itself: of 213 planted instructions, or of those of the tests.
"""

from __future__ import annotations

import re

from service.question.wordlists import any_of

_FLAGS = re.IGNORECASE | re.DOTALL
# The rules of the one who is spoken to, and what it says.
_RULES = any_of("instruct(?:ions?|ed) rules? prompts? guidelines? restrictions? directions? commands? message")
_SPEECH = any_of(
    "answers? repl(?:y|ies) respon(?:ses?|ding) outputs? message text words sentences writing content solution "
    "implementation prompt instructions guidelines code(?:base)?"
)
_SET_ASIDE = any_of(r"ignor\w* disregard\w* forget overrid\w* bypass\w*")
_SAID = any_of("your previous prior above earlier following all any these those my system original")
_ADDRESSED = re.compile(
    rf"\b{_SET_ASIDE}\b[^.?!\n]{{0,60}}?(?:\b{_SAID}\b[^.?!\n]{{0,40}}?\b{_RULES}\b"
    r"|\b(?:everything|all|anything)\b[^.?!\n]{0,30}\b(?:you|above|before|said)\b|\bthe\s+rest\s+of\b)"
    r"|\bignor\w*\s+instructions\b|\boverride\b[^.?!\n]{0,40}\b(?:output|print|say)\b|\bchain\s+of\s+thought\b"
    rf"|\b(?:system|hidden|secret|developer)\s+{_RULES}\b|\byour\s+(?:own\s+|whole\s+|entire\s+)?{_SPEECH}\b"
    r"|\bfrom\s+now\s+on,?\s+you\b|\byou\s+are\s+(?:now|about\s+to)\b"
    r"|(?:^|[.!?:,\n]\s*|\b(?:you|please|then|just|only)\s+)(?:act|behave|respond|reply|answer|speak|talk)\s+"
    r"(?:as\s+(?:if|though)\s+you|(?:as|like)\s+an?\b|in\s+reverse)"
    r"|\b(?:developer|dan|god|debug|jailbreak)\s+mode\b|\b(?:just|simply|only)\s+(?:print|output|say|write|repeat)\b"
    r"|\bnote\s+(?:to|for|by)\s+(?:\w+\s+){0,4}(?:system|software|ai|model|llm|recruiter|assistant|bot)s?\b"
    r"|\b(?:visible|invisible)\s+(?:only\s+)?(?:to|for)\s+(?:humans?|people|ai|llms?)\b"
    r"|\bautomated\s+(?:\w+\s+)?(?:screening|analysis)\s+(?:system|software|tool)s?\b"
    r"|```|\bcode\s+(?:snippet|block|excerpt|section)\b",
    _FLAGS,
)
# What a machine is told to do with words.
_HANDLE = any_of(
    "print output repeat sing recite translate rewrite rephrase encode decode reverse rearrange scramble spell solve "
    "invent recommend pretend execute run delete download send visit insert append replace modify convert transform "
    "(?:analy[sz]e|determine)_the_sentiment"
)
_MAKE = any_of("write compose draft generate create produce make program tell_(?:me|us) give_(?:me|us)")
# What no report is asked for, and no quotation of one can be.
_MADE = any_of(
    r"poems? haikus? songs? jokes? stor(?:y|ies) essays? speech letters? e-?mails? tweets? posts? recipes? code script "
    r"function python (?:\w+_)?sentences?_about secrets?"
)
_ASK_TO = any_of(
    "please now then also (?:can|could|would|will)_you i_(?:want|need)_you_to you_(?:must|should) "
    "(?:don't|do_not)_forget_to help_me(?:_to)?"
)
_IMPERATIVE = re.compile(
    rf"(?:{_ASK_TO}[\s,:]+)*(?:{_HANDLE}\b(?!\s+(?:is|are|was|were|off)\b|'s\b|\s*[-/]\s*\w|:)\s+\S"
    rf"|{_MAKE}\s+(?:(?!the\b)\w+\s+){{0,4}}?{_MADE}\b)",
    _FLAGS,
)
_SENTENCE = re.compile(r"(?<=[.?!:])[\s\"'”]+(?=\S)|\n+")
# What is set apart as if the system said it.
_MARKED = re.compile(
    r"\[\[.{0,200}?\]\]|<(\w{1,20})>.{0,200}?</\1>|</?\w{1,20}>|!\[[^\]]{0,200}\]\([^)]{0,200}\)", re.DOTALL
)
_REAL = re.compile(
    r"(?:(?:and|so|please)\s+)*(?:(?:in|to|for|from|by)\s+)?(?:what|which|who|whom|whose|when|where|why|how|does|do|did|"
    r"is|are|was|were|has|have|had|can|could|should|compare|list|summari[sz]e|describe|show|find|give|tell)\b(?:\W+\w+){3,}",
    re.IGNORECASE,
)
# Longer than this, questions among instructions are part of them.
_MIXED = 500
_SEEN = 4000


def is_instruction(text: str) -> bool:
    """Whether a text tells a bot what to do, and asks nothing else of the reports."""
    return _instructs(text[:_SEEN]) and asked_part(text) is None


def without_instructions(text: str) -> str:
    """What a text asks, without what it tells a bot to do beside; the text itself where it does not."""
    if len(text) > _MIXED or not _instructs(text):
        return text
    return asked_part(text) or text


def asked_part(text: str) -> str | None:
    """The sentences of a short text that ask, without those that instruct; None if none asks."""
    if len(text) > _MIXED:
        return None
    pieces = [piece.strip() for piece in _SENTENCE.split(_MARKED.sub(" ", text)) if piece.strip()]
    real = [piece for piece in pieces if not _instructs(piece)]
    return " ".join(real) if any(_REAL.match(piece) for piece in real) else None


def _instructs(text: str) -> bool:
    if _ADDRESSED.search(text):
        return True
    return any(_IMPERATIVE.match(piece.strip(" \"'“*#-")) for piece in _SENTENCE.split(text))
