"""The passages that come nearest, where none clearly answers: whole, with their likeliest sentences."""

from __future__ import annotations

from collections.abc import Sequence

from service.answers.spans import runs
from service.model import Nearest
from service.question.expects import Wants
from service.reader import Read

MOST = 3
_SNIPPET = 200


def nearest(read: Sequence[Read], wants: Wants, most: int = MOST) -> tuple[Nearest, ...]:
    """read  best first. The best paragraph of each section, at most so many."""
    best: dict[tuple[str, str], Read] = {}
    for one in read:
        best.setdefault((one.evidence.found.report.id, one.evidence.found.section.id), one)
    return tuple(_nearest(one, wants) for one in list(best.values())[:most])


def _nearest(one: Read, wants: Wants) -> Nearest:
    found = one.evidence.found
    likeliest = next(iter(runs(one, wants, least=1.0, most=1)), None)
    start, end = (likeliest.start, likeliest.end) if likeliest else (0, len(found.paragraph.text))
    text = found.paragraph.text
    return Nearest(found=found, snippet=_snippet(text), quote=text[start:end], start=start, end=end)


def _snippet(text: str) -> str:
    if len(text) <= _SNIPPET:
        return text
    return text[: text.rfind(" ", 0, _SNIPPET) + 1 or _SNIPPET].rstrip() + "…"
