"""A follow-up made into a question that stands alone, by what the conversation before it says."""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.model import Turn
from service.question.breadth import Breadth, breadth
from service.question.fragments import as_question, grafted, more, replaced, who_said, with_bodies
from service.question.instructions import without_instructions
from service.question.pronouns import chosen, put_in
from service.question.scope import outside
from service.question.subjects.subjects import Subjects
from service.question.talk import Talk
from service.question.wordlists import any_of

LONGEST = 2000
_MOST_TURNS = 10
# What is looked at of one turn, in characters: a conversation is anyone's text, of any length.
_MOST_OF_QUESTION = 300
_MOST_OF_ANSWER = 600
_LETTER = re.compile(r"[^\W_]")
_MARKER = re.compile(r"\s*\[\d{1,3}\]")
_LEAD = re.compile(
    rf"(?:{any_of('and but so okay ok also then well right great thanks thank_you yes no hmm+ oh please sorry now')}\b"
    r"[\s,.!…-]+)+",
    re.IGNORECASE,
)
# The ways of a text that is no whole question; the first that applies.
_FRAGMENTS = (more, grafted, who_said, replaced)


def standalone(text: str, history: Sequence[Turn], subjects: Subjects) -> str:
    """The question with what it leaves to the conversation put in, and without instructions to a bot that stand
    beside it; itself where it has neither.

    At most `LONGEST` characters, unless the question itself has more. The turns may be anything: those that are
    instructions or small talk are passed over.
    """
    text = without_instructions(text)
    if not history or len(text) > LONGEST // 2 or not _LETTER.search(text):
        return text
    talk: Talk | None = None
    for turn in history[-_MOST_TURNS:]:
        asked = _clipped(turn.question, _MOST_OF_QUESTION)
        if not _LETTER.search(asked) or outside(turn.question[: 2 * _MOST_OF_QUESTION]) is not None:
            continue
        answer = _clipped(_MARKER.sub("", turn.answer[: 2 * _MOST_OF_ANSWER]), _MOST_OF_ANSWER)
        whole = _clipped(_whole(asked, talk, subjects), _MOST_OF_QUESTION)
        talk = Talk.after(whole, answer, talk, subjects)
    return _whole(text, talk, subjects)


def _whole(text: str, talk: Talk | None, subjects: Subjects) -> str:
    if talk is None:
        return text
    plain = text.strip()
    bare = (plain[match.end() :] if (match := _LEAD.match(plain)) else plain).rstrip(" ?!.…") or plain
    bare = chosen(bare, talk, subjects)
    for way in _FRAGMENTS:
        if whole := way(bare, talk, subjects):
            return whole
    filled = put_in(bare, talk, subjects)
    if talk.bodies and not subjects.named(filled).names and breadth(bare, names=0) is not Breadth.EVERY:
        return with_bodies(filled, talk, subjects)
    return text if filled == bare else as_question(filled)


def _clipped(text: str, most: int) -> str:
    text = re.sub(r"\s+", " ", text[: 4 * most]).strip()
    return text if len(text) <= most else text[: text.rfind(" ", 0, most) + 1 or most].rstrip()
