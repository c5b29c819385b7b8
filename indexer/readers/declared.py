"""What a file's own properties say of its title, where a person wrote it."""

from __future__ import annotations

import re

from indexer.text import clean, strip_invisible

_FILE_NAME = re.compile(
    r"^(?:microsoft \w+|powerpoint|word) - |\.(?:docx?|docm|dotx?|pdf|rtf|odt|indd|pptx?|xlsx?|pub|qxd)\W*$"
    r"|\bfinal (?:final|clean|draft)\b|^\d{6,}\b|^[^\s]*[_\d][^\s]*$|^[a-z]:\\|^/",
    re.IGNORECASE,
)
_NO_TITLE = {"", "untitled", "document", "document1", "powerpoint presentation", "presentation", "title", "none"}


def declared_title(text: str | None) -> str | None:
    """The title, or None where it is a file's name, a program's default or nothing."""
    title = clean(strip_invisible(text or "")[0])
    if title.casefold() in _NO_TITLE or _FILE_NAME.search(title) or not any(c.isalpha() for c in title):
        return None
    return title
