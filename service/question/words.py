"""The words of a text: the one place where texts are split into them; and which of them are searched for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer.index.terms import analyse
from indexer.text import strip_invisible
from service.question.wordlists import COMMON, listed

# Words that carry no subject matter of their own, as `analyse` gives them. Negations and "who", "when", "how
# many" decide which sentence answers, not which paragraph is about the matter.
_EMPTY = frozenset(
    analyse(
        "a about am an and any are as at be been being between but by can could did do does doing done for from get "
        "give given gives got had has have having he her his how i if in into is it its like made make many may me "
        "might much must my not of on or our out over please said say says shall she should so some such tell than "
        "that the their them then there these they this those to under up upon us was we were what when where "
        "whether which while who whom whose why will with would you your"
    )
)
_MOST = 48

_APOSTROPHE = "['\u2018\u2019\u201b\u02bc]"
_WORD = re.compile(rf"\d+(?:\.\d+)+[a-z]*|[^\W_]+(?:{_APOSTROPHE}[^\W_]+)*|[&+]", re.IGNORECASE)
_STRAIGHT = str.maketrans(dict.fromkeys("\u2018\u2019\u201b\u02bc", "'"))
_HYPHEN = re.compile(r"[-\u2010-\u2014]")
_OPENS_SENTENCE = re.compile(r"[.?!:;\n\"\u201c(]\s*$")
_OWNER = re.compile(r"'s?$")
_SAME = {"&": "and", "+": "and", "upon": "on", "saint": "st"}
# They set two things side by side, and say nothing of either.
COMPARING = listed(
    "compare compared comparing comparison comparisons contrast versus vs v against between both either each differ "
    "differs difference differences different with and or than same which who better worse best worst more less higher "
    "lower other side by"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Token:
    """A word of a text, or "&" or "+": `text[start:end]`.

    word     in lower case, with straight apostrophes, without accents.
    key      what names are compared by: also without possessive endings and apostrophes; "&" is "and".
    term     its stem, what the index holds it by.
    gap      what stands between it and the word before; `glued` that this is a hyphen.
    capital  it begins with one, in a text where that tells something.
    opening  it begins a sentence, where a capital tells nothing.
    """

    word: str
    key: str
    term: str
    start: int
    end: int
    gap: str
    glued: bool
    capital: bool
    opening: bool


def visible(text: str) -> str:
    """The text without characters that nobody sees: zero-width ones, soft hyphens, controls of direction."""
    return strip_invisible(text)[0]


def split(text: str) -> tuple[Token, ...]:
    """The words of a text in order."""
    matches = list(_WORD.finditer(text))
    words = [_plain(m.group()) for m in matches]
    capitals = _capitals([m.group() for m in matches])
    found: list[Token] = []
    end = 0
    for match, word, term, capital in zip(matches, words, terms_of(words), capitals, strict=True):
        gap = text[end : match.start()]
        found.append(
            Token(
                word=word,
                key=_key(word),
                term=term,
                start=match.start(),
                end=match.end(),
                gap=gap,
                glued=bool(found) and len(gap) == 1 and _HYPHEN.match(gap) is not None,
                capital=capital,
                opening=not found or _OPENS_SENTENCE.search(gap) is not None,
            )
        )
        end = match.end()
    return tuple(found)


def keys_of(name: str) -> tuple[str, ...]:
    """The keys of a name's words."""
    return tuple(key_of(m.group()) for m in _WORD.finditer(name))


def key_of(word: str) -> str:
    return _key(_plain(word))


def terms_of(words: Sequence[str]) -> list[str]:
    """The stems of words, one for one: what `analyse` adds for a text as a whole comes after them."""
    bare = [re.sub(r"[^a-z0-9]", "", _OWNER.sub("", word)) or "x" for word in words]
    return analyse(" ".join(bare))[: len(bare)]


def _key(word: str) -> str:
    plain = word.removesuffix("'s").replace("'", "")
    return _SAME.get(plain, plain)


def _plain(word: str) -> str:
    if word.isascii():
        return word.lower()
    apart = unicodedata.normalize("NFKD", word.translate(_STRAIGHT).casefold())
    return "".join(c for c in apart if not unicodedata.combining(c))


def _capitals(words: Sequence[str]) -> list[bool]:
    """Where everything has one, as in headings, a capital tells nothing."""
    capitals = [word[0].isupper() for word in words]
    shouted = not any(c.islower() for word in words for c in word)
    small = [capital for word, capital in zip(words[1:], capitals[1:], strict=True) if word.lower() in COMMON - {"i"}]
    headed = 2 * sum(small) >= max(1, len(small))
    return [False] * len(words) if shouted or headed else capitals


def query_terms(text: str) -> dict[str, float]:
    """The terms to search for, each with its weight; those of an overlong question are cut off.

    A question of empty words alone is searched for all of them.
    """
    every = dict.fromkeys(analyse(text))
    telling = [term for term in every if term not in _EMPTY] or list(every)
    return dict.fromkeys(telling[:_MOST], 1.0)


def has_telling(terms: Iterable[str]) -> bool:
    """Whether any of the terms has subject matter of its own."""
    return any(term not in _EMPTY for term in terms)


def without_comparing(text: str) -> str:
    """A question without its names and without the words that compare, as it could be asked of one side alone."""
    return re.sub(
        r"\s+", " ", re.sub(r"[\w'’]+", lambda m: "" if m.group().lower() in COMPARING else m.group(), text)
    ).strip(" ,;:?.-/")
