"""Which ratings a request asks for, out of all that the reports print."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from indexer.index.catalogue import Catalogue, StoredRating
from indexer.text import fold
from service.errors import UnknownFilterError
from service.live import OpenGeneration


@dataclass(frozen=True, kw_only=True, slots=True)
class Chosen:
    """`reports` counts the reports looked through, whether or not they print such a rating."""

    ratings: tuple[StoredRating, ...]
    reports: int


def choose(
    opened: OpenGeneration,
    *,
    subjects: Sequence[str] | None,
    sections: Sequence[str] | None,
    scores: Collection[int] | None,
) -> Chosen:
    """Every rating that meets all conditions; each None or values of which one must fit.

    Raises UnknownFilterError if a subject is none that is known, or no report rates such a section.
    """
    catalogue = opened.catalogue
    reports = {r.id for r in catalogue.reports()} if subjects is None else _about(opened, subjects)
    wanted = None if sections is None else _known_sections(catalogue, sections)
    found = tuple(
        r
        for r in catalogue.ratings()
        if r.report.id in reports
        and (wanted is None or wanted & _names(r))
        and (scores is None or r.rating.score in scores)
    )
    return Chosen(ratings=found, reports=len(reports))


def _about(opened: OpenGeneration, subjects: Sequence[str]) -> set[str]:
    known = opened.retriever.subjects
    found: set[str] = set()
    for wording in subjects:
        name = known.find(wording)
        if name is None:
            raise UnknownFilterError("subject", f"no subject {wording!r}; /v1/reports lists them")
        found.update(known.reports_about(name))
    return found


def _known_sections(catalogue: Catalogue, sections: Sequence[str]) -> set[str]:
    known = {name for r in catalogue.ratings() for name in _names(r)}
    for wording in sections:
        if fold(wording) not in known:
            raise UnknownFilterError("section", f"no report in the index rates {wording!r}")
    return {fold(s) for s in sections}


def _names(stored: StoredRating) -> set[str]:
    names = {fold(stored.rating.name)}
    if stored.section is not None:
        names |= {stored.section.id, fold(stored.section.path[-1] if stored.section.path else "")}
    return names
