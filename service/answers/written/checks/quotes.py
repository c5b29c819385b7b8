"""Where words stand in a text, however their white space, quotation marks, hyphens and case were copied."""

from __future__ import annotations

import re
import unicodedata

from indexer.text import STRAIGHT

# What a model puts around a quotation and the text does not have.
_AROUND = "\"' \t\n\r…."
_WORD = re.compile(r"\w")


def find_quote(text: str, quote: str) -> tuple[int, int] | None:
    """The `text[start:end]` that the quote gives; None where it does not stand there as whole words.

    White space, curly or straight quotation marks, kinds of hyphen and case may differ; no letter or digit may.
    """
    wanted, _ = _folded(quote)
    wanted = wanted.strip(_AROUND)
    if not _WORD.search(wanted):
        return None
    plain, places = _folded(text)
    at = plain.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        if _whole(plain, at, end):
            return places[at], places[end - 1] + 1
        at = plain.find(wanted, at + 1)
    return None


def _folded(text: str) -> tuple[str, list[int]]:
    """The text for comparing, and for each of its characters the place of the one that it came from."""
    plain: list[str] = []
    places: list[int] = []
    for place, written in enumerate(text):
        for character in unicodedata.normalize("NFKC", written).translate(STRAIGHT).casefold():
            one = " " if character.isspace() else character
            if one == " " and plain and plain[-1] == " ":
                continue
            plain.append(one)
            places.append(place)
    return "".join(plain), places


def _whole(plain: str, start: int, end: int) -> bool:
    before = start == 0 or not (_WORD.match(plain[start - 1]) and _WORD.match(plain[start]))
    after = end == len(plain) or not (_WORD.match(plain[end - 1]) and _WORD.match(plain[end]))
    return before and after
