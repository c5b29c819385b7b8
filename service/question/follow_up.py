"""A follow-up, by what it has: bodies, content words, an asking word, words that stand for something said before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from service.question.phrases import Token, tokens
from service.question.subjects.subjects import Subjects
from service.question.wishes import ASKING, LIGHT, WISHING, Wish, content, wish_of
from service.question.wordlists import listed
from service.question.words import has_telling

# So many content words before a pronoun hold what it stands for: one may be the verb ("who helps them").
_NAMED = 2
AUXILIARY = listed(
    "do does did is are was were has have had can could will would should must may might don't doesn't didn't isn't "
    "aren't wasn't weren't hasn't haven't can't couldn't"
)
OPENING = listed("and or but so also plus then ok okay well right great thanks yes no oh sorry now please same")
# Words that stand for something said before.
_POINTING = listed("this these those that")
_STANDS_FOR = listed("it its he him his she her hers they them their theirs")
_CLAUSES = listed("that to if whether")
ENDS = re.compile(
    r"(?:[\s,]+(?:please|there|here|too|also|as well|instead|in|at|for|of|from|with|to|by|on))+\W*$", re.IGNORECASE
)


@dataclass(frozen=True, kw_only=True, slots=True)
class FollowUp:
    """A follow-up, by what it has.

    rest    its text without the names of the bodies that it names, its opening and its end; `words` are those of it.
    typed   how it writes these names.
    own     its content words.
    asks    it has an asking word, or opens as a question does.
    leans   it opens as a continuation, or stands on something said before.
    """

    bare: str
    rest: str
    words: tuple[Token, ...]
    bodies: tuple[str, ...]
    typed: str
    own: tuple[Token, ...]
    asks: bool
    leans: bool
    wish: Wish


def read_follow_up(text: str, subjects: Subjects) -> FollowUp:
    bare, opens = _opened(text)
    named = subjects.named(bare)
    rest = without(bare, named.spans)
    words = tokens(rest)
    wish = wish_of(words, bodies=bool(named.names))
    return FollowUp(
        bare=bare,
        rest=ENDS.sub("", rest).rstrip(" ?!.,;'") or rest,
        words=words,
        bodies=named.names,
        typed=" and ".join(re.sub(r"['’]s?$", "", bare[start:end]) for start, end in named.spans),
        own=content(words, LIGHT | WISHING if named.names or wish is not Wish.NONE else LIGHT),
        asks=bool(words) and (words[0].word in AUXILIARY or any(w.word in ASKING for w in words)),
        leans=opens or _stands_for(words),
        wish=wish,
    )


def _opened(text: str) -> tuple[str, bool]:
    """A text without the words that only join it to what was said before, and whether there were any."""
    words = tokens(text)
    at = 0
    while at < len(words) and words[at].word in OPENING:
        at += 1
    if [w.word for w in words[at : at + 2]] in (["what", "about"], ["how", "about"]):
        at += 2
    opens = 0 < at < len(words)
    return (text[words[at].start :] if opens else text).strip(" ?!.…,") or text, opens


def _stands_for(words: Sequence[Token]) -> bool:
    """Whether a word stands for something that the text does not name before it."""
    named = 0
    for at, token in enumerate(words):
        before = words[at - 1] if at else None
        # "Is it true that": it stands for nothing.
        empty = token.word == "it" and any(w.word in _CLAUSES for w in words[at + 1 : at + 5])
        if token.word in _POINTING:
            joins = (
                token.word == "that"
                and before is not None
                and (has_telling([before.term]) or before.word in {"say", "said"})
            )
            if not joins and not any(w.word in {"who", "which", "with"} for w in words[at + 1 : at + 2]):
                return True
        elif token.word in _STANDS_FOR and named < _NAMED and not empty:
            return True
        named += token.word not in LIGHT and has_telling([token.term])
    return False


def without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in reversed(spans):
        text = f"{text[:start]} {text[end:]}"
    return re.sub(r"\s+", " ", text).strip()
