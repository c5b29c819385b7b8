from __future__ import annotations

import pytest

pytestmark = pytest.mark.anyio


async def test_search_gives_the_best_first_with_its_scores(door):
    found = (await door.get("/v1/search", params={"q": "staff complaints carers surveys", "k": 2})).json()
    assert [h["paragraph_id"] for h in found["hits"]] == ["aldermere-2025:feedback:1", "aldermere-2025:feedback:2"]
    first = found["hits"][0]
    assert first["scores"] == {"dense": 0.5, "lexical": None, "fused": 3.0}
    assert first["url"] == "/reports/aldermere-2025#feedback.1"
    assert first["report"]["file"] == "aldermere.pdf"
    assert first["section"]["path"][-1] == "Learning from feedback"
    assert found["generation"] == "g1"


async def test_search_filters_by_repeated_parameters(door):
    query = [("q", "people enquiries surveys"), ("score", 2), ("score", 4)]
    found = (await door.get("/v1/search", params=query)).json()
    assert {h["section"]["score"] for h in found["hits"]} == {2, 4}
    only = (await door.get("/v1/search", params=[*query, ("report", "tovey")])).json()
    assert [h["paragraph_id"] for h in only["hits"]] == ["tovey:safe:1"]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("", "q"),
        ("q=%20", "q"),
        ("q=a%00b", "q"),
        ("q=a&k=0", "k"),
        ("q=a&k=51", "k"),
        ("q=a&k=many", "k"),
        ("q=a&score=high", "score.0"),
        ("q=a&report=nowhere", "report"),
    ],
)
async def test_a_wrong_search_names_the_parameter(door, expect_problem, query, field):
    fault = expect_problem(await door.get(f"/v1/search?{query}"), 422)
    assert [e["field"] for e in fault["errors"]] == [field]


async def test_a_report_tells_what_is_known_of_it(door):
    report = (await door.get("/v1/reports/aldermere-2025")).json()
    assert report["published"] == "2025-03-14"
    assert report["counts"] == {"sections": 3, "paragraphs": 7, "findings": 5, "ratings": 3}
    assert [s["id"] for s in report["sections"]] == ["learning", "feedback", "safe"]
    assert [s["rated"] for s in report["sections"]] == [True, False, True]
    assert (await door.get("/v1/reports/tovey")).json()["source_url"] is None


async def walk(door, path: str, name: str) -> list[dict]:
    found, links = [], []
    while path:
        reply = await door.get(path)
        found += reply.json()[name]
        path = reply.json()["next"]
        links.append(reply.headers.get("link"))
        assert (links[-1] == f'<{path}>; rel="next"') if path else links[-1] is None
    return found


@pytest.mark.parametrize("limit", [1, 2, 3, 200])
async def test_pages_give_everything_once_and_in_order(door, limit):
    reports = await walk(door, f"/v1/reports?limit={limit}", "reports")
    assert [r["id"] for r in reports] == ["aldermere-2025", "tovey"]
    paragraphs = await walk(door, f"/v1/reports/aldermere-2025/paragraphs?limit={limit}", "paragraphs")
    assert [p["paragraph_id"].split(":", 1)[1] for p in paragraphs] == [
        "learning:1", "feedback:1", "feedback:2", "feedback:3", "safe:1", "safe:2", "safe:3",
    ]  # fmt: skip


@pytest.mark.parametrize("cursor", ["%21%21", "a", "bm93aGVyZQ", "_w", "%00", "é"])
async def test_a_cursor_of_elsewhere_is_refused(door, expect_problem, cursor):
    fault = expect_problem(await door.get(f"/v1/reports?cursor={cursor}"), 422)
    assert fault["errors"][0]["field"] == "cursor"


async def test_a_paragraph_has_its_words_and_place(door):
    reply = await door.get("/v1/paragraphs/aldermere-2025:safe:1")
    body = reply.json()
    assert body["text"] == "Open enquiries\t31"
    assert (body["kind"], body["role"], body["columns"]) == ("table_row", "finding", ["Measure", "Count"])
    assert body["source_fragment_url"].endswith("#:~:text=Open%20enquiries,31")


async def test_a_paragraph_is_not_sent_twice(door):
    path = "/v1/paragraphs/aldermere-2025:safe:1"
    tag = (await door.get(path)).headers["etag"]
    assert "g1" in tag
    for stated in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = await door.get(path, headers={"If-None-Match": stated})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert (await door.get(path, headers={"If-None-Match": '"other"'})).status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/v1/reports/nowhere", "/v1/reports/nowhere/paragraphs", "/v1/paragraphs/nowhere:a:1", "/v1/paragraphs/a%00b"],
)
async def test_what_is_not_there_is_a_problem(door, expect_problem, path):
    expect_problem(await door.get(path), 404)


async def test_ratings_are_complete_and_have_their_denominator(door):
    every = (await door.get("/v1/ratings")).json()
    assert (len(every["ratings"]), every["reports"]) == (4, 2)
    assert every["ratings"][1] == {
        "subject": "Aldermere", "report": "aldermere-2025",
        "report_title": "Aldermere Council: local authority assessment",
        "section": {"name": "Safeguarding", "path": ["Safety", "Safeguarding"]}, "score": 2, "judgement": None,
        "percent": None, "published": "2025-03-14", "paragraph_id": "aldermere-2025:safe:1",
        "url": "/reports/aldermere-2025#safe.1",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("query", "expected", "reports"),
    [
        ("section=safeguarding", ["aldermere-2025:safe:1", "tovey:safe:1"], 2),
        ("section=Safeguarding&score=4", ["tovey:safe:1"], 2),
        ("section=safeguarding&subject=aldermere", ["aldermere-2025:safe:1"], 1),
        ("section=overall", ["aldermere-2025:learning:1"], 2),
        ("score=1", [], 2),
        ("subject=Nether%20Poole", [], 0),
    ],
)
async def test_ratings_are_chosen_by_all_conditions(door, query, expected, reports):
    body = (await door.get(f"/v1/ratings?{query}")).json()
    assert [r["paragraph_id"] for r in body["ratings"]] == expected
    assert body["reports"] == reports


@pytest.mark.parametrize(("query", "field"), [("section=cheese", "section"), ("subject=Cheddar", "subject")])
async def test_an_unknown_rating_filter_is_refused(door, expect_problem, query, field):
    assert expect_problem(await door.get(f"/v1/ratings?{query}"), 422)["errors"][0]["field"] == field
