"""The lines in which reports print what they say of themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.index.catalogue import StoredParagraph
from indexer.model import Role
from indexer.sentences import sentence_spans
from indexer.text import fold
from service.answers.report_fields import Field
from service.answers.told import Extract

_OPENING, _CLOSING = 12, 40
_SHORT = 400
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec"
# A date, as reports print it: at least a month and a year.
_DATE = re.compile(
    rf"\b(?:{_MONTHS.replace(' ', '|')})[a-z]{{0,6}}\.?,? (?:19|20)\d\d\b|\b\d{{1,2}}/\d{{1,2}}/(?:19|20)\d\d\b|"
    r"\b(?:19|20)\d\d-\d\d-\d\d\b",
    re.IGNORECASE,
)
# Lines of front matter often run together: each begins with a label.
_LABEL = re.compile(r"(?<=\S) (?=[A-Z][a-z]+(?: [A-Za-z]+){0,4}: )")
# What follows a list of inspectors is no name.
_AFTER_NAMES = re.compile(r"(?<=\w) (?=If you are |The Office for |Any complaints )")
_LABELLED = re.compile(r"[A-Z][^.:]{2,45}:")
_ABOUT = re.compile(r"\b(?:inspections?|assessments?|information|team|details|annex|appendix)\b")
_NAME = re.compile(r"\b[A-Z][\w’'-]+ (?:[A-Z]\. )?[A-Z][\w’'-]+")
_NO_NAME = re.compile(
    r"\b(?:(?:his|her) majesty[’']s|lead|deputy|senior|ofsted|care quality commission|cqc|hmi|inspectors?|inspectorate|"
    r"children[’']?s?|services?|education|social care|health)\b",
    re.IGNORECASE,
)
_ROLE = re.compile(r"\b(?:inspectors?|assessors?|HMI|authors?|led by)\b", re.IGNORECASE)
_VISIT = r"(?:inspect|assess|visit|on site|fieldwork|gathered evidence|review)\w*"
_VISITED = r"(?:inspection|assessment|visit|review)s?"
_EARLIER = re.compile(r"\b(?:previous|earlier|last|next|since|published|publication|before)\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Printed:
    """How a field is printed.

    patterns    the best first: of the lines that the first of them finds, the field is read.
    dated       a line counts only with a date; `named`: only with a person's name, and then all such lines count.
    never       what a line of it does not hold.
    everywhere  findings may print it too.
    """

    patterns: tuple[re.Pattern[str], ...]
    dated: bool = False
    named: bool = False
    never: re.Pattern[str] | None = None
    everywhere: bool = False


def _patterns(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


_FIELDS: Mapping[Field, _Printed] = {
    Field.INSPECTED: _Printed(
        patterns=_patterns(
            rf"^(?:dates? of )?(?:the )?{_VISIT}[^:]{{0,30}}:",
            rf"\b(?:we|inspectors?|team)\b.*\b{_VISIT}",
            rf"\b{_VISIT}\b.{{0,60}}\b(?:took place|carried out|between|from)\b",
        ),
        dated=True,
        never=_EARLIER,
    ),
    Field.PREVIOUS: _Printed(
        patterns=_patterns(
            r"^(?:dates? of )?(?:the )?(?:previous|last)\b[^:]{0,40}:",
            rf"\b(?:previous|last|earlier)\b.{{0,30}}\b{_VISITED}\b.{{0,40}}\b(?:19|20)\d\d",
        ),
        everywhere=True,
    ),
    Field.NEXT: _Printed(
        patterns=_patterns(
            rf"\bnext\b.{{0,40}}\b{_VISITED}\b",
            rf"\b(?:re-?inspection|monitoring {_VISITED})\b.*\bwill\b",
            rf"\bwill\b.{{0,60}}\b(?:re-?inspect|monitoring {_VISITED}|return)",
        ),
        everywhere=True,
    ),
    Field.PUBLISHED: _Printed(
        patterns=_patterns(
            r"^(?:(?:this|the) )?(?:report )?(?:was )?(?:first )?(?:publish\w*|publication|issued|released)\b",
            r"^date (?:of publication|published)",
        ),
        dated=True,
    ),
    Field.LED: _Printed(
        patterns=_patterns(r"^(?!deputy).*\blead (?:inspector|assessor)", r"\bled by\b", r"\bauthors?\b:?"),
        named=True,
    ),
    Field.TEAM: _Printed(patterns=_patterns(r"\binspect(?:ors?|ion team)\b|\bHMI\b|\bassessors?\b"), named=True),
    Field.KIND: _Printed(
        patterns=_patterns(
            rf"\b(?:this|the)\b.{{0,40}}\b{_VISITED}\b.{{0,80}}\b(?:under|framework|pilot|first formal|carried out)",
            r"\bpilot\b.*\bassessment|\bassessed how well\b|\binspection of\b",
        ),
    ),
}


def printing(paragraphs: Sequence[StoredParagraph], field: Field) -> list[Extract]:
    """The lines that print a field: where it is a person's, all of them, else the first.

    They are looked for in front and back matter and in the sections about the inspection; of other sections at either
    end those lines alone count that are labelled, or name somebody.
    """
    printed = _FIELDS.get(field)
    if printed is None:
        return []
    lines = [
        line
        for one, about in _places(paragraphs)
        if _fits(one.paragraph.text, printed)
        for line in _cut(one)
        if about or _LABELLED.match(line.text) or _names(line.text)
    ]
    if found := _matching(lines, printed):
        return found
    if not printed.everywhere:
        return []
    whole = (one for one in paragraphs if any(pattern.search(one.paragraph.text) for pattern in printed.patterns))
    return _matching([line for one in whole for line in _cut(one)], printed)


def opening(paragraphs: Sequence[StoredParagraph]) -> Extract | None:
    """The first line of a report that is no score and no boilerplate."""
    first = next((one for one in paragraphs if one.paragraph.role is Role.FINDING), None)
    return next(_cut(first), None) if first is not None else None


def _places(paragraphs: Sequence[StoredParagraph]) -> Iterator[tuple[StoredParagraph, bool]]:
    """Where a report may speak of itself, and whether the section is about the inspection."""
    for at, one in enumerate(paragraphs):
        about = not one.section.path or _ABOUT.search(fold(" ".join(one.section.path))) is not None
        edge = at < _OPENING or at >= len(paragraphs) - _CLOSING
        if (about or edge) and one.paragraph.role is not Role.RATING:
            yield one, about


def _matching(lines: Sequence[Extract], printed: _Printed) -> list[Extract]:
    fit = [one for one in lines if _fits(one.text, printed) and not (printed.never and printed.never.search(one.text))]
    for pattern in printed.patterns:
        found = [one for one in fit if pattern.search(one.text)]
        if found:
            return found if printed.named else found[:1]
    return []


def _fits(text: str, printed: _Printed) -> bool:
    return not (printed.dated and not _DATE.search(text)) and not (printed.named and not _names(text))


def _names(text: str) -> bool:
    """Whether a line names a person and what they do."""
    return _ROLE.search(text) is not None and _NAME.search(_NO_NAME.sub(".", text)) is not None


def _cut(one: StoredParagraph) -> Iterator[Extract]:
    text = one.paragraph.text
    spans = [(0, len(text))] if len(text) < _SHORT and _LABEL.search(text) else sentence_spans(text)
    for start, end in spans:
        found = (*_LABEL.finditer(text, start, end), *_AFTER_NAMES.finditer(text, start, end))
        cuts = sorted({start, *(m.end() for m in found), end})
        for left, right in pairwise(cuts):
            stop = right - (right < end)
            if left < stop:
                yield Extract(found=one, start=left, end=stop)
