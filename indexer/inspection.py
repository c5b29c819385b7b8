"""What an index holds, and what about it looks odd."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from indexer.errors import IndexerError
from indexer.index.catalogue import Catalogue, StoredReport
from indexer.index.generations import OpenIndex
from indexer.progress import wide

# A report whose number of paragraphs is so much less than that of its family's median was read badly, or is cut.
_FEW = 0.2


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportInspection:
    """`odd` says in plain words what a person should look at."""

    id: str
    file: str
    profile: str
    title: str
    subject: str | None
    published: str | None
    sections: int
    paragraphs: int
    ratings: int
    odd: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Inspection:
    generation: str
    created: str
    model: str
    counts: dict[str, int]
    reports: tuple[ReportInspection, ...]
    skipped: tuple[dict[str, str], ...]


def inspect_index(opened: OpenIndex) -> Inspection:
    reports = opened.catalogue.reports()
    families = {r.profile for r in reports}
    usual = {family: median(r.paragraphs for r in reports if r.profile == family) for family in families}
    manifest = opened.manifest
    return Inspection(
        generation=manifest.generation,
        created=manifest.created.isoformat(timespec="seconds"),
        model=manifest.model_name,
        counts=dict(manifest.counts),
        reports=tuple(_inspect(report, usual[report.profile]) for report in reports),
        skipped=tuple(s.model_dump(exclude={"digest"}) for s in manifest.skipped),
    )


def _inspect(report: StoredReport, usual: float) -> ReportInspection:
    odd = [notice.message for notice in report.notices]
    if report.findings == 0:
        odd.append("no paragraph of it can be found by a question")
    elif report.paragraphs < usual * _FEW:
        odd.append(f"has {report.paragraphs} paragraphs where reports of its family have about {usual:.0f}")
    known = report.metadata
    return ReportInspection(
        id=report.id,
        file=report.file,
        profile=report.profile,
        title=report.title,
        subject=known.subject,
        published=known.published.isoformat() if known.published else None,
        sections=report.sections,
        paragraphs=report.paragraphs,
        ratings=report.ratings,
        odd=tuple(odd),
    )


def print_inspection(found: Inspection, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(asdict(found), ensure_ascii=False, indent=1))  # noqa: T201 - the command's output
        return
    console = wide()
    counts = ", ".join(f"{count:,} {name}" for name, count in found.counts.items())
    console.print(f"generation {found.generation}, made {found.created} with {found.model}", highlight=False)
    console.print(counts, highlight=False)
    families = Counter(r.profile for r in found.reports)
    console.print(", ".join(f"{n:,} {name}" for name, n in families.most_common()), highlight=False)
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in ("report", "subject", "published"):
        table.add_column(name, overflow="fold")
    for name in ("sections", "paragraphs", "ratings", "odd"):
        table.add_column(name, justify="right")
    for r in found.reports:
        table.add_row(r.id, escape(r.subject or "-"), r.published or "-", str(r.sections), str(r.paragraphs),
                      str(r.ratings), str(len(r.odd)) if r.odd else "")  # fmt: skip
    console.print(table)
    _print_odd(console, [f"{r.file}: {text}" for r in found.reports for text in r.odd])
    for skipped in found.skipped:
        line = f"not indexed: {skipped['file']}: {skipped['reason']}; {skipped['fix']}"
        console.print(escape(line), style="bold red", highlight=False, soft_wrap=True)


def _print_odd(console: Console, lines: Sequence[str]) -> None:
    if lines:
        console.print("looks odd:", style="bold")
    for line in lines:
        console.print(f"  {escape(line)}", highlight=False, soft_wrap=True)


def print_report(catalogue: Catalogue, report_id: str, *, as_json: bool) -> None:
    """The outline of one report with its scores. Raises IndexerError if there is no such report."""
    report = catalogue.report(report_id)
    if report is None:
        raise IndexerError(f"no report {report_id!r} in the index; `citewise inspect` lists them")
    sections = catalogue.sections(report_id)
    counts = Counter(p.section.id for p in catalogue.paragraphs(report_id))
    if as_json:
        rows = [{**asdict(s), "paragraphs": counts[s.id]} for s in sections]
        print(json.dumps({"id": report.id, "title": report.title, "sections": rows}, ensure_ascii=False, indent=1))  # noqa: T201
        return
    console = Console()
    console.print(escape(report.title), style="bold", highlight=False)
    for name, value in asdict(report.metadata).items():
        if value is not None and name not in ("title", "origins"):
            origin = report.metadata.origins.get(name, "")
            console.print(escape(f"  {name}: {value} ({origin})"), highlight=False, soft_wrap=True)
    for section in sections:
        name = section.path[-1] if section.path else "(before the first heading)"
        score = f"  [score {section.score}]" if section.rated and section.score is not None else ""
        judgement = f"  [{section.judgement}]" if section.rated and section.judgement else ""
        line = f"{'  ' * max(1, len(section.path))}{name}  ({counts[section.id]}){score}{judgement}"
        console.print(escape(line), highlight=False, soft_wrap=True)
