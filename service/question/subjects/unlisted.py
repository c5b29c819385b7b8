"""Names of bodies that no report is about and no family lists, told by the words around them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from service.question.printed import Print
from service.question.subjects.places import joined
from service.question.subjects.unnamed import KINDS
from service.question.subjects.words import BODY_WORDS, CONNECTORS, COUNCIL_KINDS, DIRECTIONS, bound
from service.question.wordlists import COMMON, listed
from service.question.words import Token, keys_of, split

_NOT_NAMES = listed(
    "january february march april may june july august september october november december sept monday tuesday "
    "wednesday thursday friday saturday sunday england english britain british uk wales welsh "
    "scotland scottish ireland irish europe european london i"
)
_PLACE = frozenset({"in", "at", "near", "across", "within"})
_ASSESSED = frozenset(
    {"inspection", "report", "reports", "assessment", "review", "visit", "inspected", "findings", "score", "rating"}
)
_LEADS = frozenset({"of", "on", "about", "for", "to", "into"})
_PERSON = frozenset({"mr", "mrs", "ms", "miss", "dr", "sir", "dame", "lord", "lady", "professor", "councillor", "cllr"})
# How many names of English places end.
_PLACE_ENDINGS = (
    "shire", "ford", "ton", "ham", "bury", "mere", "moor", "combe", "ley", "borough", "wick", "pool", "mouth",
    "chester", "caster", "cester", "stead", "field", "dale", "bourne", "minster", "worth", "sea", "port", "stow",
    "hurst", "thorpe", "holme", "haven", "cliffe", "bridge", "wold", "shaw", "hampton",
)  # fmt: skip
_LANGUAGE_ENDINGS = ("ish", "ese")
_MOST_FRAMING = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Framing:
    """The words that titles put right after and right before a subject, by their keys."""

    after: frozenset[tuple[str, ...]]
    before: frozenset[str]
    words: frozenset[str]


def framing_of(titles: Iterable[tuple[str, Sequence[str]]], least: int) -> Framing:
    """titles  each with its subject, as it may stand in it; what fewer than `least` share is no framing."""
    after: Counter[tuple[str, ...]] = Counter()
    before: Counter[str] = Counter()
    held: Counter[str] = Counter()
    for title, subject in {(title, s) for title, subjects in titles for s in subjects if s and s in title}:
        head, _, rest = title.partition(subject)
        first = split(head)
        tail = [w.key for w in split(rest) if not w.key[0].isdigit()]
        held.update({*tail, *(w.key for w in first), *keys_of(subject)})
        if tail:
            after[(tail[0],) if tail[0] in BODY_WORDS else tuple(tail[:_MOST_FRAMING])] += 1
        if first and first[-1].key in KINDS and head[first[-1].start : first[-1].end].isupper():
            before[first[-1].key] += 1
    return Framing(
        after=frozenset(keys for keys, count in after.items() if count >= least and BODY_WORDS & set(keys)),
        before=frozenset(key for key, count in before.items() if count >= least),
        words=frozenset(key for key, count in held.items() if count >= least),
    )


class Unlisted:
    """Finds names of bodies that no report is about, and that no family lists. It would rather miss one than take a
    matter of the reports for a body. Safe for several threads."""

    def __init__(self, framing: Framing, titles: Collection[str], printed: Print) -> None:
        """titles  the keys of all words of all titles and subjects."""
        self._framing = framing
        self._titles = frozenset(titles)
        self._print = printed

    def find(
        self, words: Sequence[Token], text: str, taken: Collection[int], *, several: bool
    ) -> list[tuple[int, int]]:
        """From which word to before which one; a name with "Council" and the like is more certain than one that
        only stands where a place can, and only the former counts where other bodies are named.

        taken    places of words of names that are known.
        several  all reports are asked about, and none in particular.
        """
        found: list[tuple[int, int]] = []
        for first, after in _runs(words, taken):
            start = first
            while start < after and (words[start].key in COMMON or not self._may_open(words[start])):
                start += 1
            stop = after
            while stop > start and words[stop - 1].key in COUNCIL_KINDS:
                stop -= 1
            if start >= stop:
                continue
            framed = self._framed(words, start, stop, text)
            beside = joined(words, start, stop, taken)
            placed = (not taken or beside) and not several and self._placed(words, start, stop, text)
            if framed or placed or (beside and self._unheard(words[start:stop])):
                found.append((start, stop))
        return found

    def _may_open(self, word: Token) -> bool:
        return not word.opening or self._print.holding(word.key) == 0

    def _framed(self, words: Sequence[Token], first: int, after: int, text: str) -> bool:
        """With its kind: "X Council", "X local area partnership", "HMP X"."""
        run = words[first:after]
        if all(w.key in self._titles | _NOT_NAMES for w in run):
            return False
        rest = [w.key for w in words[after : after + 4]]
        while rest and rest[0] in COUNCIL_KINDS:
            rest.pop(0)
        council = rest[:1] == ["council"]
        tail = next((keys for keys in self._framing.after if tuple(rest[: len(keys)]) == keys), None)
        head = first > 0 and words[first - 1].key in self._framing.before
        last = run[-1].key in BODY_WORDS and len(run) > 1
        if last and run[-2].key == "of":
            return False
        if council or last:
            return self._unheard(run[:-1] if last else run)
        if tail is None and not head:
            return False
        if tail is not None and len(tail) == 1 and all(self._print.everyday(w.key) for w in run):
            return False
        end = words[min(len(words), after + len(tail or ())) - 1].end
        return not self._print.prints(text[run[0].start : end])

    def _placed(self, words: Sequence[Token], first: int, after: int, text: str) -> bool:
        """Where a place can stand: "in X", "the inspection of X"; anywhere, if it sounds like one."""
        if not self._unheard(words[first:after]):
            return False
        if _sounds_a_place(words[first:after]):
            return first == 0 or words[first - 1].key not in _PERSON
        spelt = text[words[first].start : words[after - 1].end]
        if first == 0 or spelt.isupper() or words[after - 1].key.endswith(_LANGUAGE_ENDINGS):
            return False
        before = words[first - 1].key
        ends = after == len(words) or words[after].gap.strip() != ""
        if before in _PLACE:
            return ends or not (words[after].capital or words[after].key[0].isdigit())
        return before in _LEADS and first > 1 and words[first - 2].key in _ASSESSED

    def _unheard(self, run: Sequence[Token]) -> bool:
        """None of its words is in the reports, but for directions and the like; nor is it an abbreviation or a date."""
        telling = _telling(run)
        if not telling or any(key in _NOT_NAMES or key in self._titles for key in telling):
            return False
        return all(len(key) > 3 and key.isalpha() and self._print.holding(key) == 0 for key in telling)


def _telling(run: Sequence[Token]) -> list[str]:
    return [w.key for w in run if w.key not in CONNECTORS | DIRECTIONS | COUNCIL_KINDS]


def _sounds_a_place(run: Sequence[Token]) -> bool:
    telling = _telling(run)
    return len(telling) == 1 and len(telling[0]) > 5 and telling[0].endswith(_PLACE_ENDINGS)


def _runs(words: Sequence[Token], taken: Collection[int]) -> Iterator[tuple[int, int]]:
    """Words with capitals that stand together, with small words between them."""
    at = 0
    while at < len(words):
        if not words[at].capital or at in taken:
            at += 1
            continue
        after = at + 1
        look = after
        while look < len(words) and look not in taken and bound(words[look], words[look - 1].key):
            if words[look].capital:
                after = look + 1
            elif words[look].key not in CONNECTORS or words[at].opening:
                break
            look += 1
        yield at, after
        at = after
