"""Printed numbers and bullets in front of a text."""

from __future__ import annotations

import re

# What follows a bare "2.14" must begin as a sentence does: "12.5 million" and "3.2 per cent" are quantities.
_POINT = re.compile(r"(\d{1,3}(?:\.\d{1,3}){1,4})\.?\s+(?=[A-Z‘“'\"(\[])(?!(?:[FW]TEs?|[KMGT]B|AM|PM)\b)")
_NUMBER = re.compile(r"(\d{1,3}\)|\d{1,3}(?=\.))\.?\s+(?=\S)")
_BRACKETED = re.compile(r"(\((?:([a-z])\2?|[ivx]{1,5}|\d{1,2})\)|(?:[a-z]|[ivx]{2,5})\))\s+(?=\S)")
_ROMAN = re.compile(r"(i{1,3}|iv|vi{0,3}|ix|xi{0,3})\.\s+(?=\S)")
_COPYRIGHT = re.compile(r"\(c\)\s+(?:\d{4}\b|crown\b|copyright\b)", re.IGNORECASE)
_BULLET = re.compile(r"[•●▪■◦○‣⁃·∙◆➢➤✓✔►\uf0b7\uf0a7]\s*(?=\S)|[-–*+o]\s+(?=\S)")
_SURE_BULLET = re.compile(r"[•●▪■◦○‣⁃∙◆➢➤✓✔►\uf0b7\uf0a7]\s*(?=\S)")


def split_label(text: str) -> tuple[str | None, str]:
    """The printed number in front of a cleaned text, without its closing full stop, and the rest.

    Sparing: a year, a quantity or a time in front of a sentence is not a label.
    """
    for pattern in (_POINT, _NUMBER, _BRACKETED, _ROMAN):
        found = pattern.match(text)
        if found and not _COPYRIGHT.match(text):
            return found[1], text[found.end() :]
    return None, text


def list_label(text: str) -> tuple[str | None, str]:
    """Like `split_label`, for those numbers alone that number the items of a list: "3.", "3)", "(a)", "iv."."""
    if _POINT.match(text):
        return None, text
    return split_label(text)


def split_bullet(text: str, *, sure: bool = False) -> tuple[str | None, str]:
    """The bullet in front of a text, and the rest. `sure`: only signs that are nothing but bullets."""
    found = (_SURE_BULLET if sure else _BULLET).match(text)
    return (found[0].strip(), text[found.end() :]) if found else (None, text)
