"""What a chat needs to remember for a while: bounded in time and in number, and gone with the process."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class Recent(Generic[Key, Value]):
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

    def forget(self, key: Key) -> None:
        self._kept.pop(key, None)


class Once:
    """Tells what comes for the first time from what Slack, or a replayed request, sends again."""

    def __init__(
        self, *, most: int = 10_000, seconds: float = 3600, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._seen: Recent[str, bool] = Recent(most=most, seconds=seconds, clock=clock)

    def first(self, name: str | None) -> bool:
        """Whether `name` is new; what has no name always is."""
        if name is None:
            return True
        if self._seen.get(name):
            return False
        self._seen.put(name, True)
        return True

    def forget(self, name: str) -> None:
        """It is new again."""
        self._seen.forget(name)
