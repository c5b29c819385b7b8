"""The examples of docs/api.md have the fields of the OpenAPI document, and say what the sample reports say."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from documents import document, rows, schema_examples
from test_docs_examples import sample_report

from service.app import create_app
from service.live import LiveIndex
from service.logs import make_log
from service.model import Kind, Outcome, Reason
from service.settings import Settings

_EXAMPLES = schema_examples("docs/api.md")


@pytest.fixture(scope="module")
def app():
    log = make_log("error")
    live = LiveIndex(Path("none"), open_newest=lambda: None, newest=lambda: None, seconds=1.0, log=log)
    slack = {"slack_signing_secret": "s", "slack_bot_token": "xoxb-1", "public_url": "https://reports.example"}
    return create_app(Settings(store_url="sqlite://", **slack), live, log)


@pytest.fixture(scope="module")
def schemas(app):
    return app.openapi()["components"]["schemas"]


def _differences(value, schema, schemas, place="") -> Iterator[str]:
    """Where a value has not just the fields that its schema has, or is of another kind."""
    if "$ref" in schema:
        schema = schemas[schema["$ref"].rsplit("/", 1)[1]]
    if options := schema.get("anyOf"):
        found = [list(_differences(value, option, schemas, place)) for option in options]
        yield from min(found, key=len)
        return
    if "enum" in schema:
        if value not in schema["enum"]:
            yield f"{place}: {value!r}"
        return
    kinds = {
        "boolean": bool,
        "object": dict,
        "array": list,
        "string": str,
        "integer": int,
        "number": (int, float),
        "null": type(None),
    }
    if (kind := schema.get("type")) and not isinstance(value, kinds[kind]):
        yield f"{place}: no {kind}"
    elif kind == "array":
        for number, item in enumerate(value):
            yield from _differences(item, schema["items"], schemas, f"{place}[{number}]")
    elif kind == "object" and (fields := schema.get("properties")):
        yield from (f"{place}.{name}: missing or unknown" for name in sorted(value.keys() ^ fields.keys()))
        for name in value.keys() & fields.keys():
            yield from _differences(value[name], fields[name], schemas, f"{place}.{name}")


@pytest.mark.parametrize(("schema", "example"), _EXAMPLES, ids=[name for name, _ in _EXAMPLES])
def test_an_example_has_the_fields_of_its_schema(schema: str, example: str, schemas) -> None:
    assert list(_differences(json.loads(example), {"$ref": f"#/components/schemas/{schema}"}, schemas)) == []


def test_a_wrong_example_would_be_noticed(schemas) -> None:
    wrong = {"text": 1, "check": "exact", "citation": [1]}
    assert len(list(_differences(wrong, schemas["ClaimBody"], schemas))) == 3


def test_every_body_of_the_api_is_shown(schemas) -> None:
    shown = {name for name, _ in _EXAMPLES}
    assert shown >= {"AskBody", "AnswerBody", "Hits", "ReportPage", "ParagraphBody", "Ratings", "Problem"}
    assert shown <= set(schemas)


def _objects(value) -> Iterator[dict]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _objects(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _objects(inner)


def _shown(field: str) -> list[dict]:
    return [o for _, example in _EXAMPLES for o in _objects(json.loads(example)) if "paragraph_id" in o and field in o]


def test_the_quotes_are_exact() -> None:
    cited = _shown("quote")
    assert cited
    for one in cited:
        assert one["text"][one["start"] : one["end"]] == one["quote"]


def test_paragraphs_are_those_of_the_sample_reports() -> None:
    shown = _shown("text")
    assert shown
    for one in shown:
        report = sample_report(one["paragraph_id"].split(":")[0])
        (found,) = [p for p in report.paragraphs if p.id == one["paragraph_id"]]
        assert (found.text, found.page, found.label) == (one["text"], one["page"], one["label"])


def test_snippets_are_the_beginning_of_their_paragraphs() -> None:
    shown = _shown("snippet")
    assert shown
    for one in shown:
        report = sample_report(one["paragraph_id"].split(":")[0])
        (found,) = [p for p in report.paragraphs if p.id == one["paragraph_id"]]
        assert found.text.startswith(one["snippet"].removesuffix("…"))


def _told_routes() -> set[tuple[str, str]]:
    return {
        (method, path)
        for row in rows("docs/api.md", "# The HTTP API")
        for method, path in re.findall(r"`(GET|POST) (\S+)`", row[0])
    }


def test_every_route_of_the_openapi_document_is_told(app) -> None:
    made = {(method.upper(), path) for path, methods in app.openapi()["paths"].items() for method in methods}
    assert made <= _told_routes()


async def _answer(app, method: str, path: str) -> httpx.Response:
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://citewise.test") as client:
        return await client.request(method, re.sub(r"\{\w+\}", "x", path), json={} if method == "POST" else None)


def test_every_route_that_is_told_exists(app) -> None:
    """Without an index a route answers 503, and one that is not there 404."""
    import asyncio

    for method, path in sorted(_told_routes()):
        reply = asyncio.run(_answer(app, method, path))
        assert reply.status_code not in (404, 405), f"{method} {path}"
    assert asyncio.run(_answer(app, "GET", "/none")).status_code == 404


def test_every_outcome_and_reason_is_told() -> None:
    told = {row[0].strip("`"): row[1] for row in rows("docs/api.md", "### What comes back")}
    assert set(re.findall(r"`(\w+)`", told["outcome"])) >= {o.value for o in Outcome}
    assert set(re.findall(r"`(\w+)`", told["reason"])) == {r.value for r in Reason}


def test_every_field_of_question_and_answer_is_told(schemas) -> None:
    asked = {row[0].strip("`") for row in rows("docs/api.md", "## Asking") if row[0].startswith("`")}
    assert asked == set(schemas["AskBody"]["properties"])
    told = {name for row in rows("docs/api.md", "### What comes back") for name in re.findall(r"`(\w+)`", row[0])}
    assert set(schemas["AnswerBody"]["properties"]) - {"id", "question", "standalone_question"} == told


def test_every_field_and_kind_of_what_was_understood_is_told(schemas) -> None:
    told = {row[0]: row[1] for row in rows("docs/api.md", "### What was understood")}
    assert {name for cell in told for name in re.findall(r"`(\w+)`", cell)} == set(
        schemas["UnderstoodBody"]["properties"]
    )
    assert set(re.findall(r"`(\w+)`", told["`kind`"])) == {kind.value for kind in Kind}


def test_every_documented_error_is_told(app) -> None:
    told = {row[0] for row in rows("docs/api.md", "## Errors")}
    made = {
        status for methods in app.openapi()["paths"].values() for way in methods.values() for status in way["responses"]
    }
    assert {status for status in made if status >= "4"} <= told


def test_the_streamed_events_are_told() -> None:
    shown = re.findall(r"^event: (\w+)$", document("docs/api.md"), re.MULTILINE)
    assert shown == ["meta", "understood", "evidence", "claim", "done"]
