"""What of a page is not the report's text: hidden elements and the site's furniture."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from selectolax.lexbor import LexborNode

from indexer.readers.html_elements import HEADINGS
from indexer.text import clean

_HIDING_STYLE = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0*\.?0+(?:%|\b)(?!\.?\d)"
    r"|text-indent\s*:\s*-\d{3,}|(?:left|top|right)\s*:\s*-\d{4,}|clip\s*:\s*rect\(\s*[01](?:px)?[\s,]"
    r"|transform\s*:\s*scale\(\s*0\s*\))",
    re.IGNORECASE,
)
_FONT_SIZE = re.compile(r"(?:^|;)\s*font-size\s*:\s*(\d*\.?\d+)\s*(px|pt|r?em|%)?", re.IGNORECASE)
_SMALLEST = {"em": 0.1, "rem": 0.1, "%": 10.0}  # and 2 pixels or points: what is below cannot be read
_COLOUR = re.compile(r"(?:^|;)\s*color\s*:\s*([^;!]+)", re.IGNORECASE)
_BACKGROUND = re.compile(r"(?:^|;)\s*background(?:-color)?\s*:\s*([^;!]+)", re.IGNORECASE)
_HIDING_CLASS = re.compile(
    r"(?:^|[\s_-])(?:visually-?hidden|sr-only|screen-?reader-(?:text|only)|show-for-sr|element-invisible)(?:$|\s)",
    re.IGNORECASE,
)

_FURNITURE_TAGS = frozenset({"nav", "search"})
_FURNITURE_ROLES = frozenset(
    "banner navigation contentinfo search complementary menu menubar toolbar dialog alertdialog tooltip tablist".split()  # noqa: SIM905 - a list of words reads best as words
)
_FURNITURE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:breadcrumbs?|skip-?links?|skip-?nav|skip-to(?:-main)?(?:-content)?|pagination|pager|addthis"
    r"|addtoany|social-(?:share|links|media)|share(?:-(?:links|buttons|page|bar|tools))?|sharing"
    r"|print-(?:link|button|page)|feedback(?:-(?:form|widget|banner|prompt|link))?|page-(?:feedback|rating)"
    r"|site-(?:header|footer|nav|search)|navbar|back-to-top|related-(?:links|content|items|pages|navigation)"
    r"|newsletter|contents-list|on-this-page)(?:$|\s)",
    re.IGNORECASE,
)
_COOKIE = re.compile(r"(?:^|[\s_-])(?:cookie|cookies|cookiebot|onetrust|gdpr)(?:$|[\s_-])", re.IGNORECASE)
_CONSENT = re.compile(r"(?:^|[\s_-])consent(?:$|[\s_-])", re.IGNORECASE)
_BIG = 3000  # characters; a part of the page that holds more is not a widget, whatever its class is called
_MOSTLY_LINKS = 0.5
_SECTIONING = frozenset({"main", "article", "section"})
_ASIDE = frozenset({"aside"})
_QUOTING = frozenset({"blockquote", "figure", "details", "table"})
_ROOTS = frozenset({"html", "body", "main", "article"})
_ANCESTORS = 60  # how far up to look


def is_hidden(node: LexborNode, panels: Mapping[str, str]) -> bool:
    """Whether a reader of the page does not see the element. `panels`: what a click opens, by id."""
    attributes = node.attributes
    if not attributes:
        return node.tag == "dialog"
    if node.tag in {"html", "body", "main"}:
        return False
    if _HIDING_CLASS.search(attributes.get("class") or ""):
        return True
    style = attributes.get("style") or ""
    collapsed = "hidden" in attributes or attributes.get("aria-hidden") == "true" or bool(style and _is_hiding(style))
    if collapsed:
        return (attributes.get("id") or "") not in panels
    if node.tag == "dialog":
        return "open" not in attributes
    return bool(style) and _is_unreadable(node, style)


def is_furniture(node: LexborNode) -> bool:
    """Whether the element is the site's and not the report's: navigation, banners, widgets."""
    tag = node.tag or ""
    if tag in _ROOTS or tag in HEADINGS:
        return False
    if tag in _FURNITURE_TAGS or (node.attributes.get("role") or "").lower() in _FURNITURE_ROLES:
        return True
    own_rule = _RULES.get(tag)
    return own_rule(node) if own_rule else _is_named_furniture(node)


def _is_banner(node: LexborNode) -> bool:
    return not (_within(node, _SECTIONING) and node.css_first("h1,h2,h3,h4,h5,h6"))


def _is_imprint(node: LexborNode) -> bool:
    return not _within(node, _QUOTING)


def _is_related(node: LexborNode) -> bool:
    if _within(node, _ASIDE):  # judged with the one around it
        return False
    return _link_share(node) > _MOSTLY_LINKS or _is_named_furniture(node)


def _is_page_link(node: LexborNode) -> bool:
    if (node.attributes.get("href") or "").startswith("#"):
        words = clean(node.text() or "").lower()
        if words.startswith(("skip to ", "back to top", "return to top", "top of page")):
            return True
    return _is_named_furniture(node)


def _is_named_furniture(node: LexborNode) -> bool:
    """Whether its classes or its id, which no standard governs, say that it is the site's."""
    attributes = node.attributes
    classes, name = attributes.get("class") or "", attributes.get("id") or ""
    if not classes and not name:
        return False
    if _COOKIE.search(f"{classes} {name}") or _FURNITURE_CLASS.search(classes):
        return _is_widget(node)
    if _CONSENT.search(f"{classes} {name}"):
        return "cookie" in (node.text() or "").lower() and _is_widget(node)
    return False


_RULES: Mapping[str, Callable[[LexborNode], bool]] = {
    "header": _is_banner,
    "footer": _is_imprint,
    "aside": _is_related,
    "a": _is_page_link,
}


def _is_hiding(style: str) -> bool:
    size = _FONT_SIZE.search(style)
    if size and float(size[1]) < _SMALLEST.get((size[2] or "").lower(), 2.0):
        return True
    return _HIDING_STYLE.search(style) is not None


def _is_unreadable(node: LexborNode, style: str) -> bool:
    """Text in the colour of its background; a page is white unless an inline style says otherwise."""
    colour = _COLOUR.search(style)
    if colour is None:
        return False
    up: LexborNode | None = node
    for _ in range(_ANCESTORS):
        if up is None:
            break
        background = _BACKGROUND.search(up.attributes.get("style") or "")
        if background:
            return _plain(colour[1]) in {_plain(background[1]), _plain(background[1].strip().split(" ")[0])}
        up = up.parent
    return _plain(colour[1]) == "white"


def _plain(colour: str) -> str:
    name = re.sub(r"\s+", "", colour.lower())
    return "white" if re.fullmatch(r"#f{3}|#f{4}|#f{6}|#f{8}|rgba?\(255,255,255(?:,1)?\)|white", name) else name


def _within(node: LexborNode, tags: frozenset[str]) -> bool:
    up = node.parent
    for _ in range(_ANCESTORS):
        if up is None:
            return False
        if up.tag in tags:
            return True
        up = up.parent
    return False


def _is_widget(node: LexborNode) -> bool:
    if node.css_first("h1,main"):
        return False
    return len(node.text() or "") < _BIG or _link_share(node) > _MOSTLY_LINKS


def _link_share(node: LexborNode) -> float:
    words = len(clean(node.text() or ""))
    links = sum(len(clean(link.text() or "")) for link in node.css("a"))
    return links / words if words else 1.0
