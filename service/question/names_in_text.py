"""The names in a text: runs of capitalised words, where capitals tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from service.question.wordlists import listed

# They begin sentences with a capital and are no names.
_OPENING = listed(
    "who whom whose what which when where why how whether do does did is are was were be been being am has have had "
    "can could shall should will would may might must isn't aren't wasn't weren't don't doesn't didn't hasn't haven't "
    "hadn't can't couldn't won't wouldn't shouldn't what's who's where's when's how's that's there's it's i me my mine "
    "we us our ours you your yours he him his she her hers it its they them their theirs there this that these those "
    "here i'm i've i'd i'll "
    "please tell give show explain describe compare list name find and but so or if then also not no yes say says "
    "said"
)
_VERBS = listed("is was are were has have had did do does can could will would may might must")
# Inside a name.
_LINK = listed("of the and de la le du des von van der upon on for in")
_WORD = re.compile(r"[^\W_](?:[\w'’&/-]|\.(?=\w))*")
_OWNER = re.compile(r"['’]s?$")


def names(text: str) -> tuple[str, ...]:
    """In order. A sentence's first word counts only where it can be nothing else; none are told in a text typed in
    capitals."""
    found = list(_WORD.finditer(text))
    if sum(w.group().isupper() for w in found) > max(3, len(found) // 2):
        return ()
    return tuple(_runs(text, found))


def _runs(text: str, found: Sequence[re.Match[str]]) -> Iterator[str]:
    at = 0
    while at < len(found):
        end = _run_end(text, found, at)
        if end == at:
            at += 1
            continue
        start = found[at].start()
        if end - at > 1 or not _opens_sentence(text, start) or _tells(found, at):
            yield _OWNER.sub("", text[start : found[end - 1].end()])
        at = end


def _run_end(text: str, found: Sequence[re.Match[str]], start: int) -> int:
    """Where the run of a name's words that begins at `start` ends; `start` if none does."""
    end = at = start
    while at < len(found):
        word = found[at].group()
        if at > start and text[found[at - 1].end() : found[at].start()].strip("' -"):
            break
        if word[0].isupper() and not (word.lower() in _OPENING and _opens_sentence(text, found[at].start())):
            end = at + 1
            if _OWNER.search(word):
                break
        elif at == start or word not in _LINK or at - end >= 2:
            break
        at += 1
    return start if end > start and re.match(r"I(?:['’]|$)", found[end - 1].group()) else end


def _opens_sentence(text: str, start: int) -> bool:
    before = text[:start].rstrip(" \"'“‘(")
    return not before or before[-1] in ".?!:\n"


def _tells(found: Sequence[re.Match[str]], at: int) -> bool:
    """Whether a sentence's first word can be nothing but a name: it owns, is asked about or has done something."""
    after = found[at + 1].group().lower() if at + 1 < len(found) else ""
    return _OWNER.search(found[at].group()) is not None or after in _VERBS or after.endswith("ed")
