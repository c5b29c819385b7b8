"""Lists of words, written as one writes them."""

from __future__ import annotations


def listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


def any_of(words: str) -> str:
    """A pattern for any of the words, which may be patterns themselves; `_` in one stands for white space."""
    return "(?:" + "|".join(word.replace("_", r"\s+") for word in words.split()) + ")"


AUXILIARY = any_of(
    "do does did is are was were has have had can could shall should will would may might must don['’]t doesn['’]t "
    "didn['’]t isn['’]t aren['’]t wasn['’]t weren['’]t hasn['’]t haven['’]t can['’]t couldn['’]t won['’]t wouldn['’]t"
)
