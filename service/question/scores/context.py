"""Words of several meanings, in the one that they have in their question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from service.question.scores.items import Item
from service.question.scores.lexicon import Role

_ENDS = {Role.HIGHEST, Role.LOWEST}
_SIDES = {Role.HIGHER, Role.LOWER, Role.ABOVE, Role.BELOW}
_COUNTED = {Role.NUMBER, Role.GRADE, Role.OTHER, Role.SECTION}
# Whose they are is not told where no subject is named.
_OURS = {"our", "ours", "my", "mine", "we", "us"}
_WHO = {"who", "who's", "whom"}
_AREAS = {"area", "areas"}
_OF_NUMBER = {"most", "least"}


def in_context(items: Sequence[Item], named: int) -> Iterator[Item]:
    """named  how many subjects the question names."""
    sided = any(i.role in _SIDES for i in items)
    for at, one in enumerate(items):
        role, word = one.role, one.word
        before = items[at - 1].role if at else None
        ahead = next((i.role for i in items[at + 1 :] if i.role is not Role.SMALL), None)
        close = items[at + 1].role if at + 1 < len(items) else None
        counted = before in _ENDS or (ahead is Role.SECTION and not _of_ratings(items, at))
        meanings = (
            (word in _OURS and not named, Role.OTHER),
            (word in _WHO and named == 1 and not sided, Role.SAYS),
            (role is Role.BODY and word in _AREAS and named > 0 and close is not Role.FAMILY, Role.PARTS),
            (role is Role.NUMBER and _counts(items, at), Role.SMALL),
            (role is Role.NUMBER and word == "one" and close not in {Role.FOR, Role.POINTS}, Role.BODY),
            (role in _ENDS and word in _OF_NUMBER and close in _COUNTED, Role.OTHER),
            (role is Role.COUNT and counted, Role.OTHER),
            (role is Role.GRADE and before is Role.HOW, Role.SMALL),
            (role is Role.BETWEEN and (ahead is Role.YEAR or _of_two(items, at)), Role.CHANGE),
            (role is Role.AVERAGE and before in {Role.ABOVE, Role.BELOW}, Role.OTHER),
        )
        yield replace(one, role=next((other for holds, other in meanings if holds), role))


def _of_ratings(items: Sequence[Item], at: int) -> bool:
    """Whether what is counted is called a rating: "how many visits scores", and not "how many visits"."""
    after = next((i for i, item in enumerate(items) if i > at and item.role is Role.SECTION), at)
    return any(i.role in {Role.RATING, Role.NUMBER, Role.GRADE} for i in items[after + 1 : after + 2])


def _of_two(items: Sequence[Item], at: int) -> bool:
    """Whether "between" has but one number after it: "between the two assessments"."""
    numbers = [i for i in items[at + 1 :] if i.role in {Role.NUMBER, Role.GRADE}]
    return len(numbers) == 1


def _counts(items: Sequence[Item], at: int) -> bool:
    """Whether a number counts bodies or places, or is that of how many."""
    near = [items[i].role if 0 <= i < len(items) else None for i in (at - 2, at - 1, at + 1)]
    before = items[at - 1].word if at else ""
    if items[at].plural:
        return False
    if Role.BETWEEN in near[:2] and _of_two(items, at - 1 if near[1] is Role.BETWEEN else at - 2):
        return True
    if near[2] in {Role.BODY, Role.PARTS, Role.HIGHEST, Role.LOWEST} or near[1] in {Role.OUT_OF, *_ENDS}:
        return True
    return (before == "of" and near[0] is Role.NUMBER) or (before == "the" and near[0] is Role.OUT_OF)
