"""What is measured of one question, and of many. Every figure is a share of the questions that it applies to.

search  doc@k, section@k, passage@k: among the first k found is one from a gold file, under a gold section, with
        the gold words. mrr_doc, mrr_section, mrr_passage: one over the rank of the first, 0 where none is found.
ask     answered: answerable questions that got claims. refused: unanswerable ones that got none, or a
        correction of their premise that cites the gold. balanced: the mean of these two. cited: answerable questions
        of which a citation is the gold passage (all of them, where all are needed). recall: of the gold passages
        that are needed, those cited. cited_section: a citation at least is from a gold section.
        precise: citations from a gold section. foreign: citations from another file than the gold's.
        short_answer: a known short answer stands in the claims. right_outcome, right_reason: of the questions that
        say how they may end, and why, those that do. must_not: the answer says what it must not.
always  exact_quotes: citations whose words stand in the paragraph at their offsets, and in the file.
        claims_cited: answers whose every claim has a citation that is there. error: no answer but a fault.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from eval.measure.questions import Gold, Known
from eval.measure.recorded import AnswerRead, Asked, Place, Quote
from indexer.text import fold
from service.model import Reason

RANKS = (1, 5, 10)
DEPTH = max(RANKS)

KINDS = ("doc", "section", "passage")
SEARCH = (*(f"{name}@{k}" for name in KINDS for k in RANKS), *(f"mrr_{name}" for name in KINDS))
ASK = (
    "answered",
    "refused",
    "balanced",
    "cited",
    "recall",
    "cited_section",
    "precise",
    "foreign",
    "short_answer",
    "right_outcome",
    "right_reason",
    "exact_quotes",
    "claims_cited",
    "must_not",
    "error",
)
# Of these, less is better.
FAULTS = frozenset({"foreign", "must_not", "error"})

# A gold passage may be longer than the paragraph that is cited; a paragraph shorter than this could be part of
# it by chance.
_TELLING = 40


@dataclass(frozen=True, kw_only=True, slots=True)
class Share:
    """The mean over the questions that a figure applies to, and how many those are."""

    value: float
    of: int


def first_ranks(known: Known, found: Sequence[Place]) -> dict[str, int | None]:
    """By kind (doc, section, passage), the rank of the first that fits among the best, from 1. Empty where nothing
    is known to be found.
    """
    if not known.answerable or not known.gold:
        return {}
    kinds: list[tuple[str, Callable[[Place, Gold], bool]]] = [("doc", in_file)]
    if any(gold.section for gold in known.gold):
        kinds.append(("section", in_section))
    if any(gold.text for gold in known.gold):
        kinds.append(("passage", in_passage))
    return {
        name: next((r for r, one in enumerate(found[:DEPTH], 1) if any(fits(one, gold) for gold in known.gold)), None)
        for name, fits in kinds
    }


def search_figures(ranks: Mapping[str, int | None]) -> dict[str, float]:
    """Of the ranks that `first_ranks` gives."""
    figures: dict[str, float] = {}
    for name, rank in ranks.items():
        figures |= {f"{name}@{k}": float(rank is not None and rank <= k) for k in RANKS}
        figures[f"mrr_{name}"] = 1 / rank if rank else 0.0
    return figures


def ask_figures(known: Known, answer: AnswerRead, in_files: Sequence[bool | None] = ()) -> dict[str, float]:
    """Of one answer.

    in_files  of a citation, whether its words stand in its file; what is not given is not known.
    """
    figures = _of_answerable(known, answer) if known.answerable else {"refused": float(_refused(known, answer))}
    if known.outcomes:
        figures["right_outcome"] = float(answer.outcome in known.outcomes)
    if known.reasons:
        figures["right_reason"] = float(answer.reason in known.reasons)
    if known.must_not:
        said = fold(answer.answer)
        figures["must_not"] = float(any(words in said for words in known.must_not))
    if answer.citations:
        told = (*in_files, *[None] * len(answer.citations))
        exact = [_exact(c) and there is not False for c, there in zip(answer.citations, told, strict=False)]
        figures["exact_quotes"] = fmean(exact)
    numbers = {c.number for c in answer.citations}
    figures["claims_cited"] = float(all(c.citations and numbers.issuperset(c.citations) for c in answer.claims))
    return figures


def figures_of(known: Known, asked: Asked, ranks: Mapping[str, int | None]) -> dict[str, float]:
    """All figures of one question of a run."""
    if asked.answer is None:
        return {"error": 1.0}
    return {**search_figures(ranks), **ask_figures(known, asked.answer, asked.in_files), "error": 0.0}


def _of_answerable(known: Known, answer: AnswerRead) -> dict[str, float]:
    cited = answer.citations
    reached = [any(is_gold(one, gold) for one in cited) for gold in known.gold]
    figures = {
        "answered": float(bool(answer.claims)),
        "cited": float(bool(reached) and (all(reached) if known.whole else any(reached))),
        "cited_section": float(any(near(one, known.gold) for one in cited)),
    }
    if reached:
        figures["recall"] = fmean(reached) if known.whole else float(any(reached))
    if cited:
        figures["precise"] = fmean(near(one, known.gold) for one in cited)
        figures["foreign"] = fmean(not any(in_file(one, gold) for gold in known.gold) for one in cited)
    if known.answers:
        said = fold(" ".join(claim.text for claim in answer.claims))
        figures["short_answer"] = float(any(words in said for words in known.answers))
    return figures


def _refused(known: Known, answer: AnswerRead) -> bool:
    if not answer.claims:
        return True
    corrects = answer.reason == Reason.FALSE_PREMISE
    return corrects and any(is_gold(c, gold) for c in answer.citations for gold in known.gold)


def in_file(found: Place, gold: Gold) -> bool:
    return found.report.file.rsplit("/", 1)[-1] == gold.file


def in_section(found: Place, gold: Gold) -> bool:
    """Whether the headings above a paragraph end with the gold's."""
    if not gold.section or not in_file(found, gold):
        return False
    return tuple(map(fold, found.section.path))[-len(gold.section) :] == gold.section


