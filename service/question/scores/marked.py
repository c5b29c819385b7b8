"""A question about ratings with what it names marked, so that the rest can be told apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from service.question.phrases import Found, Token, tokens
from service.question.scores.values import Spoken, values_in
from service.question.scores.vocabulary import Grade, Vocabulary
from service.question.sections import KnownSection

_NUMBERS = {"two": "2", "three": "3", "four": "4", "five": "5", "threes": "3", "fours": "4", "twos": "2"}
_RATES = re.compile(
    r"\b(?:scor(?:e|es|ed|ing|ers?)|rat(?:ed|ings?)|judge(?:d|ments?)|judgments?|grad(?:e|es|ed|ings?)|percentages?|"
    r"marked|overall effectiveness|(?:did|does|do|how (?:is|are|was|were))(?: \w+){0,3} rates?)\b"
)
_LEAST_FUZZY = 6
_FUZZY = 84
_DIGITS = re.compile(r"^\d+(?:\.\d+)?s?$")
# A year, a date, or how many of how many: no value.
_NO_VALUE = re.compile(
    r"\b(?:19|20)\d\d(?:[/-]\d\d(?:\d\d)?)?\b|\bout of (?:the )?\d+\b|(?<=\d )of (?:the )?\d+\b|"
    r"\b(?:top|bottom) \d+\b|\b\d{1,2}(?:st|nd|rd|th)?\s+"
    r"(?=(?:january|february|march|april|may|june|july|august|september|october|november|december)\b)|"
    r"\b\d+\s+(?=(?:councils|authorities|areas|local|reports|councillors|people|months|weeks|days|years|"
    r"highest|lowest|best|worst|most|subjects|bodies|assessments|inspections|statements|sections)\b)"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Marked:
    """A question in canonical form: lower-case words and punctuation, `sec0` for the first of `sections`, `gr0` for
    the first of `grades`.

    places     for every word of `plain` where it stands in the question.
    leftover   the comparison forms of words that no question about ratings needs to hold.
    elsewhere  it speaks of ratings of other things.
    """

    plain: str
    sections: tuple[tuple[KnownSection, ...], ...]
    grades: tuple[tuple[Grade, ...], ...]
    spoken: tuple[Spoken, ...]
    terms: frozenset[str]
    leftover: tuple[str, ...]
    elsewhere: bool
    places: tuple[tuple[int, int, int, int], ...]

    @property
    def speaks_of_ratings(self) -> bool:
        return _RATES.search(self.plain) is not None

    def names(self) -> frozenset[str]:
        """What is rated, of all the sections that it names."""
        return frozenset(k.name for some in self.sections for k in some if k.rated)

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Where a part of `plain` stands in the question."""
        within = [p for p in self.places if p[0] < end and start < p[1]]
        return (within[0][2], within[-1][3]) if within else (0, 0)


def mark(text: str, vocabulary: Vocabulary) -> Marked:
    words = tokens(text)
    sections = list(vocabulary.sections.find(words))
    sections = [s for s in sections if not _says_report(s, words) and not _says_rating(s, words, vocabulary)]
    taken = [(s.first, s.after) for s in sections]
    grades = [g for g in vocabulary.grades.find(words) if not any(_overlap((g.first, g.after), t) for t in taken)]
    taken += [(g.first, g.after) for g in grades]
    loose = [i for i in range(len(words)) if not any(a <= i < b for a, b in taken)]
    more = tuple(_misspelt(words, loose, vocabulary))
    sections.extend(more)
    covered = {f.first for f in more}
    sections.sort(key=lambda f: f.first)
    plain, places = _canonical(text, words, sections, grades)
    blank = _NO_VALUE.sub(lambda m: re.sub(r"\S", "_", m.group()), plain)
    kinds = [g.values for g in grades]
    spelt = {t.term for s in sections for known in s.values if known.rated for t in tokens(known.name)}
    rest = [words[i].term for i in loose if i not in covered and not _DIGITS.match(words[i].word)]
    rest = [term for term in rest if term not in spelt]
    return Marked(
        plain=plain,
        sections=tuple(s.values for s in sections),
        grades=tuple(kinds),
        spoken=values_in(blank, kinds, vocabulary),
        terms=frozenset(w.term for w in words),
        leftover=tuple(t for t in rest if not vocabulary.is_ordinary(t)),
        elsewhere=any(vocabulary.is_elsewhere(t) for t in rest),
        places=places,
    )


