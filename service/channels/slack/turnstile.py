"""How many questions one person, and one workspace, may have in progress."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

# A person reads one answer at a time; a workspace gets no more than the service works on at once by default.
OF_A_PERSON = 2
OF_A_WORKSPACE = 8


class Turnstile:
    """For one event loop."""

    def __init__(self, *, person: int = OF_A_PERSON, workspace: int = OF_A_WORKSPACE) -> None:
        self._person = person
        self._workspace = workspace
        self._inside: Counter[tuple[str, ...]] = Counter()
        self._empty = asyncio.Event()
        self._empty.set()

    @contextmanager
    def passing(self, workspace: str, person: str) -> Iterator[bool]:
        """Whether there is room; if so, the place is held while the block runs."""
        counted = ((workspace, person), (workspace,))
        if self._inside[counted[0]] >= self._person or self._inside[counted[1]] >= self._workspace:
            yield False
            return
        for key in counted:
            self._inside[key] += 1
        self._empty.clear()
        try:
            yield True
        finally:
            for key in counted:
                self._inside[key] -= 1
            self._inside = +self._inside
            if not self._inside:
                self._empty.set()

    async def emptied(self, seconds: float) -> bool:
        """Waits until nothing is in progress; False if that takes longer."""
        try:
            await asyncio.wait_for(self._empty.wait(), seconds)
        except TimeoutError:
            return False
        return True
