"""The slash command over real HTTP, and what the service says to Slack."""

from __future__ import annotations

import json
import threading

import httpx
import pytest
from fake_slack import until
from slack_messages import PUBLIC, QUESTION, buttons, shown


def test_a_command_is_acknowledged_at_once_and_answered_by_its_response_url(workplace, slack, fake_index):
    going = threading.Event()
    fake_index.before = lambda: going.wait(10)
    reply = workplace.command(QUESTION)
    assert (reply.status_code, reply.text) == (200, "")
    assert not slack.named("respond")
    going.set()
    (message,) = slack.wait("respond")
    assert message["response_type"] == "ephemeral"
    assert (message["unfurl_links"], message["unfurl_media"]) == (False, False)
    assert message["text"].startswith("Staff learned from complaints")
    assert f"{PUBLIC}/reports/aldermere-2025?mark=feedback.1:0-79:" in json.dumps(message["blocks"])


@pytest.mark.parametrize("text", ["", "help"])
def test_a_command_without_a_question_is_answered_with_help(workplace, slack, text):
    reply = workplace.command(text, command="/frag-berichte").json()
    assert "/frag-berichte How long" in reply["text"]
    assert "score:4" in shown(reply["blocks"])
    assert not slack.calls


def test_what_cannot_be_asked_is_told_in_the_acknowledgement(workplace, slack):
    assert "score:4" in workplace.command("score:many why?").text
    assert not slack.calls


def test_filters_are_passed_on_and_kept_in_the_full_answers_address(workplace, slack):
    workplace.command('section:"Learning from feedback" score:3 What did staff learn?')
    (message,) = slack.wait("respond")
    address = buttons(message)["citewise_full"]["url"]
    assert address == f"{PUBLIC}/ask?q=What%20did%20staff%20learn%3F&section=Learning%20from%20feedback&score=3"
    page = httpx.get(address.replace(PUBLIC, workplace.url))
    assert page.status_code == 200
    assert "Staff learned from complaints" in page.text


def test_the_same_command_is_answered_once(workplace, slack):
    for _ in range(3):
        assert workplace.command(QUESTION, trigger_id="same").status_code == 200
    workplace.command(QUESTION, trigger_id="other")
    slack.wait("respond", 2)
    assert len(slack.named("respond")) == 2


def test_a_person_has_only_so_many_questions_in_progress(workplace, slack, fake_index):
    going = threading.Event()
    fake_index.before = lambda: going.wait(10)
    for _ in range(3):
        workplace.command(QUESTION)
    (busy,) = slack.wait("respond")
    assert "in progress" in busy["text"]
    workplace.command(QUESTION, user_id="U2", response_url=slack.response_url(2))
    going.set()
    slack.wait("respond", 4)


def test_a_slow_answer_is_announced_and_takes_the_announcements_place(workplace, slack, fake_index, monkeypatch):
    monkeypatch.setattr("service.channels.slack.desk._PROGRESS_SECONDS", 0.05)
    going = threading.Event()
    fake_index.before = lambda: going.wait(10)
    workplace.command(QUESTION)
    (progress,) = slack.wait("respond")
    assert progress["text"] == "Looking through the reports…"
    going.set()
    _, answer = slack.wait("respond", 2)
    assert answer["replace_original"] is True
    assert answer["text"].startswith("Staff learned")


def test_an_announcement_that_slack_did_not_take_is_not_replaced(workplace, slack, fake_index, monkeypatch):
    monkeypatch.setattr("service.channels.slack.desk._PROGRESS_SECONDS", 0.05)
    slack.statuses = [500]
    going = threading.Event()
    fake_index.before = lambda: going.wait(10)
    workplace.command(QUESTION)
    slack.wait("respond")
    going.set()
    assert slack.wait("respond", 2)[-1]["replace_original"] is False


