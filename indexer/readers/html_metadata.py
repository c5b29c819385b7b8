"""What a page's head declares about it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping

from selectolax.lexbor import LexborHTMLParser

from indexer.readers.front_matter import iso_date
from indexer.text import clean, strip_invisible

_PUBLISHED = (
    "article:published_time", "dc.date", "dc.date.issued", "dcterms.date", "dcterms.issued", "dcterms.created",
    "dc.date.published", "citation_publication_date", "datepublished", "date",
)  # fmt: skip
_PUBLISHER = ("og:site_name", "dc.publisher", "dcterms.publisher", "citation_publisher")
_PUBLISHED_CLASS = re.compile(r"(?:^|[\s_-])(?:published|pubdate|date-published)(?:$|[\s_-])", re.IGNORECASE)
_WEB = re.compile(r"https?://\S+", re.IGNORECASE)
_MOST_ITEMS = 200


def metadata_of(tree: LexborHTMLParser) -> dict[str, str]:
    """Under the names of `Metadata`'s fields. No title where the page has an <h1>: that one is text."""
    declared = _declared(tree)
    items = list(_linked_data(tree))
    title = None
    if tree.css_first("h1") is None:
        head = tree.css_first("head > title")
        title = declared.get("og:title") or (head.text() if head else None)
    canonical = tree.css_first("link[rel~=canonical]")
    address = (canonical.attributes.get("href") if canonical else None) or declared.get("og:url") or ""
    published = (
        *(declared.get(name) for name in _PUBLISHED),
        *(item.get("datePublished") for item in items),
        *_times(tree),
    )
    publisher = (*(declared.get(name) for name in _PUBLISHER), *(_name(item.get("publisher")) for item in items))
    found = {
        "title": title,
        "publisher": _first(publisher),
        "published": next((day for day in map(iso_date, _texts(published)) if day), None),
        "source_url": address if _WEB.fullmatch(address.strip()) else None,
    }
    tidied = {key: _tidy(value) for key, value in found.items() if value}
    return {key: value for key, value in tidied.items() if value}


def _declared(tree: LexborHTMLParser) -> dict[str, str]:
    """The first content of each name, in lower case."""
    declared: dict[str, str] = {}
    for meta in tree.css("meta[content]"):
        attributes = meta.attributes
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
        content = attributes.get("content")
        if content and content.strip():
            declared.setdefault(name.strip().lower(), content)
    return declared


def _linked_data(tree: LexborHTMLParser) -> Iterator[Mapping[str, object]]:
    for script in tree.css('script[type="application/ld+json"]'):
        try:
            data = json.loads(script.text() or "")
        except (ValueError, RecursionError):
            continue
        graph = data.get("@graph", [data]) if isinstance(data, dict) else data
        for item in graph[:_MOST_ITEMS] if isinstance(graph, list) else ():
            if isinstance(item, dict):
                yield item


def _times(tree: LexborHTMLParser) -> Iterator[str | None]:
    for time in tree.css("time[datetime]"):
        attributes = time.attributes
        marked = "pubdate" in attributes or (attributes.get("itemprop") or "").lower() == "datepublished"
        if marked or _PUBLISHED_CLASS.search(attributes.get("class") or ""):
            yield attributes.get("datetime")


def _name(publisher: object) -> object:
    return publisher.get("name") if isinstance(publisher, dict) else publisher


def _first(values: Iterable[object]) -> str | None:
    return next(_texts(values), None)


def _texts(values: Iterable[object]) -> Iterator[str]:
    return (value for value in values if isinstance(value, str) and value.strip())


def _tidy(value: str) -> str:
    # JSON may spell half a surrogate pair, which is no character.
    return clean(strip_invisible(value.encode("utf-8", "ignore").decode())[0])
