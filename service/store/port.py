"""What the service keeps, whatever keeps it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from service.errors import ServiceError

Verdict = Literal["helpful", "unhelpful"]


class StoreError(ServiceError):
    """The store cannot be opened, read or written. Answers do without it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Feedback:
    """What somebody said of one answer. `voice` tells the people apart who may judge the same answer, as in a shared
    Slack message, and names nobody; it is empty where only one person saw the answer. `at` is in UTC."""

    answer_id: str
    verdict: Verdict
    comment: str | None
    voice: str = ""
    at: datetime


class Store(Protocol):
    """Used by one thread at a time. Every method may raise StoreError."""

    def keep_feedback(self, feedback: Feedback) -> None:
        """In place of what the same voice said of the same answer before; a comment stays if none comes after it."""

    def feedback(self, since: datetime | None = None, verdict: Verdict | None = None) -> Iterator[Feedback]:
        """The oldest first."""

    def keep_answer(self, answer_id: str, body: str, at: datetime) -> None:
        """body  the answer's JSON as it was given."""

    def answer(self, answer_id: str) -> str | None: ...

    def forget(self, before: datetime) -> int:
        """Deletes what was kept before that time, and gives how much that was."""

    def close(self) -> None: ...
