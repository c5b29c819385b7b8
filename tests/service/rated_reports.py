"""Two fictional families of rated reports as a catalogue: councils scored 1 to 4, and prisons judged in words."""

from __future__ import annotations

import json
import re
import sqlite3
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from indexer.index.catalogue import Catalogue
from indexer.text import digest, fold, slug
from service.answers.scores import Scope, ScoresAnswerer
from service.question.scores import Scores
from service.question.sections import Sections


def _grade(label, value=None, aliases=(), description="", at_least=None):
    return {"label": label, "value": value, "aliases": list(aliases), "description": description, "at_least": at_least}


def _section(name, *aliases, rated=True):
    return {"name": name, "aliases": list(aliases), "rated": rated}


CARE = {
    "name": "care-board",
    "title": "Community care review",
    "publisher": "Fictional Care Board",
    "scale": [
        _grade("Serious gaps", 1),
        _grade("Some gaps", 2),
        _grade("Sound standard", 3, ["a sound standard"], "Evidence shows a sound standard"),
        _grade("Excellent standard", 4, ["an excellent standard"]),
    ],
    "overall": [
        _grade("Weak", at_least=25),
        _grade("Needs work", at_least=39),
        _grade("Sound", at_least=63),
        _grade("Excellent", at_least=88),
    ],
    "sections": [
        _section("Leading well", rated=False),
        _section("Overall rating", "Rating and score", rated=False),
        _section("Safe visits", "visits", "section 12"),
        _section("Listening, learning and co-production", "learning", "co-production"),
        _section("Access to help", "access", "assessments"),
    ],
    "around_subjects": ["council", "borough"],
}
PRISON = {
    "name": "prison-watch",
    "title": "Prison inspection",
    "publisher": "Fictional Prison Watch",
    "scale": [_grade("Poor"), _grade("Not sufficiently good"), _grade("Reasonably good"), _grade("Good")],
    "overall": [],
    "sections": [
        _section("Safety"),
        _section("Respect"),
        _section("Purposeful activity", "work and training"),
        _section("Release planning", "resettlement"),
    ],
    "around_subjects": ["prison"],
}
VISITS, LEARNING, ACCESS = "Safe visits", "Listening, learning and co-production", "Access to help"
WORDS = {1: "Serious gaps", 2: "Some gaps", 3: "Sound standard", 4: "Excellent standard"}
# id, family, subject, published, inspected, assessment, overall (grade, percent), by section
REPORTS = [
    ("larkrise-2022", CARE, "Larkrise", "2022-05-03", "March 2022", "pilot", ("Needs work", 50), (2, 2, 3)),
    ("larkrise-2024", CARE, "Larkrise", "2024-06-20", "2 to 6 May 2024", None, ("Sound", 75), (3, 4, 2)),
    ("netherby", CARE, "Netherby", "2024-02-01", None, None, ("Weak", 33), (1, 2, 1)),
    ("oakhollow", CARE, "Oakhollow", "2025-01-15", None, None, ("Sound", 83), (3, 4)),
    ("fenmoor", PRISON, "HMP Fenmoor", None, "9 to 20 January 2023", None, None, ("Good", "Poor", "Poor", "Good")),
    ("stonecross-old", PRISON, "HMP Stonecross", None, "4 May 2019", None, None, ("Poor", "Good", "Poor", "Poor")),
    (
        "stonecross",
        PRISON,
        "HMP Stonecross",
        None,
        "29 July to 2 August 2024",
        None,
        None,
        ("Reasonably good", "Not sufficiently good", "Poor", "Good"),
    ),
]


