"""POST /v1/feedback and GET /v1/answers/{id}."""

from __future__ import annotations

import pytest

from service.store import open_store

pytestmark = pytest.mark.anyio
GOOD = {"answer_id": "ans_0123456789abcdef", "verdict": "helpful"}


@pytest.fixture
def address(tmp_path):
    return f"sqlite:///{tmp_path / 'citewise.db'}"


def count_answers(store) -> int:
    with store._engine.connect() as connection:
        return connection.exec_driver_sql("SELECT count(*) FROM answers").scalar_one()


async def say(door, **more):
    return await door.client.post("/v1/feedback", json={**GOOD, **more})


async def test_a_verdict_and_a_comment_are_kept(live, new_door, address):
    door = new_door(live, store_url=address)
    reply = await say(door)
    assert (reply.status_code, reply.json()) == (202, GOOD)
    await say(door, verdict="unhelpful", comment="  The year is wrong. ")
    (kept,) = open_store(address).feedback()
    assert (kept.answer_id, kept.verdict, kept.comment) == (GOOD["answer_id"], "unhelpful", "The year is wrong.")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"verdict": "great"}, "verdict"),
        ({"answer_id": "12"}, "answer_id"),
        ({"answer_id": "ans_" + "x" * 80}, "answer_id"),
        ({"comment": "x" * 2001}, "comment"),
        ({"comment": "a\0b"}, "comment"),
        ({"name": "Mrs Doe"}, "name"),
    ],
)
async def test_what_cannot_be_kept_is_refused_and_named(door, expect_problem, wrong, field):
    assert expect_problem(await say(door, **wrong), 422)["errors"][0]["field"] == field


async def test_an_empty_comment_is_none(live, new_door, address):
    await say(new_door(live, store_url=address), comment="   ")
    assert next(open_store(address).feedback()).comment is None


async def test_without_a_store_feedback_fails_clearly_and_answers_go_on(live, new_door, expect_problem):
    door = new_door(live, store_url="sqlite:////no/such/folder/citewise.db", keep_answers=True)
    assert "answers are given as before" in expect_problem(await say(door), 503)["detail"]
    assert (await door.ask()).json()["outcome"] == "answered"
    assert "no/such/folder" in next(line["detail"] for line in door.log if line["event"] == "store_unavailable")


async def test_answers_are_kept_only_where_that_is_switched_on(live, new_door, address, expect_problem):
    asked = (await new_door(live, store_url=address).ask()).json()
    door = new_door(live, store_url=address, keep_answers=True)
    expect_problem(await door.get(f"/v1/answers/{asked['id']}"), 404)
    asked = (await door.ask()).json()
    reply = await door.get(f"/v1/answers/{asked['id']}")
    assert (reply.json(), reply.headers["cache-control"]) == (asked, "no-store")


async def test_an_answer_of_the_page_is_kept_too(live, new_door, address, wait):
    door = new_door(live, store_url=address, keep_answers=True)
    await door.get("/ask", params={"q": "What did staff learn from complaints?"})
    wait(lambda: count_answers(open_store(address)))


async def test_an_id_of_another_shape_is_refused(door, expect_problem):
    expect_problem(await door.get("/v1/answers/12"), 422)
