"""Which sentences of a paragraph a claim says again, and how much of the claim they hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.sentences import sentence_spans
from service.question.words import has_telling
from service.reader.words import every_term

# Of sentences beside the best, those that hold so much of what the best leaves out are counted with it.
_FURTHER = 0.2
_MOST = 3
# Numbers are compared by their value, and their words tell nothing here.
_NUMERIC = re.compile(r"\d|^(?:per|cent|percent)$")


@dataclass(frozen=True, kw_only=True, slots=True)
class Aligned:
    """said  the sentences that the claim rests on, in their order, as published.
    beside   all of the cited paragraphs and what stands above them: headings, title, subject.
    terms    the claim's telling terms; `held` are those that `said` has, `near` those that `beside` has.
    """

    said: str
    beside: str
    terms: frozenset[str]
    held: frozenset[str]
    near: frozenset[str]


def align(claim: str, texts: Sequence[tuple[str, tuple[int, int] | None]], above: str) -> Aligned:
    """
    texts  cited paragraphs, each with the place of the quoted words, where words were quoted.
    above  the headings, titles and subjects of the reports that are cited.
    """
    terms = frozenset(t for t in every_term(claim) if has_telling((t,)) and not _NUMERIC.search(t))
    sentences = [(text[s:e], _overlaps((s, e), quoted)) for text, quoted in texts for s, e in sentence_spans(text)]
    own = [frozenset(every_term(sentence)) for sentence, _ in sentences]
    chosen = {at for at, (_, quoted) in enumerate(sentences) if quoted}
    covered = frozenset().union(*(own[at] for at in chosen)) & terms
    while len(chosen) < _MOST and sentences:
        best = max(range(len(sentences)), key=lambda at: len(own[at] & terms - covered))
        gained = own[best] & terms - covered
        if best in chosen or (chosen and len(gained) < _FURTHER * max(1, len(terms))):
            break
        chosen.add(best)
        covered |= gained
    beside = "\n".join((*(text for text, _ in texts), above))
    return Aligned(
        said=" ".join(sentences[at][0] for at in sorted(chosen)),
        beside=beside,
        terms=terms,
        held=terms & covered,
        near=terms & frozenset(every_term(beside)),
    )


def _overlaps(span: tuple[int, int], quoted: tuple[int, int] | None) -> bool:
    return quoted is not None and span[0] < quoted[1] and quoted[0] < span[1]
