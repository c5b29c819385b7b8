"""The models of a reader, fitted on cases: which paragraph answers, which sentence, and how surely. Logistic
regressions on what `service.reader` counts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold

from eval.fit.reading_cases import Case, right_sentences
from service.reader.features import PASSAGE, SENTENCE, Counted, passages, sentences
from service.reader.question_features import QuestionFeatures, question_features
from service.reader.reader import by_relevance, support_of
from service.reader.support import SUPPORT

Floats = npt.NDArray[np.float64]
Figures = Mapping[str, float]
FOLDS = 6
# How strongly large weights are held down: the inverse of scikit-learn's C.
_PASSAGE_C, _SENTENCE_C, _SUPPORT_C = 1.0, 0.3, 0.05
# What can only speak for an answer, and what can only speak against it.
_FOR = frozenset({"cosine_gap", "coverage", "fused_gap", "marked", "read", "read_gap"})
_AGAINST = frozenset({"lacks", "missing"})
# What the network says; and what is weighed where it has read. Where it has not, all but the former is.
_OF_NETWORK = frozenset({"read", "read_gap", "marked"})
_BESIDE_NETWORK = {
    PASSAGE: ("read", "read_gap", "cosine_gap", "fused_gap"),
    SENTENCE: SENTENCE,
    SUPPORT: ("read", "lacks"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A fitted logistic regression on plain, unscaled counts."""

    weights: Mapping[str, float]
    bias: float

    def __call__(self, rows: Floats, names: Sequence[str]) -> Floats:
        logits: Floats = rows @ np.asarray([self.weights.get(n, 0.0) for n in names]) + self.bias
        return logits

    def stated(self) -> dict[str, Any]:
        return {"bias": round(self.bias, 5), "weights": {n: round(w, 5) for n, w in self.weights.items() if w}}


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """Cases as rows: what was counted, what is known, how much each row weighs, and what is held out together."""

    rows: Floats
    right: npt.NDArray[np.int64]
    weight: Floats
    group: npt.NDArray[np.str_]
    of: tuple[str, ...]


