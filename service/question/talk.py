"""A conversation as far as it has got: what "it", "they" and "there" are in the next question."""

from __future__ import annotations

import re
from dataclasses import dataclass

from service.question.subjects.subjects import Subjects
from service.question.topics import names, topic

_MOST_OF_TOPIC = 160
_ASKS_WHO = re.compile(r"\W*(?:who|whose|whom|which\s+\w+|what\s+(?:is|was)\s+the\s+names?)\b", re.IGNORECASE)
_ASKS_WHERE = re.compile(r"\W*(?:where|in\s+(?:what|which))\b", re.IGNORECASE)
_MOST_BODIES = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Talk:
    """
    question  the last one, standing alone; `answer` is the answer to it.
    bodies    whom the last question is about, by the names that subjects are shown under, and those that the answer
              to "which council" gives.
    asked_of  all that have been asked about so far, the last first.
    called    the bodies of the last question as it writes them.
    thing     what "it" is; `person` and `place` likewise, None where nothing named may be one.
    doer      the name that answers "who": what "they" are; None where the last question asks no such thing.
    seen      the names in the questions so far.
    """

    question: str
    answer: str
    bodies: tuple[str, ...]
    asked_of: tuple[str, ...]
    called: str
    thing: str
    person: str | None
    place: str | None
    doer: str | None
    seen: tuple[str, ...]

    @classmethod
    def after(cls, question: str, answer: str, before: Talk | None, subjects: Subjects) -> Talk:
        asked, told = names(question), names(answer)
        named = subjects.named(question)
        bodies, called = named.names, typed(question, named.rest)
        bodies_told = not bodies and _ASKS_WHO.match(question) is not None
        if bodies_told:
            bodies = subjects.named(answer).names[:_MOST_BODIES]
            bodies_told = bool(bodies)
        people = [n.text for n in asked if n.may_be_person]
        doers = told[:1] if _ASKS_WHO.match(question) and not bodies_told else []
        people = [n.text for n in doers if n.may_be_person] or people
        places = [n.text for n in asked if n.place]
        if _ASKS_WHERE.match(question):
            places = [n.text for n in told[:1]] or places
        return cls(
            question=question,
            answer=answer,
            bodies=bodies,
            asked_of=tuple(dict.fromkeys((*bodies, *(before.asked_of if before else ())))),
            called=called or " and ".join(bodies),
            thing=_thing(question, bodies, before),
            person=people[0] if people else (before.person if before else None),
            place=called or " and ".join(bodies) or (places[0] if places else before.place if before else None),
            doer=doers[0].text if doers else None,
            seen=(*(before.seen if before else ()), *(n.text for n in asked)),
        )


def typed(text: str, rest: str) -> str:
    """The names of bodies as a text writes them, given the text without them; empty where they stand apart."""
    left, parts = rest.rstrip(" ?!.").split(), text.rstrip(" ?!.").split()
    start = 0
    while start < min(len(left), len(parts)) and left[start] == parts[start]:
        start += 1
    end = len(parts) - (len(left) - start)
    if parts[end:] != left[start:]:
        return ""
    return re.sub(r"['’]s?$", "", " ".join(parts[start:end]).strip(" ?!.,;:()"))


def shortened(text: str, most: int = _MOST_OF_TOPIC) -> str:
    return text if len(text) <= most else text[: text.rfind(" ", 0, most) + 1 or most].rstrip()


def _thing(question: str, bodies: tuple[str, ...], before: Talk | None) -> str:
    """A name in the question, the one that has been named most; else its matter."""
    matter = shortened(topic(question))
    if before and before.thing and before.thing.casefold() in question.casefold():
        return before.thing
    if bodies:
        return matter
    heads = [n for n in names(question) if n.head]
    if not heads:
        return matter
    seen = before.seen if before else ()
    best = max(heads, key=lambda n: (seen.count(n.text), not n.place, -n.start))
    article = "the " if question[: best.start].lower().endswith("the ") else ""
    return article + best.text
