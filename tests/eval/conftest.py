from __future__ import annotations

import json

import pytest


@pytest.fixture
def questions_file(tmp_path):
    """Writes lines to a file of questions and gives its path."""

    def write(*lines: str):
        path = tmp_path / "questions.jsonl"
        path.write_text("\n".join(lines), encoding="utf-8")
        return path

    return write


@pytest.fixture
def tovey(tmp_path):
    """A folder with a report of one council, and two questions: one that it answers, one about a file that is gone."""
    folder = tmp_path / "tovey"
    (folder / "docs").mkdir(parents=True)
    (folder / "docs" / "tovey.md").write_text(
        "# Tovey Council\n\n## Learning\n\nStaff learned from complaints, and carers had heard back within 28 days.\n\n"
        "## Buildings\n\nThe council had a plan for its buildings, which it had not yet begun to carry out.\n",
        encoding="utf-8",
    )
    asked = [
        {
            "id": "a", "question": "Within how many days had carers heard back?", "answerable": True,
            "category": "number", "answers": ["28 days"],
            "gold": [{"doc": "tovey.md", "section": "Learning", "text": "within 28 days"}],
        },
        {
            "id": "b", "question": "What had the council planned for its buildings?", "answerable": True,
            "gold": [{"doc": "gone.md", "section": "Learning", "text": "nowhere"}],
        },
    ]  # fmt: skip
    lines = (json.dumps(one) for one in asked)
    (folder / "questions.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder
