"""Signed requests over real HTTP: which are taken, and from whom."""

from __future__ import annotations

import json
import threading

import httpx
import pytest
from slack_messages import QUESTION


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


def test_running_answers_end_before_the_service_does(new_workplace, slack, fake_index):
    workplace = new_workplace()
    going = threading.Event()
    fake_index.before = lambda: going.wait(10)
    workplace.command(QUESTION)
    workplace.server.should_exit = True
    threading.Timer(0.3, going.set).start()
    workplace.close()
    assert slack.named("respond")[0]["text"].startswith("Staff learned")
