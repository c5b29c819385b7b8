"""Questions and changes made from a corpus, the same for the same seed."""

from __future__ import annotations

import random
from pathlib import Path

from eval.errors import MeasureError
from indexer.index.catalogue import Catalogue
from indexer.model import Role
from indexer.sentences import sentence_spans

_PLAIN = (".md", ".txt")
_SHORTEST_LINE = 60
_FEWEST, _MOST = 6, 14


def questions(catalogue: Catalogue, count: int, seed: int) -> list[str]:
    """Half ask for a heading of a report by its subject, half are a run of words of a random sentence."""
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    reports = [report for report in catalogue.reports() if report.findings]
    if not reports:
        raise MeasureError("the index holds no paragraph to ask about")
    made: list[str] = []
    while len(made) < count:
        report = chance.choice(reports)
        found = [p for p in catalogue.paragraphs(report.id) if p.paragraph.role is Role.FINDING]
        one = chance.choice(found)
        if len(made) % 2 and one.section.path:
            about = f" in {report.metadata.subject}" if report.metadata.subject else ""
            made.append(f"What was found on {one.section.path[-1].rstrip('?.:')}{about}?")
        else:
            start, end = chance.choice(sentence_spans(one.paragraph.text))
            words = one.paragraph.text[start:end].split()
            length = chance.randint(_FEWEST, _MOST)
            first = chance.randrange(max(1, len(words) - length + 1))
            made.append(" ".join(words[first : first + length])[:500])
    return made


def changeable(corpus: Path) -> list[Path]:
    """The plain files of a corpus that have lines to change, shortest first."""
    files = (p for p in corpus.rglob("*") if p.suffix.lower() in _PLAIN and not p.name.startswith(("_", ".")))
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
