"""The questions over the sample corpus point at words that really stand in the reports."""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "corpus"
# The PDF and the Word file are made from these, so their words are compared with the source.
SOURCES = {
    "saltersea-2024.pdf": CORPUS / "_sources" / "saltersea-2024.md",
    "tarnholme-2025.docx": CORPUS / "_sources" / "tarnholme-2025.md",
}
CATEGORIES = {
    "fact", "number", "date", "name", "list", "attribution", "comparison", "across-reports", "rating", "score-filter",
    "section-wording", "follow-up", "paraphrase", "acronym", "misspelt", "short-form", "conversational", "search-terms",
    "false_premise", "wrong-council", "topic-absent", "near-miss", "clarify", "injection",
    "out-of-scope", "greeting", "about-service", "personal-data",
}  # fmt: skip


def load() -> list[dict]:
    lines = (ROOT / "eval" / "questions" / "sample.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


QUESTIONS = load()


def words(text: str) -> str:
    """The words without markup, with single blanks."""
    return " ".join(re.sub(r"[|#]", " ", text).split())


def visible(page: str) -> str:
    page = re.sub(r"<!--.*?-->|<(script|style|nav|footer|header)\b.*?</\1>", " ", page, flags=re.DOTALL)
    page = re.sub(r'<p style="display: none">.*?</p>|<div id="feedback-form".*?</div>', " ", page, flags=re.DOTALL)
    page = re.sub(r"</?(q|span)\b[^>]*>", "", page)
    return html.unescape(re.sub(r"<[^>]+>", " ", page))


def text_of(name: str) -> str:
    path = SOURCES.get(name, CORPUS / name)
    text = path.read_text(encoding="utf-8")
    return words(visible(text) if path.suffix == ".html" else text)


TEXTS = {
    path.name: text_of(path.name) for path in CORPUS.iterdir() if path.suffix in {".txt", ".html", ".pdf", ".docx"}
}
TEXTS |= {path.name: text_of(path.name) for path in CORPUS.glob("*.md") if path.name != "README.md"}


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q["id"])
def test_gold_stands_in_its_report(question: dict) -> None:
    for gold in question["gold"]:
        report = TEXTS[gold["doc"]]
        assert words(gold["text"]) in report
        for heading in filter(None, gold["section"].split(" > ")):
            assert words(heading) in report
        assert gold["text"] or gold["section"]


@pytest.mark.parametrize("question", [q for q in QUESTIONS if q["answers"]], ids=lambda q: q["id"])
def test_a_short_answer_stands_in_a_gold_report(question: dict) -> None:
    reports = [TEXTS[gold["doc"]] for gold in question["gold"]]
    named = [gold["doc"].split("-20")[0].removesuffix(".txt").replace("-", " ") for gold in question["gold"]]
    for answer in question["answers"]:
        # A council's name answers "which councils"; it need not stand in the text of its own report.
        assert any(answer in report for report in reports) or answer.lower() in named


def test_ids_and_questions_are_unique() -> None:
    assert not [i for i, n in Counter(q["id"] for q in QUESTIONS).items() if n > 1]
    asked = Counter((q["question"], json.dumps(q.get("history"))) for q in QUESTIONS)
    assert not [q for q, n in asked.items() if n > 1]


def test_unanswerable_questions_have_gold_only_where_a_premise_is_corrected() -> None:
    for question in QUESTIONS:
        corrected = question["category"] == "false_premise"
        assert bool(question["gold"]) == (question["answerable"] or corrected), question["id"]
        assert not (corrected and question["answerable"])


def test_every_unanswerable_question_says_for_which_reasons_it_may_be_refused() -> None:
    """And no answerable one does, so that its answer is judged by what it cites."""
    for question in QUESTIONS:
        assert bool(question.get("reasons")) != question["answerable"], question["id"]
        assert not (question["answerable"] and "outcomes" in question), question["id"]


def test_what_an_injection_wants_said_is_what_may_not_be_said() -> None:
    for question in QUESTIONS:
        if question["category"] == "injection":
            assert question["must_not"], question["id"]
            assert all(words in question["question"].lower() for words in question["must_not"]), question["id"]


def test_the_set_is_large_and_mixed_enough() -> None:
    unanswerable = [q for q in QUESTIONS if not q["answerable"]]
    assert len(QUESTIONS) >= 250
    assert len(unanswerable) >= 90
    assert len(unanswerable) * 3 >= len(QUESTIONS)
    assert {q["category"] for q in QUESTIONS} == CATEGORIES
    cited = {gold["doc"] for q in QUESTIONS for gold in q["gold"]}
    assert cited == set(TEXTS)
