"""Signed requests over real HTTP, and what the service says to Slack."""

from __future__ import annotations

import json
import threading
from dataclasses import replace

import httpx
import pytest
from conftest import PUBLIC
from fake_slack import until

from service.model import Outcome

QUESTION = "What did staff learn from complaints?"


def shown(blocks) -> str:
    """Every text in blocks, in order."""
    if isinstance(blocks, dict):
        own = blocks["text"] if isinstance(blocks.get("text"), str) else ""
        return own + "".join(shown(v) for v in blocks.values() if not isinstance(v, str))
    return "".join(map(shown, blocks)) if isinstance(blocks, list) else ""


def buttons(message: dict) -> dict[str, dict]:
    return {
        element["action_id"]: element
        for block in message["blocks"]
        if block["type"] == "actions"
        for element in block["elements"]
    }


# Requests


@pytest.mark.parametrize("path", ["/slack/commands", "/slack/interactions", "/slack/events"])
@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({"X-Slack-Request-Timestamp": "soon"}, b"a=1", 401),
        ({"X-Slack-Request-Timestamp": "1e9"}, b"a=1", 401),
        ({"X-Slack-Request-Timestamp": "-1"}, b"a=1", 401),
        ({"X-Slack-Request-Timestamp": "9" * 400}, b"a=1", 401),
        ({"X-Slack-Signature": "v0=\u00fc"}, b"a=1", 401),
        ({"X-Slack-Signature": "v0=" + "0" * 64}, b"a=1", 401),
        ({"X-Slack-Signature": ""}, b"a=1", 401),
        ({}, b"text=\xff\xfe", 400),
        ({}, b"a=" + b"x" * 300_000, 413),
    ],
)
def test_what_slack_did_not_send_is_refused_plainly(workplace, slack, path, headers, body, status):
    encoded = {name: value.encode("latin-1") for name, value in headers.items()}
    reply = workplace.post(path, body, encoded)
    assert reply.status_code == status
    assert not slack.calls
    assert not [line for line in workplace.log if line["level"] == "error"]


def test_an_old_request_is_refused(workplace, slack):
    assert workplace.post("/slack/commands", b"command=/ask-reports&text=x", age=301).status_code == 401
    assert workplace.post("/slack/commands", b"command=/ask-reports&text=x", age=-301).status_code == 401


def test_a_get_is_no_request_of_slacks(workplace):
    assert httpx.get(f"{workplace.url}/slack/commands").status_code == 405


def test_a_service_without_slack_has_no_such_address(new_workplace):
    workplace = new_workplace(slack_signing_secret=None)
    assert workplace.command(QUESTION).status_code == 404


def test_slack_is_told_that_the_address_is_ours(workplace):
    body = json.dumps({"type": "url_verification", "challenge": "abc"}).encode()
    reply = workplace.post("/slack/events", body, {"Content-Type": "application/json"})
    assert (reply.status_code, reply.json()) == (200, {"challenge": "abc"})


# The command


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
    assert "The reports do not say." in text
    assert "Where to look:" in text
    assert "Aldermere › Learning, improvement & innovation › Learning from feedback" in text


# What Slack does not take


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


# Conversations


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


# Buttons


def test_an_answer_is_shared_once_with_who_asked_and_without_buttons(workplace, slack):
    workplace.command(QUESTION)
    (message,) = slack.wait("respond")
    value = buttons(message)["citewise_share"]["value"]
    assert workplace.press("citewise_share", value).status_code == 200
    shared = slack.wait("respond", 2)[-1]
    assert shared["response_type"] == "in_channel"
    assert shared["replace_original"] is False
    assert shared["blocks"][0]["elements"][0]["elements"][0] == {"type": "user", "user_id": "U1"}
    assert QUESTION in shown(shared["blocks"][0])
    assert set(buttons(shared)) == {"citewise_helpful", "citewise_unhelpful", "citewise_full"}
    workplace.press("citewise_share", value)
    assert "already" in slack.wait("respond", 3)[-1]["text"]


def test_a_sharing_that_slack_did_not_take_can_be_tried_again(workplace, slack):
    workplace.command(QUESTION)
    slack.wait("respond")
    slack.statuses = [400, 400, 400]
    workplace.press("citewise_share", "ans_1")
    assert "went wrong" in slack.wait("respond", 5)[-1]["text"]
    workplace.press("citewise_share", "ans_1")
    assert slack.wait("respond", 6)[-1]["response_type"] == "in_channel"


def test_an_answer_from_before_a_restart_cannot_be_shared(workplace, slack):
    workplace.press("citewise_share", "ans_gone")
    assert "no longer at hand" in slack.wait("respond")[0]["text"]


def test_what_people_think_of_an_answer_is_kept_and_names_nobody(workplace, slack):
    workplace.press("citewise_helpful", "ans_1")
    assert "Thank you" in slack.wait("respond")[0]["text"]
    workplace.press("citewise_unhelpful", "ans_1", user={"id": "U2"})
    slack.wait("respond", 2)
    (opened,) = slack.wait("views.open")
    view = opened["view"]
    assert (view["callback_id"], view["private_metadata"]) == ("citewise_comment", "ans_1")
    written = {"comment": {"text": {"type": "plain_text_input", "value": "Not about my council."}}}
    workplace.interaction({
        "type": "view_submission", "team": {"id": "T1"}, "user": {"id": "U2"}, "trigger_id": "t", "api_app_id": "A1",
        "view": {**view, "state": {"values": written}},
    })  # fmt: skip
    until(lambda: any(one.comment for one in workplace.feedback()))
    kept = {(one.answer_id, one.verdict, one.comment) for one in workplace.feedback()}
    assert kept == {("ans_1", "helpful", None), ("ans_1", "unhelpful", "Not about my council.")}
    voices = [one.voice for one in workplace.feedback()]
    assert len(set(voices)) == 2
    assert not any("U1" in voice or "U2" in voice for voice in voices)


def test_a_dialogue_that_slack_refuses_loses_no_verdict(workplace, slack):
    slack.answers["views.open"] = lambda body: {"ok": False, "error": "expired_trigger_id"}
    workplace.press("citewise_unhelpful", "ans_1")
    slack.wait("respond")
    assert [one.verdict for one in workplace.feedback()] == ["unhelpful"]


def test_a_button_pressed_twice_in_one_request_counts_once(workplace, slack):
    for _ in range(2):
        workplace.press("citewise_helpful", "ans_1", trigger_id="same")
    slack.wait("respond")
    assert len(slack.named("respond")) == 1


def test_a_choice_is_asked_again_with_the_question(workplace, slack, fake_index, monkeypatch):
    answering = type(fake_index.open_newest().answering)
    answer = answering.answer

    def unclear(self, question, observer=None):
        made = answer(self, question, observer)
        if "(" in question.text:
            return made
        return replace(made, outcome=Outcome.CLARIFY, choices=("Aldermere", "Tovey"), notes=("Which council?",))

    monkeypatch.setattr(answering, "answer", unclear)
    workplace.command("What did the council's staff learn from complaints?")
    (message,) = slack.wait("respond")
    choice = buttons(message)["citewise_choice_1"]
    assert choice["text"]["text"] == "Tovey"
    workplace.press("citewise_choice_1", choice["value"])
    again = slack.wait("respond", 2)[-1]
    assert "q=What%20did%20the%20council%27s%20staff%20learn%20from%20complaints%3F%20%28Tovey%29" in json.dumps(again)
    workplace.press("citewise_choice_1", "ans_gone:1")
    assert "no longer at hand" in slack.wait("respond", 3)[-1]["text"]


def test_opening_the_full_answer_needs_nothing_more(workplace, slack):
    assert workplace.press("citewise_full", "ans_1").status_code == 200
    assert not slack.calls


# Mentions and direct messages


def test_a_mention_is_answered_in_its_thread(workplace, slack):
    assert workplace.event({"type": "app_mention", "text": f"<@UBOT> {QUESTION}"}).status_code == 200
    (message,) = slack.wait("chat.postMessage")
    assert (message["channel"], message["thread_ts"]) == ("C1", "10.1")
    assert "citewise_share" not in buttons(message)
    assert message["text"].startswith("Staff learned")
    assert (message["unfurl_links"], message["unfurl_media"]) in ((False, False), ("0", "0"))


def test_a_direct_message_is_answered_in_its_thread_and_a_channels_is_not(workplace, slack):
    workplace.event({"type": "message", "channel_type": "channel", "text": QUESTION})
    workplace.event({"type": "message", "channel_type": "im", "channel": "D1", "text": QUESTION, "thread_ts": "9.9"})
    (message,) = slack.wait("chat.postMessage")
    assert (message["channel"], message["thread_ts"]) == ("D1", "9.9")


@pytest.mark.parametrize("more", [{"bot_id": "B1"}, {"subtype": "message_changed"}, {"user": None}])
def test_edits_and_what_bots_write_are_no_questions(workplace, slack, more):
    workplace.event({"type": "message", "channel_type": "im", "text": QUESTION, **more})
    workplace.event({"type": "message", "channel_type": "im", "text": "help"})
    (message,) = slack.wait("chat.postMessage")
    assert "in your own words" in message["text"]


def test_a_message_with_a_file_is_a_question_too(workplace, slack):
    workplace.event({"type": "message", "channel_type": "im", "text": QUESTION, "subtype": "file_share"})
    assert slack.wait("chat.postMessage")[0]["text"].startswith("Staff learned")


def test_an_event_that_slack_sends_again_is_answered_once(workplace, slack):
    for _ in range(2):
        workplace.event({"type": "app_mention", "text": QUESTION}, event_id="EvSame")
    slack.wait("chat.postMessage")
    workplace.event({"type": "app_mention", "text": QUESTION})
    assert len(slack.wait("chat.postMessage", 2)) == 2


def test_a_slow_answer_in_a_thread_takes_the_announcements_place(workplace, slack, fake_index, monkeypatch):
    monkeypatch.setattr("service.channels.slack.desk._PROGRESS_SECONDS", 0.05)
    going = threading.Event()
    fake_index.before = lambda: going.wait(10)
    slack.answers["chat.postMessage"] = lambda body: {"ok": True, "ts": "77.7"}
    workplace.event({"type": "app_mention", "text": QUESTION})
    slack.wait("chat.postMessage")
    going.set()
    (update,) = slack.wait("chat.update")
    assert update["ts"] == "77.7"
    assert update["text"].startswith("Staff learned")


def test_a_question_that_cannot_be_asked_is_told_in_the_thread(workplace, slack):
    workplace.event({"type": "app_mention", "text": "<@UBOT> score:x why?"})
    assert "score:4" in slack.wait("chat.postMessage")[0]["text"]


# Who may ask


def test_only_listed_workspaces_and_channels_are_answered(new_workplace, slack):
    workplace = new_workplace(slack_workspaces="T1", slack_channels="C1, direct")
    refused = [
        {"team_id": "T2"},
        {"channel_id": "C2"},
        {"channel_id": "D1", "channel_name": "privategroup"},
    ]
    for more in refused:
        assert "not set up" in workplace.command(QUESTION, **more).text
    assert not slack.calls
    workplace.event({"type": "app_mention", "text": QUESTION, "channel": "C2"})
    assert "not set up" in slack.wait("chat.postMessage")[0]["text"]
    workplace.press("citewise_helpful", "ans_1", team={"id": "T2"})
    assert "not set up" in slack.wait("respond")[0]["text"]
    assert workplace.feedback() == []
    workplace.command(QUESTION)
    workplace.command(QUESTION, channel_id="D1", channel_name="directmessage")
    assert all(m["text"].startswith("Staff") for m in slack.wait("respond", 3)[1:])


# Stopping


def test_running_answers_end_before_the_service_does(new_workplace, slack, fake_index):
    workplace = new_workplace()
    going = threading.Event()
    fake_index.before = lambda: going.wait(10)
    workplace.command(QUESTION)
    workplace.server.should_exit = True
    threading.Timer(0.3, going.set).start()
    workplace.close()
    assert slack.named("respond")[0]["text"].startswith("Staff learned")
