from __future__ import annotations

import asyncio
import json
import threading

import pytest

from service.channels.api.ask_request import AskBody
from service.model import Correction, Kind, Understood

pytestmark = pytest.mark.anyio


async def test_the_answer_has_the_contracts_shape(door):
    answer = (await door.ask(filters={"reports": ["aldermere-2025"]})).json()
    assert list(answer) == [
        "id", "question", "standalone_question", "outcome", "reason", "answer", "understood", "claims", "shown",
        "citations", "groups", "notes", "choices", "ratings", "nearest", "searched", "provenance", "attribution", "timings_ms",
        "support",
    ]  # fmt: skip
    citation = answer["citations"][0]
    assert citation["text"][citation["start"] : citation["end"]] == citation["quote"]
    assert citation["paragraph_id"] == "aldermere-2025:feedback:1"
    assert citation["url"] == "/reports/aldermere-2025#feedback.1"
    assert citation["report"] == {
        "id": "aldermere-2025", "title": "Aldermere Council: local authority assessment", "subject": "Aldermere",
        "publisher": "Fictional Quality Board", "published": "2025-03-14",
        "source_url": "https://reports.example/aldermere", "licence": "OGL-UK-3.0", "file": "aldermere.pdf",
    }  # fmt: skip
    assert citation["section"]["path"] == ["Learning, improvement & innovation", "Learning from feedback"]
    assert citation["section"]["score"] == 3
    assert (citation["paragraph"], citation["page"], citation["label"]) == (1, 1, "2.1")
    assert citation["source_fragment_url"].startswith("https://reports.example/aldermere#:~:text=Staff%20learned")
    assert answer["claims"][0]["citations"] == [1]
    assert answer["claims"][0]["check"] == "exact"
    assert answer["shown"] is None
    assert answer["ratings"][0] == {
        "subject": "Aldermere", "report": "aldermere-2025", "section": "Safeguarding", "score": 3,
        "judgement": None, "percent": None, "citation": 1,
    }  # fmt: skip
    assert answer["searched"]["filters"] == {"reports": ["aldermere-2025"]}
    assert answer["provenance"]["generation"] == "g1"


async def test_no_evidence_is_an_answer(door):
    answer = (await door.ask("zzz")).json()
    assert (answer["outcome"], answer["reason"], answer["claims"]) == ("not_found", "no_evidence", [])
    near = answer["nearest"][0]
    assert near["url"] == "/reports/aldermere-2025#feedback.1"
    assert near["text"][near["start"] : near["end"]] == near["quote"] == "Staff learned"
    assert near["marked_url"].startswith("/reports/aldermere-2025?mark=feedback.1:0-13:")


async def test_what_was_understood_is_told(door, fake_index):
    fake_index.understood = Understood(
        kind=Kind.COMPARISON, subjects=("Aldermere",), missing=("Wexmoor",), sections=("Safeguarding",),
        scores={"any section": "at least 3"}, when="in 2025", speakers=("carers",), carried="And before?",
        words=("staff",), unread=("frob",), corrections=(Correction(written="alder", meant="Aldermere"),),
    )  # fmt: skip
    assert (await door.ask()).json()["understood"] == {
        "subjects": ["Aldermere"], "missing": ["Wexmoor"], "sections": ["Safeguarding"],
        "scores": {"any section": "at least 3"}, "when": "in 2025", "kind": "comparison", "speakers": ["carers"],
        "carried": {"from": "And before?"}, "words": ["staff"], "unread": ["frob"],
        "corrections": [{"written": "alder", "meant": "Aldermere"}],
    }  # fmt: skip
    fake_index.understood = Understood()
    assert (await door.ask()).json()["understood"]["carried"] == {"from": None}


async def test_a_star_stands_for_all_that_is_indexed_and_is_told_as_it_was_asked(door, live):
    seen = []
    with live.lease() as opened:
        made = opened.answering.answer

        def answer(question, observer=None):
            seen.append(question.filters)
            return made(question, observer)

        opened.answering.answer = answer
        filters = {"subjects": ["*"], "sections": ["*"]}
        told = (await door.ask(filters=filters)).json()["searched"]["filters"]
    assert told == filters
    assert seen[0].subjects == ("Aldermere", "Tovey")
    assert {"Safeguarding", "Learning from feedback"} <= set(seen[0].sections)


@pytest.mark.parametrize("number", [None, 2])
def test_without_a_number_the_service_decides_how_many_citations(number):
    assert AskBody(question="q", max_citations=number).asked().max_citations == number


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "question"),
        ({"question": "   "}, "question"),
        ({"question": "x" * 2001}, "question"),
        ({"question": "a\0b"}, "question"),
        ({"question": 3}, "question"),
        ({"question": "q", "colour": "red"}, "colour"),
        ({"question": "q", "filters": {"councils": ["A"]}}, "filters.councils"),
        ({"question": "q", "filters": {"scores": ["three"]}}, "filters.scores.0"),
        ({"question": "q", "filters": {"scores": [True]}}, "filters.scores.0"),
        ({"question": "q", "filters": {"reports": ["nowhere"]}}, "filters.reports"),
        ({"question": "q", "max_citations": 0}, "max_citations"),
        ({"question": "q", "max_citations": 21}, "max_citations"),
        ({"question": "q", "history": [{"question": "a", "answer": "b"}] * 11}, "history"),
        ({"question": "q", "history": [{"question": "a", "answer": "b" * 20_001}]}, "history.0.answer"),
        ({"question": "q", "history": [{"question": "a"}]}, "history.0.answer"),
        ({"question": "q", "answerer": "generative"}, "answerer"),
        ({"question": "q", "answerer": "oracle"}, "answerer"),
    ],
)
async def test_a_wrong_body_names_the_field(door, expect_problem, body, field):
    fault = expect_problem(await door.client.post("/v1/ask", json=body), 422)
    assert [e["field"] for e in fault["errors"]] == [field]
    assert fault["errors"][0]["message"]


