"""How a claim differs from what it cites, counted by kind. A count of 0 says nothing against the claim."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from service.answers.written.checks import names, wording
from service.answers.written.checks.alignment import Aligned, align
from service.answers.written.checks.quantities import bounded, quantities, stated
from service.answers.written.checks.wording import Hedge
from service.question.words import has_telling

_PLANS = frozenset({Hedge.PLANNED, Hedge.BEGUN})
_PARTS = frozenset({Hedge.SOME, Hedge.FEW, Hedge.MOST, Hedge.MANY})


def discrepancies(
    claim: str, texts: Sequence[tuple[str, tuple[int, int] | None]], above: str
) -> tuple[Mapping[str, float], Aligned]:
    """Counts by kind of discrepancy, and the claim aligned; `texts` and `above` as `align` takes them."""
    aligned = align(claim, texts, above)
    found = quantities(claim)
    told, near = quantities(aligned.said), quantities(aligned.beside)
    claimed, said = wording.hedges(claim), wording.hedges(aligned.said)
    of_this = wording.hedges(aligned.said, aligned.terms)
    lost = wording.lost(claimed, of_this)
    of = max(1, len(aligned.terms))
    own = [term for term, _ in wording.polarities(claim)]
    return {
        "address": len(names.unknown_addresses(claim, aligned.beside)),
        "quotation": len(names.unknown_quotations(claim, aligned.beside)),
        "number": sum(not stated(one, near) for one in found),
        "name": len(names.unknown_names(claim, aligned.beside)),
        "bound": sum(stated(one, told) and not bounded(one, told) for one in found),
        "negation": _negation(claim, aligned),
        "lost_part": len(lost & _PARTS),
        "lost_may": float(Hedge.MAY in lost),
        "lost_plan": len(lost & _PLANS),
        "added": len(wording.added(claimed, said)),
        "weakened": float(wording.weakened(claimed, of_this)),
        "direction": len(wording.reversed_terms(own, frozenset(t for t, _ in wording.polarities(aligned.said)))),
        "missing": len(aligned.terms - aligned.held) / of,
        "missing_near": len(aligned.terms - aligned.near) / of,
        "new": len(aligned.terms - aligned.near),
        "longer": max(0.0, len(claim) / max(1, len(aligned.said)) - 1.0),
    }, aligned


def _negation(claim: str, aligned: Aligned) -> float:
    """The share of the terms that both have which stand under a negation in one alone."""
    said: dict[str, set[bool]] = {}
    for term, under in wording.polarities(aligned.said):
        said.setdefault(term, set()).add(under)
    shared = [(term, under) for term, under in wording.polarities(claim) if term in said and has_telling((term,))]
    if not shared:
        return float(wording.negated(claim) is not wording.negated(aligned.said)) / 2
    return sum(under not in said[term] for term, under in shared) / len(shared)
