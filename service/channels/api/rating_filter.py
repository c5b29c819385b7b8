"""Which ratings a request asks for, out of all that the reports print."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from indexer.index.catalogue import StoredRating
from indexer.text import fold
from service.errors import UnknownFilterError
from service.live import OpenGeneration
from service.question.sections import Sections


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

    A section that is known and that no report rates gives none. Raises UnknownFilterError if a subject or a
    section is none that is known.
    """
    catalogue = opened.catalogue
    reports = {r.id for r in catalogue.reports()} if subjects is None else _about(opened, subjects)
    wanted = None if sections is None else Sections(catalogue).rated(sections, field="section")
    found = tuple(
        r
        for r in catalogue.ratings()
        if r.report.id in reports
        and (wanted is None or _rates(r, *wanted))
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


def _rates(stored: StoredRating, names: Collection[str], headings: Collection[str]) -> bool:
    section = stored.section
    if stored.rating.name in names:
        return True
    return section is not None and (section.id in headings or any(fold(h) in headings for h in section.path[-1:]))