def test_an_answer_that_never_comes_is_told(workplace, slack, fake_index, monkeypatch):
    monkeypatch.setattr("service.channels.slack.desk._LONGEST_SECONDS", 0.05)
    monkeypatch.setattr("service.channels.slack.desk._PROGRESS_SECONDS", 0.01)
    going = threading.Event()
    fake_index.before = lambda: going.wait(10)
    workplace.command(QUESTION)
    assert "too long" in slack.wait("respond", 2)[-1]["text"]
    going.set()


def test_a_failure_is_told_without_its_inside(workplace, slack, fake_index):
    def fail():
        raise RuntimeError("the inside of a failure")

    fake_index.before = fail
    workplace.command(QUESTION)
    (message,) = slack.wait("respond")
    assert "went wrong" in message["text"]
    assert "inside" not in json.dumps(message)
    until(lambda: [line for line in workplace.log if line["event"] == "slack_failed"])


def test_a_message_that_cannot_be_made_is_told_too(workplace, slack, monkeypatch):
    monkeypatch.setattr("service.channels.slack.desk.answer_message", lambda *_: 1 / 0)
    workplace.command(QUESTION)
    assert "went wrong" in slack.wait("respond")[0]["text"]


def test_an_unknown_filter_is_told(workplace, slack, fake_index):
    workplace.command("in:Aldermere What did staff learn?")
    slack.wait("respond")

    def fail():
        from service.errors import UnknownFilterError

        raise UnknownFilterError("filters.subjects", "no subject 'Leeds'; /v1/reports lists them")

    fake_index.before = fail
    workplace.command("in:Leeds What did staff learn?")
    assert slack.wait("respond", 2)[-1]["text"] == "in: no subject 'Leeds'."


def test_a_refusal_names_where_to_look(workplace, slack):
    workplace.command("zzz")
    (message,) = slack.wait("respond")
    text = shown(message["blocks"])
    assert "No passage was found that clearly answers this." in text
    assert "“Staff learned”" in text
    assert "The closest passages:" in text
    assert "Aldermere › Learning, improvement & innovation › Learning from feedback" in text


def test_a_message_that_slack_refuses_is_said_in_words_alone(workplace, slack):
    slack.statuses = [400, 400]
    workplace.command(QUESTION)
    message = slack.wait("respond", 3)[-1]
    assert "blocks" not in message
    assert f" {PUBLIC}/reports/aldermere-2025?mark=" in message["text"]


def test_a_passing_failure_of_slack_is_tried_again(workplace, slack, monkeypatch):
    monkeypatch.setattr("service.channels.slack.places._PAUSES", (0.01, 0.01))
    slack.statuses = [503, 429]
    workplace.command(QUESTION)
    messages = slack.wait("respond", 3)
    assert messages[0] == messages[1] == messages[2]


def test_what_slack_never_takes_is_logged(workplace, slack, monkeypatch):
    monkeypatch.setattr("service.channels.slack.places._PAUSES", (0.01, 0.01))
    slack.statuses = [500] * 9
    workplace.command(QUESTION)
    until(lambda: [line for line in workplace.log if line["event"] == "slack_undelivered"])
    assert QUESTION not in workplace.lines.getvalue()


def test_follow_ups_keep_their_context_for_each_person_and_channel(workplace, slack, fake_index, monkeypatch):
    asked = []
    answering = type(fake_index.open_newest().answering)
    answer = answering.answer
    monkeypatch.setattr(answering, "answer", lambda self, q, o=None: asked.append(q) or answer(self, q, o))

    def ask(text, **more):
        count = len(slack.named("respond"))
        workplace.command(text, **more)
        slack.wait("respond", count + 1)

    ask(QUESTION)
    ask("and carers?")
    ask("and carers?", user_id="U2")
    ask("and carers?", channel_id="C2")
    ask("new")
    ask("and carers?")
    assert [[turn.question for turn in q.history] for q in asked] == [[], [QUESTION], [], [], []]
    assert asked[1].history[0].answer.startswith("Staff learned")
    for n in range(10):
        ask(f"more staff {n}?")
    assert len(asked[-1].history) == 6
