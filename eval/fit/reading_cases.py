"""The questions that a reader is fitted on, each with what was retrieved for it and what of that answers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from eval.measure.questions import Gold, Known
from indexer.encoders.port import Encoder
from indexer.index.catalogue import StoredParagraph
from indexer.index.generations import OpenIndex, open_index
from indexer.text import fold
from service.model import Evidence
from service.networks import PairModel
from service.question import Parsed, Parser
from service.search import Retriever, SecondLook

# As the service retrieves, and so many more, for those that are taken out.
EVIDENCE = 20
TAKEN_OUT = ", gold taken out"
_MORE = 10
_TELLING = 40
_FEWEST = 5
# Categories of questions that are not answered from one body of evidence.
_OTHERWISE = frozenset({"rating", "comparison", "false_premise", "follow-up"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """A question beside evidence.

    group       the file that its answer, or the nearest miss, stands in: what is held out together.
    answerable  the evidence answers it.
    gold        for each paragraph of the evidence, whether it is one that answers.
    answers     short answers, folded; and, where there are none, whole sentences that answer.
    """

    set: str
    group: str
    asked: Parsed
    rarity: Mapping[str, float]
    evidence: tuple[Evidence, ...]
    answerable: bool
    gold: tuple[bool, ...]
    answers: tuple[str, ...]
    sentences: tuple[str, ...]


def open_set(
    index: Path, encoder: Callable[[], Encoder], model: PairModel | None = None
) -> tuple[OpenIndex, Parser, Retriever]:
    opened = open_index(index)
    parser = Parser(opened.catalogue, opened.store)
    return opened, parser, Retriever(opened, encoder(), parser, SecondLook(reader=model))


def cases(name: str, known: Sequence[Known], parser: Parser, retriever: Retriever) -> Iterator[Case]:
    """Every question that the service would answer, or refuse, from one body of evidence: none that goes back to a
    conversation, asks for ratings, compares bodies or names only bodies without a report."""
    for one in known:
        asked = parser.parse(one.question)
        named = asked.subjects
        if one.question.history or one.category in _OTHERWISE or asked.outside is not None:
            continue
        if named.all_missing or len(named.names) > 1:
            continue
        retrieval = retriever.retrieve(asked, one.question.filters, EVIDENCE + _MORE)
        gold = tuple(any(_is_gold(e.found, g) for g in one.gold) for e in retrieval.evidence)
        yield Case(
            set=name,
            group=one.gold[0].file if one.gold else one.id,
            asked=asked,
            rarity=dict(retrieval.rarity),
            evidence=retrieval.evidence,
            answerable=one.answerable,
            gold=gold,
            answers=one.answers,
            sentences=tuple(g.text for g in one.gold if g.text),
        )


def with_near_misses(questions: Path, known: Sequence[Known]) -> list[Known]:
    """An unanswerable question belongs, for holding out, to the file that its nearest miss stands in."""
    files = {}
    for line in questions.read_text(encoding="utf-8").splitlines():
        value = json.loads(line) if line.strip() else {}
        if value.get("near_miss"):
            files[value["id"]] = value["near_miss"][0]["doc"]
    missed = {name: (Gold(file=file, section=("",), text=""),) for name, file in files.items()}
    return [replace(one, gold=one.gold or missed.get(one.id, ())) for one in known]


def whole(case: Case) -> Case:
    """The case as the service would have it."""
    return replace(case, evidence=case.evidence[:EVIDENCE], gold=case.gold[:EVIDENCE])


def without_gold(case: Case) -> Case:
    """The case had the reports not held the answer: near, and not answering."""
    kept = [e for e, gold in zip(case.evidence, case.gold, strict=True) if not gold][:EVIDENCE]
    return replace(
        case, set=f"{case.set}{TAKEN_OUT}", evidence=tuple(kept), gold=(False,) * len(kept), answerable=False
    )


def every_case(own: Sequence[Case]) -> Iterator[Case]:
    """The cases as they are; and those of sets with short answers, whose gold is surely all of it, without it too."""
    short = {case.set for case in own if case.answers}
    for case in own:
        yield whole(case)
        if case.set in short and case.answerable and any(case.gold):
            without = without_gold(case)
            if len(without.evidence) >= _FEWEST:
                yield without


def right_sentences(case: Case, place: int, spans: Sequence[tuple[int, int]]) -> list[bool] | None:
    """Which sentences of a paragraph of the evidence answer; None where that is not known."""
    text = case.evidence[place].found.paragraph.text
    folded = [fold(text[s:e]) for s, e in spans]
    if not case.gold[place]:
        return [False] * len(spans)
    if case.answers:
        right = [any(answer in sentence for answer in case.answers) for sentence in folded]
        return right if any(right) else None
    short = [s for s in case.sentences if s in fold(text) and len(s) < len(fold(text))]
    right = [any(sentence in s or s in sentence for s in short) for sentence in folded]
    return right if any(right) else None


def _is_gold(found: StoredParagraph, gold: Gold) -> bool:
    if found.report.file.rsplit("/", 1)[-1] != gold.file:
        return False
    if gold.text:
        text = fold(found.paragraph.text)
        return gold.text in text or (len(text) > _TELLING and text in gold.text)
    path = tuple(fold(heading) for heading in found.section.path)
    return not gold.section or path[-len(gold.section) :] == gold.section
