from __future__ import annotations

from types import SimpleNamespace

from eval.measure.recorded import AnswerRead
from eval.measure.written import written


def row(claims: int, **provenance: object) -> SimpleNamespace:
    answer = AnswerRead.model_validate(
        {
            "outcome": "answered", "reason": None, "answer": "", "standalone_question": "q", "citations": [],
            "claims": [{"text": "c", "citations": [1]}] * claims, "provenance": provenance,
        }
    )  # fmt: skip
    return SimpleNamespace(asked=SimpleNamespace(answer=answer))


def test_claims_are_counted_by_what_became_of_them() -> None:
    found = written(
        [
            row(3, answerer="generative", model="m", dropped={"number": 1}),
            row(2, answerer="extractive", model="m", dropped={"number": 2, "name": 2}, fallback="unsupported"),
            row(5, answerer="extractive", model=None),
            SimpleNamespace(asked=SimpleNamespace(answer=None)),
        ]
    )
    assert found is not None
    assert found.stated() == {
        "asked": 2, "wrote": 1, "claims": 8, "shown": 0.375, "dropped": {"name": 0.25, "number": 0.375},
        "fallbacks": {"unsupported": 1},
    }  # fmt: skip


def test_without_a_model_there_is_nothing_to_tell() -> None:
    assert written([row(1, answerer="extractive", model=None)]) is None
