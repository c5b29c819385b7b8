"""The ratings of one family of reports as a matrix: a row for each report, a column for each thing that is rated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from indexer.index.catalogue import StoredRating, StoredReport
from indexer.text import fold
from service.channels.pages.assessments import Assessments
from service.channels.pages.scales import Scale
from service.links import paragraph_id_url
from service.live import OpenGeneration
from service.question.report_dates import when

SUBJECT, DATE = "subject", "date"
CSV_COLUMNS = (
    "family", "subject", "report", "title", "published", "inspected", "older",
    "rated", "score", "judgement", "percent", "address",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Chosen:
    """What is shown, and how it is sorted; empty for everything. `value` is a rating as it is shown, a number or
    words."""

    family: str = ""
    subject: str = ""
    section: str = ""
    value: str = ""
    newest: bool = False
    sort: str = SUBJECT
    falling: bool = False

    def query(self) -> dict[str, str]:
        """As the parameters of an address."""
        told = {"family": self.family, "subject": self.subject, "section": self.section, "value": self.value}
        told |= {"newest": "1" if self.newest else "", "sort": self.sort if self.sort != SUBJECT else ""}
        return {name: value for name, value in (told | {"order": "down" if self.falling else ""}).items() if value}


@dataclass(frozen=True, kw_only=True, slots=True)
class Family:
    name: str
    title: str
    attribution: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """A rating. `text` is its number, or its words where it has none; `said` are the words beside a number."""

    stored: StoredRating
    text: str
    said: str
    percent: int | None
    place: int | None
    url: str

    @property
    def rank(self) -> tuple[int, int]:
        return self.place or 0, self.percent or 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One report. `cells` are its ratings, column by column; mostly one in each."""

    report: StoredReport
    subject: str
    older: bool
    cells: tuple[tuple[Told, ...], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """columns  what is rated, of what is chosen; `known` all of it.
    values   every rating that is given, as it is shown, the lowest first.
    total    how many reports the family has; `unrated` how many of them print no rating.
    """

    family: Family
    scale: Scale
    columns: tuple[str, ...]
    known: tuple[str, ...]
    values: tuple[str, ...]
    rows: tuple[Row, ...]
    total: int
    unrated: int
    has_older: bool


def rated_families(opened: OpenGeneration) -> tuple[Family, ...]:
    """The families with ratings, that with the most of them first."""
    described = opened.catalogue.profiles()
    counts = Counter(r.report.profile for r in opened.catalogue.ratings())
    return tuple(
        Family(name=name, title=known.get("title") or name, attribution=known.get("attribution"))
        for name, _ in counts.most_common()
        for known in (described.get(name, {}),)
    )


def rating_table(opened: OpenGeneration, chosen: Chosen) -> tuple[Table | None, Chosen]:
    """The table, and the choice without what its family does not have; None where no report prints a rating."""
    families = rated_families(opened)
    if not families:
        return None, Chosen()
    family = next((f for f in families if f.name == chosen.family), families[0])
    described = opened.catalogue.profiles().get(family.name, {})
    scale, assessments = Scale(described), Assessments(opened)
    told: dict[str, list[Told]] = {r.id: [] for r in assessments.reports if r.profile == family.name}
    for stored in opened.catalogue.ratings():
        if stored.report.id in told:
            told[stored.report.id].append(_told(stored, scale))
    known = _in_order({t.stored.rating.name for every in told.values() for t in every}, described)
    ranks = {t.text: t.place or 0 for every in told.values() for t in every}
    values = tuple(sorted(ranks, key=lambda text: (ranks[text], text)))
    chosen = _fitted(replace(chosen, family=family.name), known, values)
    columns = tuple(name for name in known if chosen.section in ("", name))
    rows = _rows([r for r in assessments.reports if r.id in told], told, columns, assessments)
    table = Table(
        family=family,
        scale=scale,
        columns=columns,
        known=known,
        values=values,
        rows=tuple(_sorted([row for row in rows if _fits(row, chosen)], columns, chosen)),
        total=len(told),
        unrated=sum(not every for every in told.values()),
        has_older=any(name in assessments.older for name in told),
    )
    return table, chosen


def csv_rows(table: Table, absolute: str) -> Iterator[Sequence[object]]:
    """A line for each rating, the names of the columns first. `absolute` is put before addresses."""
    yield CSV_COLUMNS
    for row in table.rows:
        for told in (t for cell in row.cells for t in cell):
            rating, report = told.stored.rating, row.report
            yield (
                table.family.title, row.subject, report.id, report.title, report.metadata.published,
                report.metadata.inspected, "yes" if row.older else "no", rating.name, rating.score,
                rating.judgement, rating.percent, f"{absolute}{told.url}",
            )  # fmt: skip


def _told(stored: StoredRating, scale: Scale) -> Told:
    rating = stored.rating
    numbered = rating.score is not None
    words = rating.judgement or ("" if rating.percent is None else f"{rating.percent}%")
    return Told(
        stored=stored,
        text=str(rating.score) if numbered else words,
        said=rating.judgement or "" if numbered else "",
        percent=rating.percent if rating.judgement or numbered else None,
        place=scale.place(rating.score, rating.judgement, overall=rating.section is None),
        url=paragraph_id_url(stored.report.id, rating.paragraph_id),
    )


def _in_order(names: set[str], described: Mapping[str, Any]) -> tuple[str, ...]:
    """Overall ratings first, then as the profile lists its sections, then what it does not list."""
    listed = [section["name"] for section in described.get("sections", ())]
    places = {name: at for at, name in enumerate(listed)}
    return tuple(sorted(names, key=lambda name: (name in places, places.get(name, 0), name)))


def _fitted(chosen: Chosen, known: Sequence[str], values: Sequence[str]) -> Chosen:
    return replace(
        chosen,
        section=chosen.section if chosen.section in known else "",
        value=chosen.value if chosen.value in values else "",
        sort=chosen.sort if chosen.sort in (SUBJECT, DATE, *known) else SUBJECT,
    )


def _rows(
    reports: Iterable[StoredReport],
    told: Mapping[str, Sequence[Told]],
    columns: Sequence[str],
    assessments: Assessments,
) -> Iterator[Row]:
    for report in reports:
        yield Row(
            report=report,
            subject=assessments.subject(report) or report.title,
            older=report.id in assessments.older,
            cells=tuple(tuple(t for t in told[report.id] if t.stored.rating.name == name) for name in columns),
        )


def _fits(row: Row, chosen: Chosen) -> bool:
    ratings = [told for cell in row.cells for told in cell]
    if chosen.newest and row.older:
        return False
    if chosen.value and not any(told.text == chosen.value for told in ratings):
        return False
    return fold(chosen.subject) in fold(f"{row.subject} {row.report.title}")


def _sorted(rows: list[Row], columns: Sequence[str], chosen: Chosen) -> list[Row]:
    """The rows come by subject, the newest first. What has no such rating, or no date, comes last either way."""
    if chosen.sort == SUBJECT and chosen.falling:
        rows.sort(key=lambda row: row.subject.casefold(), reverse=True)
    elif chosen.sort == DATE:
        rows.sort(key=lambda row: when(row.report) or date.min, reverse=chosen.falling)
        rows.sort(key=lambda row: when(row.report) is None)
    elif chosen.sort in columns:
        at = columns.index(chosen.sort)
        rows.sort(key=lambda row: max((t.rank for t in row.cells[at]), default=(0, 0)), reverse=chosen.falling)
        rows.sort(key=lambda row: not row.cells[at])
    return rows
