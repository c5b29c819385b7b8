"""The port of what turns evidence into claims."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from service.answers.told import Statement, Told
from service.language import Stop
from service.model import Evidence
from service.question import Parsed
from service.search import Retrieval

Heard = Callable[[Statement], None]
"""Told of each statement as soon as it stands, before the value that holds it is there."""

Found = Callable[[tuple[Evidence, ...]], None]
"""Told of the evidence that is about to be shown to a language model."""


class Listener(Protocol):
    """Whoever wants to hear an answer while it is made. `stop` is set when nobody wants it any more."""

    @property
    def stop(self) -> Stop: ...
    def found(self, evidence: tuple[Evidence, ...]) -> None: ...
    def said(self, statement: Statement) -> None: ...


class Answerer(Protocol):
    """Safe for several threads."""

    def answer(self, asked: Parsed, retrieval: Retrieval, most: int, listener: Listener) -> Told:
        """What the evidence says to a question in at most so many statements; or why it says nothing.

        The statements that the listener has heard are among those that are returned, as the same values.
        """
        ...
