"""Sharing, judging and choosing by the buttons of a message."""

from __future__ import annotations

import json
from dataclasses import replace

from fake_slack import until
from slack_messages import QUESTION, buttons, shown

from service.model import Outcome


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
