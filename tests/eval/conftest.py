from __future__ import annotations

import pytest


@pytest.fixture
def questions_file(tmp_path):
    """Writes lines to a file of questions and gives its path."""

    def write(*lines: str):
        path = tmp_path / "questions.jsonl"
        path.write_text("\n".join(lines), encoding="utf-8")
        return path

    return write
