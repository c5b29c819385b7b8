"""Misspelt words of names put right."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from rapidfuzz.distance import OSA

from service.question.subjects.words import PREPOSITIONS, Print, Word, stem

_LEAST = 5
# Up to this length a letter put in, left out or swapped is a slip, and another letter may be another name.
_SHORT = 6
_TWO_FROM, _THREE_FROM = 9, 14
_MOST_SLIPS = 3
_LONG_NAME = 12
# Of a word without a telling capital; the second of one that nothing before it marks as a name.
_LEAST_UNTOLD = 7
_LEAST_SMALL = 8
# A word of this length is near a name by no chance.
_LONG = 10
_FEW_WORDS = 4
_RARE = 2
# Of one text: a question holds few names, and what holds many unknown words is no question.
_MOST = 12


class Spelling:
    """Safe for several threads."""

    def __init__(self, vocabulary: Collection[str], printed: Print) -> None:
        self._known = frozenset(vocabulary)
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for word in sorted(self._known):
            self._by_length[len(word)].append(word)
        self._stems = frozenset(map(stem, self._known))
        self._print = printed

    def corrected(self, words: Sequence[Word], taken: Collection[int]) -> Iterator[list[Word]]:
        """The words with those put right that may be misspelt words of names; several times, where one of them is as
        near to several. None where there is nothing to put right.

        taken  places of words that are part of something known.
        """
        near = {
            at: found
            for at, word in self._doubtful(words, taken)
            if (found := self.nearest(word.key, most=_MOST_SLIPS if _told(word) or len(word.key) >= _LONG else 1))
        }
        if not near:
            return
        for turn in range(max(map(len, near.values()))):
            yield [
                replace(word, key=near[at][min(turn, len(near[at]) - 1)]) if at in near else word
                for at, word in enumerate(words)
            ]

    def nearest(self, word: str, *, most: int) -> tuple[str, ...]:
        """The known words that are at most so many slips away, if several then as near as each other."""
        best: list[str] = []
        least = most + 1
        for length in range(len(word) - 3, len(word) + 4):
            for known in self._by_length.get(length, ()):
                away = _slips(word, known)
                if away is not None and away < least:
                    best, least = [known], away
                elif best and away == least:
                    best.append(known)
        return tuple(best)

    def _doubtful(self, words: Sequence[Word], taken: Collection[int]) -> Iterator[tuple[int, Word]]:
        looked = 0
        for at, word in enumerate(words):
            if at in taken or len(word.key) < _LEAST or word.key in self._known or not word.key.isalpha():
                continue
            told = _told(word)
            if not _like_a_name(words, at) or (not told and len(word.key) < _LEAST_UNTOLD):
                continue
            looked += 1
            if looked > _MOST:
                return
            # What only its ending tells from a name is held wherever the name is.
            alike = stem(word.key) in self._stems and (told or not self._print.everyday(word.key))
            if alike or self._print.holding(word.key) <= (_RARE if told or len(word.key) >= _LONG else 0):
                yield at, word


def _told(word: Word) -> bool:
    """Whether its capital tells it to be a name."""
    return word.capital and not word.opening


def _like_a_name(words: Sequence[Word], at: int) -> bool:
    word = words[at]
    if word.capital or len(words) <= _FEW_WORDS:
        return True
    return len(word.key) >= _LEAST_SMALL or (at > 0 and words[at - 1].key in PREPOSITIONS)


def _slips(word: str, known: str) -> int | None:
    """How many slips of the keyboard lie between two words; None if they are more than the known one's length
    bears, or if other letters make another name of it: slips swap, double and leave out."""
    length = len(known)
    most = 0 if length < _LEAST else 1 + (length >= _TWO_FROM) + (length >= _THREE_FROM)
    away: int = OSA.distance(word, known, score_cutoff=most)
    if away > most or (word[0] != known[0] and (away > 1 or length < _TWO_FROM)):
        return None
    letters, wanted = Counter(word), Counter(known)
    exchanged = sum((letters - wanted).values()) + sum((wanted - letters).values())
    most_exchanged = 1 if length <= _SHORT else 2 if length < _LONG_NAME else 3
    return away if exchanged <= most_exchanged or (away < 2 and length > _SHORT) else None
