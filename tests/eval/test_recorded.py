from __future__ import annotations

import json

import pytest
from hand_made import HEADER, OTHER_FORMAT, answer, asked, paragraph, question, run

from eval.errors import RunError
from eval.measure.recorded import read_run, run_of, write_run

LINES = [asked(question(1), answer(paragraph()), paragraph()), asked(question(2), None)]


def test_what_is_stored_is_read_back_whole(tmp_path):
    path = tmp_path / "run.jsonl"
    write_run(path, HEADER, LINES)
    assert read_run(path) == run_of(HEADER, LINES)
    first, second = read_run(path).asked
    assert first.answer is not None
    assert first.answer.citations[0].quote == first.hits[0].text == paragraph().paragraph.text
    assert (second.answer, second.fault) == (None, "ValueError: no")


def test_fields_of_another_version_are_left_alone():
    given = asked(question(1), answer(paragraph()), support=0.75, mood="calm")
    (found,) = run(given | {"weather": "rain"}).asked
    assert found.answer is not None
    assert found.answer.support == 0.75


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["{"], "line 1: the line: Invalid JSON"),
        (["{}"], "line 1: format: Field required"),
        ([json.dumps(HEADER), "[1]"], "line 2: the line: Input should be"),
        ([json.dumps(HEADER), "", '{"hits": []}'], "line 3: question: Field required"),
        ([json.dumps(HEADER | OTHER_FORMAT)], "is of format 99 and this version reads 1"),
    ],
)
def test_what_is_no_run_is_said(tmp_path, lines, said):
    path = tmp_path / "run.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(RunError) as caught:
        read_run(path)
    assert str(path) in str(caught.value)
    assert said in str(caught.value)


def test_a_file_that_cannot_be_read_or_written_is_said(tmp_path):
    with pytest.raises(RunError, match="cannot be read"):
        read_run(tmp_path / "none.jsonl")
    with pytest.raises(RunError, match="cannot be written"):
        write_run(tmp_path / "none" / "run.jsonl", HEADER, LINES)
    (tmp_path / "latin.jsonl").write_bytes(b"\xe9")
    with pytest.raises(RunError, match="not UTF-8"):
        read_run(tmp_path / "latin.jsonl")
