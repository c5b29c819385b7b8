"""Mentions and direct messages."""

from __future__ import annotations

import threading

import pytest
from slack_messages import QUESTION, buttons


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
