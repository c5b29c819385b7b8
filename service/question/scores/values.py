"""Which values of a rating a question speaks of: 3, "at least good", "between 60 and 75%", "not 2"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from indexer.index.catalogue import StoredRating
from service.question.scores.vocabulary import Grade, Vocabulary

_LARGEST = 1000.0
VALUE = r"(?:\d+(?:\.\d+)?%?|gr\d+)"
_SERIES = rf"{VALUE}(?:(?:,| or| and| to| nor|/)*\s+(?:an? |of |score of )?{VALUE})*"
# What may stand between an operator and its value.
_FILLER = r"(?:(?:an?|the|of|score|scores|scored|scoring|rating|rated|grade|graded|judged|as|being|overall)\s+)*"
_BEFORE: tuple[tuple[str, str], ...] = (
    ("from", r"between|ranging from"),
    (
        "least",
        r"at least|(?:a )?minimum(?: of)?|(?:no|not) (?:less|lower|worse) than|not (?:below|under)",
    ),
    ("most", r"at most|(?:a )?maximum(?: of)?|(?:no|not) (?:more|higher|better|greater) than|not (?:above|over)|up to"),
    ("above", r"(?:more|higher|greater|better) than|above|over|exceed\w*|upwards of"),
    ("below", r"(?:less|lower|worse|fewer) than|below|beneath|under|short of|not as (?:high|good|well) as"),
)
_AFTER: tuple[tuple[str, str], ...] = (
    ("least", r"(?:or|and) (?:more|higher|better|above|over|greater|upwards?|up)\b|plus\b"),
    ("most", r"(?:or|and) (?:less|lower|below|fewer|worse|under|poorer)\b"),
)
_OPERATOR = "|".join(f"(?P<{name}>{words})" for name, words in _BEFORE)
_TRAILING = "|".join(f"(?P<{name}_>{words})" for name, words in _AFTER)
_FULL = re.compile(rf"(?:\b(?:{_OPERATOR})\s+{_FILLER})?(?<!\w)(?P<values>{_SERIES})(?!\w)(?:\s+(?:{_TRAILING}))?")
# Such a number is a value wherever it stands after one of these, with little words between.
_ANCHOR = re.compile(
    r"\b(?:scor\w+|rat(?:e|es|ed|ing|ings)|grad\w+|judge\w*|judgm\w+|given|gave|got|gets?|getting|receiv\w+|achiev\w+|"
    r"award\w*|earn\w*|marks?|percentages?|with|having|manage\w*|how many|any)\s+"
    r"(?:(?:an?|the|of|at|as|to|be|being|have|only|just|even|both|either|mere|indicative|overall|itself|for sec\d+|"
    r"for|in|sec\d+|was|is|were|are|score|scores|scored|rating|judged|not|no|higher|lower|better|worse|than|it|its|by)\s+)*$"
)
_FOLLOWED = re.compile(r"\s+(?:for|in|on) (?:sec\d+|the sec\d+)|\s+overall\b|\s+(?:scores?|ratings?|rated|scor\w+)\b")
_NEGATION = re.compile(
    r"(?:\bnot\b|\w+n't\b|\bnever\b|\bwithout\b|\bfail(?:ed|s|ing)? to\b|\bexcept(?:ing)?\b|\bother than\b|"
    r"\banything but\b|\bapart from\b|\bexcluding\b|\bno(?! (?:less|more|lower|higher|better|worse|greater)\b))"
    r"(?:\s+(?!(?:because|while|although|whereas|who|which|that)\b)\S+){0,5}?\s*$"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Bound:
    """A range of numbers, or some grades. Both ends belong to it."""

    kind: Literal["score", "percent", "grade"]
    low: float = 0.0
    high: float = _LARGEST
    grades: frozenset[tuple[str, bool, str]] = frozenset()

    def comparable(self, stored: StoredRating) -> bool:
        if self.kind == "score":
            return stored.rating.score is not None
        return (stored.rating.percent if self.kind == "percent" else stored.rating.judgement) is not None

    def holds(self, stored: StoredRating) -> bool:
        rating = stored.rating
        if self.kind == "grade":
            return (stored.report.profile, stored.section is None, rating.judgement or "") in self.grades
        number = rating.score if self.kind == "score" else rating.percent
        return number is not None and self.low <= number <= self.high


@dataclass(frozen=True, kw_only=True, slots=True)
class Values:
    """A rating counts if it is within one of the bounds, or where `negated` within none; `plain` are the values as
    they may be shown: numbers, and grades in their scale's words."""

    bounds: tuple[Bound, ...]
    negated: bool
    plain: tuple[str, ...]

    def hold(self, stored: StoredRating) -> bool:
        fitting = [b for b in self.bounds if b.comparable(stored)]
        return bool(fitting) and any(b.holds(stored) for b in fitting) != self.negated

    def on_scale_of(self, stored: StoredRating) -> bool:
        """Whether a rating can be held against them: it has a number, or its family has one of the grades."""
        if any(b.comparable(stored) for b in self.bounds if b.kind != "grade"):
            return True
        return any(family == stored.report.profile for family, _, _ in self.grades)

    @property
    def exact(self) -> bool:
        """Whether each value is one, and no "at least" or the like."""
        return all(
            len({label for *_, label in b.grades}) <= 2 if b.kind == "grade" else b.low == b.high for b in self.bounds
        )

    @property
    def scores(self) -> frozenset[int] | None:
        """The scores that count among those of one to nine; None where it is not about scores."""
        numeric = [b for b in self.bounds if b.kind == "score"]
        if not numeric:
            return None
        return frozenset(n for n in range(10) if any(b.low <= n <= b.high for b in numeric) != self.negated)

    @property
    def grades(self) -> frozenset[tuple[str, bool, str]]:
        """The grades that are spoken of: family, whether of a report as a whole, label."""
        return frozenset(grade for bound in self.bounds for grade in bound.grades)


