"""Which run of a paragraph's sentences answers: as much as carries the figure or the reason, and what qualifies it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.answers.told import Extract
from service.question.expects import Wants
from service.reader import Read
from service.reader.features import REACH
from service.reader.kinds import OF_WANTS, Kind, holds

# A neighbour that fits at least so well beside the best belongs to the run.
_GROWS = 0.5
_MOST_SENTENCES = 4
_LONGEST = 700
# A sentence that begins so leans on the one before it.
_LEANS = re.compile(
    r"[“\"'‘(]?(?:it|its|he|she|his|her|they|their|them|this|that|these|those|such|both|also|however|although|but|"
    r"as a result|therefore|for example|for instance|in addition|similarly|equally|consequently|overall|"
    r"the (?:latter|former|same)|another|others|in turn|instead|then|the \w+ also)\b",
    re.IGNORECASE,
)
# What a sentence leans on may lean itself: so many before it are brought along.
_LEANS_BACK = 2
# What the next sentence takes back or narrows: cut off before it, exact words mislead.
_QUALIFIES = re.compile(
    r"\A[“\"'‘(]?(?:however|but|although|though|yet|nevertheless|nonetheless|even so|despite|except|apart from|"
    r"conversely|in contrast|on the other hand|not all|some (?!of these\b)|a (?:few|small (?:number|minority))|"
    r"this is not|(?:this|it) (?:was|is|has|had|does|did) not)\b",
    re.IGNORECASE,
)
_OPENS_QUOTATION = re.compile(r"[“\"‘]")
_SAYS = re.compile(r"\b(?:say|says|said|told|describ\w+|report(?:s|ed)?|explain\w*|added|felt|stated|commented)\b")
# The kinds of thing of which an answer has to hold one.
_HELD = frozenset({Kind.DATE, Kind.NUMBER, Kind.REASON})


def runs(one: Read, wants: Wants, least: float, most: int) -> list[Extract]:
    """At most so many runs of a paragraph's sentences, the best first; at least one where it has sentences.

    least  how well the best sentence of a further run has to fit.
    """
    ranked = sorted(range(len(one.sentences)), key=lambda at: (-one.sentences[at].fit, at))
    taken: set[int] = set()
    found: list[Extract] = []
    for at in ranked:
        if len(found) == most or (found and one.sentences[at].fit < least):
            break
        if at in taken:
            continue
        first, last = _run(one, at, OF_WANTS.get(wants))
        while first in taken:
            first += 1
        while last in taken:
            last -= 1
        taken |= set(range(first, last + 1))
        found.append(_extract(one, first, last))
    return _joined(found)


def _run(one: Read, best: int, kind: Kind | None) -> tuple[int, int]:
    """From which sentence to which one."""
    fits = [sentence.fit for sentence in one.sentences]
    first = last = best
    while last + 1 < len(fits) and fits[last + 1] >= _GROWS * fits[best] and _fits_in(one, first, last + 1):
        last += 1
    while first > 0 and fits[first - 1] >= _GROWS * fits[best] and _fits_in(one, first - 1, last):
        first -= 1
    if kind in _HELD and not any(holds(kind, _words(one, at)) for at in range(first, last + 1)):
        first, last = _carrying(one, first, last, kind)
    for _ in range(_LEANS_BACK):
        if first > 0 and _leans(_words(one, first)):
            first -= 1
    if last + 1 < len(fits) and _QUALIFIES.match(_words(one, last + 1)):
        last += 1
    return first, last


def _carrying(one: Read, first: int, last: int, kind: Kind) -> tuple[int, int]:
    """A run to the sentence after it that holds what is asked for. Reasons are often told in words that only their
    place shows to be reasons: where none is recognised, what stands around is quoted as well."""
    ahead = [at for at in range(last + 1, min(len(one.sentences), last + 1 + REACH)) if _fits_in(one, first, at)]
    carries = next((at for at in ahead if holds(kind, _words(one, at))), None)
    if carries is not None:
        return first, carries
    if kind is Kind.REASON:
        last = max(ahead, default=last)
        first -= first > 0 and _fits_in(one, first - 1, last)
    return first, last


def _fits_in(one: Read, first: int, last: int) -> bool:
    return last - first < _MOST_SENTENCES and one.sentences[last].end - one.sentences[first].start <= _LONGEST


def _leans(sentence: str) -> bool:
    """Whether it can't be understood without the one before it."""
    quotes_on = _OPENS_QUOTATION.match(sentence) and not _SAYS.search(sentence)
    return bool(quotes_on) or _LEANS.match(sentence) is not None


def _words(one: Read, at: int) -> str:
    return one.evidence.found.paragraph.text[one.sentences[at].start : one.sentences[at].end]


def _extract(one: Read, first: int, last: int) -> Extract:
    return Extract(found=one.evidence.found, start=one.sentences[first].start, end=one.sentences[last].end)


def _joined(found: Sequence[Extract]) -> list[Extract]:
    """Runs that touch are one."""
    joined: list[Extract] = []
    for one in found:
        touching = [other for other in joined if one.start <= other.end + 1 and other.start <= one.end + 1]
        start = min(each.start for each in (one, *touching))
        end = max(each.end for each in (one, *touching))
        at = joined.index(touching[0]) if touching else len(joined)
        rest = [other for other in joined[at:] if other not in touching]
        joined = [*joined[:at], Extract(found=one.found, start=start, end=end), *rest]
    return joined
