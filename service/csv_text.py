"""CSV that a spreadsheet opens as text, whatever stands in it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

# A spreadsheet takes a cell that begins so for a formula, and runs it: OWASP, "CSV Injection".
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_text(rows: Iterable[Sequence[object]]) -> str:
    """The rows with CRLF, as RFC 4180 has it; None is an empty cell. A cell that would be a formula gets an
    apostrophe in front, which spreadsheets do not show."""
    made = io.StringIO()
    csv.writer(made, lineterminator="\r\n").writerows([_cell(value) for value in row] for row in rows)
    return made.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, str) and value.lstrip(" ").startswith(_FORMULA):
        return f"'{value}"
    return "" if value is None else value
