"""Real answers over the sample reports as Slack messages: within Slack's limits, literal, and as they were.

SNAPSHOTS=write writes the snapshots anew; look at what has changed before you commit it.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from slack_sdk.models.blocks import Block

from service.channels.slack.blocks import characters
from service.channels.slack.handlers import _help
from service.channels.slack.message import Message, Shown, answer_message, bare, without_table
from service.model import Answer, Citation, Claim, Filters, Group, Outcome, Question, RatingFound

SNAPSHOTS = Path(__file__).parent / "snapshots"
BASE = "https://reports.wexmoor.example"
QUESTIONS = {
    "answer": "How long do unpaid carers wait for an assessment in Brackenshire?",
    "sides": "Compare Aldermere and Tarnholme on learning from complaints",
    "ratings": "Which councils scored 3 for safeguarding?",
    "refusal": "What did CQC say about Leeds?",
    "choices": "What did the council learn?",
    "table row": "How many safeguarding concerns did Saltersea receive?",
    "everything": "What scores were given to all councils?",
    "out of scope": "Hello, how are you?",
    "two": "How long do carers wait in Aldermere, and what do staff say about training in Pellbourne?",
}
SIGNS = "*_~`&<>" * 1000
HOSTILE = "<!channel> <@U1> <https://evil.example|x> &amp; *b* _i_ ~s~ `c` @here :smile: https://evil.example"


@pytest.fixture
def ask(opened_sample):
    return lambda text: opened_sample.answering.answer(Question(text=text))


def elements(part: Any) -> Iterator[dict[str, Any]]:
    """Every object within blocks."""
    if isinstance(part, dict):
        yield part
    for value in part.values() if isinstance(part, dict) else part if isinstance(part, (list, tuple)) else ():
        yield from elements(value)


def check(message: Message) -> None:
    """Slack's limits, and that nothing but our own addresses and literal text is in a message."""
    blocks = message.blocks
    assert 0 < len(message.text) <= 3100
    assert not re.search("[<>]", message.text)
    assert len(blocks) <= 50
    assert characters(blocks) <= 12_000
    assert sum(block["type"] == "table" for block in blocks) <= 1
    for block in blocks:
        Block.parse(block).to_dict()  # the SDK's own checks
    for one in elements(blocks):
        match one.get("type"):
            case "mrkdwn":
                assert one["verbatim"] is True
                assert len(one["text"]) <= 3000
                assert not re.search("[<>]", one["text"])
            case "plain_text":
                assert 0 < len(one["text"]) <= 75
            case "button":
                assert len(one["value"]) <= 2000
                assert len(one.get("url", "")) <= 3000
            case "actions":
                assert 0 < len(one["elements"]) <= 25
                assert len({e["action_id"] for e in one["elements"]}) == len(one["elements"])
            case "link":
                assert one["text"]
            case "text" | "raw_text":
                assert 0 < len(one["text"]) <= 3000
            case "table":
                assert len(one["rows"]) <= 100
                assert {len(row) for row in one["rows"]} == {len(one["column_settings"])}
        assert one.get("url", BASE).startswith(f"{BASE}/") or one.get("url") is None
    assert {one["type"] for one in elements(blocks) if "type" in one} <= {
        "rich_text", "rich_text_section", "rich_text_list", "text", "link", "user", "context", "mrkdwn", "divider",
        "actions", "button", "plain_text", "table", "raw_text",
    }  # fmt: skip


def marks(message: Message) -> tuple[set[str], set[str]]:
    """The numbers that claims carry, and those of the sources below."""
    links = {one["text"] for one in elements(message.blocks) if one.get("type") == "link"}
    told = {one["text"].strip() for one in elements(message.blocks) if one.get("style") == {"bold": True}}
    number = re.compile(r"\[\d+\]")
    return {t for t in links if number.fullmatch(t)}, {t for t in told if number.fullmatch(t)}


VARIANTS = (
    Shown(base=BASE, share=True),
    Shown(base=BASE, buttons=False, asker="U1"),
    without_table(Shown(base=BASE)),
    Shown(base=BASE, filters=Filters(subjects=("A & B",), scores=(3,))),
)


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_real_answer_keeps_to_slacks_limits_and_cites_every_claim(ask, name):
    answer = ask(QUESTIONS[name])
    for shown in VARIANTS:
        message = answer_message(answer, shown)
        check(message)
        cited, below = marks(message)
        assert cited == below
    words = bare(answer, VARIANTS[0]).text
    assert len(words) <= 3000
    assert f"{BASE}/ask?q=" in words
    assert not answer.claims or f"{answer.claims[0].text} {BASE}/reports/" in words


@pytest.mark.parametrize("name", ["answer", "sides", "ratings", "refusal", "choices"])
def test_the_message_of_a_real_answer_is_what_it_was(ask, name):
    message = answer_message(ask(QUESTIONS[name]), Shown(base=BASE, share=True))
    compare(name, {"text": message.text, "blocks": message.blocks})


