"""Rows of questions and claims written about passages and whole sections of real reports.

Two forms of line, in gzipped JSON lines, each with corpus and file. Of a section: question, kind, title, section,
passages, and `answers`, every sentence that answers as [passage, start, end], so that each other passage is one that
does not. Of one passage: question or claim, kind, right, title, section, passage, and `sentences`, the offsets of all
that answer.
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from eval.training.rows import Row, body_of, held_out
from indexer.index.terms import analyse
from indexer.sentences import sentence_spans
from indexer.windows import join

# In characters: about what the network reads of a passage, beside its headings and the question.
_LONGEST = 1150
# Of a section's passages that do not answer so many are learnt from, beside each question: those nearest in words, and
# some others.
_NEAR, _OTHERS = 3, 1
# So often the headings stand before a passage, as they do when the service reads it.
_HEADED = 0.8
_HEADINGS = 200


def rows(path: Path, chance: random.Random) -> Iterator[Row]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield from rows_of(json.loads(line), chance)


def rows_of(known: Mapping[str, Any], chance: random.Random) -> Iterator[Row]:
    """Of one line."""
    yield from _of_section(known, chance) if "passages" in known else _of_passage(known, chance)


def group_of(known: Mapping[str, Any]) -> str:
    """What is held out together: the line's own `group`, or all reports on one body."""
    return str(known["group"]) if "group" in known else body_of(str(known["file"]))


def answers_of(known: Mapping[str, Any]) -> dict[int, list[tuple[int, int]]]:
    """Of a line on a section, by passage."""
    answers: dict[int, list[tuple[int, int]]] = {}
    for at, start, end in known["answers"]:
        answers.setdefault(at, []).append((start, end))
    return answers


def headed(known: Mapping[str, Any], passage: str) -> str:
    """A passage with its headings before it, about as the service reads it."""
    above = ". ".join(p for p in (known["title"], *str(known["section"] or "").split(" > ")) if p)
    return join(above[-_HEADINGS:], passage)


def _of_section(known: Mapping[str, Any], chance: random.Random) -> Iterator[Row]:
    answers = answers_of(known)
    passages: Sequence[str] = known["passages"]
    asked = set(analyse(known["question"]))
    others = sorted(
        (at for at in range(len(passages)) if at not in answers),
        key=lambda at: -len(asked & set(analyse(passages[at]))),
    )
    chosen = others[:_NEAR] + chance.sample(others[_NEAR:], min(_OTHERS, len(others[_NEAR:])))
    for at in (*answers, *chosen):
        for start, end in _pieces(passages[at]):
            inside = [(a - start, b - start) for a, b in answers.get(at, ()) if a < end and b > start]
            if at in answers and not inside:
                continue  # what stands beside an answer in one paragraph is neither
            yield _row(known, passages[at][start:end], inside, chance, right=bool(inside))


def _of_passage(known: Mapping[str, Any], chance: random.Random) -> Iterator[Row]:
    text, spans = known["passage"], [tuple(span) for span in known["sentences"]]
    for start, end in _pieces(text):
        inside = [(a - start, b - start) for a, b in spans if a < end and b > start]
        # What says a claim counts only whole; of a claim that does not hold the sentences are known that it distorts.
        if spans and (not inside or ("claim" in known and len(inside) < len(spans))):
            continue
        yield _row(known, text[start:end], inside if known["right"] else [], chance, right=bool(known["right"]))
        if not known["right"]:
            return


def _row(
    known: Mapping[str, Any], passage: str, spans: Sequence[tuple[int, int]], chance: random.Random, *, right: bool
) -> Row:
    text = headed(known, passage) if chance.random() < _HEADED else passage
    before = len(text) - len(passage)
    is_claim = "claim" in known
    group = group_of(known)
    return Row(
        task="supports" if is_claim else "answers",
        set=known["corpus"],
        kind=f"{'section' if 'passages' in known else 'passage'}-{known['kind']}",
        text=known["claim"] if is_claim else known["question"],
        passage=text,
        right=right,
        spans=tuple((before + max(0, a), before + min(len(passage), b)) for a, b in spans),
        begins=before,
        group=group,
        held=held_out(group),
    )


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Runs of whole sentences that the network reads to their end."""
    begun: tuple[int, int] | None = None
    for start, end in sentence_spans(text):
        if begun and end - begun[0] > _LONGEST:
            yield begun
            begun = None
        begun = (begun[0] if begun else start, end)
    if begun:
        yield begun
