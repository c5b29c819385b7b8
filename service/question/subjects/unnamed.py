"""Texts that speak of one body, and do not say which."""

from __future__ import annotations

import re
from collections.abc import Collection

# By a word that stands in titles around subjects: what people call a body of that kind.
KINDS = {
    "council": ("council",),
    "borough": ("borough",),
    "county": ("county",),
    "city": ("city",),
    "authority": ("authority",),
    "partnership": ("partnership", "area"),
    "constabulary": ("constabulary", "force"),
    "police": ("police", "force"),
    "fire": ("service",),
    "probation": ("service", "region"),
    "youth": ("service", "partnership"),
    "service": ("service",),
    "services": ("service",),
    "trust": ("trust", "hospital"),
    "hospital": ("hospital",),
    "hmp": ("prison", "establishment"),
    "hmyoi": ("prison", "establishment"),
    "prison": ("prison", "establishment"),
    "school": ("school",),
    "college": ("college",),
    "academy": ("academy",),
    "university": ("university",),
    "home": ("home",),
    "board": ("board",),
}
_ALWAYS = ("council", "authority", "report")
_PLURALS = {
    "authority": "authorities",
    "body": "bodies",
    "constabulary": "constabularies",
    "police": "forces",
    "county": "counties",
    "city": "cities",
    "academy": "academies",
}
_BEFORE = (
    r"(?:(?:local|city|county|borough|district|area|inspection|assessment|send|police|fire|latest|newest|whole)\s+)"
    r"{0,2}"
)
_NOT_AFTER = (
    r"(?!['\u2019]?s?[\s-]+(?:of|on|for|to|that|which|who|where|tax|taxes|between|users?|designated|wide|network|centres?|"
    r"board|association|houses?|homes?)\b)(?![\w-])"
)
# Of a short question "our score" is whoever asks; of a long one it may be part of a story.
_OURS = re.compile(r"\b(?:our|my)\b", re.IGNORECASE)
_FEW = 8


class Unnamed:
    """Safe for several threads."""

    def __init__(self, around: Collection[str]) -> None:
        """around  the words that titles and bodies themselves put around the names of bodies."""
        kinds = dict.fromkeys((*_ALWAYS, *(kind for word in sorted(around) for kind in KINDS.get(word, ()))))
        one = "|".join(map(re.escape, kinds))
        many = "|".join(re.escape(_PLURALS.get(kind, f"{kind}s")) for kind in kinds)
        self._one = re.compile(
            rf"\b(?:the|this|that|our|my|your)\s+{_BEFORE}(?:{one})(?:['\u2019]s|['\u2019])?{_NOT_AFTER}", re.IGNORECASE
        )
        self._general = re.compile(
            rf"\b(?:{many})\b(?!\s+(?:for|of)\b)|\b(?:nationally|everywhere|elsewhere|anywhere)\b"
            rf"|\b(?:which|each|every|any|another|no|one|an?)\s+(?:\w+\s+)?(?:{one})\b(?!\s+(?:for|of)\b)",
            re.IGNORECASE,
        )

    def speaks_of_one(self, text: str) -> bool:
        """Whether a text that names no body speaks of one all the same: "the council", "this report", "our score"."""
        if self.speaks_of_many(text):
            return False
        ours = _OURS.search(text) is not None and len(text.split()) <= _FEW
        return ours or self._one.search(text) is not None

    def speaks_of_many(self, text: str) -> bool:
        """Whether a text asks about bodies or reports in general: "councils", "which report", "anywhere"."""
        return self._general.search(text) is not None
