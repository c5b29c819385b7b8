"""Questions and changes made from a corpus, the same for the same seed."""

from __future__ import annotations

import random
from pathlib import Path

from eval.errors import MeasureError
from indexer.corpus import scan
from indexer.index.catalogue import Catalogue, StoredParagraph
from indexer.model import Role
from indexer.sentences import sentence_spans

_PLAIN = (".md", ".txt")
_LARGEST = 64_000_000
_SHORTEST_LINE = 60
_FEWEST, _MOST = 6, 14
_LONGEST = 500
_ATTEMPTS = 20


def questions(catalogue: Catalogue, count: int, seed: int) -> list[str]:
    """All different. Half ask for a heading of a report by its subject, half are a run of words of a sentence.

    Raises MeasureError where the index holds too little for so many.
    """
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    reports = [report for report in catalogue.reports() if report.findings]
    made: dict[str, None] = {}
    for attempt in range(count * _ATTEMPTS if reports else 0):
        report = chance.choice(reports)
        one = chance.choice([p for p in catalogue.paragraphs(report.id) if p.paragraph.role is Role.FINDING])
        made[_by_heading(one) if attempt % 2 and one.section.path else _by_words(one.paragraph.text, chance)] = None
        if len(made) == count:
            return list(made)
    raise MeasureError(f"the index holds too little to make {count:,} different questions of; choose a larger corpus")


def _by_heading(found: StoredParagraph) -> str:
    about = f" in {found.report.metadata.subject}" if found.report.metadata.subject else ""
    return f"What was found on {found.section.path[-1].rstrip('?.:')}{about}?"


def _by_words(text: str, chance: random.Random) -> str:
    start, end = chance.choice(sentence_spans(text))
    words = text[start:end].split()
    first = chance.randrange(max(1, len(words) - _FEWEST + 1))
    return " ".join(words[first : first + chance.randint(_FEWEST, _MOST)])[:_LONGEST]


def changeable(corpus: Path) -> list[Path]:
    """The plain reports of a corpus that have lines to change, shortest first. Raises CorpusError."""
    reports = scan(corpus, max_bytes=_LARGEST, profiles=(), known={}).files
    files = (report.path for report in reports if report.path.suffix.lower() in _PLAIN)
    return sorted((p for p in files if _lines(p)), key=lambda p: (p.stat().st_size, p.name))


def change(path: Path, lines: int | None, word: str) -> int:
    """Puts a word at the end of so many long lines of a file, spread over it; None for all. Gives how many."""
    text = path.read_text(encoding="utf-8", errors="replace").split("\n")
    places = _lines(path)
    wanted = len(places) if lines is None else min(lines, len(places))
    for place in places[:: max(1, len(places) // wanted)][:wanted]:
        text[place] = f"{text[place].rstrip()} {word}."
    path.write_text("\n".join(text), encoding="utf-8")
    return wanted


def _lines(path: Path) -> list[int]:
    """The numbers of the lines that are a paragraph each, or its end."""
    lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
    return [
        number
        for number, line in enumerate(lines)
        if len(line) > _SHORTEST_LINE
        and not line.lstrip().startswith(("#", "|", "<", ">"))
        and line.rstrip()[-1] == "."
    ]
