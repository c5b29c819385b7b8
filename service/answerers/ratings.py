"""Questions about scores, answered from the parsed ratings: complete, with the denominator, never from top-k."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from indexer.index.catalogue import Catalogue, StoredRating
from indexer.text import fold

# The question is after a printed score, and not after what reports with a score say, or why there is one.
_ASKS = re.compile(r"\b(?:scor(?:e|es|ed|ing)|rat(?:ed|ings?)|judge(?:d|ments?)|grad(?:e|es|ed)|percentage score)\b")
_ASKS_ELSE = re.compile(
    r"\bwhy\b|\b(?:with|where|that) (?:a |an )?(?:scor\w*|rat\w*)\b.*\b(?:say|says|said|find|found|tell|describe)\b"
)
_OVERALL = re.compile(r"\b(?:overall|rating and score|overall effectiveness|percentage)\b")
_COUNTS = re.compile(r"\b(?:which|how many|what) (?:councils|(?:local )?authorities|reports|areas|of them|ones)\b")
_SCORE = re.compile(
    r"\b(?:scor(?:e|es|ed)|rated|graded|given|got|received)(?: of| a| at| as| an?)?(?: score of)? (\d)\b"
    r"|\b(\d) (?:out of \d )?for\b"
)
_OVERALL_NAME = "Overall"


@dataclass(frozen=True, kw_only=True, slots=True)
class RatingsAsked:
    """What of the ratings a question wants. Names are the profiles' standard wording; None for any.

    counts  it asks which or how many reports, so that the answer needs its denominator.
    """

    names: frozenset[str] | None
    scores: frozenset[int] | None
    judgements: frozenset[str] | None
    counts: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class RatingsFound:
    """All ratings that a question wants, and how many reports print a rating of what it asks about."""

    ratings: tuple[StoredRating, ...]
    of: int


class RatingsAnswerer:
    """Safe for several threads."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def asked(self, text: str) -> RatingsAsked | None:
        """What a question, its subjects' names left out, wants of the ratings; None if it is about something else."""
        plain = fold(text)
        if not self._catalogue.ratings() or not _ASKS.search(plain) or _ASKS_ELSE.search(plain):
            return None
        names = self._sections_in(plain)
        if _OVERALL.search(plain):
            names.add(_OVERALL_NAME)
        scores = {int(a or b) for a, b in _SCORE.findall(plain)}
        judgements = {label for words, label in self._grades.items() if _has_word(plain, words)}
        counts = bool(_COUNTS.search(plain))
        if counts and not names and not scores and judgements:
            names.add(_OVERALL_NAME)  # "Which councils were rated good?" means overall
        if not (names or scores or counts or re.search(r"\b(?:what|which)\b", plain)):
            return None
        return RatingsAsked(
            names=frozenset(names) or None,
            scores=frozenset(scores) or None,
            judgements=frozenset(judgements) or None,
            counts=counts,
        )

    def find(self, asked: RatingsAsked, reports: Collection[str]) -> RatingsFound:
        """Every rating of these reports that the question wants, by report, then in printed order."""
        about = [
            r
            for r in self._catalogue.ratings()
            if r.report.id in reports and (asked.names is None or r.rating.name in asked.names)
        ]
        wanted = tuple(
            r
            for r in about
            if (asked.scores is None or r.rating.score in asked.scores)
            and (asked.judgements is None or r.rating.judgement in asked.judgements)
        )
        return RatingsFound(ratings=wanted, of=len({r.report.id for r in about}))

    def _sections_in(self, plain: str) -> set[str]:
        """The rated sections that a text names, the longest wording first, so that none is taken for a part of it."""
        found = set()
        for wording, name in self._sections:
            if _has_word(plain, wording):
                found.add(name)
                plain = plain.replace(wording, " ")
        return found

    @cached_property
    def _sections(self) -> list[tuple[str, str]]:
        pairs = {
            (fold(wording), section["name"])
            for family in self._families
            for section in family.get("sections", ())
            if section["rated"]
            for wording in (section["name"], *section["aliases"])
        }
        return sorted(pairs, key=lambda pair: (-len(pair[0]), pair))

    @cached_property
    def _grades(self) -> dict[str, str]:
        return {
            fold(wording): grade["label"]
            for family in self._families
            for scale in ("scale", "overall")
            for grade in family.get(scale, ())
            for wording in (grade["label"], *grade["aliases"])
        }

    @cached_property
    def _families(self) -> list[Mapping[str, Any]]:
        in_use = {report.profile for report in self._catalogue.reports()}
        return [family for name, family in self._catalogue.profiles().items() if name in in_use]


def sentence(stored: StoredRating, *, dated: bool) -> str:
    """A rating in words, its date with it where the subject has several reports."""
    rating, known = stored.rating, stored.report.metadata
    parts = [known.subject or stored.report.title]
    if rating.score is not None:
        parts.append(f"scored {rating.score}")
        parts.extend([f"({rating.judgement})"] if rating.judgement else [])
    else:
        parts.append("was rated" if rating.judgement else "scored")
        parts.extend([rating.judgement] if rating.judgement else [])
    if rating.percent is not None:
        parts.append(f"({rating.percent}%)" if rating.judgement else f"{rating.percent}%")
    parts.append("overall" if stored.section is None else f"for {rating.name}")
    if dated and known.published:
        parts.append(f"in the report published on {known.published:%-d %B %Y}")
    return f"{' '.join(parts)}."


def count(found: RatingsFound) -> str:
    """How many of how many, in words."""
    reports = len({r.report.id for r in found.ratings})
    if found.of == 1:
        return f"{reports} of the 1 indexed report that prints this rating."
    return f"{reports} of the {found.of} indexed reports that print this rating."


def several_dates(ratings: Sequence[StoredRating]) -> bool:
    """Whether any subject has ratings from more than one report."""
    return len({r.report.id for r in ratings}) > len({r.report.metadata.subject or r.report.id for r in ratings})


def _has_word(plain: str, words: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", plain) is not None