def _says_report(found: Found[KnownSection], words: Sequence[Token]) -> bool:
    """Whether it is a report: "assessments" and the like are what is rated only after "for"."""
    if found.after - found.first > 1 or words[found.first].term not in {"assess", "inspect", "report", "overview"}:
        return False
    before = words[found.first - 1].word if found.first else ""
    return before not in {"for", "on"}


def _says_rating(found: Found[KnownSection], words: Sequence[Token], vocabulary: Vocabulary) -> bool:
    """The section in which ratings are printed is called as they are: "overall rating", "inspection outcome"."""
    if any(known.rated or vocabulary.under(known.name) for known in found.values):
        return False
    return all(vocabulary.is_ordinary(words[i].term) for i in range(found.first, found.after))


def _misspelt(words: Sequence[Token], loose: Iterable[int], vocabulary: Vocabulary) -> Iterator[Found[KnownSection]]:
    """Sections of one word, or that one word tells, with a letter wrong."""
    for i in loose:
        term = words[i].term
        if len(words[i].word) < _LEAST_FUZZY or vocabulary.is_ordinary(term):
            continue
        best = process.extractOne(words[i].word, vocabulary.telling_words, scorer=fuzz.ratio, score_cutoff=_FUZZY)
        if best is not None:
            yield Found(first=i, after=i + 1, values=(vocabulary.telling_words_of[best[0]],))


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _canonical(
    text: str, words: Sequence[Token], sections: Sequence[Found[KnownSection]], grades: Sequence[Found[Grade]]
) -> tuple[str, tuple[tuple[int, int, int, int], ...]]:
    starts: dict[int, tuple[str, int]] = {s.first: (f"sec{n}", s.after) for n, s in enumerate(sections)}
    starts |= {g.first: (f"gr{n}", g.after) for n, g in enumerate(grades)}
    pieces: list[str] = []
    places: list[tuple[int, int, int, int]] = []
    at = length = 0
    while at < len(words):
        name, after = starts.get(at, (_word(words[at], words[at - 1].word if at else ""), at + 1))
        start, end = words[at].start, words[after - 1].end
        tail = text[end : words[after].start if after < len(words) else len(text)]
        if name[0].isdigit():
            name, after, end = _percent(name, tail, words, after, end)
        piece = name + (" plus" if tail.startswith("+") else "") + ("," if tail.startswith(",") else "")
        places.append((length, length + len(piece), start, end))
        pieces.append(piece)
        length += len(piece) + 1
        at = after
    return " ".join(pieces), tuple(places)


def _percent(name: str, tail: str, words: Sequence[Token], after: int, end: int) -> tuple[str, int, int]:
    following = [w.word for w in words[after : after + 2]]
    if tail.startswith("%"):
        return f"{name}%", after, end + 1
    if following[:1] == ["percent"]:
        return f"{name}%", after + 1, words[after].end
    if following == ["per", "cent"]:
        return f"{name}%", after + 2, words[after + 1].end
    return name, after, end


def _word(token: Token, before: str) -> str:
    """Numbers as digits, but not one that a hyphen makes a part of a name ("K-12")."""
    if not _DIGITS.match(token.word):
        return _NUMBERS.get(token.word, token.word)
    if token.glued and not _DIGITS.match(before) and not _RATES.search(before):
        return f"_{token.word}"
    return token.word.rstrip("s")
