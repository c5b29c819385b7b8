from __future__ import annotations

import pytest

pytestmark = pytest.mark.anyio


async def test_an_unknown_route_and_a_wrong_method_are_problems(door, expect_problem):
    expect_problem(await door.get("/v2/ask"), 404)
    assert expect_problem(await door.get("/v1/ask"), 405)
    reply = await door.client.request("DELETE", "/v1/reports")
    expect_problem(reply, 405)
    assert "GET" in reply.headers["allow"]


async def test_an_unforeseen_failure_is_logged_and_tells_nothing(door, fake_index, expect_problem):
    def fail() -> None:
        raise RuntimeError("a secret path")

    fake_index.before = fail
    reply = await door.ask()
    fault = expect_problem(reply, 500)
    assert "secret" not in reply.text
    logged = next(line for line in door.log if line["level"] == "error")
    assert "a secret path" in logged["exception"]
    assert logged["request_id"] == fault["instance"].removeprefix("urn:request:")


async def test_a_request_id_is_kept_if_it_is_fit(door):
    assert (await door.get("/healthz", headers={"X-Request-ID": "abc-123_X"})).headers["x-request-id"] == "abc-123_X"
    for unfit in ("a b", "x" * 65, "é", "a;b"):
        reply = await door.get("/healthz", headers={"X-Request-ID": unfit.encode()})
        assert reply.headers["x-request-id"] != unfit


async def test_every_response_has_the_security_headers(door):
    for path in ("/", "/v1/reports", "/nowhere", "/static/citewise.css"):
        headers = (await door.get(path)).headers
        assert headers["content-security-policy"].startswith("default-src 'none'; style-src 'self'")
        assert headers["x-content-type-options"] == "nosniff"


async def test_the_log_has_the_route_and_never_the_question(live, new_door):
    door = new_door(live)
    await door.ask("Staff and Mrs Doe")
    await door.get("/v1/search", params={"q": "Mrs Doe"})
    await door.get("/v1/paragraphs/aldermere-2025:safe:1")
    await door.get("/Mrs/Doe")
    assert "Doe" not in door.lines.getvalue()
    assert [(line["method"], line["route"], line["status"]) for line in door.log] == [
        ("POST", "/v1/ask", 200),
        ("GET", "/v1/search", 200),
        ("GET", "/v1/paragraphs/{paragraph_id}", 200),
        ("GET", "none", 404),
    ]
    assert all(line["ms"] >= 0 and line["request_id"] for line in door.log)


async def test_questions_are_logged_if_that_is_switched_on(live, new_door):
    door = new_door(live, log_questions=True)
    await door.ask("Staff and Mrs Doe")
    assert door.log[0]["question"] == "Staff and Mrs Doe"


async def test_metrics_count_requests_and_outcomes(door):
    await door.ask()
    await door.ask("zzz")
    await door.get("/secret-path")
    reply = await door.get("/metrics")
    assert reply.headers["content-type"].startswith("text/plain")
    assert 'citewise_requests_total{method="POST",route="/v1/ask",status="200"} 2.0' in reply.text
    assert 'citewise_answers_total{outcome="answered",reason="none"} 1.0' in reply.text
    assert 'citewise_answers_total{outcome="not_found",reason="no_evidence"} 1.0' in reply.text
    assert 'citewise_index_info{generation="g1"} 1.0' in reply.text
    assert "citewise_request_seconds_bucket" in reply.text
    assert "secret-path" not in reply.text


async def test_it_is_alive_at_once_and_ready_when_the_index_is_open(fake_index, new_door, expect_problem, wait):
    live = fake_index.live()
    door = new_door(live)
    assert (await door.get("/healthz")).json() == {"status": "ok"}
    not_yet = await door.get("/readyz")
    assert "opening the index" in expect_problem(not_yet, 503)["detail"]
    assert not_yet.headers["retry-after"]
    expect_problem(await door.ask(), 503)
    expect_problem(await door.get("/reports"), 503)
    live.start()
    wait(lambda: live.readiness().ready)
    body = (await door.get("/readyz")).json()
    assert (body["status"], body["generation"], body["counts"]["reports"]) == ("ready", "g1", 2)
    live.close()


async def test_a_move_that_failed_shows_as_degraded(live, fake_index, door, wait):
    def fail() -> None:
        raise RuntimeError("torn")

    fake_index.opening = fail
    fake_index.current = "g2"
    wait(lambda: live.readiness().degraded)
    body = (await door.get("/readyz")).json()
    assert (body["status"], body["generation"]) == ("degraded", "g1")
    assert (await door.ask()).status_code == 200


async def test_the_openapi_document_describes_every_error_as_a_problem(door):
    document = (await door.get("/openapi.json")).json()
    operations = [op for path in document["paths"].values() for op in path.values()]
    assert len({op["operationId"] for op in operations}) == len(operations) == 12
    for operation in operations:
        for status, response in operation["responses"].items():
            if int(status) >= 400:
                assert list(response["content"]) == ["application/problem+json"]
    assert "HTTPValidationError" not in document["components"]["schemas"]
    assert "errors" in document["components"]["schemas"]["Problem"]["properties"]
