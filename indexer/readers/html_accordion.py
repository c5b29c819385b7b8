"""Headings that a page hides in buttons and accordions, and the panels that they open."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from indexer.readers.html_elements import HEADINGS
from indexer.readers.html_text import heading_text

_ACCORDION = re.compile(r"accordion|collapsible|collapse|expander|toggle|heading", re.IGNORECASE)
_OWN_ACCORDION = re.compile(r"accordion|collapsible", re.IGNORECASE)
_COMMAND = re.compile(
    r"(?:show|hide|open|close|expand|collapse|view|read|see|toggle)"
    r"(?:\s+(?:all|more|less|this|menu|navigation|search|contents))*(?:\s+(?:sections?|steps?))?"
    r"|menu|search|print(?: this page)?|share(?: this page)?|download|copy link|filters?|more|language",
    re.IGNORECASE,
)
_FURNITURE = frozenset({"nav", "header", "footer"})
_CONTROLS = "[aria-controls],[data-toggle=collapse],[data-bs-toggle=collapse]"
_CONTROL_TAGS = frozenset({"button", "a", "div", "span", "p", "li", "strong"})
_LONGEST = 150  # characters
_ANCESTORS = 60


def is_accordion_heading(node: LexborNode) -> bool:
    """Whether an element that is no heading by its tag opens a part of the page under its own short text."""
    tag, attributes = node.tag, node.attributes
    if tag not in _CONTROL_TAGS or "aria-haspopup" in attributes or attributes.get("role") == "tab":
        return False
    classes = attributes.get("class") or ""
    controls = _panel_id(node) is not None or "aria-expanded" in attributes
    if tag == "button":
        if not (controls or _OWN_ACCORDION.search(classes)):
            return False
    elif not (controls and _ACCORDION.search(classes)):
        return False
    words = heading_text(node, {}, most=_LONGEST)
    return bool(words) and len(words) <= _LONGEST and not _COMMAND.fullmatch(words)


def is_accordion_term(node: LexborNode) -> bool:
    """Whether a <dt> is the heading of an accordion made of a <dl>."""
    up: LexborNode | None = node
    for _ in range(4):
        if up is None:
            return False
        if _OWN_ACCORDION.search(up.attributes.get("class") or ""):
            return True
        up = up.parent
    return False


def controlled_panels(body: LexborNode) -> dict[str, str]:
    """What the page's accordions and tabs open: text, even where the saved page has it closed.

    By id; with a tab's panel goes the tab's words, which stand far from it, with any other an empty string.
    """
    panels = {}
    for node in body.css(_CONTROLS):
        panel = _panel_id(node)
        if panel and not _is_site_control(node) and _opens_text(node):
            panels[panel] = heading_text(node, {}) if node.attributes.get("role") == "tab" else ""
    return panels


def panel_opened_by(node: LexborNode) -> str | None:
    """The id of the panel that an accordion's heading opens, by itself or by a control within."""
    own = _panel_id(node)
    if own:
        return own
    within = node.css_first(_CONTROLS)
    return _panel_id(within) if within else None


def _panel_id(node: LexborNode) -> str | None:
    attributes = node.attributes
    controlled = (attributes.get("aria-controls") or "").split()
    if controlled:
        return controlled[0]
    if "collapse" in (attributes.get("data-toggle"), attributes.get("data-bs-toggle")):
        target = attributes.get("data-target") or attributes.get("data-bs-target") or attributes.get("href") or ""
        return target[1:] if target.startswith("#") else None
    return None


def _opens_text(node: LexborNode) -> bool:
    if node.attributes.get("role") == "tab" or is_accordion_heading(node):
        return True
    up = node.parent
    for _ in range(4):
        if up is None:
            return False
        if up.tag in HEADINGS or up.tag == "summary" or up.attributes.get("role") == "heading":
            return True
        if up.tag == "dt":
            return is_accordion_term(up)
        up = up.parent
    return False


def _is_site_control(node: LexborNode) -> bool:
    up = node.parent
    for _ in range(_ANCESTORS):
        if up is None:
            return False
        if up.tag in _FURNITURE or up.attributes.get("role") in {"banner", "navigation"}:
            return True
        up = up.parent
    return False
