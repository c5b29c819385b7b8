"""The questions that the ranking is fitted on, each with its candidates' features and which of them answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval.measure.figures import in_passage, in_section, is_gold
from eval.measure.questions import Gold, Known, read_questions
from eval.measure.recorded import Place, ReportRead, SectionRead
from indexer.encoders.port import Encoder
from indexer.index.catalogue import Catalogue, Span, StoredParagraph
from indexer.index.generations import open_index
from service.question import Parser
from service.search import Retriever
from service.search.features import Candidates

Flags = NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """A question that can be answered.

    group     the file that its answer stands in: what is held out together.
    features  (candidates, len(FEATURES)).
    gold      of each candidate, whether it answers; `sections` and `passages` tell how, and are None where the
              question does not say where in a file its answer stands, or in which words.
    """

    group: str
    features: NDArray[np.float64]
    spans: Sequence[Span]
    gold: Flags
    sections: Flags | None
    passages: Flags | None


def cases(index: Path, questions: Path, encoder: Encoder) -> list[Case]:
    opened = open_index(index)
    try:
        parser = Parser(opened.catalogue, opened.store)
        retriever = Retriever(opened, encoder, parser)
        return list(_cases(read_questions(questions), opened.catalogue, parser, retriever))
    finally:
        opened.close()


def _cases(questions: Sequence[Known], catalogue: Catalogue, parser: Parser, retriever: Retriever) -> Iterator[Case]:
    for known in questions:
        if not known.answerable or not known.gold:
            continue
        _, candidates, features = retriever.candidates(parser.parse(known.question), known.question.filters)
        keys = candidates.keys.tolist()
        places = _places(known, candidates, catalogue)

        yield Case(
            group=known.gold[0].file,
            features=features,
            spans=candidates.spans,
            gold=_fitting(is_gold, known, keys, places),
            sections=_fitting(in_section, known, keys, places) if any(gold.section for gold in known.gold) else None,
            passages=_fitting(in_passage, known, keys, places) if any(gold.text for gold in known.gold) else None,
        )


def fitting(known: Known, candidates: Candidates, catalogue: Catalogue) -> Flags:
    """Of each candidate, whether it answers."""
    return _fitting(is_gold, known, candidates.keys.tolist(), _places(known, candidates, catalogue))


def _places(known: Known, candidates: Candidates, catalogue: Catalogue) -> dict[int, Place]:
    """By key, of the candidates in the files that answer."""
    files = {gold.file for gold in known.gold}
    of_files = {r.ordinal for r in catalogue.reports() if r.file.rsplit("/", 1)[-1] in files}
    near = [k for k, span in zip(candidates.keys.tolist(), candidates.spans, strict=True) if span.report in of_files]
    return {key: place_of(found) for key, found in catalogue.paragraphs_by_key(near).items()}


def _fitting(
    fits: Callable[[Place, Gold], bool], known: Known, keys: Sequence[int], places: Mapping[int, Place]
) -> Flags:
    return np.array([k in places and any(fits(places[k], gold) for gold in known.gold) for k in keys], np.bool_)


def place_of(found: StoredParagraph) -> Place:
    return Place(
        paragraph_id=found.paragraph.id,
        report=ReportRead(id=found.report.id, title=found.report.title, file=found.report.file),
        section=SectionRead(path=found.section.path),
        text=found.paragraph.text,
    )
