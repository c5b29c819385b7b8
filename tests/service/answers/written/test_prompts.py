from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from service.answers.written import load_prompts
from service.errors import PromptError
from service.settings import PROMPTS


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(PROMPTS, tmp_path / "prompts"))


def test_the_projects_own_can_be_used_and_another_wording_is_another_version(folder: Path) -> None:
    assert load_prompts(folder).digest == load_prompts(PROMPTS).digest
    with (folder / "system.md").open("a") as file:
        file.write("\n- Answer in verse.\n")
    assert load_prompts(folder).digest != load_prompts(PROMPTS).digest


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("answer.md", "{{ question }} {{ passages }} {{ most }}", "boundary"),
        ("answer.md", "{{ question }} {{ passages }} {{ most }} {{ boundary }} {{ council }}", "council"),
        ("system.md", "You are {{ name }}.", "name"),
        ("system.md", "  \n", "empty"),
        ("rewrite.md", "{{ question ", "rewrite.md"),
        ("system.md", b"\xff\xfe\x00", "UTF-8"),
    ],
)
def test_what_is_wrong_with_a_text_is_named(folder: Path, name: str, text: str | bytes, told: str) -> None:
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(PromptError, match=told) as raised:
        load_prompts(folder)
    assert name in str(raised.value)


def test_a_missing_one_is_named(folder: Path) -> None:
    (folder / "answer.md").unlink()
    with pytest.raises(PromptError, match=r"answer\.md"):
        load_prompts(folder)


def test_a_value_is_never_read_as_a_template() -> None:
    prompts = load_prompts(PROMPTS)
    text = prompts.fill("answer.md", question="{{ passages }} {% raw %}", passages="[]", boundary="==", most=1)
    assert "{{ passages }} {% raw %}" in text
