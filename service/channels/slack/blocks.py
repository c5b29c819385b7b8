"""Block Kit, as far as answers need it. Texts that others wrote are put only where Slack takes no markup out of them:
into rich text, table cells and plain text; and escaped where it would.

Limits are those of https://docs.slack.dev/reference/block-kit. The one on a whole message is not documented: Slack
refuses messages with some more than 13,000 characters as `msg_blocks_too_long`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Block = dict[str, Any]

MOST_BLOCKS = 50
MOST_CHARACTERS = 12_000
LONGEST_TEXT = 3000
LONGEST_CELL = 2000
LONGEST_LABEL = 75
LONGEST_ADDRESS = 3000
MOST_ROWS = 100

PREFIX = "citewise_"
HELPFUL, UNHELPFUL, SHARE, FULL, CHOICE, COMMENT = (
    f"{PREFIX}{name}" for name in ("helpful", "unhelpful", "share", "full", "choice", "comment")
)


def escaped(text: str) -> str:
    """For a message's own text, where these three begin Slack's markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def cut(text: str, most: int) -> str:
    """At most so many characters; a text that is cut ends with "…", between words where that is near."""
    if len(text) <= most:
        return text
    kept = text[: most - 1]
    space = kept.rfind(" ")
    return f"{kept[:space] if space > most // 2 else kept}…"


def words(text: str, *, bold: bool = False, italic: bool = False) -> Block:
    style = {name: True for name, on in (("bold", bold), ("italic", italic)) if on}
    return {"type": "text", "text": text, **({"style": style} if style else {})}


def link(text: str, address: str) -> Block:
    return {"type": "link", "url": address, "text": text}


def person(user_id: str) -> Block:
    return {"type": "user", "user_id": user_id}


def line(*elements: Block) -> Block:
    """One paragraph of rich text. Its elements are text as it is, and links to addresses of the service's making."""
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(elements)}]}


def aside(text: str) -> Block:
    """Small print. `verbatim` keeps Slack from making links, channels or mentions out of it."""
    text = unformatted(escaped(cut(text, LONGEST_TEXT - 500)))[:LONGEST_TEXT]
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text, "verbatim": True}]}


def unformatted(text: str) -> str:
    """With a zero-width space behind each sign that begins formatting, where there are two that could make a pair."""
    for sign in "*_~`":
        if text.count(sign) > 1:
            text = text.replace(sign, f"{sign}\u200b")
    return text


def table(rows: Sequence[Sequence[Block]]) -> Block:
    """Of cells; the first row is the head."""
    settings = [{"is_wrapped": True} for _ in rows[0]]
    return {"type": "table", "column_settings": settings, "rows": [list(row) for row in rows]}


def cell(text: str) -> Block:
    return {"type": "raw_text", "text": cut(text, LONGEST_CELL) or "–"}


def linked_cell(text: str, address: str) -> Block:
    return line(link(cut(text, LONGEST_CELL) or "–", address))


def button(label: str, action: str, value: str, *, address: str | None = None) -> Block:
    made = {
        "type": "button",
        "action_id": action,
        "text": {"type": "plain_text", "text": cut(label, LONGEST_LABEL), "emoji": False},
        "value": value,
    }
    return made | {"url": address} if address else made


def actions(buttons: Sequence[Block]) -> Block:
    return {"type": "actions", "elements": list(buttons)}


DIVIDER: Mapping[str, Any] = {"type": "divider"}


def characters(part: Any) -> int:
    """How many characters of text and addresses stand in blocks."""
    if isinstance(part, Mapping):
        texts = sum(len(v) for k, v in part.items() if k in ("text", "url", "value") and isinstance(v, str))
        return texts + sum(characters(v) for v in part.values() if not isinstance(v, str))
    if isinstance(part, (list, tuple)):
        return sum(map(characters, part))
    return 0
