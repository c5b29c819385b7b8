"""Abbreviations that a text itself defines: "principal social worker (PSW)", "PSW (principal social worker)"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from service.question.wordlists import listed

_BRACKET = re.compile(r"\(([^()]{2,90})\)")
_SHORT = re.compile(r"(?=(?:[^A-Z]*[A-Z]){2})[A-Z][A-Za-z&]{1,9}")
_BEFORE = re.compile(r"(?<![\w&])([A-Z][A-Za-z&]{1,9})\s*$")
_MARKDOWN = re.compile(r"\*?\[(?P<short>[^\]\n]{2,12})\]:\s*(?P<long>[^*\[\].\n]{4,90})")
_WORDS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SMALL = listed("a an and at by for from in of on or the to with")
# A wording found this much less often than the commonest one is a slip.
_LEAST_SHARE = 0.2
_MOST_WORDINGS = 2


def defined(texts: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """By abbreviation, in capitals: what the texts say that it stands for, the commonest wording first.

    texts  those that hold a bracket; others define nothing.
    """
    found: dict[str, Counter[str]] = {}
    for text in texts:
        for bracket in _BRACKET.finditer(text):
            if pair := _pair(text, bracket):
                found.setdefault(_key(pair[0]), Counter())[pair[1]] += 1
        if "]:" in text:
            for match in _MARKDOWN.finditer(text):
                found.setdefault(_key(match["short"]), Counter())[match["long"].strip()] += 1
    return {short: _usual(wordings) for short, wordings in found.items()}


def _usual(wordings: Counter[str]) -> tuple[str, ...]:
    counts: Counter[str] = Counter()
    shown: dict[str, str] = {}
    for long, count in wordings.most_common():
        counts[_alike(long)] += count
        shown.setdefault(_alike(long), long)
    best = counts.most_common(_MOST_WORDINGS)
    return tuple(shown[key] for key, count in best if count >= _LEAST_SHARE * best[0][1])


def _alike(long: str) -> str:
    """What wordings share that differ in case, hyphens, commas or number alone."""
    return " ".join(word.removesuffix("s") for word in re.findall(r"\w+", long.casefold()) if word not in {"and", "or"})


def _pair(text: str, bracket: re.Match[str]) -> tuple[str, str] | None:
    inside = bracket.group(1).strip(" '\"‘’“”")
    before = text[max(0, bracket.start() - 120) : bracket.start()]
    if _SHORT.fullmatch(inside):
        long = spelt_out(inside, before)
        return (inside, long) if long else None
    if (outer := _BEFORE.search(before)) and _SHORT.fullmatch(outer.group(1)):
        long = spelt_out(outer.group(1), inside)
        return (outer.group(1), long) if long and len(long) >= len(inside) - 4 else None
    return None


def spelt_out(short: str, text: str) -> str | None:
    """The last words of a text if their first letters make the abbreviation; None if they do not."""
    sentence = re.split(r"[.;:?!]\s", text)[-1]
    found = list(_WORDS.finditer(sentence))
    initials = [word.group().lower() for word in found]
    for letters in dict.fromkeys((_singular(short), short)):
        wanted = letters.replace("&", "").lower()
        start = _first(wanted, initials, len(found), len(wanted))
        if start is not None and len(found) - start > 1 and initials[start] not in _SMALL:
            return sentence[found[start].start() : found[-1].end()]
    return None


def _first(letters: str, words: list[str], at: int, left: int) -> int | None:
    """Where the words before `at` begin that give the first `left` letters; a word may give up to three."""
    if left == 0:
        return at
    if at == 0 or len(words) - at > len(letters) + 4:
        return None
    word = words[at - 1]
    for many in (1, 2, 3):
        if many <= left and word[:many] == letters[left - many : left]:
            start = _first(letters, words, at - 1, left - many)
            if start is not None:
                return start
    return _first(letters, words, at - 1, left) if word in _SMALL and at < len(words) else None


def _singular(short: str) -> str:
    return short[:-1] if short.endswith("s") and short[:-1].isupper() else short


def _key(short: str) -> str:
    return _singular(short).upper()
