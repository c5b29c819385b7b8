"""Questions for somebody who has not asked yet: made of what is indexed, and each was answered when it was tried."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from indexer.index.catalogue import StoredRating
from indexer.text import fold
from service.errors import ServiceError
from service.live import OpenGeneration
from service.model import Outcome, Question

# How many of one kind are tried until one is answered.
_TRIES = 3
# A heading of fewer or more words makes no question that people would ask.
_HEADING_WORDS = range(2, 8)
# What is shorter is a cell of a table, or a name.
_FINDING_WORDS = 12
_GENERATIONS = 2


class Suggestions:
    """Safe for several threads. A generation's are made once, by whoever asks first; others wait for them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._made: dict[str, tuple[str, ...]] = {}

    def of(self, opened: OpenGeneration) -> tuple[str, ...]:
        """At most one question of each kind, in the order of what is easiest to ask."""
        with self._lock:
            known = self._made.get(opened.generation)
            if known is None:
                known = _answered(opened)
                kept = [*self._made.items(), (opened.generation, known)][-_GENERATIONS:]
                self._made = dict(kept)
            return known


def _answered(opened: OpenGeneration) -> tuple[str, ...]:
    known = _Known(opened)
    kinds = (known.one_rating(), known.one_heading(), known.comparison(), known.who_was_rated())
    found = (next((text for text in islice(kind, _TRIES) if _is_answered(opened, text)), None) for kind in kinds)
    return tuple(text for text in found if text is not None)


def _is_answered(opened: OpenGeneration, text: str) -> bool:
    try:
        answer = opened.answering.answer(Question(text=text))
    except ServiceError:
        return False
    return answer.outcome is Outcome.ANSWERED and answer.reason is None and bool(answer.claims)


class _Known:
    """What the index holds, as material for questions."""

    def __init__(self, opened: OpenGeneration) -> None:
        self._opened = opened
        self._subjects = opened.retriever.subjects.indexed()
        self._ratings: dict[str, list[StoredRating]] = {}
        self._overall: list[str] = []
        families = opened.catalogue.profiles().values()
        sections = [section for family in families for section in family.get("sections", ())]
        self._listed = frozenset(fold(w) for section in sections for w in (section["name"], *section["aliases"]))
        for rating in opened.catalogue.ratings():
            name = self._about(rating.report.id)
            if name is not None and rating.section is not None and _value(rating) is not None:
                self._ratings.setdefault(name, []).append(rating)
            elif name is not None and rating.section is None:
                self._overall.append(name)

    def _about(self, report: str) -> str | None:
        known = self._opened.retriever.subjects.subject_of(report)
        found = self._opened.catalogue.report(report)
        return known or (found.metadata.subject if found else None)

    def one_rating(self) -> Iterator[str]:
        for name, ratings in self._ratings.items():
            rating = ratings[0]
            verb = "What did {} score for {}?" if rating.rating.score is not None else "How was {} rated for {}?"
            yield verb.format(name, _named(rating.rating.name))
        for name in self._overall:
            yield f"What was the overall outcome for {name}?"

    def one_heading(self) -> Iterator[str]:
        """Of bodies from the end, so that another one is named than in the first question."""
        for name in reversed(self._subjects):
            headings = self._headings(name)
            if headings:
                # Neither the first, which often opens the report, nor the last, which often closes it.
                yield f"What was found in {name} about {_named(headings[len(headings) // 2])}?"

    def comparison(self) -> Iterator[str]:
        for one, other in zip(self._subjects, self._subjects[1:], strict=False):
            theirs = frozenset(self._headings(other))
            shared = [heading for heading in self._headings(one) if heading in theirs]
            # What the family lists is a section; another heading may be a table's, or have crept in.
            shared = [heading for heading in shared if fold(heading) in self._listed] or shared
            if shared:
                yield f"Compare {one} and {other} on {_named(shared[len(shared) // 2])}"

    def who_was_rated(self) -> Iterator[str]:
        """By the value that most have, of what is rated most often."""
        every = [rating for ratings in self._ratings.values() for rating in ratings]
        most = Counter(rating.rating.name for rating in every)
        for name, _ in most.most_common(_TRIES):
            alike = [rating for rating in every if rating.rating.name == name]
            value, _ = Counter(map(_value, alike)).most_common(1)[0]
            verb = "scored" if alike[0].rating.score is not None else "were rated"
            yield f"Which {self._noun()} {verb} {value} for {_named(name)}?"

    def _noun(self) -> str:
        """What the bodies are, by the word that most of their names end in."""
        ends = Counter(name.split()[-1].lower() for name in self._subjects if " " in name)
        word, count = ends.most_common(1)[0] if ends else ("", 0)
        return f"{word}s" if 2 * count > len(self._subjects) and word.isalpha() else "reports"

    def _headings(self, name: str) -> list[str]:
        """The innermost headings with findings below them in the reports on a body, each once."""
        catalogue = self._opened.catalogue
        found: dict[str, None] = {}
        for report in self._opened.retriever.subjects.reports_about(name):
            for one in catalogue.paragraphs(report):
                path = one.section.path
                told = one.paragraph.role == "finding" and len(one.paragraph.text.split()) >= _FINDING_WORDS
                if told and len(path) > 1 and len(path[-1].split()) in _HEADING_WORDS:
                    found.setdefault(path[-1])
        return list(found)


def _value(rating: StoredRating) -> str | None:
    score = rating.rating.score
    return rating.rating.judgement if score is None else str(score)


def _named(heading: str) -> str:
    """Within a sentence: without a capital that only begins a heading."""
    text = heading.strip().rstrip(".:?")
    return text.lower() if text[1:].islower() else text
