"""The port of what turns evidence into claims."""

from __future__ import annotations

from typing import Protocol

from service.answers.told import Statement, Told
from service.language import Stop
from service.question import Parsed
from service.search import Retrieval


class Listener(Protocol):
    """Whoever wants to hear an answer while it is made. `stop` is set when nobody wants it any more."""

    @property
    def stop(self) -> Stop: ...
    def said(self, statement: Statement) -> None: ...


class Answerer(Protocol):
    """Safe for several threads."""

    def answer(self, asked: Parsed, retrieval: Retrieval, most: int, listener: Listener) -> Told:
        """What the evidence says to a question in at most so many statements; or why it says nothing.

        The statements that the listener has heard are among those that are returned, as the same values.
        """
        ...
