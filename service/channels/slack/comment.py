"""The dialogue that asks what was wrong with an answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from service.channels.slack.blocks import COMMENT, Block

_LONGEST = 2000
_INPUT, _FIELD = "comment", "text"


def comment_view(answer_id: str) -> Block:
    return {
        "type": "modal",
        "callback_id": COMMENT,
        "private_metadata": answer_id,
        "title": _plain("Not helpful"),
        "submit": _plain("Send"),
        "close": _plain("No comment"),
        "blocks": [
            {
                "type": "input",
                "block_id": _INPUT,
                "optional": True,
                "label": _plain("What was wrong, or missing?"),
                "hint": _plain("Kept without your name. Please name no private person."),
                "element": {
                    "type": "plain_text_input",
                    "action_id": _FIELD,
                    "multiline": True,
                    "max_length": _LONGEST,
                },
            }
        ],
    }


def comment_of(view: Mapping[str, Any]) -> tuple[str, str]:
    """The answer's id and what was written; empty where there is none."""
    values = view.get("state", {}).get("values", {})
    written = values.get(_INPUT, {}).get(_FIELD, {}).get("value") or ""
    return str(view.get("private_metadata", "")), written.replace("\0", "").strip()[:_LONGEST]


def _plain(text: str) -> Block:
    return {"type": "plain_text", "text": text, "emoji": False}
