"""What a question is about: the names in it, and the words that are left without those that only ask."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.question.wordlists import listed

ASKING = listed(
    "who whom whose what which when where why how whether do does did is are was were be been being am has have had "
    "can could shall should will would may might must isn't aren't wasn't weren't don't doesn't didn't hasn't haven't "
    "hadn't can't couldn't won't wouldn't shouldn't what's who's where's when's how's that's there's it's i me my mine "
    "we us our ours you your yours he him his she her hers it its they them their theirs there this that these those "
    "here i'm i've i'd i'll "
    "please tell give show explain describe compare list name find and but so or if then also not no yes say says "
    "said"
)
_VERBS = listed("is was are were has have had did do does can could will would may might must")
_AFTER_HOW = listed("much many long often far old big large well good soon quickly come")
# Inside a name; at a phrase's end; before a place.
_LINK = listed("of the and de la le du des von van der upon on for in")
_EDGE = listed("a an the of to in on at by for from with about as into and or any some than")
_PLACED = listed("in at to from near around across outside inside within")
# What tells the name of a thing or a body from a person's.
_NOT_PERSON = re.compile(
    r"\b(?:acts?|agency|assembly|associations?|battle|board|church|college|commission|committee|companies|company|"
    r"corporation|council|countr(?:y|ies)|court|department|empire|force|foundation|government|group|hospital|"
    r"institute|islands?|kingdom|league|ministry|museum|office|organi[sz]ation|parliament|part(?:y|nership)|republic|"
    r"river|schools?|service|society|standards|states?|street|system|theory|treaty|trust|union|university|war)\b"
    r"|\d|^[A-Z&]+$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_](?:[\w'’&/-]|\.(?=\w))*")
_PAUSE = re.compile(r"[,;:.?!()]")
_OWNER = re.compile(r"['’]s?$")
_MOST_OF_PERSON = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Name:
    """A run of capitalised words.

    place  it stands after a word that a place can follow.
    head   it stands by itself, and is not an abbreviation or before the thing that it describes ("Norman law").
    """

    text: str
    start: int
    place: bool
    head: bool

    @property
    def may_be_person(self) -> bool:
        return not self.place and len(self.text.split()) <= _MOST_OF_PERSON and not _NOT_PERSON.search(self.text)


def words(text: str) -> list[str]:
    return _WORD.findall(text)


def names(text: str) -> list[Name]:
    """The names in a text, in order. A sentence's first word counts only where it can be nothing else."""
    found = list(_WORD.finditer(text))
    if sum(w.group().isupper() for w in found) > max(3, len(found) // 2):
        return []  # typed in capitals: they tell nothing
    return list(_runs(text, found))


def _runs(text: str, found: Sequence[re.Match[str]]) -> Iterator[Name]:
    at = 0
    while at < len(found):
        end = _run_end(text, found, at)
        if end == at:
            at += 1
            continue
        start = found[at].start()
        if end - at > 1 or not _opens_sentence(text, start) or _tells(found, at):
            yield Name(
                text=_OWNER.sub("", text[start : found[end - 1].end()]),
                start=start,
                place=_lower(found, at - 1) in _PLACED,
                head=_is_head(text, found, at, end),
            )
        at = end


def _run_end(text: str, found: Sequence[re.Match[str]], start: int) -> int:
    """Where the run of a name's words that begins at `start` ends; `start` if none does."""
    end = at = start
    while at < len(found):
        word = found[at].group()
        if at > start and text[found[at - 1].end() : found[at].start()].strip("' -"):
            break
        if word[0].isupper() and not (word.lower() in ASKING and _opens_sentence(text, found[at].start())):
            end = at + 1
            if _OWNER.search(word):
                break
        elif at == start or word not in _LINK or at - end >= 2:
            break
        at += 1
    return start if end > start and re.match(r"I(?:['’]|$)", found[end - 1].group()) else end


def _lower(found: Sequence[re.Match[str]], at: int) -> str:
    return found[at].group().lower() if 0 <= at < len(found) else ""


def _opens_sentence(text: str, start: int) -> bool:
    before = text[:start].rstrip(" \"'“‘(")
    return not before or before[-1] in ".?!:\n"


def _tells(found: Sequence[re.Match[str]], at: int) -> bool:
    """Whether a sentence's first word can be nothing but a name: it owns, is asked about or has done something."""
    after = _lower(found, at + 1)
    return _OWNER.search(found[at].group()) is not None or after in _VERBS or after.endswith("ed")


def _is_head(text: str, found: Sequence[re.Match[str]], start: int, end: int) -> bool:
    before, after = _lower(found, start - 1), _lower(found, end)
    if end - start == 1 and sum(c.isupper() for c in found[start].group()) > 1 and before != "the":
        return False
    if not after or _OWNER.search(found[end - 1].group()):
        return True
    pause = text[found[end - 1].end() : found[end].start()] != " "
    acts = before in _VERBS  # "did Watt add": what follows is a verb
    return pause or acts or after in ASKING or after in _EDGE or after.endswith("ed")


def weight(question: str) -> int:
    """How many words of its own a question has."""
    return sum(word.lower() not in _EDGE for word in words(topic(question)))


def topic(question: str) -> str:
    """A question's matter: its words without those that only ask, in runs set apart by commas."""
    found = list(_WORD.finditer(question))
    runs: list[list[re.Match[str]]] = [[]]
    for at, word in enumerate(found):
        lower = word.group().lower()
        asks = lower in ASKING and not (word.group().isupper() and len(lower) > 1)
        asks = asks or (lower in _AFTER_HOW and _lower(found, at - 1) == "how")
        if asks or (at and _PAUSE.search(question[found[at - 1].end() : word.start()])):
            runs.append([])
        if not asks:
            runs[-1].append(word)
    phrases = [question[run[0].start() : run[-1].end()] for run in map(_trimmed, runs) if run]
    return ", ".join(phrases)


def _trimmed(run: Sequence[re.Match[str]]) -> Sequence[re.Match[str]]:
    """Without prepositions at its ends, and articles at its end; empty if nothing else is in it."""
    start, end = 0, len(run)
    while start < end and _lower(run, start) in _EDGE - {"the", "a", "an"}:
        start += 1
    while end > start and _lower(run, end - 1) in _EDGE:
        end -= 1
    return run[start:end]