def make_rated_catalogue(folder: Path) -> Catalogue:
    """Each rating is printed in a paragraph of its section; the learning section stands under "Leading well"."""
    path = folder / "catalogue.sqlite"
    connection = sqlite3.connect(path)
    connection.executescript(files("indexer.index").joinpath("schema.sql").read_text())
    for family in (CARE, PRISON):
        connection.execute("INSERT INTO profiles VALUES (?,?)", (family["name"], json.dumps(family)))
    key = 0
    for ordinal, (name, family, subject, published, inspected, kind, overall, values) in enumerate(REPORTS):
        known = {"title": f"{subject}: {family['title']}", "subject": subject, "inspected": inspected}
        known |= {"published": published} if published else {}
        known |= {"assessment": kind} if kind else {}
        row = (ordinal, name, f"{name}.md", family["name"], json.dumps(known), "[]")
        connection.execute("INSERT INTO reports VALUES (?,?,?,?,?,?)", row)
        rated = [s["name"] for s in family["sections"] if s["rated"]]
        printed = [("Overall rating", None, *overall)] if overall is not None else []
        printed += [
            (section, *((value, WORDS[value]) if isinstance(value, int) else (None, value)), None)
            for section, value in zip(rated, values, strict=False)
        ]
        for section, score, judgement, percent in printed:
            whole = section == "Overall rating"
            heading = f"1. {section}" if section == "Respect" else f"{section}: {judgement}" * (section == "Safety")
            path_of = ["Leading well"] * (section == LEARNING) + [heading or section]
            ident = slug(section)
            text = f"{section}: {score if score is not None else judgement}"
            connection.execute(
                "INSERT INTO sections VALUES (?,?,?,?,?,?,?,?)",
                (key, ordinal, ident, json.dumps(path_of), len(path_of), score, judgement, not whole),
            )
            connection.execute(
                "INSERT INTO paragraphs VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
                (
                    key,
                    f"{name}:{ident}:1",
                    ordinal,
                    key,
                    1,
                    text,
                    digest(text),
                    "paragraph",
                    "rating",
                    None,
                    None,
                    "[]",
                ),
            )
            connection.execute(
                "INSERT INTO ratings VALUES (?,?,?,?,?,?,?,?)",
                (key, ordinal, None if whole else key, "Overall" if whole else section, score, judgement, percent, key),
            )
            key += 1
    connection.commit()
    connection.close()
    return Catalogue(path)


def subjects_in(text: str) -> tuple[list[str], str]:
    """The subjects that a text names, and the rest of it."""
    names = [s for s in dict.fromkeys(r[2] for r in REPORTS) if fold(s.removeprefix("HMP ")) in fold(text)]
    names.sort(key=lambda s: fold(text).index(fold(s.removeprefix("HMP "))))
    for name in names:
        text = re.sub(rf"(?:HMP )?{name.removeprefix('HMP ')}(?:'s)?", " ", text, flags=re.IGNORECASE)
    return names, " ".join(text.split())


OLD = frozenset({"larkrise-2022"})


@dataclass
class Asked:
    """Asks one answerer, of a scope as the subjects that a question names leave it."""

    scores: Scores
    answerer: ScoresAnswerer

    @classmethod
    def over(cls, catalogue):
        sections = Sections(catalogue)
        return cls(scores=Scores(catalogue, sections), answerer=ScoresAnswerer(catalogue, sections))

    def scope(self, question, **more):
        names, _ = subjects_in(question)
        of = {name: frozenset(r[0] for r in REPORTS if r[2] == name) for name in names}
        every = frozenset().union(*of.values()) if of else frozenset(r[0] for r in REPORTS)
        return Scope(**{"reports": every - OLD, "older": OLD & every, "subjects": of} | more)

    def parsed(self, question):
        names, rest = subjects_in(question)
        return self.scores.parse(rest, named=len(names))

    def tell(self, question, **more):
        """None where it is no question for the ratings."""
        parsed = self.parsed(question)
        return self.answerer.tell(parsed, self.scope(question, **more)) if parsed.wanted else None

    def said(self, question, **more):
        return [statement.text for statement in self.tell(question, **more).statements]

    def premise(self, question):
        return self.answerer.premise(self.parsed(question), self.scope(question))

    def narrowed(self, question):
        return self.answerer.narrow(self.parsed(question), self.scope(question))
