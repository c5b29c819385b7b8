"""What is measured of one question, and of many. Every figure is a share of the questions that it applies to.

search  doc@k, section@k, passage@k: among the first k found is one from a gold file, under a gold section, with
        the gold words. mrr_section, mrr_passage: one over the rank of the first, 0 where none is found.
ask     answered: answerable questions that got claims. refused: unanswerable ones that got none, or a
        correction of their premise that cites the gold. cited: answerable questions of which a citation is the
        gold passage (all of them, where all are needed). cited_section: or at least from its section.
        precise: citations from a gold section. foreign: citations from another file than the gold's.
        short_answer: a known short answer stands in the claims. must_not: the answer says what it must not.
always  exact_quotes: citations whose words stand in the paragraph at their offsets, and in the file.
        claims_cited: answers whose every claim has a citation that is there. error: no answer but a fault.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from eval.questions import Gold, Known
from indexer.index.catalogue import StoredParagraph
from indexer.text import fold
from service.model import Answer, Citation, Reason

RANKS = (1, 5, 10)
DEPTH = max(RANKS)

SEARCH = (*(f"{name}@{k}" for name in ("doc", "section", "passage") for k in RANKS), "mrr_section", "mrr_passage")
ASK = (
    "answered",
    "refused",
    "cited",
    "cited_section",
    "precise",
    "foreign",
    "short_answer",
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


def search_figures(known: Known, found: Sequence[StoredParagraph]) -> dict[str, float]:
    """Of what a search found, best first. Empty where nothing is known to be found."""
    if not known.answerable or not known.gold:
        return {}
    kinds: list[tuple[str, Callable[[StoredParagraph, Gold], bool]]] = [("doc", in_file)]
    if any(gold.section for gold in known.gold):
        kinds.append(("section", in_section))
    if any(gold.text for gold in known.gold):
        kinds.append(("passage", in_passage))
    figures: dict[str, float] = {}
    for name, fits in kinds:
        ranks = (r for r, one in enumerate(found[:DEPTH], 1) if any(fits(one, gold) for gold in known.gold))
        rank = next(ranks, None)
        figures |= {f"{name}@{k}": float(rank is not None and rank <= k) for k in RANKS}
        if name != "doc":
            figures[f"mrr_{name}"] = 1 / rank if rank else 0.0
    return figures


def ask_figures(known: Known, answer: Answer, sources: Mapping[str, str]) -> dict[str, float]:
    """Of one answer.

    sources  by file name, the letters and digits of files that quotes have to stand in; see `letters`.
    """
    figures = _of_answerable(known, answer) if known.answerable else {"refused": float(_refused(known, answer))}
    if known.must_not:
        said = fold(answer.text)
        figures["must_not"] = float(any(words in said for words in known.must_not))
    if answer.citations:
        figures["exact_quotes"] = fmean(_exact(c, sources) for c in answer.citations)
    numbers = {c.number for c in answer.citations}
    figures["claims_cited"] = float(all(c.citations and numbers.issuperset(c.citations) for c in answer.claims))
    return figures


def _of_answerable(known: Known, answer: Answer) -> dict[str, float]:
    cited = [c.found for c in answer.citations]
    reached = [any(_is_gold(one, gold) for one in cited) for gold in known.gold]
    figures = {
        "answered": float(bool(answer.claims)),
        "cited": float(bool(reached) and (all(reached) if known.whole else any(reached))),
        "cited_section": float(any(_near(one, known.gold) for one in cited)),
    }
    if cited:
        figures["precise"] = fmean(_near(one, known.gold) for one in cited)
        figures["foreign"] = fmean(not any(in_file(one, gold) for gold in known.gold) for one in cited)
    if known.answers:
        said = fold(" ".join(claim.text for claim in answer.claims))
        figures["short_answer"] = float(any(words in said for words in known.answers))
    return figures


def _refused(known: Known, answer: Answer) -> bool:
    if not answer.claims:
        return True
    corrects = answer.reason is Reason.FALSE_PREMISE
    return corrects and any(_is_gold(c.found, gold) for c in answer.citations for gold in known.gold)


def in_file(found: StoredParagraph, gold: Gold) -> bool:
    return found.report.file.rsplit("/", 1)[-1] == gold.file


def in_section(found: StoredParagraph, gold: Gold) -> bool:
    """Whether the headings above a paragraph end with the gold's."""
    if not gold.section or not in_file(found, gold):
        return False
    return tuple(map(fold, found.section.path))[-len(gold.section) :] == gold.section


def in_passage(found: StoredParagraph, gold: Gold) -> bool:
    """Whether a paragraph holds the gold words, or is a part of a longer gold passage."""
    if not gold.text or not in_file(found, gold):
        return False
    words = fold(found.paragraph.text)
    return gold.text in words or (len(words) > _TELLING and words in gold.text)


def _is_gold(found: StoredParagraph, gold: Gold) -> bool:
    """Whether a paragraph is what a gold names: the passage, else the section, else the file."""
    if gold.text:
        return in_passage(found, gold)
    return in_section(found, gold) if gold.section else in_file(found, gold)


def _near(found: StoredParagraph, golds: Sequence[Gold]) -> bool:
    return any(_is_gold(found, gold) or in_section(found, gold) for gold in golds)


def _exact(citation: Citation, sources: Mapping[str, str]) -> bool:
    words = citation.found.paragraph.text[citation.start : citation.end]
    if words != citation.quote or not words.strip():
        return False
    source = sources.get(citation.found.report.file)
    return source is None or letters(citation.quote) in source


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
    return found


def percentile(values: Collection[float], share: float) -> float:
    """The smallest value that at least `share` of all do not exceed. The values must not be empty."""
    ranked = sorted(values)
    return ranked[max(0, -int(-len(ranked) * share // 1) - 1)]
