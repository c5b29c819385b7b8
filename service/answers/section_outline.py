"""Which paragraphs of a report stand below the headings that name a kind of section."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.index.catalogue import Catalogue, StoredParagraph, StoredReport
from indexer.index.terms import analyse
from indexer.model import BlockKind, Role
from indexer.sentences import sentence_spans
from service.answers.section_kinds import KINDS, SectionKind, named_in, rank, speaks_of, words_of

_ENDS = re.compile(r"[.!?:;][\"'”’)\]]*\d*$")
_LEAST_WORDS = 7
_PAGE_NUMBERS = 3
_FEW = 3
_NUMBER = re.compile(r"(?<!\S)\d{1,3}(?!\S)")


class Outline:
    """Safe for several threads."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def items(self, report: StoredReport, kind: SectionKind) -> list[StoredParagraph]:
        """What stands below the headings of a kind, those that its table prefers first, each in reading order.

        The deepest heading that names any kind decides: areas for improvement within a summary are no summary of
        strengths. Of one that names strengths and weaknesses, those paragraphs whose opening tells of the kind.
        """
        found: list[tuple[int, int, StoredParagraph]] = []
        for one in self._catalogue.paragraphs(report.id):
            depth = _depth(one, kind)
            if depth is None or not is_item(one):
                continue
            heading = one.section.path[depth]
            order = (rank(kind, heading), depth if kind is KINDS["summary"] else 0)
            if _leans_otherwise(one, named_in(heading).kinds, kind):
                continue
            found.append((*order, one))
        if kind is KINDS["summary"] and found:
            best = min(order for *order, _ in found)
            found = [one for one in found if list(one[:2]) == best]
            found = [one for one in found if "about" not in words_of(one[2].section.path[-1])] or found
        found.sort(key=lambda one: (one[0], one[2].key))
        return [one for *_, one in found]

    def mixed(self, items: Sequence[StoredParagraph]) -> bool:
        """Whether few of one kind stand among those of another."""
        return len(items) < _FEW and all(
            any({"strengths", "improvement"} <= set(named_in(heading).kinds) for heading in one.section.path)
            for one in items
        )

    def below(self, report: StoredReport, left: Sequence[str]) -> list[StoredParagraph]:
        """What stands below the headings that consist of some words, sub-headings and all."""
        asked = set(analyse(" ".join(left)))
        paragraphs = self._catalogue.paragraphs(report.id)
        headings = {heading for one in paragraphs for heading in one.section.path}
        same = {heading for heading in headings if set(analyse(" ".join(named_in(heading).left))) == asked}
        return [one for one in paragraphs if not same.isdisjoint(one.section.path) and is_item(one)]


def is_item(one: StoredParagraph) -> bool:
    """Whether a paragraph says something: no label, no list of names, no line of a table of contents."""
    paragraph = one.paragraph
    if paragraph.role is not Role.FINDING:
        return False
    text = paragraph.text
    if len(_NUMBER.findall(text)) >= _PAGE_NUMBERS and not re.search(r"[a-z][.!?]", text):
        return False
    if paragraph.kind is not BlockKind.PARAGRAPH or _ENDS.search(text):
        return True
    words = text.split()
    named = sum(word[:1].isupper() or word[:1].isdigit() or len(word) < len("with") for word in words)
    return len(words) >= _LEAST_WORDS and named <= len(words) * 0.6


def _depth(one: StoredParagraph, kind: SectionKind) -> int | None:
    """The place in its path of the heading that makes a paragraph one of the kind; None where none does."""
    path = one.section.path
    for depth in range(len(path) - 1, -1, -1):
        named = named_in(path[depth])
        if named.left or not named.kinds:
            continue
        if {kind.name, *kind.also} & set(named.kinds):
            return depth
        if kind is not KINDS["summary"]:
            return None
    return None


def _leans_otherwise(one: StoredParagraph, kinds: Sequence[str], kind: SectionKind) -> bool:
    if kind is KINDS["summary"] or not {"strengths", "improvement"} <= set(kinds):
        return False
    if kind is KINDS["actions"]:
        return kind.words.isdisjoint(words_of(one.paragraph.text))
    start, end = sentence_spans(one.paragraph.text)[0]
    return not speaks_of(one.paragraph.text[start:end], kind.name)
