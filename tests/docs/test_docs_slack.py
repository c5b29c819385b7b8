"""The manifest asks Slack for what the handlers take, and the page justifies all that it asks for."""

from __future__ import annotations

import io
import json
import re

from documents import ROOT, rows, text

from service.channels.slack import desk, handlers
from service.logs import make_log
from service.settings import Settings

MANIFEST = json.loads((ROOT / "docs/slack-manifest.json").read_text(encoding="utf-8"))


def test_every_scope_is_justified_and_no_other_is_asked_for():
    told = {re.match(r"`([\w:]+)`", row[0])[1] for row in rows("docs/slack.md", "## What the app may do, and why")}
    assert told == {*MANIFEST["oauth_config"]["scopes"]["bot"], "connections:write"}


def test_the_manifest_subscribes_to_what_is_handled():
    settings = Settings(slack_bot_token="xoxb-1", public_url="https://reports.example")
    app = handlers.slack_app(settings, None, make_log("error", io.StringIO()))
    listened = {getattr(one.ack_function, "__name__", "") for one in app._async_listeners}
    events = set(MANIFEST["settings"]["event_subscriptions"]["bot_events"])
    assert events == {"app_mention", "message.im"}
    assert {"mention", "message", "command"} <= listened
    assert MANIFEST["settings"]["socket_mode_enabled"]
    assert MANIFEST["settings"]["interactivity"]["is_enabled"]


def test_slacks_own_limits_on_a_manifest_are_kept():
    shown = MANIFEST["display_information"]
    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    (command,) = MANIFEST["features"]["slash_commands"]
    assert command["command"] == "/ask-reports"
    assert len(command["description"]) <= 2000


def test_what_the_page_says_people_are_told_is_what_they_are_told():
    page = " ".join(text(ROOT / "docs/slack.md").split())
    assert handlers.NOT_HERE.split(".")[0] in page
    assert f"After {desk._PROGRESS_SECONDS} seconds" in page
    assert "at most 2 questions in progress, a workspace 8" in page