async def test_a_generative_answer_is_refused_plainly_where_there_is_no_model(door):
    fault = (await door.ask(answerer="generative")).json()
    assert "no generative answerer is set up" in fault["detail"]


async def test_half_a_surrogate_pair_is_refused(door, expect_problem):
    body = b'{"question": "a \\ud800 b"}'
    reply = await door.client.post("/v1/ask", content=body, headers={"content-type": "application/json"})
    assert expect_problem(reply, 422)["errors"][0]["field"] == "question"


@pytest.mark.parametrize("empty", [{"filters": {}}, {"filters": {"subjects": []}}, {"history": []}])
async def test_what_is_optional_may_be_empty(door, empty):
    reply = await door.ask(**empty)
    assert reply.status_code == 200
    assert reply.json()["searched"]["filters"] == {}


async def test_malformed_json_is_a_problem(door, expect_problem):
    json_type = {"content-type": "application/json"}
    fault = expect_problem(await door.client.post("/v1/ask", content=b'{"question":', headers=json_type), 422)
    assert fault["errors"][0]["field"] == "body"
    expect_problem(await door.client.post("/v1/ask", content=b'{"question": "\xff"}', headers=json_type), 400)
    expect_problem(await door.client.post("/v1/ask", content=b"[" * 100_000, headers=json_type), 400)


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "nonsense", None])
async def test_another_content_type_is_refused(door, expect_problem, kind):
    headers = {"content-type": kind} if kind else {}
    expect_problem(await door.client.post("/v1/ask", content=b'{"question": "q"}', headers=headers), 415)


async def test_a_body_too_large_is_refused_with_and_without_its_length(live, new_door, expect_problem):
    door = new_door(live, request_body_limit=1024)
    body = json.dumps({"question": "q", "history": [{"question": "a", "answer": "b" * 2000}]}).encode()
    json_type = {"content-type": "application/json"}
    expect_problem(await door.client.post("/v1/ask", content=body, headers=json_type), 413)

    async def pieces():
        for start in range(0, len(body), 100):
            yield body[start : start + 100]

    expect_problem(await door.client.post("/v1/ask", content=pieces(), headers=json_type), 413)


def events(text: str) -> list[tuple[str, object]]:
    found = []
    for block in text.strip().split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.splitlines())
        found.append((lines["event"], json.loads(lines["data"])))
    return found


async def test_the_stream_ends_with_the_very_answer(door):
    reply = await door.ask(headers={"Accept": "text/event-stream"})
    assert reply.headers["content-type"].startswith("text/event-stream")
    got = events(reply.text)
    assert [name for name, _ in got] == ["meta", "understood", "evidence", "claim", "done"]
    done = got[-1][1]
    assert done == (await door.ask()).json()
    assert got[0][1] == {"id": done["id"], "standalone_question": done["standalone_question"]}
    assert got[1][1] == done["understood"]
    assert got[2][1][0]["paragraph_id"] == "aldermere-2025:feedback:1"
    assert got[3][1] == {"text": done["claims"][0]["text"], "citations": done["citations"], "check": "exact"}


async def test_what_fails_before_the_stream_is_a_plain_problem(door, fake_index, expect_problem):
    stream = {"Accept": "text/event-stream"}
    expect_problem(await door.ask("", headers=stream), 422)
    expect_problem(await door.ask(headers=stream, filters={"reports": ["nowhere"]}), 422)

    def fail() -> None:
        raise RuntimeError("a secret path")

    fake_index.before = fail
    expect_problem(await door.ask(headers=stream), 500)


async def test_what_fails_inside_the_stream_is_an_error_event(door, monkeypatch):
    monkeypatch.setattr("service.channels.api.stream.ClaimEvent", None)
    got = events((await door.ask(headers={"Accept": "text/event-stream"})).text)
    assert [name for name, _ in got] == ["meta", "understood", "evidence", "error"]
    assert got[-1][1]["status"] == 500


async def test_json_is_the_default_and_q_zero_means_no(door):
    for accept in ("*/*", "application/json", "text/event-stream;q=0, application/json"):
        reply = await door.ask(headers={"Accept": accept})
        assert reply.headers["content-type"] == "application/json"


async def test_more_than_the_queue_holds_is_turned_away(live, fake_index, new_door, monkeypatch, expect_problem):
    monkeypatch.setattr("service.channels.work.QUEUE", 1)
    gate = threading.Event()
    fake_index.before = lambda: gate.wait(5) and None
    door = new_door(live, threads=1)
    first = [asyncio.create_task(door.ask()) for _ in range(2)]
    await asyncio.sleep(0.05)
    turned_away = await door.ask()
    gate.set()
    expect_problem(turned_away, 503)
    assert int(turned_away.headers["retry-after"]) > 0
    assert [r.status_code for r in await asyncio.gather(*first)] == [200, 200]
