"""Follow-ups that are no whole question: "Why?", "And in Aldermere?", "What about carers?", "Tell me more"."""

from __future__ import annotations

import re

from service.question.subjects.subjects import Subjects
from service.question.talk import Talk, shortened, typed
from service.question.topics import ASKING, topic, weight, words
from service.question.wordlists import AUXILIARY, any_of

_BARE = re.compile(
    r"(?P<wh>why not|why|how come|how many|how much|how long|how often|how so|how|since when|until when|by when|when|"
    r"where|by whom|who|whom|which ones?|which|what|in what ways?)"
    rf"(?:\s+{any_of('is was are were did does do so that this not exactly though then')}){{0,3}}",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"(?:(?:can|could|would|will)\s+you\s+)?(?:please\s+)?(?:tell\s+(?:me|us)\s+|give\s+(?:me|us)\s+|say\s+)?"
    r"(?:some\s+|a\s+(?:bit|little)\s+|any\s+)?"
    r"(?:(?:what|anything|something|anyone|who|where)\s+else|more|go\s+on|continue|elaborate|explain|expand|"
    r"(?:in\s+)?more\s+(?:details?|information)|(?:in\s+)?detail)"
    r"(?:\s+(?:about|on))?"
    rf"(?:\s+{any_of('it that this them those these please is_there was_there details? information')})*",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"(?:what|how)\s+about\s+|(?:and\s+)?(?:is|was|are|were|does|do|did)\s+(?:it|that|this|they)\s+(?:also\s+)?"
    r"(?:the\s+same|true|the\s+case|apply|hold|so)\s+(?:in|at|to|of|with|for)\s+|"
    r"(?:the\s+)?same\s+(?:question\s+)?(?:in|for|at|to|of|with)\s+",
    re.IGNORECASE,
)
_SAID = re.compile(
    rf"who(?:\s+{AUXILIARY})?\s+(?:said|says?|told\s+\w+|reported|found|claimed|wrote|stated)\s+"
    r"(?:that|this|so|it)(?:\s+(?:to\s+\w+|exactly))?",
    re.IGNORECASE,
)
_PLACED = re.compile(any_of("in at for from to of with on by during before after since under") + r"\s+", re.IGNORECASE)
_THERE = re.compile(r"\s*\b(?:there|here)\b", re.IGNORECASE)
_OWN = re.compile(r"^(?:its|their|his|her|the\s+same\s+for)\s+", re.IGNORECASE)
_ASKS_WHAT_IS = re.compile(r"(?:what|how)(?:\s+(?:good|well))?\s+(?:is|are|was|were)\b", re.IGNORECASE)
# "What are the strengths in X" is about little more than X: what is asked about next takes its place.
_WEIGHTY = 3
_YEAR = re.compile(r"\b(?:19|20)\d\d(?:[/-]\d\d(?:\d\d)?)?\b")
_AS_FOR = re.compile(rf"As for .*?, (?=(?:{'|'.join(sorted(ASKING))})\b)", re.IGNORECASE)
_ASKED = re.compile(rf"(?P<wh>.*?)\b(?P<aux>{AUXILIARY})\s+(?P<rest>.+)", re.IGNORECASE)
# "Which council was": the one who is asked for is who did it.
_SUBJECT_ASKED = re.compile(r"\W*(?:who|(?:which|what)(?:\s+\w+){1,3})\s*", re.IGNORECASE)
_GRAFTED = frozenset({"why", "why not", "how", "when", "where", "how long", "how often", "how come", "since when"})
_LONGEST_FRAGMENT = 7
_MOST_OF_ANSWER = 240


def as_question(text: str) -> str:
    text = re.sub(r"\s+", " ", text).strip(" ?!.,")
    return f"{text[:1].upper()}{text[1:]}?"


def with_bodies(text: str, talk: Talk, subjects: Subjects) -> str:
    """The question asked of those whom the conversation is about, unless it names any itself."""
    bare = text.rstrip(" ?!.")
    if talk.bodies and not subjects.named(bare).names:
        bare = f"{bare} in {talk.called or ' and '.join(talk.bodies)}"
    return as_question(bare)


