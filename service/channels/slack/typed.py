"""What a person types to the bot: a question, with filters in it, in Slack's way of writing."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from service.model import Filters

LONGEST_QUESTION = 2000

_HELP = frozenset({"", "help", "?"})
_AFRESH = frozenset({"new", "reset", "start again", "new conversation"})
# Slack's clients turn straight quotes into curly ones.
_QUOTED = r"[\"“”„«»]([^\"“”„«»]*)[\"“”„«»]"
_FILTER = re.compile(rf"(?<!\S)(?P<name>in|score|section):(?:\s?{_QUOTED}|(?P<word>[^\s\"“”„«»]*))", re.IGNORECASE)
# In messages: <@U1|name>, <#C1|name>, <!here>, <https://…|label>.
_LINK = re.compile(r"<(?P<kind>[@#!]?)(?P<target>[^<>|]*)(?:\|(?P<label>[^<>]*))?>")
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]+")


class TypedError(ValueError):
    """What was typed cannot be asked; the message says why and how to write it, and may be shown."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Typed:
    """`wants_help` and `afresh` (to forget the conversation) are of words typed alone."""

    question: str
    filters: Filters = field(default_factory=Filters)
    wants_help: bool = False
    afresh: bool = False


def read_command(text: str) -> Typed:
    """What stands behind the slash command. Raises TypedError."""
    return _read(_unescaped(text))


def read_message(text: str) -> Typed:
    """A message to the bot, without the mention that called it. Raises TypedError."""
    return _read(_unescaped(_LINK.sub(_spoken, text)))


def _read(text: str) -> Typed:
    text = " ".join(_CONTROL.sub(" ", text).split())
    found: dict[str, list[str]] = {"in": [], "score": [], "section": []}
    for match in _FILTER.finditer(text):
        value = (match[2] if match[2] is not None else match["word"]).strip()
        name = match["name"].lower()
        if not value:
            raise TypedError(f"Nothing stands behind {name}: – write {_example(name)} in one piece.")
        found[name].append(value)
    question = " ".join(_FILTER.sub(" ", text).split())
    filters = Filters(
        subjects=tuple(found["in"]) or None,
        sections=tuple(found["section"]) or None,
        scores=tuple(_score(value) for value in found["score"]) or None,
    )
    if filters != Filters() and not question:
        raise TypedError(
            'There is no question beside the filters. Write both, as in: in:"Northtown" how long do carers wait?'
        )
    if len(question) > LONGEST_QUESTION:
        raise TypedError(f"The question is longer than {LONGEST_QUESTION:,} characters. Please shorten it.")
    plain = question.lower().rstrip(".!")
    return Typed(question=question, filters=filters, wants_help=plain in _HELP, afresh=plain in _AFRESH)


def _score(value: str) -> int:
    if not (value.isascii() and value.isdigit() and int(value[:4]) <= 100):
        raise TypedError(f"score: takes a number, as in score:4, not “{value[:40]}”.")
    return int(value)


def _example(name: str) -> str:
    return {"in": 'in:"Northtown"', "score": "score:4", "section": 'section:"Safeguarding"'}[name]


def _spoken(match: re.Match[str]) -> str:
    """What a reader sees of Slack's own markup; nothing of a mention or a call to the channel."""
    kind, target, label = match["kind"], match["target"], match["label"]
    if kind in ("@", "!"):
        return " "
    return f"#{label}" if kind == "#" and label else label or target


def _unescaped(text: str) -> str:
    return re.sub("&(?:lt|gt|amp);", lambda match: _ENTITIES[match[0]], text)
