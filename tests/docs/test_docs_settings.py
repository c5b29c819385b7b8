"""Every setting is in docs/settings.md, and whatever the documents call a setting is one."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest
from documents import DOCUMENTS, all_blocks, document, rows, text
from pydantic_core import PydanticUndefined

from service.settings import Settings, unknown_variables


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def _shown(default: object) -> str:
    if default is None or default == () or default is PydanticUndefined:
        return "none"
    if isinstance(default, (bool, int, float)):
        return f"`{json.dumps(default)}`"
    return f"`{default}`"


def test_the_table_holds_every_setting_in_order_with_its_default() -> None:
    told = [(row[0], row[1]) for row in rows("docs/settings.md", "## Settings")]
    assert told == [
        (f"`CITEWISE_{name.upper()}`", _shown(field.default)) for name, field in Settings.model_fields.items()
    ]


@pytest.mark.parametrize("name", Settings.model_fields)
def test_the_table_says_what_the_code_says_of_it_and_perhaps_more(name: str) -> None:
    told = next(row[2] for row in rows("docs/settings.md", "## Settings") if row[0] == f"`CITEWISE_{name.upper()}`")
    said = Settings.model_fields[name].description
    assert said
    assert told.startswith(said.removesuffix("."))


def test_every_variable_that_is_named_anywhere_is_known() -> None:
    named = {word for path in DOCUMENTS for word in re.findall(r"CITEWISE_[A-Z_]*[A-Z]", text(path))}
    assert len(named) > 10
    assert unknown_variables(dict.fromkeys(named, "1")) == []


def test_every_other_variable_is_told() -> None:
    other = {row[0].strip("`") for row in rows("docs/settings.md", "## Other variables")}
    assert {"CITEWISE_CONFIG", "CITEWISE_API_KEY"} <= other


def test_the_example_file_is_right(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    example = next(b for b in all_blocks("toml") if b.name == "citewise.toml")
    (tmp_path / "citewise.toml").write_text(example.text)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"CITEWISE_{name.upper()}", raising=False)
    monkeypatch.delenv("CITEWISE_CONFIG", raising=False)
    settings = Settings()
    for name, value in tomllib.loads(example.text).items():
        assert str(getattr(settings, name)) == str(value)


def test_the_metrics_that_are_told_are_those_that_are_given() -> None:
    from service.metrics import Metrics

    told = {row[0].strip("`") for row in rows("docs/operations.md", "## Metrics")}
    given = re.findall(r"^# TYPE (\w+) (?:counter|gauge|histogram)$", Metrics().exposition("g").decode(), re.MULTILINE)
    assert told == {name for name in given if not name.endswith("_created")}


def test_the_unit_file_starts_the_command_that_there_is() -> None:
    assert re.search(r"^ExecStart=\S+/citewise serve$", document("docs/operations.md"), re.MULTILINE)
