"""What each rule about words tells: questions parsed and answered with it and with it switched off.

python -m eval.measure.ablation CASES.jsonl... [--index [CORPUS=]DIR]... [--rules WORDS] [--most N] [--show]

Cases are those of eval.measure.natural; where an index has a corpus before it, it gets the cases whose `corpus` that
is, else all. Only questions that are parsed otherwise without a rule are answered, with it and without. A rule that
changes nothing, or without which more questions are answered well, is to go. `--rules` takes those whose name holds
one of the words; `--most` answers but N of a rule's questions, chosen evenly. The weights of the reader were fitted
with all rules, which speaks a little for them.
"""

from __future__ import annotations

import json
import math
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

from eval.arguments import command_parser
from eval.measure.natural import Marked, marked
from indexer.encoders.port import Encoder
from indexer.index.generations import OpenIndex, open_index
from service.composition import encoder_of, open_generation, second_look_of
from service.live import OpenGeneration
from service.model import Question, Turn
from service.question import Parsed, Parser, asking, breadth, speakers, wishes
from service.question.expects import Wants
from service.question.wishes import Wish
from service.reader.question_features import question_features
from service.settings import Settings, load_settings

_NEVER = re.compile(r"(?!)")
_Neutral = Callable[[Any], Any]


def _off(old: Any) -> Any:
    """A list that holds nothing, a pattern that nothing fits."""
    return _NEVER if isinstance(old, re.Pattern) else type(old)()


def _less(*keys: object) -> _Neutral:
    """A list without some of its entries."""

    def less(old: Any) -> Any:
        if isinstance(old, Mapping):
            return {key: value for key, value in old.items() if key not in keys and value not in keys}
        if isinstance(old, frozenset):
            return old - set(keys)
        return tuple(one for one in old if one[0] not in keys)

    return less


def _gives(value: object) -> _Neutral:
    """A function that always gives this."""
    return lambda _: lambda *_args, **_named: value


def _same(_: Any) -> Any:
    """A function that gives its first argument."""
    return lambda one, *_args, **_named: one


def _cut(*parts: str) -> _Neutral:
    """A pattern without these of its words."""

    def cut(old: re.Pattern[str]) -> re.Pattern[str]:
        pattern = old.pattern
        for part in parts:
            pattern = pattern.replace(f"|{part}", "", 1)
        return re.compile(pattern, old.flags)

    return cut


def _wish(wish: Wish) -> Mapping[str, _Neutral]:
    less = _less(*(word for word, meant in wishes._WORDS.items() if meant is wish))  # noqa: SLF001
    return {"question.wishes._WORDS": less, "question.wishes.WISHING": less, "question.conversation._BARE": less}


