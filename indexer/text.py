"""Text as published: white space evened out, invisible characters taken out and counted."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter

# What a reader cannot see and an attacker can use: tag characters, zero-width characters, bidirectional
# controls, variation selectors, the soft hyphen, and the C0/C1 controls other than white space.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff"
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]"
)
_SPACE = re.compile(r"\s+")


def strip_invisible(text: str) -> tuple[str, Counter[str]]:
    """The text without invisible characters, and how many of each ("U+200B") were taken out."""
    removed = Counter(f"U+{ord(c):04X}" for c in _INVISIBLE.findall(text))
    return (_INVISIBLE.sub("", text), removed) if removed else (text, removed)


def clean(text: str) -> str:
    """One blank for each run of white space, none at the ends. The words stay exactly as they are."""
    return _SPACE.sub(" ", text).strip()


def slug(text: str, *, limit: int = 60) -> str:
    """A readable ASCII id of at most `limit` characters: lower case, hyphens, cut at a word. May be empty."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’]", "", plain.lower())).strip("-")
    if len(words) <= limit:
        return words
    return words[: limit + 1].rsplit("-", 1)[0][:limit].strip("-")


def digest(text: str) -> str:
    """The first 16 hexadecimal digits of the SHA-256 of the text."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def fold(text: str) -> str:
    """For comparing: NFKC, straight quotes and hyphens, single blanks, lower case. Offsets are not kept."""
    plain = unicodedata.normalize("NFKC", text).translate(STRAIGHT)
    return clean(plain).casefold()


# Quotation marks and hyphens, of whatever shape, to those of a keyboard.
STRAIGHT = str.maketrans(
    {
        "\u2018": "'", "\u2019": "'", "\u201a": "'", "\u201b": "'",
        "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u2010": "-", "\u2011": "-",
        "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2212": "-",
    }
)  # fmt: skip
