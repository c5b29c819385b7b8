"""Questions that wait for the encoder go together, and each gets its own vector."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from service.search.together import QueryEncoder


class SlowEncoder:
    """A vector that tells its text; the first call waits until it is let go."""

    def __init__(self) -> None:
        self.calls: list[list[str]] = []
        self.first_has_begun = threading.Event()
        self.go = threading.Event()

    def encode_queries(self, texts):
        self.calls.append(list(texts))
        self.first_has_begun.set()
        assert self.go.wait(10)
        if "broken" in texts:
            raise RuntimeError("the encoder fell over")
        return np.array([[float(text.removeprefix("q"))] for text in texts], np.float32)


def test_questions_that_arrive_while_a_call_runs_go_together_in_the_next():
    slow = SlowEncoder()
    encoder = QueryEncoder(slow)
    with ThreadPoolExecutor(20) as pool:
        first = pool.submit(encoder.encode, "q0")
        assert slow.first_has_begun.wait(10)
        others = [pool.submit(encoder.encode, f"q{n}") for n in range(1, 20)]
        while len(encoder._waiting) < 19:
            pass
        slow.go.set()
        assert first.result()[0] == 0.0
        assert [f.result()[0] for f in others] == list(range(1, 20))
    assert [len(call) for call in slow.calls] == [1, 16, 3]


def test_a_fault_reaches_its_caller_and_the_next_question_is_answered():
    slow = SlowEncoder()
    slow.go.set()
    encoder = QueryEncoder(slow)
    with pytest.raises(RuntimeError, match="fell over"):
        encoder.encode("broken")
    assert encoder.encode("q7")[0] == 7.0