_SAYS = "question.speakers.SAYS"
# By name: what is switched off, as names in `service`, each with what takes its place.
RULES: Mapping[str, Mapping[str, _Neutral]] = {
    "speakers: what is said of a matter, of all": {"question.speakers.asks_what_is_said": _gives(False)},
    "speakers: where it is spoken of": {"question.speakers.asks_for_mentions": _gives(False)},
    "speakers: quotations": {"question.speakers._WANTS_QUOTED": _off},
    "speakers: whose words": {"question.speakers.speakers_asked": _gives(frozenset())},
    "speakers: not of reports": {"question.speakers._OF_REPORT": _off},
    "speakers: not reports that say": {"question.speakers._REPORT": _off},
    **{f"speakers: {name}": {"question.speakers.SPEAKERS": _less(name)} for name in speakers.SPEAKERS},
    "says: think, feel, view": {_SAYS: _cut("think|thought", "feel|felt", "experience[sd]?", "view(?:s|ed)?")},
    "says: describe, report, explain": {_SAYS: _cut("describe[sd]?", "report(?:s|ed)?", "explain(?:s|ed)?")},
    "says: comment, praise, complain": {_SAYS: _cut("comment(?:s|ed)?", "praise[sd]?", "complain(?:s|ed)?")},
    **{f"expects: {kind}": {"question.expects._KINDS": _less(kind)} for kind in Wants if kind is not Wants.ANYTHING},
    "unnamed: our, my": {"question.subjects.unnamed._OURS": _off},
    "unnamed: kinds of bodies": {"question.subjects.unnamed.KINDS": _off},
    "unnamed: words before": {"question.subjects.unnamed._BEFORE": _off},
    "unnamed: not before": {"question.subjects.unnamed._NOT_AFTER": _off},
    "reports: OF_REPORTS": {"reader.question_features._OF_REPORTS": _off},
    "common: as a whole": {"question.wordlists.COMMON": _off},
    "common: prepositions": {"question.wordlists.PREPOSITIONS": _off},
    "breadth: several bodies": {"question.breadth.MANY": _off},
    "breadth: where do": {"question.breadth._WHERE": _off},
    "breadth: changes": {"question.breadth._CHANGES": _off},
    "breadth: two years": {"question.breadth._YEAR": _off},
    "breadth: two questions": {"question.breadth.parts": lambda _: lambda text: (text,)},
    **{f"wishes: {wish}": _wish(wish) for wish in Wish if wish is not Wish.NONE},
    "wishes: asking words": {"question.wishes.ASKING": _off, "question.conversation._BARE": _less(*wishes.ASKING)},
    "wishes: light words": {"question.wishes.LIGHT": _off, "question.conversation._BARE": _less(*wishes.LIGHT)},
    "asking: the last sentence that asks": {"question.asking.asking": _same},
    "asking: the rest counts less": {"question.asking._REST_WORDS": lambda _: 1.0},
    "phrases: small words": {"question.phrases._EMPTY": _off},
    "phrases: section 42": {"question.phrases._laws": _same},
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Shelf:
    """An index, and the cases that it gets."""

    settings: Settings
    cases: Sequence[Mapping[str, Any]]
    index: OpenIndex
    service: OpenGeneration
    answered: dict[str, Marked] = field(default_factory=dict)


@contextmanager
def switched_off(rule: Mapping[str, _Neutral]) -> Iterator[None]:
    """Wherever a name was imported to."""
    changed: list[tuple[Any, str, Any]] = []
    try:
        for path, neutral in rule.items():
            where, _, name = f"service.{path}".rpartition(".")
            old = getattr(sys.modules[where], name)
            new = neutral(old)
            for module in [m for key, m in sys.modules.items() if key.startswith("service.")]:
                if vars(module).get(name) is old:
                    changed.append((module, name, old))
                    setattr(module, name, new)
        yield
    finally:
        for module, name, old in changed:
            setattr(module, name, old)


class Ablation:
    def __init__(self, shelves: Sequence[Shelf], encoder: Callable[[], Encoder]) -> None:
        self._shelves = shelves
        self._encoder = encoder
        self._parsed = [_parsed(shelf) for shelf in shelves]

    def of(self, rule: Mapping[str, _Neutral], most: int | None) -> tuple[int, list[Marked], list[Marked]]:
        """How many questions a rule parses otherwise, and how those are marked with it and without it."""
        with switched_off(rule):
            without = [_parsed(shelf) for shelf in self._shelves]
        other = [
            (shelf, case)
            for shelf, own, less in zip(self._shelves, self._parsed, without, strict=True)
            for case, a, b in zip(shelf.cases, own, less, strict=True)
            if a != b
        ]
        chosen = other if most is None else other[:: max(1, math.ceil(len(other) / most))]
        for shelf, case in chosen:
            if case["id"] not in shelf.answered:
                shelf.answered[case["id"]] = _answered(shelf.service, case)
        with switched_off(rule):
            after = list(self._without(chosen))
        return len(other), [shelf.answered[case["id"]] for shelf, case in chosen], after

    def _without(self, chosen: Sequence[tuple[Shelf, Mapping[str, Any]]]) -> Iterator[Marked]:
        """Answered by a service that is opened now, and reads the lists as they are now."""
        for settings, some in groupby(chosen, key=lambda one: one[0].settings):
            opened = open_generation(settings, self._encoder, second_look_of(settings))
            try:
                yield from (_answered(opened, case) for _, case in some)
            finally:
                opened.release()


def _answered(service: OpenGeneration, case: Mapping[str, Any]) -> Marked:
    return marked(dict(case), service.answering.answer(_question(case)))


def _question(case: Mapping[str, Any]) -> Question:
    turns = tuple(Turn(question=t["question"], answer=t["answer"]) for t in case.get("history") or ())
    return Question(text=case["question"], history=turns)


def _parsed(shelf: Shelf) -> list[tuple[object, ...]]:
    """All that rules tell of each question, also where only the search or the reader asks them."""
    parser = Parser(shelf.index.catalogue, shelf.index.store)
    return [_told(parser.parse(_question(case)), shelf.index) for case in shelf.cases]


def _told(asked: Parsed, index: OpenIndex) -> tuple[object, ...]:
    terms = asking.weighed(asked.rest)
    features = question_features(asked, index.store.rarity(terms))
    said = [speakers.SAYS.pattern, *(speakers.SPEAKERS[name].pattern for name in sorted(asked.speakers))]
    times = asked.breadth is breadth.Breadth.TIMES
    return asked, terms, features, said if asked.speakers else (), breadth.without_changes(asked.bare) if times else ""


def main(arguments: Sequence[str] | None = None) -> int:
    parser = command_parser("eval.measure.ablation", __doc__)
    parser.add_argument("cases", type=Path, nargs="+")
    parser.add_argument("--index", action="append", default=[])
    parser.add_argument("--rules", nargs="+", default=[""])
    parser.add_argument("--most", type=int, metavar="N", help="answer no more of a rule's questions")
    parser.add_argument("--show", action="store_true", help="show what is marked otherwise")
    asked = parser.parse_args(arguments)
    cases = [json.loads(line) for path in asked.cases for line in path.read_text("utf-8").splitlines() if line.strip()]
    encoder = encoder_of(load_settings())
    ablation = Ablation([_shelf(named, cases, encoder) for named in asked.index or [""]], encoder)
    print(f"{'rule':48} {'other':>5} {'good':>9} {'clean':>9}")  # noqa: T201 - the command's output
    for name, rule in RULES.items():
        if any(word in name for word in asked.rules):
            parsed, before, after = ablation.of(rule, most=asked.most)
            good = f"{sum(row.good for row in before)} > {sum(row.good for row in after)}"
            clean = f"{sum(row.clean for row in before)} > {sum(row.clean for row in after)}"
            print(f"{name:48} {parsed:5} {good:>9} {clean:>9}", flush=True)  # noqa: T201
            for a, b in zip(before, after, strict=True):
                if asked.show and (a.good, a.clean) != (b.good, b.clean):
                    print(f"    {a.id} {'-' if a.clean > b.clean or a.good > b.good else '+'} {a.question}")  # noqa: T201
    return 0


def _shelf(named: str, cases: Sequence[Mapping[str, Any]], encoder: Callable[[], Encoder]) -> Shelf:
    corpus, _, folder = named.rpartition("=")
    settings = load_settings(**({"index": Path(folder)} if folder else {}))
    return Shelf(
        settings=settings,
        cases=[case for case in cases if not corpus or case.get("corpus") == corpus],
        index=open_index(settings.index),
        service=open_generation(settings, encoder, second_look_of(settings)),
    )


if __name__ == "__main__":
    sys.exit(main())
