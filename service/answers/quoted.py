"""From retrieved evidence to claims: read, judged, and quoted sentence by sentence; or why not."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.index.catalogue import Catalogue
from service.answers.draft import Draft
from service.answers.judged import Support, judge
from service.answers.port import Add, Stated
from service.answers.sentences import extract
from service.model import Evidence, Reason
from service.question import Parsed
from service.reader import FittedReader, Reading
from service.search import Retrieval


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """What was read for a question, and whether it can be answered from."""

    asked: Parsed
    reading: Reading
    support: Support

    @property
    def reason(self) -> Reason | None:
        return self.support.reason

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """What answers best first."""
        return tuple(one.evidence for one in self.reading.passages)


class Quoting:
    """The answerer that needs no language model: what answers, word for word. Safe for several threads."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._reader = FittedReader()

    def answer(self, asked: Parsed, retrieval: Retrieval, most: int, draft: Draft, add: Add) -> Reason | None:
        """As the port says."""
        return self.told(self.judged(asked, retrieval, draft), most, draft, add)

    def judged(self, asked: Parsed, retrieval: Retrieval, draft: Draft) -> Judged:
        """Reads the evidence; the draft is told how likely it answers."""
        reading = self._reader.read(asked, retrieval.rarity, retrieval.evidence)
        if retrieval.evidence:
            draft.supports.append(reading.support)
        return Judged(asked=asked, reading=reading, support=judge(asked, retrieval, reading))

    def told(self, judged: Judged, most: int, draft: Draft, add: Add) -> Reason | None:
        """As `answer`, of what was judged."""
        if judged.reason is not None:
            draft.note(judged.support.explanation)
            return judged.reason
        for one in extract(judged.asked, judged.reading, most, self._catalogue.following):
            add(Stated(text=one.text, rests=(one,)))
        return None
