"""Whoever watches an answer being made: a stream, or nobody."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from service.language.port import Stop
from service.model import Citation, Claim, Evidence


class Observer(Protocol):
    """Whoever wants to see an answer while it is made. `stop` is set when nobody wants it any more."""

    @property
    def stop(self) -> Stop: ...
    def began(self, answer_id: str, standalone_question: str) -> None: ...
    def found(self, evidence: Sequence[Evidence]) -> None: ...
    def claimed(self, claim: Claim, citations: Sequence[Citation]) -> None: ...


class NoObserver:
    def __init__(self) -> None:
        self.stop = Stop()

    def began(self, answer_id: str, standalone_question: str) -> None:
        pass

    def found(self, evidence: Sequence[Evidence]) -> None:
        pass

    def claimed(self, claim: Claim, citations: Sequence[Citation]) -> None:
        pass
