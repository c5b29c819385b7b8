"""The port of a language model: messages in, pieces of text out."""

from __future__ import annotations

import threading
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal, Protocol

from service.errors import ServiceError


class Fault(StrEnum):
    """Why a model gave nothing, as `provenance` tells it."""

    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    BUSY = "busy"
    REJECTED = "rejected"  # the server wants another key, name or address
    INVALID = "invalid"  # what came is not what was asked for
    CANCELLED = "cancelled"


class ModelError(ServiceError):
    """The message is for logs and names no words of the prompt or the answer."""

    def __init__(self, fault: Fault, message: str) -> None:
        super().__init__(message)
        self.fault = fault


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    role: Literal["system", "user"]
    content: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Usage:
    """Tokens, as the server counts them."""

    prompt: int
    completion: int


class Stop(threading.Event):
    """Set by whoever no longer wants the text, from any thread."""


class LanguageModel(Protocol):
    """Safe for several threads."""

    @property
    def name(self) -> str: ...

    def write(self, messages: Sequence[Message], schema: Mapping[str, Any], stop: Stop) -> Generator[str, None, None]:
        """The text in pieces, as they come; `schema` is what its JSON should be like, which no server guarantees.

        Raises ModelError, before or between the pieces.
        """
        ...

    def unusable(self) -> None:
        """What the last text held was not what was asked for: ask in another way next time."""
        ...
