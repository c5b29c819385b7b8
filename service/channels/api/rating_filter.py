"""Which ratings a request asks for, out of all that the reports print."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from indexer.index.catalogue import Catalogue, StoredRating
from indexer.text import fold
from service.errors import UnknownFilterError


@dataclass(frozen=True, kw_only=True, slots=True)
class Chosen:
    """`reports` counts the reports looked through, whether or not they print such a rating."""

    ratings: tuple[StoredRating, ...]
    reports: int


def choose(
    catalogue: Catalogue,
    *,
    subjects: Sequence[str] | None,
    sections: Sequence[str] | None,
    scores: Collection[int] | None,
) -> Chosen:
    """Every rating that meets all conditions; each None or values of which one must fit.

    Raises UnknownFilterError if no report has such a subject, or none rates such a section.
    """
    reports = {
        r.id
        for r in catalogue.reports()
        if subjects is None or {fold(r.metadata.subject or ""), r.id} & {fold(s) for s in subjects}
    }
    known_subjects = {fold(r.metadata.subject or "") for r in catalogue.reports()} | {r.id for r in catalogue.reports()}
    _refuse_unknown("subject", subjects, known_subjects, "no report in the index is about")
    known_sections = {name for r in catalogue.ratings() for name in _names(r)}
    _refuse_unknown("section", sections, known_sections, "no report in the index rates")
    wanted = None if sections is None else {fold(s) for s in sections}
    found = tuple(
        r
        for r in catalogue.ratings()
        if r.report.id in reports
        and (wanted is None or wanted & _names(r))
        and (scores is None or r.rating.score in scores)
    )
    return Chosen(ratings=found, reports=len(reports))


def _names(stored: StoredRating) -> set[str]:
    names = {fold(stored.rating.name)}
    if stored.section is not None:
        names |= {stored.section.id, fold(stored.section.path[-1] if stored.section.path else "")}
    return names


def _refuse_unknown(field: str, stated: Sequence[str] | None, known: Collection[str], message: str) -> None:
    for value in stated or ():
        if fold(value) not in known:
            raise UnknownFilterError(field, f"{message} {value!r}")