@dataclass(frozen=True, kw_only=True, slots=True)
class Spoken:
    """Values in a text, and where: `start` to `end` of its canonical form. `anchored` tells that the words around
    them make them values; otherwise a number may count anything."""

    values: Values
    start: int
    end: int
    anchored: bool


def values_in(plain: str, grades: Sequence[tuple[Grade, ...]], vocabulary: Vocabulary) -> tuple[Spoken, ...]:
    """All values in the canonical form of a text, in which `gr0` stands for the first of `grades`."""
    found: list[Spoken] = []
    for match in _FULL.finditer(plain):
        operator = match.lastgroup
        before = next((name for name, _ in _BEFORE if match.group(name)), None)
        after = next((name for name, _ in _AFTER if match.group(f"{name}_")), None)
        ahead = plain[: match.start()]
        anchored = bool(
            before
            or after
            or "gr" in match.group("values")
            or _ANCHOR.search(ahead)
            or _FOLLOWED.match(plain, match.end())
        )
        operator = before or after
        words = re.findall(VALUE, match.group("values"))
        # Of "at least 3 or 4" the first number is bounded; a range needs its two ends.
        bounds = _bounds(words, operator, match.group("values"), lambda at: grades[at], vocabulary)
        found.append(
            Spoken(
                values=Values(
                    bounds=bounds,
                    negated=_NEGATION.search(ahead) is not None,
                    plain=tuple(dict.fromkeys(_shown(w, grades) for w in words)),
                ),
                start=match.start(),
                end=match.end(),
                anchored=anchored,
            )
        )
    return tuple(found)


def _bounds(
    words: Sequence[str],
    operator: str | None,
    series: str,
    grade: Callable[[int], tuple[Grade, ...]],
    vocabulary: Vocabulary,
) -> tuple[Bound, ...]:
    if len(words) == 2 and (operator == "from" or re.search(r"\bto\b|\bthrough\b", series)):
        first, last = words
        if not first.startswith("gr") and not last.startswith("gr"):
            kind: Literal["score", "percent"] = "percent" if "%" in first + last else "score"
            low, high = sorted((_number(first), _number(last)))
            return (Bound(kind=kind, low=low, high=high),)
    found: list[Bound] = []
    for word in words:
        if word.startswith("gr"):
            found.append(_graded(grade(int(word[2:])), operator, vocabulary))
        else:
            number = _number(word)
            step = 1.0 if number.is_integer() else 0.0
            low, high = {
                "least": (number, _LARGEST),
                "above": (number + step, _LARGEST),
                "most": (0.0, number),
                "below": (0.0, number - step),
            }.get(operator or "", (number, number))
            found.append(Bound(kind="percent" if _is_percent(word) else "score", low=low, high=high))
    return tuple(found)


def _graded(grades: tuple[Grade, ...], operator: str | None, vocabulary: Vocabulary) -> Bound:
    kept = set()
    for grade in grades:
        for other in vocabulary.scales[grade.family, grade.overall]:
            if {
                "least": other.place >= grade.place,
                "above": other.place > grade.place,
                "most": other.place <= grade.place,
                "below": other.place < grade.place,
            }.get(operator or "", other.place == grade.place):
                kept.add((other.family, other.overall, other.label))
    return Bound(kind="grade", grades=frozenset(kept))


def _number(word: str) -> float:
    return float(word.rstrip("%"))


def _is_percent(word: str) -> bool:
    return word.endswith("%") or _number(word) > 10


def _shown(word: str, grades: Sequence[tuple[Grade, ...]]) -> str:
    if not word.startswith("gr"):
        return word
    return grades[int(word[2:])][0].label.lower()
