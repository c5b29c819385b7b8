"""What a chat needs to remember for a while: bounded in time and in number, and gone with the process."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class ExpiringCache(Generic[Key, Value]):
    """The newest `most` values, each for `seconds` since it was put. For one event loop."""

    def __init__(self, *, most: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._seconds = seconds
        self._clock = clock
        self._kept: OrderedDict[Key, tuple[float, Value]] = OrderedDict()

    def put(self, key: Key, value: Value) -> None:
        self._kept[key] = (self._clock(), value)
        self._kept.move_to_end(key)
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)

    def get(self, key: Key) -> Value | None:
        at, value = self._kept.get(key, (None, None))
        return value if at is not None and self._clock() - at < self._seconds else None

    def remove(self, key: Key) -> None:
        self._kept.pop(key, None)


class Deduplicator:
    """Tells what comes for the first time from what Slack, or a replayed request, sends again."""

    def __init__(
        self, *, most: int = 10_000, seconds: float = 3600, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._seen: ExpiringCache[str, bool] = ExpiringCache(most=most, seconds=seconds, clock=clock)

    def is_new(self, name: str | None) -> bool:
        """Whether `name` comes for the first time; what has no name always does."""
        if name is None:
            return True
        if self._seen.get(name):
            return False
        self._seen.put(name, True)
        return True

    def remove(self, name: str) -> None:
        """`name` is new again, as what it stood for did not happen."""
        self._seen.remove(name)
