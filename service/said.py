"""What people said of answers, for the command line."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Literal, TextIO

from service.csv_text import csv_text
from service.store import Feedback

_COLUMNS = ("at", "answer_id", "verdict", "comment")


def show_said(kept: Iterable[Feedback], form: Literal["csv", "json", "text"], out: TextIO) -> None:
    rows = ((one.at.isoformat(timespec="seconds"), one.answer_id, one.verdict, one.comment) for one in kept)
    if form == "csv":
        out.write(csv_text([_COLUMNS]))
        out.writelines(csv_text([row]) for row in rows)
        return
    if form == "json":
        out.writelines(json.dumps(dict(zip(_COLUMNS, row, strict=True)), ensure_ascii=False) + "\n" for row in rows)
        return
    counts = {"helpful": 0, "unhelpful": 0}
    for at, answer_id, verdict, comment in rows:
        counts[verdict] += 1
        said = " ".join((comment or "").split())
        out.write("  ".join(filter(None, (at, answer_id, f"{verdict:9}", said))).rstrip() + "\n")
    out.write(f"{counts['helpful']} helpful, {counts['unhelpful']} not helpful\n")
