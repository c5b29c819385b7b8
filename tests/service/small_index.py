"""A small index of fictional councils, made by hand: a real catalogue without reports behind it."""

from __future__ import annotations

import json
import sqlite3
from importlib.resources import files
from pathlib import Path

from indexer.text import digest

ALDERMERE = {
    "title": "Aldermere Council: local authority assessment",
    "subject": "Aldermere",
    "publisher": "Fictional Quality Board",
    "published": "2025-03-14",
    "source_url": "https://reports.example/aldermere",
    "licence": "OGL-UK-3.0",
    "attribution": "Contains public sector information licensed under the Open Government Licence v3.0.",
}
TOVEY = {"title": "Tovey <script>alert(1)</script> Council", "subject": "Tovey", "source_url": "javascript:alert(1)"}
_PATHS = {
    "learning": ["Learning, improvement & innovation"],
    "feedback": ["Learning, improvement & innovation", "Learning from feedback"],
    "safe": ["Safety", "Safeguarding"],
}
REPORTS = [
    ("aldermere-2025", "aldermere.pdf", ALDERMERE),
    ("tovey", "sub/tovey.md", TOVEY),
]
_COMPLAINTS = (
    "Staff learned from complaints and acted on them within twenty-eight days, and leaders said that some carers, "
    "but not all, had heard back – “we were told why”."
)
_TABLE = ("Measure", "Count")
_POOR = (0, "safe", 2, "Requires improvement", 1)
_LEARNT = (0, "feedback", 3, "Good", 0)
# report, section, score, judgement, rated, text, kind, role, page, label, columns
PARAGRAPHS = [
    (0, "learning", 3, "Good", 1, "Score: 3", "paragraph", "rating", 1, None, ()),
    (*_LEARNT, _COMPLAINTS, "paragraph", "finding", 1, "2.1", ()),
    (*_LEARNT, "Surveys reached 412 carers.", "list_item", "finding", 2, "(a)", ()),
    (*_LEARNT, "Half of them replied.", "list_item", "finding", 2, "(b)", ()),
    (*_POOR, "Open enquiries\t31", "table_row", "finding", 3, None, _TABLE),
    (*_POOR, "Closed enquiries\t290", "table_row", "finding", 3, None, _TABLE),
    (*_POOR, "© Fictional Quality Board", "paragraph", "boilerplate", 3, None, ()),
    (1, "safe", 4, None, 1, "Tovey <b>kept</b> people safe & well.", "paragraph", "finding", None, None, ()),
]
# report, section, name, score, judgement, paragraph
RATINGS = [
    (0, "learning", "Learning, improvement and innovation", 3, "Good", 0),
    (0, "safe", "Safeguarding", 2, None, 4),
    (1, "safe", "Safeguarding", 4, None, 7),
    (0, None, "Overall", None, "Good", 0),
]


# As a profile describes a scale of four.
FAMILY = {
    "name": "generic",
    "title": "Local authority assessment",
    "attribution": "Contains public sector information.",
    "overall": [],
    "subjects": [],
    "around_subjects": [],
    "sections": [
        {"name": name, "aliases": [], "rated": True}
        for name in ("Safeguarding", "Learning, improvement and innovation")
    ],
    "scale": [
        {"value": n, "label": label, "description": "", "aliases": []}
        for n, label in enumerate(("Poor", "Fair", "Good", "Excellent"), 1)
    ],
}


def make_catalogue(path: Path, reports=REPORTS, ratings=RATINGS) -> Path:
    connection = sqlite3.connect(path)
    connection.executescript(files("indexer.index").joinpath("schema.sql").read_text())
    connection.execute("INSERT INTO profiles VALUES (?,?)", ("generic", json.dumps(FAMILY)))
    for ordinal, (name, file, known) in enumerate(reports):
        row = (ordinal, name, file, "generic", json.dumps(known), "[]")
        connection.execute("INSERT INTO reports VALUES (?,?,?,?,?,?)", row)
    sections: dict[tuple[int, str], int] = {}
    numbers: dict[tuple[int, str], int] = {}
    for key, (report, section, score, judgement, rated, text, kind, role, page, label, columns) in enumerate(
        PARAGRAPHS
    ):
        place = (report, section)
        if place not in sections:
            sections[place] = len(sections)
            values = (sections[place], report, section, json.dumps(_PATHS[section]), len(_PATHS[section]))
            connection.execute("INSERT INTO sections VALUES (?,?,?,?,?,?,?,?)", (*values, score, judgement, rated))
        numbers[place] = number = numbers.get(place, 0) + 1
        name = f"{reports[report][0]}:{section}:{number}"
        row = (
            key,
            name,
            report,
            sections[place],
            number,
            text,
            digest(text),
            kind,
            role,
            page,
            label,
            json.dumps(columns),
        )
        connection.execute("INSERT INTO paragraphs VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", row)
    for key, (report, section, name, score, judgement, paragraph) in enumerate(ratings):
        row = (key, report, sections.get((report, section)), name, score, judgement, None, paragraph)
        connection.execute("INSERT INTO ratings VALUES (?,?,?,?,?,?,?,?)", row)
    connection.commit()
    connection.close()
    return path
