"""Rows of public question sets: pairs of a question and a passage, and questions with their answers' places."""

from __future__ import annotations

import gzip
import hashlib
import json
import random
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from eval.training.rows import Row, held_out
from indexer.sentences import sentence_spans

_ARTICLE = re.compile(r"([\w.'() -]{2,60}?)(?: > |: )")
# Of a set that is also asked of the running service, more is held out: what is measured there has to be large.
_MEASURED, _MEASURED_SHARE = frozenset({"squad"}), 45


def pairs(path: Path) -> Iterator[Row]:
    """Lines with question, passage, answers (0 or 1) and source; a passage begins with its document's name."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            pair = json.loads(line)
            source, passage = pair["source"], pair["passage"]
            named = _ARTICLE.match(passage)
            group = named.group(1) if named else hashlib.sha256(passage.encode()).hexdigest()[:12]
            yield Row(
                task="answers",
                set=source,
                kind="pair",
                text=pair["question"],
                passage=passage,
                right=bool(pair["answers"]),
                group=group,
                held=_held(source, group),
            )


def some_public(path: Path, most: int, chance: random.Random) -> Iterator[Row]:
    """At most so many lines with question (or claim), passage, answers (0 or 1), sentence or null, set, group, kind."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        lines = file.readlines()
    for line in chance.sample(lines, min(most, len(lines))):
        yield public_row(json.loads(line))


def public_row(known: Mapping[str, Any]) -> Row:
    """Of such a line."""
    passage, sentence = known["passage"], known.get("sentence")
    at = passage.find(sentence) if sentence is not None and known["answers"] else -1
    group = f"{known['set']}:{known['group']}"
    return Row(
        task="supports" if known["kind"] == "claim" else "answers",
        set=known["set"],
        kind=f"public-{known['kind']}",
        text=known["question"],
        passage=passage,
        right=bool(known["answers"]),
        spans=((at, at + len(sentence)),) if sentence and at >= 0 and known["kind"] != "claim" else (),
        group=group,
        held=_held(known["set"], group),
    )


def questions(path: Path, name: str) -> Iterator[Row]:
    """Questions in the form of `eval.measure.questions` with the passage that answers, or seems to."""
    for line in path.read_text(encoding="utf-8").splitlines():
        known = json.loads(line)
        passages = known.get("gold") or known.get("near_miss") or ()
        if not passages:
            continue
        gold = passages[0]
        title = gold["doc"].rsplit(".", 1)[0].replace("-", " ")
        before = len(title) + 2
        text = gold["text"]
        answer = next((a for a in known.get("answers") or () if a in text), None) if known["answerable"] else None
        span = None
        if answer is not None:
            at = text.index(answer)
            span = next(((before + s, before + e) for s, e in sentence_spans(text) if s <= at < e), None)
        yield Row(
            task="answers",
            set=name,
            kind="asked",
            text=known["question"],
            passage=f"{title}. {text}",
            right=known["answerable"],
            spans=(span,) if span else (),
            group=title,
            held=_held(name, title),
        )


def _held(source: str, group: str) -> bool:
    return held_out(group, _MEASURED_SHARE) if source in _MEASURED else held_out(group)
