"""Looking into messages that Slack was sent."""

from __future__ import annotations

PUBLIC = "https://reports.wexmoor.example/citewise"
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
