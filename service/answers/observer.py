"""Whoever watches an answer being made: a stream, or nobody."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from service.language.port import Stop
from service.model import Citation, Claim, Evidence, Understood


class Observer(Protocol):
    """Whoever wants to see an answer while it is made. `stop` is set when nobody wants it any more.

    progressed  told while reports are asked one by one: how many of how many are read.
    """

    @property
    def stop(self) -> Stop: ...
    def began(self, answer_id: str, standalone_question: str) -> None: ...
    def understood(self, understood: Understood) -> None: ...
    def progressed(self, read: int, of: int) -> None: ...
    def found(self, evidence: Sequence[Evidence]) -> None: ...
    def claimed(self, claim: Claim, citations: Sequence[Citation]) -> None: ...


class NoObserver:
    def __init__(self) -> None:
        self.stop = Stop()

    def began(self, answer_id: str, standalone_question: str) -> None:
        pass

    def understood(self, understood: Understood) -> None:
        pass

    def progressed(self, read: int, of: int) -> None:
        pass

    def found(self, evidence: Sequence[Evidence]) -> None:
        pass

    def claimed(self, claim: Claim, citations: Sequence[Citation]) -> None:
        pass
