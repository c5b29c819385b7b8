"""Questions that are not for these reports: told from their own words, before anything is searched for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from service.model import Reason
from service.question.instructions import is_instruction
from service.question.personal import is_personal
from service.question.wordlists import any_of, listed


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

# Small talk is made of the first words alone, and has one of the second.
_SMALL = listed(
    "hello hi hiya hey there thanks thank you ta cheers very so much many good morning afternoon evening day night bye "
    "goodbye see later ok okay great brilliant perfect lovely cool nice wonderful excellent help helpful that's thats "
    "that was is it all for your the how are doing today well done please again to meet everyone team bot citewise "
    "and a lot really no yes welcome sorry dear sir madam"
)
_TELLING = listed(
    "hello hi hiya hey thanks thank ta cheers bye goodbye morning afternoon evening great brilliant perfect lovely "
    "cool nice wonderful excellent ok okay done welcome sorry please"
)
_MOST_SMALL = 10
_HOW_ARE_YOU = re.compile(r"how are you(?: doing)?(?: today)?", re.IGNORECASE)
_THIS = any_of("service tool site website bot chatbot thing")
_ABOUT_SERVICE = re.compile(
    r"(?:(?:so|and|please|hi|hello|hey)[\s,]+)*(?:"
    r"(?:who|what)(?:\s+exactly)?\s+are\s+you(?:\s+(?:called|for|made\s+of|based\s+on|trained\s+on))?"
    rf"|who\s+(?:made|built|created|wrote|trained|runs|owns|designed)\s+(?:you|this\s+{_THIS})"
    rf"|what(?:'s|\s+is)\s+(?:your\s+(?:name|purpose|job|function|role)|citewise|this\s+{_THIS}(?:\s+for)?)"
    r"|(?:what|which\s+\w+)\s+(?:can|do|could)\s+you\s+(?:do|help(?:\s+(?:me|us))?(?:\s+with)?|answer|know|offer)"
    r"(?:\s+for\s+(?:me|us))?"
    r"|(?:what|which\s+questions|what\s+(?:sort|kind|type)s?\s+of\s+(?:questions?|things))\s+"
    r"(?:can|should|may|could)\s+(?:i|we)\s+ask(?:\s+(?:you|here|about))?"
    r"|how\s+(?:do|does|can|should|would)\s+(?:i|we|one|you|this|it)\s+"
    rf"(?:use\s+(?:this|you|it|citewise)|work|search\s+here)(?:\s+{_THIS})?"
    rf"|how\s+does\s+this\s+{_THIS}\s+work"
    r"|how\s+do\s+(?:you|i)\s+know\s+(?:that\s+)?(?:your|the|these)\s+answers\s+are\s+\w+"
    r"|(?:do|will)\s+you\s+(?:keep|store|save|log|remember|record|share)\s+(?:what\s+(?:i|we)\s+(?:ask|type|say)"
    r"|(?:my|our|the|these)\s+(?:questions?|chats?|conversations?))(?:\s+(?:you|here))?"
    r"|are\s+you\s+(?:an?\s+)?(?:\w+\s+)?(?:human|person|robot|bot|chatbot|ai|machine|real|chatgpt|gpt|llm|alive|there)"
    r"(?:\s+model)?"
    r"|(?:can|will|could|would)\s+you\s+help(?:\s+(?:me|us))?|(?:i\s+need\s+)?help(?:\s+me)?(?:\s+please)?"
    r"|(?:which|what|how\s+many)\s+(?:reports?|councils?|documents?|inspections?|subjects?|bodies|areas|sources)\s+"
    r"(?:do\s+you\s+(?:have|know|hold|cover|use|search)|(?:are|is)\s+(?:indexed|loaded|available|included|covered|there|"
    r"here|in\s+(?:here|this\s+service|the\s+(?:index|system))))(?:\s+(?:here|on|about|of|loaded|indexed))?"
    r")",
    re.IGNORECASE,
)
_ARITHMETIC = re.compile(
    r"(?:what(?:'s|\s+is)\s+|calculate\s+|compute\s+)?[\d\s.,()-]*\d\s*[+*/x×÷^-][\d\s.,+*/x×÷^()=%-]+", re.IGNORECASE
)
_LIVE_WORDS = listed(
    "weather temperature forecast rain raining snow snowing sunny time day date news headlines football scores win won "
    "price joke jokes riddle riddles recipe"
)
_NOW = any_of("today tomorrow tonight now outside this_week next_week like_in")
_LIVE = re.compile(
    rf"\bwhat(?:'s|\s+is|\s+will)?\s+(?:\w+\s+){{0,2}}?(?:weather|temperature|forecast)\b.*\b{_NOW}\b"
    rf"|\b(?:weather|forecast)\s+(?:for\s+)?{_NOW}\b"
    r"|\b(?:will|is)\s+it\s+(?:going\s+to\s+)?(?:be\s+)?(?:rain|snow|sunny|raining|snowing)\b"
    r"|^\W*what(?:'s|\s+is)?\s+(?:the\s+)?(?:current\s+)?(?:time|day|date)"
    r"(?:\s+is\s+it|\s+is\s+today|\s+now|\s+today|\s+in\s+\w+)?(?:\s+(?:now|today))?\W*$"
    r"|\b(?:latest|today's|breaking)\s+(?:news|headlines|football|scores)\b|\bhappening\s+in\s+the\s+news\b"
    r"|\bwho\s+(?:will|is\s+going\s+to)\s+win\b"
    r"|\bwho\s+won\s+(?:the\s+)?(?:match|game|football|cup|league|race|election)\s+(?:today|yesterday|last\s+night)\b"
    r"|\b(?:share|stock|bitcoin)\s+price\s+(?:today|now|of)\b|\b(?:joke|riddle)s?\s*[?.!]*$|\brecipe\s+for\b",
    re.IGNORECASE,
)


def outside(text: str) -> Outside | None:
    """None where the question may be one for the reports."""
    plain = re.sub(r"\s+", " ", text.translate({0x2019: "'", 0x2018: "'"})).strip()
    bare = plain.strip(" ?!.,;:…-")
    found = re.findall(r"[\w']+", plain.lower())
    small = 0 < len(found) <= _MOST_SMALL and _SMALL.issuperset(found) and not _TELLING.isdisjoint(found)
    if small or _HOW_ARE_YOU.fullmatch(bare):
        return _GREETING
    if _ABOUT_SERVICE.fullmatch(bare):
        return _SERVICE
    if is_instruction(text):
        return _INSTRUCTION
    if is_personal(plain):
        return _PERSONAL
    if _ARITHMETIC.fullmatch(bare) or (not _LIVE_WORDS.isdisjoint(found) and _LIVE.search(plain)):
        return _GENERAL
    return None
