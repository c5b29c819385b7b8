"""Words around a name that say which report is meant: they have done their work when it is chosen."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from indexer.index.catalogue import Catalogue
from service.question.subjects.words import COUNCIL_KINDS
from service.question.words import Token, has_telling, split, terms_of

# They belong to the name or to what follows it ("council tax"), and say of no report that it is meant.
_KINDS = frozenset(terms_of(sorted(COUNCIL_KINDS | {"council"})))
# One of these says by itself that a report is meant; of other words two must stand together: "children in X" may be
# those who are asked about, "children's services in X" are the title's.
_REPORTS = frozenset(terms_of(["inspection", "report", "assessment", "review", "audit", "visit", "letter"]))
_LEAST = 2
_TOUCHING = " -\u2010\u2011\u2013'\u2019"


class Publishers:
    """Knows what those who published the reports are called, by name and initials, and as inspectors: all of the
    reports are theirs, and no finding says so. Safe for several threads."""

    def __init__(self, catalogue: Catalogue) -> None:
        told = [str(family.get("publisher") or "") for family in catalogue.profiles().values()]
        names = {name for publishers in told for name in publishers.split(" and ") if name}
        initials = {"".join(re.findall(r"\b[A-Z]", name)) for name in names}
        called = sorted(
            names | {letters for letters in initials if len(letters) > 1} | {"inspectors"}, key=len, reverse=True
        )
        either = "|".join(re.escape(one) for one in called)
        self._called = re.compile(rf"(?<!\w)(?:the )?(?:{either})(?!\w)", re.IGNORECASE)

    def places(self, text: str) -> list[tuple[int, int]]:
        """`text[start:end]` of each."""
        return [m.span() for m in self._called.finditer(text)]


class Titled:
    """Knows the words of the reports' titles, and what their families put around names. Safe for several threads."""

    def __init__(self, catalogue: Catalogue) -> None:
        around = {
            name: _terms((family.get("title") or "", *family.get("around_subjects", ())))
            for name, family in catalogue.profiles().items()
        }
        self._terms = {r.id: _terms((r.title,)) | around.get(r.profile, frozenset()) for r in catalogue.reports()}

    def around(self, words: Sequence[Token], place: tuple[int, int], reports: Sequence[str]) -> tuple[int, int]:
        """A name's place with the words on both sides that touch it, over small ones, and stand in the titles of all
        of these reports: "the joint inspection of X". Words that tell one of them from another are not among them."""
        shared = frozenset.intersection(*(self._terms.get(one, frozenset()) for one in reports)) if reports else ()
        first, after = place
        return _reach(words, first, -1, shared), _reach(words, after - 1, 1, shared) + 1


def _reach(words: Sequence[Token], start: int, step: int, terms: Collection[str]) -> int:
    telling: list[str] = []
    reached, at = start, start + step
    while 0 <= at < len(words) and not words[max(at, at - step)].gap.strip(_TOUCHING):
        term = words[at].term
        if has_telling((term,)):
            if term not in terms:
                break
            reached = at
            telling.append(term)
        at += step
    return reached if len(telling) >= _LEAST or not _REPORTS.isdisjoint(telling) else start


def _terms(titles: Sequence[str]) -> frozenset[str]:
    return frozenset(word.term for title in titles for word in split(title)) - _KINDS
