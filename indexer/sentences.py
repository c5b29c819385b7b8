"""Where a text's sentences begin and end."""

from __future__ import annotations

import re

from sentencex import get_sentence_boundaries

# After these a full stop rarely ends a sentence; sentencex knows the general ones, these are the field's.
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:approx|cllr|dept|est|govt|hon|incl|no|nos|para|paras|rev|sch|vol)\.$", re.IGNORECASE
)
# "*[PPE]: personal protective equipment", as some Markdowns define an abbreviation after a paragraph's sentences.
_DEFINITION = re.compile(r"(?:(?<=\s)|^)\*?\[[^\]\n]{1,60}\]: ")
_INNER_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence, in code points, without the white space around it.

    Every character that is not white space lies in exactly one span. Boundaries are sentencex's, corrected:
    a sentence does not begin in lower case nor after an abbreviation of the field, a quotation mark that never
    closes does not swallow what follows, and the definition of an abbreviation stands alone.
    """
    spans: list[tuple[int, int]] = []
    for boundary in get_sentence_boundaries("en", text):
        for start, end in _unswallow(text, boundary["start_index"], boundary["end_index"]):
            piece = text[start:end]
            left = start + len(piece) - len(piece.lstrip())
            right = start + len(piece.rstrip())
            if left >= right:
                continue
            if spans and _continues(text, spans[-1], left):
                spans[-1] = (spans[-1][0], right)
            else:
                spans.append((left, right))
    return spans


def is_definition(sentence: str) -> bool:
    """Whether a sentence only says what an abbreviation stands for, in Markdown's notation."""
    return _DEFINITION.match(sentence) is not None


def _continues(text: str, before: tuple[int, int], start: int) -> bool:
    return text[start].islower() or bool(_ABBREVIATION.search(text[max(before[0], before[1] - 8) : before[1]]))


def _unswallow(text: str, start: int, end: int) -> list[tuple[int, int]]:
    piece = text[start:end]
    cuts = {start + m.start() for m in _DEFINITION.finditer(piece)} - {start}
    if piece.count("“") != piece.count("”") or piece.count('"') % 2:
        cuts |= {start + m.end() for m in _INNER_END.finditer(piece)}
    places = sorted(cuts)
    return list(zip([start, *places], [*places, end], strict=True))
