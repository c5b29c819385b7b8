"""Whether a question is after printed ratings at all, and not after what reports say or what ratings mean."""

from __future__ import annotations

import re

from service.question.scores.marked import Marked
from service.question.scores.vocabulary import Vocabulary

HIGH = re.compile(r"\b(?:highest|best|top|strongest|greatest|maximum(?! of)|most highly|most)\b")
LOW = re.compile(r"\b(?:lowest|worst|weakest|bottom|poorest|minimum(?! of)|(?<!at )least)\b")
BETTER = re.compile(r"\b(?:higher|better|stronger|ahead|above|outperform\w*|beat)\b")
WORSE = re.compile(r"\b(?:lower|worse|weaker|behind|below)\b")
COUNTS = re.compile(r"\b(?:how many|out of how|number of|proportion|what percentage of|what share|count)\b")
WHICH = re.compile(r"\b(?:which|what|who|any|list|name|all|other|where|show|are there|rank\w*|sort)\b")
WHETHER = re.compile(
    r"^(?:(?:and|so|but|please|can you (?:tell|say|confirm)\w*(?: me)?(?: if| whether)?) )*"
    r"(?:did|does|do|is|was|were|are|has|have|had|(?:is|was|did|does|has|are|were)n't|confirm|true)\b"
    r"|\b(?:right|correct|true|wasn't it|didn't (?:it|they))$|\b(?:if|whether)\b"
)
OUTCOME = re.compile(
    r"\b(?:outcome|result|verdict|conclusion)s? (?:of|from|for|was|in)\b.{0,60}\b(?:inspection|assessment|report)s?\b"
    r"|\b(?:inspection|assessment) (?:outcome|result|verdict|rating)s?\b|\boverall (?:outcome|verdict|result)\b"
    r"|\b(?:best|worst|highest|lowest|poorest) (?:overall )?(?:outcomes?|results?|verdicts?)\b"
)
SAYS = re.compile(
    r"\b(?:say|says|said|tell us|find about|found about|describ\w+|report about|mention\w*|do about|did about|do for|"
    r"in common|do well|do better|do differently|learn|need to)\b"
)

# A reason is printed in the text, and what is got "with" or "by" something is one.
_WHY = re.compile(
    r"\b(?:why|how come|reasons?|because|cause[ds]?|explain(?:s|ed)?|led to|lead to|leads to|behind|contribut\w+|"
    r"result(?:s|ed)? in|justif\w+|account(?:s|ed)? for|given that|considering)\b"
    r"|\bhow (?:did|has|have|had|was|were|come)\b.{0,40}\b(?:achiev\w*|manag\w*|earn\w*|reach\w*|becom\w*|"
    r"became|(?:get|got|gain\w*|obtain\w*|end up with) (?:an? |its |their |the )?(?:score of |rating of )?(?:an? )?"
    r"(?:\d|gr\d))"
)
_ABOUT = re.compile(
    r"\b(?:means?(?! (?:overall|scor|rat|grad|percent|sec\d))|meant|calculat\w+|work(?:s|ed)? out|based on|decide[ds]?|"
    r"evidence for|support(?:s|ed)?|scale|would|could|should|must|need(?:s|ed)?(?! (?:to )?know)|will|plan(?:s|ned)?|"
    r"aim(?:s|ed)?|prevent\w*|do to|done to|doing|hop(?:e|es|ed|ing)|expect\w*|challeng\w+|appeal\w*|respon[ds]\w*|"
    r"react\w*|feel|felt|think|thought)\b"
)
# A lone grade says how something is rated where nothing follows it but the thing that is rated.
_STATED = re.compile(
    r"^(?:is|was|were|are)\b(?! there\b).{0,40}\bgr\d+(?: overall| (?:for|in|on) (?:the )?sec\d+| council)?$"
)
_COUNTED = re.compile(
    r"\bhow many (?:\d|gr\d)|\b(?:got|get|received?|given|achieved?) (?:(?:an? )?\d\b|(?:for|in|on) (?:the )?sec\d+$)"
)
_PLACED = re.compile(r"\bstatements?\b|\bperform(?:s|ed|ing)?\b")
# The score itself is asked for, so that a word too many does not make the question another one.
_DIRECT = re.compile(
    r"^(?:\w+ ){0,4}?(?:what|which|how)(?: \w+){0,3} (?:scor\w+|rat(?:ed|ings?|e)|grad\w+|judg\w+)\b"
    r"|^(?:the )?(?:\w+ )?(?:scores?|ratings?|grades?)\b|\b(?:scores?|ratings?|grades?) (?:for|on|in) (?:the )?sec\d"
)
_POLITE = re.compile(
    r"^(?:please )?(?:(?:can|could|would|will) you (?:please )?|"
    r"(?:i (?:need|want|would like)|i'd like) to (?:know|see)\b ?)"
)
_TOLERATED = 2
_EVERYDAY = 2


def wants_ratings(marked: Marked, named: int, vocabulary: Vocabulary) -> bool:
    """named  how many subjects the question names."""
    plain = _POLITE.sub("", marked.plain)
    if marked.elsewhere or _WHY.search(plain) or _ABOUT.search(plain) or SAYS.search(plain):
        return False
    speaks = marked.speaks_of_ratings
    if not speaks and not _implies(marked, named, vocabulary):
        return False
    if marked.leftover:
        few = len(marked.leftover) <= _TOLERATED
        return few and speaks and bool(marked.names()) and _DIRECT.search(plain) is not None
    says_what = bool(marked.sections or marked.grades or named) or any(s.anchored for s in marked.spoken)
    return says_what or bool(WHICH.search(plain) or COUNTS.search(plain))


def _implies(marked: Marked, named: int, vocabulary: Vocabulary) -> bool:
    """Whether ratings are meant though no word for them is used, as in "which council is best for safeguarding?"."""
    plain = marked.plain
    listing = named == 0 and bool(WHICH.search(plain) or COUNTS.search(plain))
    rates_names = bool(marked.names() & vocabulary.names)
    if _COUNTED.search(plain) or _STATED.search(plain) or (listing and "%" in plain):
        return True
    if (HIGH.search(plain) or LOW.search(plain)) and (_PLACED.search(plain) or (listing and rates_names)):
        return True
    if OUTCOME.search(plain) and vocabulary.in_words:
        return True
    if marked.grades and (listing or (WHETHER.search(plain) is not None and _is_phrase(marked))):
        return True
    return named > 1 and (rates_names or "overall" in plain) and bool(BETTER.search(plain) or WORSE.search(plain))


def _is_phrase(marked: Marked) -> bool:
    """Whether a grade is spoken of that is no everyday word."""
    return any(len(grade.label.split()) > _EVERYDAY for some in marked.grades for grade in some)