def test_the_help_is_what_it_was():
    compare("help", _help("/ask-reports"))


def compare(name: str, made: dict[str, Any]) -> None:
    numbers = count(1)
    ids: dict[str, str] = {}
    text = json.dumps(made, indent=1, ensure_ascii=False) + "\n"
    text = re.sub(r"ans_[\w-]+", lambda m: ids.setdefault(m[0], f"ans_{next(numbers)}"), text)
    path = SNAPSHOTS / f"{name}.json"
    if os.environ.get("SNAPSHOTS") == "write":
        SNAPSHOTS.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def long_answer(ask, claims: int, length: int) -> Answer:
    """As many claims, each with a citation of its own."""
    answer = ask(QUESTIONS["answer"])
    first = answer.citations[0]
    text = ("word " * length)[: length * 5].strip()
    numbers = range(1, claims + 1)
    return replace(
        answer,
        text=text * 3,
        claims=tuple(Claim(text=f"{n} {text}", citations=(n,)) for n in numbers),
        citations=tuple(replace(first, number=n) for n in numbers),
    )


@pytest.mark.parametrize(("claims", "length"), [(60, 2), (60, 100), (5, 590), (200, 1)])
def test_what_does_not_fit_is_left_out_with_a_way_to_it(ask, claims, length):
    message = answer_message(long_answer(ask, claims, length), Shown(base=BASE, share=True))
    check(message)
    cited, below = marks(message)
    assert cited == below
    assert cited
    text = json.dumps(message.blocks)
    assert "There is more than fits" in text
    assert text.count(f"{BASE}/ask?q=") == 2


def test_groups_and_their_notes_are_shown_where_no_claim_is(ask):
    answer = replace(
        long_answer(ask, 2, 3),
        groups=(
            Group(label="Aldermere", claims=(0, 1), note=None),
            Group(label="Tovey", claims=(), note="The report does not say."),
        ),
    )
    text = json.dumps(answer_message(answer, Shown(base=BASE)).blocks)
    assert text.index("Aldermere") < text.index("1 word") < text.index("Tovey") < text.index("The report does not say.")


def test_as_many_ratings_as_slacks_table_has_rows_for(ask):
    answer = ask(QUESTIONS["ratings"])
    rating, first = answer.ratings[0], answer.citations[0]
    numbers = range(1, 201)
    many = replace(
        answer,
        claims=tuple(Claim(text="It scored 3.", citations=(n,)) for n in numbers),
        citations=tuple(replace(first, number=n) for n in numbers),
        ratings=tuple(replace(rating, citation=n) for n in numbers),
    )
    message = answer_message(many, Shown(base=BASE))
    check(message)
    (table,) = (block for block in message.blocks if block["type"] == "table")
    assert len(table["rows"]) > 20
    assert "There is more than fits" in json.dumps(message.blocks)


def test_hostile_text_stays_text_wherever_it_stands(ask):
    answer = ask(QUESTIONS["ratings"])
    citation = answer.citations[0]
    found = citation.found
    found = replace(
        found,
        report=replace(found.report, metadata=replace(found.report.metadata, subject=HOSTILE, title=HOSTILE)),
        section=replace(found.section, path=(HOSTILE,), score=None, judgement=HOSTILE),
    )
    hostile = Citation(number=1, found=found, quote=HOSTILE, start=0, end=len(HOSTILE))
    rating = RatingFound(report=found.report, section=HOSTILE, score=None, judgement=HOSTILE, percent=None, citation=1)
    for ratings in ((), (rating, rating)):
        claims = (Claim(text=HOSTILE, citations=(1,)),) * max(1, len(ratings))
        made = replace(
            answer, question=HOSTILE, standalone_question=f"{HOSTILE}?", text=HOSTILE, notes=(HOSTILE,), claims=claims,
            citations=(hostile,), ratings=ratings, choices=(HOSTILE,), attribution=HOSTILE, outcome=Outcome.CLARIFY,
            groups=(Group(label=HOSTILE, claims=tuple(range(len(claims))), note=HOSTILE),),
        )  # fmt: skip
        for shown in VARIANTS:
            message = answer_message(made, shown)
            check(message)
            users = [one for one in elements(message.blocks) if one.get("type") == "user"]
            assert len(users) == (shown.asker is not None)
        assert not re.search("[<>]", bare(made, VARIANTS[0]).text)
        check(answer_message(replace(made, attribution=SIGNS, standalone_question=SIGNS), VARIANTS[0]))


def test_a_question_too_long_for_an_address_has_no_way_to_the_full_answer(ask):
    answer = replace(long_answer(ask, 60, 50), standalone_question="ü" * 2000)
    message = answer_message(answer, Shown(base=BASE))
    check(message)
    assert "/ask?" not in json.dumps(message.blocks)
    assert "Ask for a part of it." in json.dumps(message.blocks)
