"""A question as a run of items: each word or phrase with what it does in a question about ratings."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from service.question.phrases import Found, Token, tokens
from service.question.scores.lexicon import NUMBERS, Role, key_of
from service.question.scores.scale import Grade, Scales
from service.question.sections import KnownSection
from service.question.words import has_telling

_DIGITS = re.compile(r"\d+(?:\.\d+)?s?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_LONGEST = 5
_REPORTS = {"assessment", "inspection", "report", "overview"}
# A section that is called by such words alone is where ratings are printed, and says no more than they.
_OF_RATINGS = {Role.RATING, Role.OUTCOME, Role.OVERALL, Role.PARTS, Role.BODY, Role.SMALL, Role.AND, Role.FOR}


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """`text[start:end]`, a word or a phrase.

    names    of a section: what is rated there.
    grades   all that a grade's wording may mean; `families` all that a family's may.
    number   of a number or a year, `percent` that it is said to be a percentage, `plural` that it is written as one.
    comma    it stands before one.
    """

    role: Role
    word: str
    start: int
    end: int
    names: frozenset[str] = frozenset()
    grades: tuple[Grade, ...] = ()
    families: tuple[str, ...] = ()
    number: float = 0.0
    percent: bool = False
    plural: bool = False
    comma: bool = False


def skip(items: Sequence[Item], at: int, roles: Collection[Role], step: int = 1) -> int:
    """The first place from `at` on, or back, whose item has none of the roles."""
    while 0 <= at < len(items) and items[at].role in roles:
        at += step
    return at


def items_of(text: str, scales: Scales) -> tuple[Item, ...]:
    words = tokens(text)
    found = _longest_first(
        [
            *((_section(s, words, scales), s.first, s.after) for s in scales.sections.find(words)),
            *((_known(Role.GRADE, grades=g.values), g.first, g.after) for g in scales.grades.find(words)),
            *((_known(Role.FAMILY, families=f.values), f.first, f.after) for f in scales.families.find(words)),
        ]
    )
    items: list[Item] = []
    at = 0
    while at < len(words):
        known, after = found.get(at) or _lexical(words, at, found, scales)
        start, end = words[at].start, words[after - 1].end
        tail = text[end : words[after].start if after < len(words) else len(text)]
        word = " ".join(w.word for w in words[at:after])
        number = known.role is Role.NUMBER
        items.append(
            replace(
                known,
                word=word,
                start=start,
                end=end + (number and tail[:1] in {"%", "+"}),
                percent=number and tail.startswith("%"),
                comma=tail.lstrip().startswith((",", ";")),
            )
        )
        if number and tail.startswith("+"):
            items.append(Item(role=Role.OR_MORE, word="+", start=end, end=end + 1))
        at = after
    return tuple(_settled(items, words, scales))


def _longest_first(found: Sequence[tuple[Item | None, int, int]]) -> dict[int, tuple[Item, int]]:
    chosen: dict[int, tuple[Item, int]] = {}
    taken: set[int] = set()
    for item, first, after in sorted(found, key=lambda f: f[1] - f[2]):
        if item is not None and not taken & set(range(first, after)):
            chosen[first] = (item, after)
            taken |= set(range(first, after))
    return chosen


def _known(role: Role, **what: Any) -> Item:
    """What its words are, and where they stand, is filled in later."""
    return Item(role=role, word="", start=0, end=0, **what)


def _section(found: Found[KnownSection], words: Sequence[Token], scales: Scales) -> Item | None:
    """None for the report itself, and for the section that ratings are printed in. One in which nothing is rated is
    asked for its text."""
    own = words[found.first : found.after]
    before = words[found.first - 1].word if found.first else ""
    if len(own) == 1 and own[0].word.removesuffix("s") in _REPORTS and before not in {"for", "on"}:
        return None
    names = {k.name for k in found.values if k.rated} & scales.names
    names |= {name for k in found.values if not k.rated for name in scales.under(k.name)}
    if not names and all(_role(w, scales) in _OF_RATINGS for w in own):
        return None
    return _known(Role.SECTION if names else Role.OTHER, names=frozenset(names))


def _role(word: Token, scales: Scales) -> Role:
    return scales.words.get(key_of([word.word])) or (Role.OTHER if has_telling([word.term]) else Role.SMALL)


def _lexical(words: Sequence[Token], at: int, found: dict[int, tuple[Item, int]], scales: Scales) -> tuple[Item, int]:
    word = words[at].word
    if _YEAR.fullmatch(word):
        return _known(Role.YEAR, number=float(word)), at + 1
    if (digits := _DIGITS.fullmatch(word)) or word.rstrip("s") in NUMBERS:
        number = float(word.rstrip("s")) if digits else float(NUMBERS.index(word.rstrip("s")))
        named = words[at].glued and not _DIGITS.fullmatch(words[at - 1].word)
        named = named and _role(words[at - 1], scales) is not Role.RATING
        role = Role.OTHER if named and digits else Role.NUMBER
        return _known(role, number=number, plural=word.endswith("s")), at + 1
    for after in range(min(len(words), at + _LONGEST), at, -1):
        phrase = scales.words.get(key_of(w.word for w in words[at:after]))
        if phrase is not None and not any(i in found for i in range(at + 1, after)):
            return _known(phrase), after
    if word.endswith("n't"):
        return _known(Role.NOT if at else Role.SMALL), at + 1
    return _known(_role(words[at], scales)), at + 1


def _settled(items: Sequence[Item], words: Sequence[Token], scales: Scales) -> Iterator[Item]:
    """Without the days of dates; and with unknown words that stand in the name of one rated thing taken for it."""
    speaks = any(i.role is Role.RATING for i in items)
    at = 0
    while at < len(items):
        one = items[at]
        ahead = items[at + 1].role if at + 1 < len(items) else None
        if one.role is Role.NUMBER and ahead is Role.MONTH:
            yield replace(one, role=Role.MONTH)
        elif one.role is Role.OTHER and speaks and not one.names:
            after = skip(items, at, {Role.OTHER, Role.AND})
            last = items[after - 1]
            run = [w for w in words if one.start <= w.start and w.end <= last.end]
            known = scales.part_of(run)
            if known is None:
                yield one
            else:
                yield replace(one, role=Role.SECTION, end=last.end, names=frozenset({known.name}), comma=last.comma)
                at = after - 1
        else:
            yield one
        at += 1
