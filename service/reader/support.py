"""What is counted of a question beside all its evidence, to tell how surely it is answered there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from service.question.expects import Wants
from service.reader.features import PASSAGE, SENTENCE, Counted
from service.reader.question_features import NEGATIVE, Sought
from service.reader.words import STEM, terms_of

SUPPORT = (
    # of the whole search
    "cosine", "cosine_margin", "cosine_spread", "lexical_margin", "agree_cosine", "agree_lexical", "relevance",
    "relevance_margin", "fit", "fit_margin", "others_relevant", "read", "read_best", "read_margin", "marked",
    # of the best sentence, its paragraph, all the evidence
    "sentence", "sentence_forms", "neighbours", "paragraph", "evidence", "heading", "density", "pairs",
    "missing_rarest", "missing_paragraph_rarest", "missing_elsewhere", "missing_nowhere", "missing_count",
    "names", "names_paragraph", "names_elsewhere", "name_missing", "numbers_paragraph", "number_missing",
    "number_elsewhere", "only_one", "only_one_missing", "only_one_missing_paragraph", "opposite", "negation_asked",
    "negation_differs", "negation_added", "kind_missing", "kind_new", "kind_near",
    "said_by", "not_said_by", "leans", "sentence_length",
    # of the question
    "terms", "has_names", "has_numbers", "rarest", "wants_date", "wants_number", "wants_entity", "wants_reason",
    "wants_manner", "wants_list", "wants_whether", "wants_state", "wants_anything",
)  # fmt: skip
_WANTS = {
    Wants.DATE: "wants_date",
    Wants.NUMBER: "wants_number",
    Wants.PERSON: "wants_entity",
    Wants.PLACE: "wants_entity",
    Wants.NAME: "wants_entity",
    Wants.REASON: "wants_reason",
    Wants.MANNER: "wants_manner",
    Wants.LIST: "wants_list",
    Wants.WHETHER: "wants_whether",
    Wants.STATE: "wants_state",
    Wants.ANYTHING: "wants_anything",
}
_OPPOSITES = (
    "increase decrease reduce fall drop", "rise fall", "more less fewer", "most least fewest", "high low",
    "higher lower", "highest lowest", "large small", "larger smaller", "largest smallest", "biggest smallest",
    "first last", "before after", "earlier later", "earliest latest", "old new", "oldest newest youngest",
    "north south", "east west", "northern southern", "eastern western", "open close", "opened closed",
    "begin end", "start end stop", "win lose", "won lost", "support oppose", "allow forbid prohibit ban",
    "accept reject refuse", "import export", "buy sell", "bought sold", "public private", "internal external",
    "good bad poor", "better worse", "best worst", "strong weak", "strength weakness", "easy difficult hard",
    "success failure", "agree disagree", "gain loss", "male female", "men women", "rich poor", "positive negative",
    "minimum maximum", "inside outside", "above below", "add remove", "include exclude", "join leave",
    "married divorced", "create destroy", "long short", "fast slow", "early late", "major minor", "always never",
    "outstanding inadequate", "simple complex", "possible impossible", "able unable", "legal illegal",
    "satisfied dissatisfied", "appear disappear", "superior inferior", "majority minority", "active passive",
    "adult child", "ancient modern", "domestic foreign", "voluntary compulsory", "expand shrink", "attack defend",
    "deterministic probabilistic", "second third fourth",
    "january february march april june july august september october november december",
)  # fmt: skip


def _opposites() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in _OPPOSITES:
        first, *rest = (terms_of(word)[0] for word in row.split())
        for other in rest:
            found.setdefault(first, set()).add(other)
            found.setdefault(other, set()).add(first)
            if len(rest) > 3:
                found[other].update(rest)
    return {term: frozenset(others - {term}) for term, others in found.items()}


OPPOSITE: Mapping[str, frozenset[str]] = _opposites()


@dataclass(frozen=True, kw_only=True, slots=True)
class Best:
    """A sentence, its paragraph, and how well both fit together, as a logit."""

    passage: Counted
    text: str
    terms: set[str]
    row: Sequence[float]
    fit: float


def support_row(
    sought: Sought, counted: Sequence[Counted], bests: Sequence[Best], relevances: Sequence[float]
) -> tuple[float, ...]:
    """By the names of SUPPORT.

    counted     as found.
    bests       each read paragraph's best sentence, the best first.
    relevances  logits, as `counted`.
    """
    best = bests[0]
    row = _of_search(best, counted, bests, relevances)
    row |= _of_words(sought, best, counted)
    row |= _of_question(sought)
    return tuple(float(row.get(name, 0.0)) for name in SUPPORT)


def _of_search(
    best: Best, counted: Sequence[Counted], bests: Sequence[Best], relevances: Sequence[float]
) -> dict[str, float]:
    at = {name: place for place, name in enumerate(PASSAGE)}
    cosines = sorted((c.passage[at["cosine"]] for c in counted), reverse=True)
    lexical = sorted((c.passage[at["lexical"]] for c in counted), reverse=True)
    ranked = sorted(relevances, reverse=True)
    own = best.passage.passage
    read = sorted((c.passage[at["read"]] for c in counted), reverse=True)
    second = next((b.fit for b in bests[1:]), best.fit - 3.0)
    return {
        "cosine": cosines[0],
        "cosine_margin": cosines[0] - cosines[1] if len(cosines) > 1 else 0.0,
        "cosine_spread": cosines[0] - sum(cosines[:10]) / len(cosines[:10]),
        "lexical_margin": lexical[0] - lexical[1] if len(lexical) > 1 else 0.0,
        "agree_cosine": own[at["cosine_gap"]],
        "agree_lexical": own[at["lexical"]],
        "relevance": ranked[0],
        "relevance_margin": ranked[0] - ranked[1] if len(ranked) > 1 else 0.0,
        "fit": best.fit,
        "fit_margin": min(best.fit - second, 5.0),
        "others_relevant": sum(r > ranked[0] - 1.0 for r in ranked[1:]) / 5.0,
        "read": own[at["read"]],
        "read_best": read[0],
        "read_margin": min(read[0] - read[1], 5.0) if len(read) > 1 else 0.0,
        "marked": best.row[SENTENCE.index("marked")],
        "heading": own[at["heading"]],
        "paragraph": own[at["paragraph"]],
    }


def _of_words(sought: Sought, best: Best, counted: Sequence[Counted]) -> dict[str, float]:
    row = dict(zip(SENTENCE, best.row, strict=True))
    inside = best.passage.terms | best.passage.heading
    forms = {t[:STEM] for t in best.terms}
    forms_inside = {t[:STEM] for t in inside}
    around = set().union(*(c.terms for c in counted if c is not best.passage)) if len(counted) > 1 else set()
    rarest = max(sought.rarity.values(), default=1.0) or 1.0

    def missing(terms: set[str], stems: set[str]) -> list[str]:
        return [
            t for t in sought.weights if t not in terms and t not in sought.focus and sought.stems.get(t) not in stems
        ]

    out_of_sentence, out = missing(best.terms, forms), missing(inside, forms_inside)
    names_out, numbers_out = sought.names.intersection(out), sought.numbers.intersection(out)
    opposite = any(OPPOSITE[t] & best.terms for t in sought.weights if t in OPPOSITE and t not in best.terms)
    return {
        "sentence": row["coverage"],
        "sentence_forms": row["other_forms"],
        "neighbours": row["with_neighbours"],
        "density": row["density"],
        "pairs": row["pairs"],
        "evidence": sought.weight(inside | around),
        "missing_rarest": max((sought.rarity[t] for t in out_of_sentence), default=0.0) / rarest,
        "missing_paragraph_rarest": max((sought.rarity[t] for t in out), default=0.0) / rarest,
        "missing_elsewhere": sum(sought.weights[t] for t in out if t in around),
        "missing_nowhere": sum(sought.weights[t] for t in out if t not in around),
        "missing_count": len(out) / 4.0,
        "names": row["names"],
        "names_paragraph": 1.0 - len(names_out) / len(sought.names) if sought.names else 1.0,
        "names_elsewhere": bool(names_out & around),
        "name_missing": bool(names_out),
        "numbers_paragraph": 1.0 - len(numbers_out) / len(sought.numbers) if sought.numbers else 1.0,
        "number_missing": bool(numbers_out),
        "number_elsewhere": bool(numbers_out & around),
        "only_one": bool(sought.only_one),
        "only_one_missing": bool(sought.only_one - best.terms),
        "only_one_missing_paragraph": bool(sought.only_one - inside),
        "opposite": opposite,
        "negation_asked": sought.negative,
        "negation_differs": row["negation_differs"],
        "negation_added": not sought.negative and bool(NEGATIVE.search(best.text)),
        **{name: row[name] for name in ("kind_missing", "kind_new", "kind_near", "said_by", "not_said_by", "leans")},
        "sentence_length": row["length"],
    }


def _of_question(sought: Sought) -> dict[str, float]:
    return {
        "terms": len(sought.weights) / 8.0,
        "has_names": bool(sought.names),
        "has_numbers": bool(sought.numbers),
        "rarest": max(sought.rarity.values(), default=0.0) / 10.0,
        _WANTS[sought.wants]: 1.0,
    }
