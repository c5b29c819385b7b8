"""Instructions to whoever answers: what is not asked of the reports but told to a bot."""

from __future__ import annotations

import re

from service.question.wordlists import any_of

_FLAGS = re.IGNORECASE | re.DOTALL
# The rules of the one who is spoken to, and what it says.
_RULES = any_of(
    "instruct(?:ions?|ed) rules? prompts? guidelines? guardrails? restrictions? constraints? polic(?:y|ies) filters? "
    "programming training directives? directions? commands? orders? safeguards limitations?"
)
_SPEECH = any_of(
    "answers? repl(?:y|ies) respon(?:ses?|ding) outputs? solution implementation prompt instructions programming "
    "code(?:base)?(?:'s)? context_window guidelines system_message training_data"
)
_SET_ASIDE = any_of("ignor\\w* disregard\\w* forget overrid\\w* bypass\\w* dismiss skip violate break cancel erase")
_OVERRIDES = re.compile(
    rf"\b{_SET_ASIDE}\b[^.?!\n]{{0,60}}?(?:"
    rf"\b{any_of('your previous prior above earlier preceding following all any these those my system original')}\b"
    rf"[^.?!\n]{{0,40}}?\b{_RULES}\b"
    r"|\b(?:everything|anything|all)\b[^.?!\n]{0,30}\b(?:you|above|before|learned|told|said|else)\b"
    r"|\b(?:above|previous|foregoing)\s*(?:text|context|content|message|conversation|$|[.!,:]|and\b)"
    r"|\bthe\s+rest\s+of\b)"
    r"|\bignor\w*\s+(?:all\s+)?instructions\b|\bignore\s+(?:the|what)\s+(?:above|i\s+said)\b"
    r"|\b(?:stop|ignore|forget)\s+everything\b|\boverride\b[^.?!\n]{0,40}\b(?:output|print|say)\b",
    _FLAGS,
)
_ADDRESSED = re.compile(
    rf"\b(?:your|the)\s+(?:system|hidden|initial|secret|original|developer)\s+(?:{_RULES}|message)\b"
    rf"|\b(?:your|my)\s+(?:own\s+|next\s+|final\s+|whole\s+|entire\s+)?{_SPEECH}\b"
    r"|\byour\s+(?:message|text|words|sentences|writing|conversation|content)\b",
    _FLAGS,
)
_ROLE = re.compile(
    r"\bfrom\s+now\s+on,?\s+you\b|\byou\s+(?:are\s+(?:now|about\s+to)"
    r"|(?:are\s+going\s+to|will|must|shall)\s+(?:now\s+)?(?:act|be|play|pretend|simulate|respond|answer))\b"
    r"|(?:^|[.!?:,]\s*|\n|\b(?:you|please|then|now|just|only)\s+)(?:act|behave|respond|reply|answer|speak|talk|pose)\s+"
    r"(?:exactly\s+|just\s+)?"
    r"(?:as\s+(?:if|though)\s+you|as\s+an?\b|like\s+an?\b|in\s+reverse)"
    r"|\bpretend\s+(?:to\s+be|you|that\s+you)|\brole-?play\b|\bimmerse\s+yourself\b|\bimagine\s+(?:you|that\s+you)\b"
    r"|\byou\s+are\s+(?:an?|the)\s+(?:\w+\s+){0,3}(?:assistant|ai|bot|chatbot|model|expert|hacker|persona)\b"
    r"|\b(?:developer|dan|god|debug|admin|sudo|jailbreak)\s+mode\b|\bjailbr(?:eak|oken)\b|\bdo\s+anything\s+now\b"
    r"|\b(?:as|you're|being)\s+an?\s+(?:large\s+)?(?:ai\s+)?language\s+model\b"
    r"|\bprompt\s+injection\b",
    _FLAGS,
)
_TO_MACHINES = re.compile(
    r"\bnote\s+(?:to|for|by)\s+(?:\w+\s+){0,4}(?:system|software|ai|model|llm|recruiter|assistant|bot|screener)s?\b"
    r"|\b(?:visible|invisible|hidden|readable)\s+(?:only\s+)?(?:to|from|for)\s+(?:\w+\s+)?"
    r"(?:humans?|people|ai|llms?|machines?|models?)\b"
    r"|\bautomated\s+(?:\w+\s+)?(?:screening|analysis|review|evaluation)\s+(?:system|software|tool)s?\b"
    r"|\bchain\s+of\s+thought\b|\bif\s+asked\b[^.?!]{0,80}\b(?:respond|reply|say|answer)\b"
    r"|\b(?:just|simply|only)\s+(?:respond|reply|print|output|say|write|repeat|answer\s+with)\b"
    r"|\b(?:system|assistant|user|human)\s*:\s|<\|?(?:im_start|system)"
    r"|\bcode\s+(?:snippet|block|excerpt|segment|fragment|piece)\b",
    _FLAGS,
)
# Each is tried only where a word begins so: most questions hold none.
_TRIED = (
    (_OVERRIDES, "ignor disregard forget overrid bypass dismiss skip violat break cancel eras stop"),
    (_ADDRESSED, "your my system hidden initial secret original developer"),
    (
        _ROLE,
        "you act behav respond reply answer speak talk pose pretend role immers imagin mode jailbr any lang inject",
    ),
    (
        _TO_MACHINES,
        "note visible invisible hidden readable automat thought asked just simply only system assist user human code",
    ),
)
_BEGINNINGS = tuple((rule, tuple(words.split())) for rule, words in _TRIED)
# What one tells a writer or a machine to do. Not what a reader of reports may be told: list, compare, quote, find.
_MAKE = any_of(
    "write compose draft generate create produce translate rewrite rephrase paraphrase reword print output repeat sing "
    "recite code program implement solve encode decode encrypt decrypt reverse rearrange scramble substitute imagine "
    "invent make_up recommend pretend play execute run delete download install design simulate "
    "(?:analy[sz]e|determine)_the_sentiment send visit click open insert append incorporate integrate embed include "
    "replace swap modify change alter convert transform misspell capitali[sz]e enhance spell hack build_(?:me|a) "
    "tell_(?:me|us)_(?:a|another|some)_(?:\\w+_)?(?:jokes?|story|stories|poems?|riddles?|facts?|secrets?)"
)
_ASK_TO = any_of(
    "please kindly now then also next first seamlessly hey hello hi ok let's try_to be_sure_to make_sure_(?:to|you) "
    "(?:can|could|would|will)_you(?:_please)? i(?:_want|_need|_would_like|'d_like|_order|_command)_you_to "
    "you_(?:must|should|have_to|need_to) (?:don't|do_not)_forget_to help_me(?:_to)?"
)
_IMPERATIVE = re.compile(
    rf"(?:{_ASK_TO}[\s,:]+)*{_MAKE}\b(?!\s+(?:is|are|was|were|off)\b|'s\b|\s*[-/]\s*\w|:)\s+\S", _FLAGS
)
_WORD = re.compile(r"[a-z_]+")
_SENTENCE = re.compile(r"(?<=[.?!:])[\s\"'”]+(?=\S)|\n+")
# What is set apart as if the system said it.
_MARKED = re.compile(
    r"\[\[.{0,200}?\]\]|<(\w{1,20})>.{0,200}?</\1>|</?\w{1,20}>|!\[[^\]]{0,200}\]\([^)]{0,200}\)", re.DOTALL
)
_OPENS_QUESTION = any_of(
    "what which who whom whose when where why how does do did is are was were has have had can could should compare "
    "list summari[sz]e describe show find give tell in_which in_what"
)
_REAL = re.compile(rf"(?:(?:and|so|please)\s+)*{_OPENS_QUESTION}\b(?:\W+\w+){{3,}}", re.IGNORECASE)
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
    found = _WORD.findall(text.lower())
    if "```" in text or any(
        rule.search(text) for rule, begin in _BEGINNINGS if any(word.startswith(begin) for word in found)
    ):
        return True
    return any(_IMPERATIVE.match(piece.strip(" \"'“*#-")) for piece in _SENTENCE.split(text))
