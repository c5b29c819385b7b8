"""What a question takes from the conversation before it: the bodies and the words that it leaves out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from service.model import Turn
from service.question.breadth import Breadth, breadth
from service.question.follow_up import AUXILIARY, ENDS, OPENING, FollowUp, read_follow_up, without
from service.question.instructions import without_instructions
from service.question.names_in_text import names
from service.question.phrases import tokens
from service.question.scope import outside
from service.question.subjects.subjects import Subjects
from service.question.wishes import ASKING, LIGHT, NOTES, WISHING, Wish, content
from service.question.wordlists import listed
from service.question.words import visible

__all__ = ["LONGEST", "Carried", "Wish", "carry"]

LONGEST = 2000
_MOST_TURNS = 10
# What is looked at of one turn, in characters: a conversation is anyone's text, of any length.
_MOST_OF_QUESTION = 600
_MOST_OF_ANSWER = 1200
_MOST_BODIES = 6
_MOST_WORDS = 10
# What a carried word counts beside the follow-up's own, each 1.
_CARRIED = 0.3
# With no more content words of its own a follow-up takes some: as a question, and as a fragment.
_FEW = {True: 1, False: 2}
_ORDINALS = {"first": 0, "second": 1, "third": 2, "fourth": 3, "fifth": 4, "last": -1, "latter": -1, "former": 0}
# A follow-up of nothing else asks what the question before asked.
_BARE = ASKING | WISHING | AUXILIARY | LIGHT | OPENING | listed("in at for of to from with")
_AFTER_ORDINAL = listed("one of") | AUXILIARY
# What tells the kind of thing that is asked for, whatever it is asked of.
_HOW = re.compile(r"\b(?:how (?:long|many|much|often|old|far|well|good)|why|when|where|who|how)\b", re.IGNORECASE)
_PRONOUN = re.compile(r"\b(?:it|its|he|him|his|she|her|hers|they|them|their|theirs)\b", re.IGNORECASE)
_OWNERS = listed("its his their theirs hers")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_MARKER = re.compile(r"\s*\[\d{1,3}\]")
_SENTENCES = re.compile(r"(?<=\?)\s+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Carried:
    """
    text      the question as it stands alone: what it asks itself comes last, and as much as it needs of the question
              before comes in front of that, as a sentence of its own.
    question  the earlier one, standing alone, from which something was taken; None where nothing was.
    bodies    taken, by the names they are shown under.
    words     terms taken, each with its weight: the question's own count 1.
    wish      what is wanted of the answer before; `note` tells what can be done about it.
    """

    text: str
    question: str | None = None
    bodies: tuple[str, ...] = ()
    words: Mapping[str, float] = field(default_factory=dict)
    wish: Wish = Wish.NONE

    @property
    def note(self) -> str | None:
        return NOTES.get(self.wish)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Talk:
    """The last question, standing alone, and its answer; whom they are about, and all that were asked about so far."""

    question: str
    answer: str
    bodies: tuple[str, ...]
    so_far: tuple[str, ...]


def carry(text: str, history: Sequence[Turn], subjects: Subjects) -> Carried:
    """At most `LONGEST` characters, unless the question itself has more. The turns may be anything: those that are
    instructions or small talk are passed over."""
    text = without_instructions(visible(text))
    if len(text) > LONGEST // 2:
        return Carried(text=text)
    talk: _Talk | None = None
    for turn in history[-_MOST_TURNS:]:
        asked = _clipped(visible(turn.question), _MOST_OF_QUESTION)
        carried = _carried(asked, talk, subjects)
        if carried.wish is not Wish.NONE or outside(asked, follows=carried.question is not None) is None:
            talk = _after(carried.text, turn.answer[:_MOST_OF_ANSWER], talk, subjects)
    return _carried(text, talk, subjects)


def _carried(text: str, talk: _Talk | None, subjects: Subjects) -> Carried:
    if talk is None:
        return Carried(text=text)
    asked, last = _chosen(read_follow_up(text, subjects), talk, subjects)
    bodies = _bodies(asked, talk)
    few = not asked.own or (len(asked.own) <= _FEW[asked.asks] and not asked.bodies)
    taken = tuple(body for body in bodies if body not in asked.bodies)
    if not (few or asked.leans):
        whole = _of(asked.bare, bodies, " and ".join(bodies), subjects)
        return Carried(text=_sentence(whole), question=talk.question, bodies=taken) if taken else Carried(text=text)
    return Carried(
        text=_clipped(_sentence(_worded(asked, last, bodies, subjects)), LONGEST),
        question=talk.question,
        bodies=taken,
        words=dict.fromkeys(_taken(last, subjects), _CARRIED if asked.own else 1.0),
        wish=asked.wish,
    )


def _chosen(asked: FollowUp, talk: _Talk, subjects: Subjects) -> tuple[FollowUp, str]:
    """The follow-up and what it follows: of "the second one" the body of that place, or the sentence of the answer."""
    for at, token in enumerate(asked.words):
        after = asked.words[at + 1].word if at + 1 < len(asked.words) else "one"
        if token.word not in _ORDINALS or after not in _AFTER_ORDINAL:
            continue
        place = _ORDINALS[token.word]
        told = _told(talk.answer, subjects)
        told = told if len(told) > 1 else talk.so_far
        if len(told) > max(1, place):
            return replace(asked, bodies=(told[place],), typed=told[place]), talk.question
        claims = [claim for piece in _MARKER.split(talk.answer) if (claim := piece.strip(" ."))]
        if len(claims) > max(1, place):
            return asked, claims[place]
    return asked, talk.question


def _bodies(asked: FollowUp, talk: _Talk) -> tuple[str, ...]:
    """Its own; else those of the talk, unless it asks about every one; all so far where it compares."""
    every = tuple(dict.fromkeys((*talk.so_far, *asked.bodies)))
    if asked.wish is Wish.BETTER and len(asked.bodies) < 2 <= len(every):
        return every[-_MOST_BODIES:]
    if asked.bodies:
        return asked.bodies
    return () if breadth(asked.bare, names=0) is Breadth.EVERY else talk.bodies


def _worded(asked: FollowUp, last: str, bodies: tuple[str, ...], subjects: Subjects) -> str:
    """The last question of other bodies; or the follow-up's own words, as much of the last question before or behind
    them as they need. On 20 follow-ups, a new matter beside the whole last question was answered in 10, by itself
    in 16; on 20 others, looked at once, in 16."""
    called = asked.typed if bodies == asked.bodies else " and ".join(bodies)
    before = "? ".join(_swapped(one, bodies, called, subjects) for one in _SENTENCES.split(last)[-2:])
    bare = not asked.own and all(w.word in _BARE for w in asked.words)
    if asked.wish is not Wish.NONE or bare or not (asked.own or asked.asks):
        asks = _HOW.search(asked.rest) if asked.wish is Wish.NONE else None
        return f"{asks.group()}: {before}" if asks else before
    if not asked.asks and all(_YEAR.fullmatch(w.word) for w in asked.own):
        year = asked.own[0].word
        return _YEAR.sub(year, before) if _YEAR.search(before) else f"{before} in {year}"
    return _own(asked, last, before, bodies, subjects)


def _own(asked: FollowUp, last: str, before: str, bodies: tuple[str, ...], subjects: Subjects) -> str:
    own = _of(asked.rest, bodies, asked.typed if bodies == asked.bodies else " and ".join(bodies), subjects)
    if not asked.asks:
        return own if bodies else f"{own}: {before}"
    if bodies and not asked.leans:
        return own
    meant = () if bodies else names(last)
    pronoun = _PRONOUN.search(own)
    if not meant or pronoun is None:
        return f"{before}? {own}"
    before, after = own[: pronoun.start()], own[pronoun.end() :]
    owns = pronoun.group().lower() in _OWNERS or (pronoun.group().lower() == "her" and after.strip())
    return f"{before}{meant[-1]}{chr(39) + 's' if owns else ''}{after}"


def _of(text: str, bodies: tuple[str, ...], called: str, subjects: Subjects) -> str:
    bare = text.rstrip(" ?!.")
    return f"{bare} in {called}" if bodies and not subjects.named(bare).names else bare


def _swapped(question: str, bodies: tuple[str, ...], called: str, subjects: Subjects) -> str:
    """A question asked of these bodies, where its own stood; of none where there are none."""
    bare = question.rstrip(" ?!.")
    named = subjects.named(bare)
    if set(named.names) == set(bodies):
        return bare
    if not named.spans:
        return f"{bare} in {called}"
    if not bodies:
        return ENDS.sub("", without(bare, named.spans))
    owner = re.search(r"['’]s?$", bare[: named.spans[-1][1]])
    return f"{bare[: named.spans[0][0]]}{called}{owner.group() if owner else ''}{bare[named.spans[-1][1] :]}"


def _taken(question: str, subjects: Subjects) -> tuple[str, ...]:
    """The terms of a question's content words, without bodies; of a long one, those of names before others."""
    rest = without(question, subjects.named(question).spans)
    called = {token.word for name in names(rest) for token in tokens(name)}
    found = sorted(content(tokens(rest), LIGHT | WISHING), key=lambda token: token.word not in called)
    return tuple(token.term for token in found[:_MOST_WORDS])


def _after(question: str, answer: str, before: _Talk | None, subjects: Subjects) -> _Talk:
    """The answer tells whom is spoken of, where the question asks which, who or what and names nobody."""
    bodies = subjects.named(question).names
    if not bodies and any(token.word in {"which", "who", "what"} for token in tokens(question)):
        bodies = _told(answer, subjects)[:_MOST_BODIES]
    so_far = tuple(dict.fromkeys((*(before.so_far if before else ()), *bodies)))
    return _Talk(question=question, answer=answer, bodies=bodies, so_far=so_far)


def _told(answer: str, subjects: Subjects) -> tuple[str, ...]:
    named = subjects.named(_MARKER.sub("", answer))
    return (*named.names, *named.ambiguous)


def _sentence(text: str) -> str:
    text = re.sub(r"\s+", " ", text).strip(" ?!.,:")
    return f"{text[:1].upper()}{text[1:]}?"


def _clipped(text: str, most: int) -> str:
    """Its end, which asks."""
    text = re.sub(r"\s+", " ", text[-4 * most :]).strip()
    return text if len(text) <= most else text[-most:].partition(" ")[2] or text[-most:]
