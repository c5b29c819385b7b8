"""Which reports are about which body, and which of them newer ones supersede."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from indexer.index.catalogue import Catalogue, StoredReport
from indexer.index.store import Store
from indexer.index.terms import analyse
from indexer.text import fold
from service.question.report_dates import stale

# How many paragraphs are looked at to see whether a report that does not say whom it is about names a body.
_LOOKED_AT = 50
# A body that a report is about is printed in more than one of its paragraphs; one that it compares itself with, seldom.
_OF_ITS_OWN = 3
_EARLIER = re.compile(
    r"\b(?:pilot|previous(?:ly)?|earlier|former(?:ly)?|first (?:assessment|inspection|report)|last time|"
    r"(?:than |as |what .{0,40})before|since (?:the|its|their|then|last|(?:19|20)\d\d)|older|"
    r"chang(?:e[ds]?|ing)|improved|worse(?:n\w*)?|declin\w+|deteriorat\w+|got better|"
    r"compar\w* (?:to|with) (?:its|the|last|their)|over time|over the years|progressed|(?:what|how much) progress|"
    r"history|used to|"
    r"(?:both|all|each|two|three|several) (?:of )?(?:the |its |their )?(?:\w+ )?(?:reports|assessments|inspections))\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


class ReportsAbout:
    """Safe for several threads."""

    def __init__(self, catalogue: Catalogue, store: Store, about: Mapping[str, Sequence[StoredReport]]) -> None:
        """about  by shown name."""
        self._catalogue = catalogue
        self._store = store
        self._about = about
        told = {r.id for reports in about.values() for r in reports}
        self._unnamed = [r.id for r in catalogue.reports() if r.id not in told]
        of_bodies = {name for name, family in catalogue.profiles().items() if family.get("subjects")}
        self._untold = [r.id for r in catalogue.reports() if r.id not in told and r.profile in of_bodies]
        older = stale(catalogue.reports(), {r.id: name for name, reports in about.items() for r in reports})
        self._superseded = {r.id: _years_told_by(r) for r in catalogue.reports() if r.id in older}
        self._every = frozenset(self._superseded)
        self._years = frozenset().union(*self._superseded.values())

    def on(self, name: str, names: Iterable[str]) -> tuple[str, ...]:
        """Ids of the reports on a body, with those of its kind that do not say whom they are about and print one of
        its `names` again and again; if there are none, of all that print one and do not say whom they are about."""
        about = tuple(r.id for r in self._about.get(name, ()))
        printed = self._printing(name, names, self._untold if about else self._unnamed)
        return about + tuple(sorted(r for r, times in printed.items() if not about or times >= _OF_ITS_OWN))

    def _printing(self, name: str, names: Iterable[str], reports: Sequence[str]) -> Mapping[str, int]:
        """How many paragraphs of each of these reports print one of a body's names."""
        if not reports:
            return {}
        within = self._catalogue.paragraph_ranges(reports=reports)
        matches = self._store.matching(dict.fromkeys(analyse(name), 1.0), limit=_LOOKED_AT, within=within)
        holding = self._catalogue.paragraphs_by_key([m.key for m in matches]).values()
        printed = re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(fold(n)) for n in names)})(?!\w)")
        return Counter(p.report.id for p in holding if printed.search(fold(p.paragraph.text)))

    def older(self, name: str, text: str) -> tuple[StoredReport, ...]:
        """The reports on a body that are left aside: none where the text speaks of an earlier time, or names the
        year of one."""
        older = [r for r in self._about.get(name, ()) if r.id in self._superseded]
        years = frozenset().union(*(self._superseded[r.id] for r in older))
        return () if not older or _speaks_of(years, text) else tuple(older)

    def superseded(self, text: str) -> frozenset[str]:
        """Ids of all reports that are left aside where a text names nobody."""
        return frozenset() if not self._every or _speaks_of(self._years, text) else self._every


def _speaks_of(years: frozenset[str], text: str) -> bool:
    return _EARLIER.search(text) is not None or not years.isdisjoint(_YEAR.findall(text))


def _years_told_by(report: StoredReport) -> frozenset[str]:
    known = report.metadata
    return frozenset(_YEAR.findall(f"{known.published} {known.inspected} {known.title}"))
