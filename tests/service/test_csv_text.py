from __future__ import annotations

import csv
import io

import pytest

from service.csv_text import csv_text


def test_rows_come_back_as_they_were():
    rows = [["council", "score"], ["Aldermere, “A”", 3], ['say "so"', None]]
    assert list(csv.reader(io.StringIO(csv_text(rows)))) == [
        ["council", "score"],
        ["Aldermere, “A”", "3"],
        ['say "so"', ""],
    ]
    assert csv_text([["a"], ["b"]]) == "a\r\nb\r\n"


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t", "\r", "＝", " ="])
def test_what_a_spreadsheet_would_run_is_text(begins):
    ((cell,),) = csv.reader(io.StringIO(csv_text([[f"{begins}HYPERLINK(1)"]])))
    assert cell == f"'{begins}HYPERLINK(1)"


def test_numbers_stay_numbers():
    assert csv_text([[-3, 2.5]]) == "-3,2.5\r\n"
