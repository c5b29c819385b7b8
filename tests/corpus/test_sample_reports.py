"""The sample reports agree with themselves: scores with tables and totals, fixed texts, metadata."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import pytest

CORPUS = Path(__file__).parents[2] / "corpus"
STATEMENTS = (
    "Assessing needs",
    "Supporting people to live healthier lives",
    "Equity in experience and outcomes",
    "Care provision, integration and continuity",
    "Partnerships and communities",
    "Safe pathways, systems and transitions",
    "Safeguarding",
    "Governance, management and sustainability",
    "Learning, improvement and innovation",
)
BANDS = ((88, "Outstanding"), (63, "Good"), (39, "Requires improvement"), (25, "Inadequate"))
WORDS = {1: "significant shortfalls", 2: "some shortfalls", 3: "a good standard", 4: "an exceptional standard"}
WITH_TABLE = [
    "aldermere-2025.md",
    "brackenshire-2023.md",
    "brackenshire-2025.md",
    "pellbourne-2024.html",
    "_sources/saltersea-2024.md",
    "_sources/tarnholme-2025.md",
]
ASSESSMENTS = [*WITH_TABLE, "north-pellbourne.txt"]


def lines_of(name: str) -> list[str]:
    """The report's lines without heading marks; the web page's elements one on a line."""
    text = (CORPUS / name).read_text(encoding="utf-8")
    if name.endswith(".html"):
        text = re.sub(r"<!--.*?-->|<script.*?</script>|<nav.*?</nav>", "", text, flags=re.DOTALL)
        text = re.sub(r"<tr><th[^>]*>(.*?)</th><td>(\d)</td></tr>", r"| \1 | \2 |", text)
        text = re.sub(r"<[^>]+>", "\n", text)
    return [re.sub(r"^#+ ", "", line.strip()) for line in text.split("\n") if line.strip()]


def table_scores(name: str) -> dict[str, int]:
    rows = (re.match(r"\| (.+?) \| ([1-4]) \|", line) for line in lines_of(name))
    return {row[1]: int(row[2]) for row in rows if row}


@pytest.mark.parametrize("name", WITH_TABLE)
def test_the_nine_scores_make_the_printed_percentage_and_rating(name: str) -> None:
    scores = table_scores(name)
    assert tuple(scores) == STATEMENTS
    percent = round(sum(scores.values()) / 36 * 100)
    lines = lines_of(name)
    at = lines.index(f"Overall score: {percent}%")
    assert lines[at - 1] == next(rating for least, rating in BANDS if percent >= least)


@pytest.mark.parametrize("name", ASSESSMENTS)
def test_each_statement_prints_its_score_as_in_the_table(name: str) -> None:
    lines = lines_of(name)
    found = [i for i, line in enumerate(lines) if re.fullmatch(r"Score: [1-4]", line)]
    assert len(found) >= 3
    for i in found:
        score = int(lines[i][-1])
        assert lines[i - 1] in STATEMENTS
        assert lines[i + 1] == f"{score} - Evidence shows {WORDS[score]}"
        assert table_scores(name).get(lines[i - 1], score) == score


def test_the_whole_assessment_holds_all_nine_statements() -> None:
    lines = lines_of("aldermere-2025.md")
    assert [a for a, b in pairwise(lines) if b.startswith("Score: ")] == list(STATEMENTS)


def test_the_commitment_is_the_same_in_every_report() -> None:
    commitments = defaultdict(set)
    for name in ASSESSMENTS:
        lines, statement = lines_of(name), ""
        for i, line in enumerate(lines):
            statement = line if line in STATEMENTS else statement
            if line == "The local authority commitment":
                commitments[statement].add(lines[i + 1].replace("’", "'"))  # quotes vary by format
    assert set(commitments) == set(STATEMENTS)
    assert all(len(texts) == 1 for texts in commitments.values())


def test_the_pasted_text_never_names_its_council() -> None:
    assert "Pellbourne" not in (CORPUS / "north-pellbourne.txt").read_text(encoding="utf-8")


def test_every_report_is_described_once() -> None:
    tables = tomllib.loads((CORPUS / "reports.toml").read_text(encoding="utf-8"))["report"]
    files = {path.name for path in CORPUS.iterdir() if path.suffix in {".md", ".txt", ".html", ".pdf", ".docx"}}
    named = [table["file"] for table in tables]
    assert len(named) == len(set(named))
    assert len({table["id"] for table in tables}) == len(tables)
    assert files - {"README.md", "brackenshire-2023.md"} == set(named)  # front matter describes that one
