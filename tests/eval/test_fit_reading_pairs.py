from __future__ import annotations

import gzip
import json

from eval.fit.reading_pairs import main
from eval.measure.questions import read_questions

ROWS = [
    {"question": "Is mail kept?", "passage": "acme-com: We keep  mail.", "answers": 1, "source": "made"},
    {"question": "Is mail kept?", "passage": "acme-com: We like dogs.", "answers": 0, "source": "made"},
    {"question": "How many were seen?", "passage": "1. Twelve were seen.", "answers": 1, "source": "made"},
    {"question": "Other?", "passage": "Elsewhere.", "answers": 1, "source": "other"},
]


def test_a_source_becomes_a_folder_of_documents_and_questions(tmp_path):
    with gzip.open(tmp_path / "pairs.jsonl.gz", "wt") as file:
        file.writelines(f"{json.dumps(row)}\n" for row in ROWS)

    assert main([str(tmp_path / "pairs.jsonl.gz"), str(tmp_path), "made"]) == 0

    known = read_questions(tmp_path / "made" / "questions.jsonl")
    texts = {p.name: p.read_text() for p in (tmp_path / "made" / "docs").iterdir()}
    assert [(k.question.text, k.gold[0].file, k.gold[0].text) for k in known] == [
        ("Is mail kept?", "acme-com.md", "we keep mail."),
        ("How many were seen?", "part-1.md", "1. twelve were seen."),
    ]
    assert texts["acme-com.md"] == "# acme\n\nWe keep mail.\n\nWe like dogs.\n"
    assert "\\1. Twelve were seen." in texts["part-1.md"]  # no list
    assert not (tmp_path / "other").exists()
