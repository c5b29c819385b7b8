"""The ways of asking a server for JSON, and which of them it understands."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from service.language.port import Message

# Parameters that some servers or models refuse, and that an answer can do without.
_OPTIONAL = ("stream_options", "temperature", "max_tokens")


class Way(StrEnum):
    JSON_SCHEMA = "json_schema"
    JSON_OBJECT = "json_object"
    PLAIN = "plain"


class Asking:
    """What is known of one server and model; safe for several threads.

    It begins with the way that binds the model most, and steps down where a server refuses it, or where what comes is
    not JSON. It does not step up again: a server that is replaced comes with a restart or another address.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._way = Way.JSON_SCHEMA
        self._without: set[str] = set()
        self._renamed: dict[str, str] = {}

    @property
    def way(self) -> Way:
        return self._way

    def body(
        self, name: str, messages: Sequence[Message], schema: Mapping[str, Any], *, most_tokens: int
    ) -> tuple[Way, dict[str, Any]]:
        with self._lock:
            way, without, renamed = self._way, set(self._without), dict(self._renamed)
        body: dict[str, Any] = {
            "model": name,
            "messages": [{"role": m.role, "content": m.content} for m in messages],
            "stream": True,
        }
        optional = {"stream_options": {"include_usage": True}, "temperature": 0, "max_tokens": most_tokens}
        body |= {renamed.get(key, key): value for key, value in optional.items() if key not in without}
        if way is Way.JSON_SCHEMA:
            named = {"name": "claims", "strict": True, "schema": schema}
            body["response_format"] = {"type": "json_schema", "json_schema": named}
        elif way is Way.JSON_OBJECT:
            body["response_format"] = {"type": "json_object"}
        return way, body

    def refused(self, way: Way, complaint: str) -> bool:
        """Learns from a server's refusal of a request; whether there is another way to try."""
        with self._lock:
            if "max_completion_tokens" in complaint and "max_tokens" not in self._renamed:
                self._renamed["max_tokens"] = "max_completion_tokens"
                return True
            named = next((p for p in _OPTIONAL if p in complaint and p not in self._without), None)
            if named is not None:
                self._without.add(named)
                return True
        return self.down(way)

    def down(self, way: Way) -> bool:
        """Steps down from a way, unless another thread has; whether there was a step."""
        ways = list(Way)
        with self._lock:
            if way is Way.PLAIN:
                return False
            if self._way is way:
                self._way = ways[ways.index(way) + 1]
            return True
