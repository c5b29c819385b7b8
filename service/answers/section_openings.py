"""What opens the sections of a report: for reports without a summary, or a section on strengths or weaknesses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from indexer.index.catalogue import Catalogue, StoredParagraph, StoredReport
from indexer.index.terms import analyse
from indexer.model import BlockKind
from indexer.sentences import sentence_spans
from service.answers.section_kinds import CONTRAST, speaks_of, words_of
from service.answers.section_outline import is_item
from service.answers.told import Extract
from service.question.wordlists import listed

_WHOLE = 500
_WHOLE_ITEM = 1000
_RUN = 350
_MOST = 12
_EACH = 3
# Headings of what is no finding: about the area, the inspection, or the document.
_SHOWN = {"strengths": "strengths", "improvement": "areas for improvement"}
_ABOUT = listed("information about details contents team context background annex appendix introduction glossary")


@dataclass(frozen=True, kw_only=True, slots=True)
class Passages:
    """`items` in the order to show them; `headings` they stand under; `note`: how they were chosen, where no heading
    names them."""

    items: tuple[Extract, ...]
    headings: tuple[str, ...]
    note: str | None = None


class Openings:
    """Safe for several threads."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def summary(self, report: StoredReport) -> Passages | None:
        """The overall outcome, and the first paragraph of each main section."""
        paragraphs = self._catalogue.paragraphs(report.id)
        outcome = self._outcome(report, paragraphs)
        main: dict[str, StoredParagraph] = {}
        deep = len({one.section.path[0] for one in paragraphs if one.section.path}) > 1
        for one in paragraphs:
            path = one.section.path
            at = 0 if deep or len(path) == 1 else 1
            if path and is_item(one) and one.section.id not in {o.section.id for o in outcome}:
                if not _ABOUT.isdisjoint(words_of(" ".join(path))):
                    continue
                main.setdefault(path[at], one)
        items = [*outcome, *main.values()]
        if len(items) < _EACH:
            return None
        none = f"No section that sums it up was found in {report.title}"
        note = f"{none}; this is its outcome, and what opens its main sections."
        return Passages(items=tuple(run(one) for one in items), headings=_headings(items), note=note)

    def about(self, report: StoredReport, kind: str, left: Sequence[str]) -> Passages | None:
        """Below the headings that hold the words left: sentences that tell of something good, or of something
        lacking."""
        terms = set(analyse(" ".join(left)))
        below = (p for p in self._catalogue.paragraphs(report.id) if terms <= set(analyse(" ".join(p.section.path))))
        found = [e for one in below if is_item(one) for e in _speaking(one, kind, anywhere=True)]
        none = f"No list of {_SHOWN[kind]} on “{' '.join(left)}” was found in {report.title}"
        note = f"{none}; these are sentences below such headings."
        return Passages(items=tuple(found[:_MOST]), headings=_paths(found), note=note) if found else None

    def graded(self, report: StoredReport, kind: str) -> Passages | None:
        """As `about`, of the sections with the highest grade or the lowest."""
        paragraphs = [one for one in self._catalogue.paragraphs(report.id) if is_item(one)]
        graded = self._graded(report)
        if not graded:
            return None
        found: list[Extract] = []
        for grade in sorted(set(graded.values()), reverse=kind == "strengths"):
            chosen = [section for section, value in graded.items() if value == grade]
            for section in chosen:
                below = [one for one in paragraphs if section in one.section.path]
                each = [e for one in below for e in _speaking(one, kind, anywhere=False)]
                each = each or [e for one in below for e in _speaking(one, kind, anywhere=True)]
                found.extend(each[: max(_EACH, _MOST // len(chosen))])
            if found:
                break
        side = "highest" if kind == "strengths" else "lowest"
        note = f"No heading of {_SHOWN[kind]} was found in {report.title}; this is from the sections it grades {side}."
        return Passages(items=tuple(found[:_MOST]), headings=_paths(found), note=note) if found else None

    def _outcome(self, report: StoredReport, paragraphs: Sequence[StoredParagraph]) -> list[StoredParagraph]:
        """The paragraphs of the section that prints the overall rating, or the first rating of several."""
        printed = [r.rating for r in self._catalogue.ratings() if r.report.id == report.id]
        overall = [r.paragraph_id for r in printed if r.section is None] or [r.paragraph_id for r in printed[:1]]
        sections = {one.section.id for one in paragraphs if one.paragraph.id in overall[:1]}
        return [one for one in paragraphs if one.section.id in sections and is_item(one)][:_EACH]

    @cached_property
    def _steps(self) -> Mapping[str, Mapping[str, int]]:
        """By family: where each grade stands in its scale, from low to high."""
        families = self._catalogue.profiles().items()
        return {name: {g["label"]: at for at, g in enumerate(family.get("scale", ()))} for name, family in families}

    def _graded(self, report: StoredReport) -> dict[str, float]:
        """By the heading of each rated section its grade, of whatever scale: the higher, the better."""
        steps = self._steps.get(report.profile, {})
        found: dict[str, float] = {}
        for one in self._catalogue.ratings():
            if one.report.id == report.id and one.section is not None and one.section.path:
                grade = one.rating.score if one.rating.score is not None else steps.get(one.rating.judgement or "")
                if grade is not None:
                    found[one.section.path[-1]] = grade
        return found


def run(one: StoredParagraph) -> Extract:
    """A paragraph whole where it is short; else its opening sentences, and a contrast that follows them."""
    text = one.paragraph.text
    if len(text) <= (_WHOLE if one.paragraph.kind is BlockKind.PARAGRAPH else _WHOLE_ITEM):
        return Extract(found=one, start=0, end=len(text))
    spans = sentence_spans(text)
    end = spans[0][1]
    for start, stop in spans[1:]:
        if stop > _RUN and not CONTRAST.match(text, start):
            break
        end = stop
    return Extract(found=one, start=spans[0][0], end=end)


def _speaking(one: StoredParagraph, kind: str, *, anywhere: bool) -> list[Extract]:
    """Its first sentence that tells of the kind, with a contrast that follows it."""
    text = one.paragraph.text
    spans = sentence_spans(text)
    for at, (start, end) in enumerate(spans if anywhere else spans[:1]):
        if speaks_of(text[start:end], kind):
            after = spans[at + 1] if at + 1 < len(spans) else None
            last = after[1] if after and CONTRAST.match(text, after[0]) else end
            return [Extract(found=one, start=start, end=last)]
    return []


def _headings(items: Iterable[StoredParagraph]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.section.path[-1] for one in items if one.section.path))


def _paths(items: Iterable[Extract]) -> tuple[str, ...]:
    return _headings(one.found for one in items)
