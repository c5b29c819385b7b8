"""Claims that come one by one, in a thread."""

from __future__ import annotations

import threading

import pytest

from service.channels.slack.streaming import in_markdown
from service.model import Claim


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("Six weeks.", "Six weeks\\."),
        ("**b** _i_ `c` [x](https://e.example)", "\\*\\*b\\*\\* \\_i\\_ \\`c\\` \\[x\\]\\(https\\://e\\.example\\)"),
        ("<!channel> & @here\n# x", "&lt;\\!channel&gt; &amp; \\@here \\# x"),
    ],
)
def test_text_shows_in_markdown_as_it_is(text, markdown):
    assert in_markdown(text) == markdown


@pytest.fixture
def writing(fake_index, monkeypatch):
    """Answers that tell their claims before they are done; `told` are further ones, which the answer does not keep."""
    answering = type(fake_index.open_newest().answering)
    answer = answering.answer
    told: list[Claim] = []
    going = threading.Event()
    going.set()

    def write(self, question, observer=None):
        made = answer(self, question, observer)
        for claim in (*told, *made.claims):
            observer and observer.claimed(claim, ())
        going.wait(10)
        return made

    monkeypatch.setattr(answering, "answer", write)
    return told, going


@pytest.fixture
def workplace(new_workplace, writing):
    return new_workplace(answerer="generative")


MENTION = {"type": "app_mention", "text": "What did staff learn from complaints?"}


def test_claims_are_streamed_and_their_sources_follow(workplace, slack, writing):
    writing[1].clear()
    workplace.event(MENTION)
    (started,) = slack.wait("chat.startStream")
    assert (started["recipient_team_id"], started["recipient_user_id"]) == ("T1", "U1")
    assert started["thread_ts"] == "10.1"
    assert started["chunks"][0]["text"].startswith("Staff learned from complaints")
    assert not slack.named("chat.stopStream")
    writing[1].set()
    (stopped,) = slack.wait("chat.stopStream")
    assert "Staff learned from complaints" not in str(stopped["blocks"][0])
    assert "mark=feedback.1" in str(stopped["blocks"])
    assert not slack.named("chat.postMessage")


def test_a_slack_without_streams_gets_the_answer_whole(workplace, slack):
    slack.answers["chat.startStream"] = lambda body: {"ok": False, "error": "unknown_method"}
    workplace.event(MENTION)
    (message,) = slack.wait("chat.postMessage")
    assert "Staff learned from complaints" in str(message["blocks"])
    assert not slack.named("chat.stopStream")


def test_claims_that_the_answer_does_not_keep_are_followed_by_the_whole_answer(workplace, slack, writing):
    writing[0].append(Claim(text="Something else.", citations=(1,)))
    workplace.event(MENTION)
    (message,) = slack.wait("chat.postMessage")
    assert "Staff learned from complaints" in str(message["blocks"])
    assert slack.named("chat.stopStream")


def test_an_announcement_is_withdrawn_where_the_answer_was_streamed(workplace, slack, writing, monkeypatch, fake_index):
    monkeypatch.setattr("service.channels.slack.desk._PROGRESS_SECONDS", 0.05)
    slack.answers["chat.postMessage"] = lambda body: {"ok": True, "ts": "77.7"}
    going = threading.Event()
    fake_index.before = lambda: going.wait(10)
    workplace.event(MENTION)
    slack.wait("chat.postMessage")
    going.set()
    slack.wait("chat.stopStream")
    assert slack.wait("chat.delete")[0]["ts"] == "77.7"


def test_a_stream_is_ended_where_the_answer_fails(workplace, slack, fake_index, monkeypatch):
    answering = type(fake_index.open_newest().answering)

    def fail(self, question, observer=None):
        observer.claimed(Claim(text="It began well.", citations=(1,)), ())
        raise RuntimeError

    monkeypatch.setattr(answering, "answer", fail)
    workplace.event(MENTION)
    assert "went wrong" in slack.wait("chat.postMessage")[0]["text"]
    assert slack.named("chat.stopStream")


def test_a_command_has_no_stream(workplace, slack):
    workplace.command(MENTION["text"])
    slack.wait("respond")
    assert not slack.named("chat.startStream")
