"""Reports of fictional councils as a catalogue, written out section by section."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from indexer.index.catalogue import Catalogue
from indexer.text import digest, slug
from service.question.subjects.subjects import SubjectsNamed

FAMILY = {
    "name": "board",
    "title": "Fictional review",
    "scale": [{"label": label, "aliases": []} for label in ("Poor", "Fair", "Good")],
    "glossary": {
        "abbreviations": {"PSW": ["principal social worker"], "MASH": ["multi-agency safeguarding hub"]},
        "ordinary": ["MASH"],
        "same": [],
    },
}


@dataclass(frozen=True, kw_only=True)
class Written:
    """`parts`: headings joined by " > ", and the paragraphs below them; one that begins with "* " is a list item, one
    with "! " a printed rating. `grades`: by heading."""

    id: str
    known: dict[str, object]
    parts: tuple[tuple[str, tuple[str, ...]], ...]
    grades: tuple[tuple[str, str], ...] = ()


def make(folder: Path, *reports: Written) -> Catalogue:
    path = folder / "catalogue.sqlite"
    connection = sqlite3.connect(path)
    connection.executescript(files("indexer.index").joinpath("schema.sql").read_text())
    connection.execute("INSERT INTO profiles VALUES (?,?)", ("board", json.dumps(FAMILY)))
    key = section = rating = 0
    for ordinal, report in enumerate(reports):
        row = (ordinal, report.id, f"{report.id}.md", "board", json.dumps(report.known), "[]")
        connection.execute("INSERT INTO reports VALUES (?,?,?,?,?,?)", row)
        for heading, texts in report.parts:
            path_ = [one for one in heading.split(" > ") if one]
            name = slug(heading) or "start"
            connection.execute(
                "INSERT INTO sections VALUES (?,?,?,?,?,?,?,?)",
                (section, ordinal, name, json.dumps(path_), len(path_), None, None, 0),
            )
            for number, text in enumerate(texts, 1):
                kind = "list_item" if text.startswith("* ") else "paragraph"
                role = "rating" if text.startswith("! ") else "finding"
                plain = text.removeprefix("* ").removeprefix("! ")
                connection.execute(
                    "INSERT INTO paragraphs VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
                    (key, f"{report.id}:{name}:{number}", ordinal, section, number, plain, digest(plain), kind, role,
                     None, None, "[]"),
                )  # fmt: skip
                key += 1
            for rated, grade in report.grades:
                if path_ and path_[-1] == rated:
                    values = (rating, ordinal, section, rated, None, grade, None, key - 1)
                    connection.execute("INSERT INTO ratings VALUES (?,?,?,?,?,?,?,?)", values)
                    rating += 1
            section += 1
    connection.commit()
    connection.close()
    return Catalogue(path)


def naming(*names: str) -> SubjectsNamed:
    return SubjectsNamed(names=names, reports=None, missing=(), older=(), superseded=frozenset(), rest="")
