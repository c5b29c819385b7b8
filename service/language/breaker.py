"""Leaves a server alone that does not answer, and tries it again after a while."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

_FAULTS = 3
_FIRST_PAUSE = 15.0
_LONGEST_PAUSE = 300.0


class Breaker:
    """Opens after three faults in a row; then lets one call through after a pause that doubles. Safe for several
    threads. `clock` is in seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._faults = 0
        self._pause = _FIRST_PAUSE
        self._until = 0.0

    def allows(self) -> bool:
        """Whether a call may be made now. Of those that come after a pause one is let through to try."""
        with self._lock:
            if self._faults < _FAULTS:
                return True
            if self._clock() < self._until:
                return False
            self._until = self._clock() + self._pause
            return True

    def succeeded(self) -> None:
        with self._lock:
            self._faults, self._pause = 0, _FIRST_PAUSE

    def failed(self) -> None:
        with self._lock:
            self._faults += 1
            if self._faults > _FAULTS:
                self._pause = min(self._pause * 2, _LONGEST_PAUSE)
            if self._faults >= _FAULTS:
                self._until = self._clock() + self._pause
