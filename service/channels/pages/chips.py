"""What was understood, on a page: each part, and the address that asks the same question without it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from service.channels.understood import EVERY, Part, PartKind, understood_parts
from service.model import Answer, Filters

_LABELS = {
    PartKind.SUBJECT: "About",
    PartKind.EVERY_SUBJECT: "About",
    PartKind.MISSING: "No report on",
    PartKind.SECTION: "Section",
    PartKind.EVERY_SECTION: "Section",
    PartKind.SCORE: "Rated",
    PartKind.WHEN: "When",
    PartKind.SPEAKER: "In the words of",
    PartKind.CARRIED: "From the question before",
    PartKind.CORRECTION: "Read as",
    PartKind.UNREAD: "Not understood",
}
_BODIES = (PartKind.SUBJECT, PartKind.MISSING, PartKind.EVERY_SUBJECT)
_SECTIONS = (PartKind.SECTION, PartKind.EVERY_SECTION)


@dataclass(frozen=True, kw_only=True, slots=True)
class Chip:
    """`without` is where it is taken off; None where it cannot be."""

    kind: PartKind
    label: str
    text: str
    without: str | None


def chips(answer: Answer, question: str, filters: Filters) -> tuple[Chip, ...]:
    parts = understood_parts(answer.understood, filters)
    return tuple(
        Chip(
            kind=part.kind,
            label=_LABELS[part.kind],
            text=part.text or {PartKind.EVERY_SUBJECT: "all bodies"}.get(part.kind, "all sections"),
            without=_without(part, parts, question, filters),
        )
        for part in parts
    )


def _without(part: Part, parts: tuple[Part, ...], question: str, filters: Filters) -> str | None:
    subjects, sections = filters.subjects or (), filters.sections or ()
    if part.kind in _BODIES:
        subjects = _left(part, parts, PartKind.SUBJECT)
    elif part.kind in _SECTIONS:
        sections = _left(part, parts, PartKind.SECTION)
    else:
        return None
    query = [("q", question)]
    query += [("subject", name) for name in subjects]
    query += [("section", name) for name in sections]
    query += [("score", str(score)) for score in filters.scores or ()]
    return f"/ask?{urlencode(query, quote_via=quote)}"


def _left(part: Part, parts: tuple[Part, ...], kind: PartKind) -> tuple[str, ...]:
    """The values to filter by without the part. Where none is left, all: the question names the part still. Without
    "all", what the question names."""
    if not part.text:
        return ()
    return tuple(one.text for one in parts if one.kind is kind and one != part) or (EVERY,)