def in_passage(found: Place, gold: Gold) -> bool:
    """Whether a paragraph holds the gold words, or is a part of a longer gold passage."""
    if not gold.text or not in_file(found, gold):
        return False
    words = fold(found.text)
    return gold.text in words or (len(words) > _TELLING and words in gold.text)


def is_gold(found: Place, gold: Gold) -> bool:
    """Whether a paragraph is what a gold names: the passage, else the section, else the file."""
    if gold.text:
        return in_passage(found, gold)
    return in_section(found, gold) if gold.section else in_file(found, gold)


def near(found: Place, golds: Sequence[Gold]) -> bool:
    """Whether a paragraph is what one of them names, or stands in its section."""
    return any(is_gold(found, gold) or in_section(found, gold) for gold in golds)


def _exact(citation: Quote) -> bool:
    words = citation.text[citation.start : citation.end]
    return words == citation.quote and bool(words.strip())


def letters(text: str) -> str:
    """Only letters and digits, folded: what markup, line ends and punctuation cannot change."""
    return "".join(filter(str.isalnum, fold(text)))


def shares(rows: Collection[Mapping[str, float]]) -> dict[str, Share]:
    """By figure, over the rows that have it; in the order of SEARCH and ASK."""
    found = {}
    for name in (*SEARCH, *ASK):
        values = [row[name] for row in rows if name in row]
        if values:
            found[name] = Share(value=fmean(values), of=len(values))
        elif name == "balanced" and "answered" in found and "refused" in found:
            both = found["answered"], found["refused"]
            found[name] = Share(value=fmean(one.value for one in both), of=sum(one.of for one in both))
    return found


def percentile(values: Collection[float], share: float) -> float:
    """The smallest value that at least `share` of all do not exceed. The values must not be empty."""
    ranked = sorted(values)
    return ranked[max(0, -int(-len(ranked) * share // 1) - 1)]
