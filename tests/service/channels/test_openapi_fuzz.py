"""Requests made from the OpenAPI document, right and wrong: no failure, no undocumented status or content."""

from __future__ import annotations

import io

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import checks
from schemathesis.generation import GenerationMode

from service.app import create_app
from service.logs import make_log
from service.settings import Settings

OPERATIONS = (
    "POST /v1/ask",
    "GET /v1/search",
    "GET /v1/reports",
    "GET /v1/reports/{report_id}",
    "GET /v1/reports/{report_id}/paragraphs",
    "GET /v1/paragraphs/{paragraph_id}",
    "GET /v1/ratings",
    "POST /v1/feedback",
    "GET /v1/answers/{answer_id}",
    "GET /healthz",
    "GET /readyz",
    "GET /metrics",
)


@pytest.fixture
def document(live):
    app = create_app(Settings(store_url="sqlite://"), live, make_log("error", io.StringIO()))
    return schemathesis.openapi.from_asgi("/openapi.json", app)


def test_every_operation_is_tried(document):
    found = {f"{op.ok().method.upper()} {op.ok().path}" for op in document.get_all_operations()}
    assert found == set(OPERATIONS)


@pytest.mark.parametrize(
    ("name", "mode"),
    [(name, GenerationMode.POSITIVE) for name in OPERATIONS]
    + [(name, GenerationMode.NEGATIVE) for name in OPERATIONS if "/v1/" in name],
)
def test_an_operation_keeps_to_its_description(document, name, mode):
    method, path = name.split()
    operation = document[path][method]
    seen = []

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=15,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def attempt(case) -> None:
        reply = case.call()
        seen.append(reply.status_code)
        # A filter that fits the schema may still name what the index does not hold: 422 is right then.
        case.validate_response(reply, excluded_checks=[checks.positive_data_acceptance])

    attempt()
    assert seen
