"""The questions of several callers, embedded together: eight at once take as long as three one by one."""

from __future__ import annotations

import threading

from indexer.encoders.port import Encoder, Vectors

# Padded to the longest of them, more than so many gain nothing.
_MOST = 16


class _Waiting:
    """A question whose vector is not there yet."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.vector: Vectors | None = None


class QueryEncoder:
    """While one call of the encoder runs, the questions that arrive wait, and go together in the next."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._waiting: list[_Waiting] = []
        self._list = threading.Lock()
        self._turn = threading.Lock()

    def encode(self, text: str) -> Vectors:
        """(dimension,), of length 1."""
        own = _Waiting(text)
        with self._list:
            self._waiting.append(own)
        with self._turn:
            if own.vector is None:  # nobody's turn has brought it along
                self._encode_with(own)
        assert own.vector is not None
        return own.vector

    def _encode_with(self, own: _Waiting) -> None:
        with self._list:
            together = [own, *(w for w in self._waiting if w is not own)][:_MOST]
            self._waiting = [w for w in self._waiting if w not in together]
        for one, vector in zip(together, self._encoder.encode_queries([w.text for w in together]), strict=True):
            one.vector = vector
