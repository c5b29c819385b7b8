"""How a language model fared in a run: which of its claims were shown, which check dropped the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eval.measure.scoring import Row


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """asked    questions that the model was shown evidence for.
    wrote      of those, answers whose claims are the model's; `fallbacks` why others are not, or end early.
    shown      its claims that stood; `dropped` those that did not, by the check that they failed.
    """

    asked: int
    wrote: int
    shown: int
    dropped: Mapping[str, int]
    fallbacks: Mapping[str, int]

    @property
    def claims(self) -> int:
        return self.shown + sum(self.dropped.values())

    def stated(self) -> dict[str, object]:
        """Of all its claims, the shares that were shown and that each check dropped."""
        of = max(1, self.claims)
        return {
            "asked": self.asked,
            "wrote": self.wrote,
            "claims": self.claims,
            "shown": round(self.shown / of, 4),
            "dropped": {check: round(count / of, 4) for check, count in sorted(self.dropped.items())},
            "fallbacks": dict(sorted(self.fallbacks.items())),
        }


def written(rows: Sequence[Row]) -> Written | None:
    """None where no model was asked."""
    answers = [a for row in rows if (a := row.asked.answer) is not None and a.provenance.model is not None]
    if not answers:
        return None
    own = [a for a in answers if a.provenance.answerer == "generative"]
    return Written(
        asked=len(answers),
        wrote=len(own),
        shown=sum(len(a.claims) for a in own),
        dropped=dict(sum((Counter(a.provenance.dropped) for a in answers), Counter[str]())),
        fallbacks=Counter(a.provenance.fallback for a in answers if a.provenance.fallback),
    )
