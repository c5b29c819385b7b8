"""Questions about ratings, parsed: every word has a role in them, or is left over."""

from __future__ import annotations

from indexer.index.catalogue import Catalogue
from service.question.scores.parse import parse
from service.question.scores.parsed import Aim, Premise, ScoreFilter, ScoresParsed, Times, Turn
from service.question.scores.scale import Scales
from service.question.sections import Sections

__all__ = ["Aim", "Premise", "ScoreFilter", "Scores", "ScoresParsed", "Times", "Turn"]


class Scores:
    """Safe for several threads."""

    def __init__(self, catalogue: Catalogue, sections: Sections) -> None:
        self.scales = Scales(catalogue, sections)

    def parse(self, rest: str, *, named: int) -> ScoresParsed:
        """
        rest   the question without the names of subjects.
        named  how many it names.
        """
        return parse(rest, named, self.scales) if self.scales.ratings else ScoresParsed()