def line(rows: Floats, right: npt.NDArray[np.int64], weight: Floats, names: Sequence[str], c: float) -> Line:
    """Scaled for fitting, so that all weights are held down alike, and back again. No weight has the sign that would
    speak against sense: counts overlap, and one that is held down could otherwise lift its opposite."""
    mean, spread = rows.mean(0), rows.std(0)
    spread[spread == 0] = 1.0
    scaled = np.hstack([(rows - mean) / spread, np.ones((len(rows), 1))])
    target = right * 2.0 - 1.0

    def loss(w: Floats) -> tuple[float, Floats]:
        margin = target * (scaled @ w)
        wrong = 1 / (1 + np.exp(np.clip(margin, -50, 50)))
        held = np.append(w[:-1], 0.0) / c
        value = float(weight @ np.logaddexp(0, -margin) + held @ w / 2)
        return value, held - scaled.T @ (weight * target * wrong)

    bounds = [(0.0, None) if n in _FOR else (None, 0.0) if n in _AGAINST else (None, None) for n in names]
    found = minimize(loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B", bounds=[*bounds, (None, None)])
    weights = found.x[:-1] / spread
    return Line(
        weights=dict(zip(names, map(float, weights), strict=True)),
        bias=float(found.x[-1] - weights @ mean),
    )


def held_out(told: Told, names: Sequence[str], c: float) -> Floats:
    """The probability of each row by a model that saw nothing of its group."""
    found = np.zeros(len(told.right))
    for learn, test in GroupKFold(FOLDS).split(told.rows, told.right, told.group):
        weighing = learn[told.weight[learn] > 0]
        fitted = line(told.rows[weighing], told.right[weighing], told.weight[weighing], names, c)
        found[test] = 1 / (1 + np.exp(-fitted(told.rows[test], names)))
    return found


@dataclass(frozen=True, kw_only=True, slots=True)
class Prepared:
    """A case with what is counted of its paragraphs."""

    case: Case
    question: QuestionFeatures
    counted: list[Counted]


def prepare(case: Case) -> Prepared:
    question = question_features(case.asked, case.rarity)
    return Prepared(case=case, question=question, counted=passages(question, case.evidence))


@dataclass(frozen=True, kw_only=True, slots=True)
class Fitted:
    """A model, the probability that it gives each row when held out, the figures of these, and the same without each of
    the numbers that it weighs."""

    line: Line
    answers: Floats
    figures: Figures
    without: Mapping[str, Figures]


def fitted(told: Told, every: tuple[str, ...], c: float, figures: Callable[[Floats], Figures]) -> Fitted:
    """every  what the columns of the rows are; those are weighed that the rows call for."""
    read = bool(told.rows[:, [every.index(name) for name in every if name in _OF_NETWORK]].any())
    names = _BESIDE_NETWORK[every] if read else tuple(name for name in every if name not in _OF_NETWORK)
    told = replace(told, rows=told.rows[:, [every.index(name) for name in names]])
    weighing = told.weight > 0
    answers = held_out(told, names, c)
    return Fitted(
        line=line(told.rows[weighing], told.right[weighing], told.weight[weighing], names, c),
        answers=answers,
        figures=figures(answers),
        without={name: figures(_held_out_without(told, names, c, at)) for at, name in enumerate(names)},
    )


def _held_out_without(told: Told, names: Sequence[str], c: float, place: int) -> Floats:
    kept = [at for at in range(len(names)) if at != place]
    return held_out(replace(told, rows=told.rows[:, kept]), [names[at] for at in kept], c)


def fit_passages(prepared: Sequence[Prepared], share: Mapping[str, float]) -> Fitted:
    """The figure: per set how often the best paragraph by the model, held out, is one that answers."""
    rows, right, group, of = [], [], [], []
    for at, one in enumerate(prepared):
        if one.case.answerable and any(one.case.gold):
            for counted, gold in zip(one.counted, one.case.gold, strict=True):
                rows.append(counted.passage)
                right.append(int(gold))
                group.append(one.case.group)
                of.append((one.case.set, at))
    sizes = Counter(name for name, _ in of)
    weight = np.asarray([share.get(name, 0.0) / sizes[name] for name, _ in of])
    told = Told(
        rows=np.asarray(rows),
        right=np.asarray(right),
        weight=weight * len(of) / weight.sum(),
        group=np.asarray(group),
        of=tuple(name for name, _ in of),
    )
    return fitted(told, PASSAGE, _PASSAGE_C, lambda answers: best_is_right(answers, told.right, of))


def fit_sentences(prepared: Sequence[Prepared]) -> Fitted:
    """Within the paragraphs that answer; as `fit_passages`."""
    right: list[int] = []
    rows: list[tuple[float, ...]] = []
    group, of = [], []
    for at, one in enumerate(prepared):
        for place in (i for i, gold in enumerate(one.case.gold) if gold and one.case.answerable):
            read = sentences(one.question, one.counted[place].evidence)
            known = right_sentences(one.case, place, read.spans)
            if known is None:
                continue
            rows.extend(read.rows)
            right.extend(map(int, known))
            group.extend([one.case.group] * len(known))
            of.extend([(one.case.set, at)] * len(known))
    told = Told(
        rows=np.asarray(rows),
        right=np.asarray(right),
        weight=np.ones(len(rows)),
        group=np.asarray(group),
        of=tuple(name for name, _ in of),
    )
    return fitted(told, SENTENCE, _SENTENCE_C, lambda answers: best_is_right(answers, told.right, of))


def best_is_right(found: Floats, right: npt.NDArray[np.int64], of: Sequence[tuple[str, int]]) -> dict[str, float]:
    best: dict[tuple[str, int], tuple[float, int]] = {}
    for value, true, key in zip(found.tolist(), right.tolist(), of, strict=True):
        if value > best.get(key, (-1.0, 0))[0]:  # of equal ones the first, as the service takes it
            best[key] = (value, true)
    by_set: defaultdict[str, list[int]] = defaultdict(list)
    for (name, _), (_, true) in best.items():
        by_set[name].append(true)
    return {name: round(float(np.mean(values)), 3) for name, values in by_set.items()}


def support_rows(prepared: Sequence[Prepared], passage: Line, sentence: Line) -> list[tuple[float, ...] | None]:
    return [_support_row(one, passage, sentence) for one in prepared]


def _support_row(one: Prepared, passage: Line, sentence: Line) -> tuple[float, ...] | None:
    if not one.counted:
        return None
    relevances = passage(np.asarray([c.passage for c in one.counted]), PASSAGE).tolist()
    closely = {i: sentences(one.question, one.counted[i].evidence) for i in by_relevance(relevances)[1]}
    fits = {i: sentence(np.asarray(read.rows), SENTENCE).tolist() for i, read in closely.items() if read.rows}
    return support_of(one.question, one.counted, relevances, {i: closely[i] for i in fits}, fits)


def fit_support(told: Told) -> Fitted:
    """The figure: per set the area under the curve."""
    sets = np.asarray(told.of)

    def figures(answers: Floats) -> Figures:
        by_set = {
            name: area_under_curve(answers[sets == name], told.right[sets == name]) for name in sorted(set(told.of))
        }
        return {name: value for name, value in by_set.items() if value is not None}

    return fitted(told, SUPPORT, _SUPPORT_C, figures)


def area_under_curve(found: Floats, right: npt.NDArray[np.int64]) -> float | None:
    return round(float(roc_auc_score(right, found)), 3) if len(set(right.tolist())) > 1 else None