def more(bare: str, talk: Talk, _: Subjects) -> str | None:
    return as_question(f"What else is there on {talk.thing}") if talk.thing and _MORE.fullmatch(bare) else None


def grafted(bare: str, talk: Talk, subjects: Subjects) -> str | None:
    """A question word alone, in the place of the last question's own."""
    match = _BARE.fullmatch(bare)
    if match is None or not talk.thing:
        return None
    asks = match.group("wh").lower()
    last = _ASKED.match(_AS_FOR.sub("", talk.question))
    if asks not in _GRAFTED or last is None:
        return as_question(f"{asks} ({talk.thing})")
    asks = {"why not": "why", "how come": "why"}.get(asks, asks)
    opening = last.group("wh").strip()
    if opening and opening.split()[0].lower() not in ASKING:
        return with_bodies(f"{asks} ({talk.thing})", talk, subjects)
    aux, rest = last.group("aux").lower(), last.group("rest")
    if talk.called and talk.called not in talk.question and _SUBJECT_ASKED.fullmatch(opening):
        rest = f"{talk.called} {rest}"
    return with_bodies(f"{asks} {aux} {rest}", talk, subjects)


def who_said(bare: str, talk: Talk, subjects: Subjects) -> str | None:
    if not talk.answer or not _SAID.fullmatch(bare):
        return None
    told = shortened(talk.answer.rstrip(" ."), _MOST_OF_ANSWER)
    return with_bodies(f"Who said that {told[0].lower()}{told[1:]}", talk, subjects)


def replaced(bare: str, talk: Talk, subjects: Subjects) -> str | None:
    """Of "what about X", "in X" and "X": X in the place of what the last question has of its kind, or set before it."""
    about = _ABOUT.match(bare)
    rest = (bare[about.end() :] if about else bare).strip()
    if not rest or (about is None and not _is_fragment(bare)):
        return None
    named = subjects.named(rest)
    there = _THERE.search(rest)
    matter = _OWN.sub("", _THERE.sub("", _YEAR.sub("", named.rest)).strip(" ,;:"))
    has_matter = bool(topic(matter))
    if there and has_matter:
        return with_bodies(f"What about {matter}" if about else matter, talk, subjects)
    if named.names and has_matter:
        return as_question(bare)
    last = _AS_FOR.sub("", talk.question).rstrip(" ?!.")
    if has_matter and talk.bodies and _ASKS_WHAT_IS.match(last) and weight(subjects.named(last).rest) < _WEIGHTY:
        return with_bodies(f"What about {_unplaced(matter)}", talk, subjects)
    if named.names:
        last = _asked_of(last, typed(rest, named.rest) or " and ".join(named.names), talk)
    for year in _YEAR.findall(rest)[:1]:
        last = _YEAR.sub(year, last) if _YEAR.search(last) else f"{last} in {year}"
    if not has_matter:
        return as_question(last)
    first = last.split(" ", 1)[0].lower()
    last = f"{last[0].lower()}{last[1:]}" if first in ASKING else last
    return as_question(f"As for {_unplaced(matter)}, {last}")


def _asked_of(question: str, body: str, talk: Talk) -> str:
    """The last question, asked of another body."""
    body = _unplaced(body)
    if talk.called and talk.called in question:
        return question.replace(talk.called, body)
    return f"{question} in {body}"


def _unplaced(text: str) -> str:
    match = _PLACED.match(text)
    return text[match.end() :] if match else text


def _is_fragment(bare: str) -> bool:
    found = [w.lower() for w in words(bare)]
    if not 0 < len(found) <= _LONGEST_FRAGMENT:
        return False
    return ASKING.isdisjoint(set(found) - {"and", "or", "there", "here", "that", "this", "those", "these"}) and (
        _PLACED.match(bare) is not None or ASKING.isdisjoint(set(found) - {"and", "or"})
    )
