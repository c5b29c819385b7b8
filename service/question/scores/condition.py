"""Ratings as a condition: "what do reports with score 4 say about …"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from service.question.scores.marked import Marked
from service.question.scores.values import VALUE, Values
from service.question.scores.wanted import SAYS


@dataclass(frozen=True, kw_only=True, slots=True)
class ScoreFilter:
    """A question about what reports with certain ratings say.

    names  the sections whose ratings count; None for any.
    rest   the question without the words of the filter.
    """

    values: Values
    names: frozenset[str] | None
    rest: str


_BODY = (
    r"(?:reports?|councils?|authorit(?:y|ies)|(?:local )?areas|partnerships?|inspections|assessments|boroughs|counties|"
    r"forces|sections?|statements?|those|places|bodies|prisons|hospitals|schools|trusts|homes|providers|ones)"
)
_OPENS = r"(?:with|that|which|who|where|whose|scoring|scored|rated|given|getting|awarded|graded|judged|at|having)"
_NOT_WITHIN = r"(?!(?:say|says|said|do|does|did|about|and|what|how|which|who)\b)"
_SERIES = rf"{VALUE}(?:(?:,| or| and| to)* {VALUE})*"
_AFTER = (
    r"(?: (?:or|and) (?:more|less|above|below|higher|lower|better|worse)| plus)?(?: overall)?"
    r"(?: (?:score|rating|judgement)s?)?(?: (?:for|in|on) (?:the )?sec\d+)?"
)
_FOLLOWING = re.compile(rf"\b{_BODY}(?P<cut> {_OPENS} (?:{_NOT_WITHIN}[^\s,]+ ){{0,8}}?{_SERIES}{_AFTER})(?![\w%])")
_AHEAD = re.compile(
    rf"(?:^|(?<= ))(?P<cut>(?:scores? |rated |scoring )?{VALUE} (?:rated |scoring |scores? )?)(?={_BODY}\b)"
)


def condition(text: str, marked: Marked) -> ScoreFilter | None:
    """None where a question sets no such condition, or asks for nothing but the ratings themselves."""
    plain = marked.plain
    match = _FOLLOWING.search(plain) or _AHEAD.search(plain)
    if match is None:
        return None
    start, end = match.span("cut")
    spoken = next((s for s in marked.spoken if start <= s.start < end), None)
    if spoken is None or not spoken.anchored:
        return None
    named = re.findall(r"\bsec(\d+)", plain[start:end])
    names = frozenset(k.name for n in named for k in marked.sections[int(n)] if k.rated)
    outside = f"{plain[:start]} {plain[end:]}"
    if not (SAYS.search(outside) or marked.leftover or re.search(r"\bsec\d", outside)):
        return None
    first, last = marked.original(start, end)
    rest = re.sub(r"\s+", " ", f"{text[:first]} {text[last:]}").strip()
    return ScoreFilter(values=spoken.values, names=names or None, rest=re.sub(r"\s+(?=[,.?])", "", rest))
