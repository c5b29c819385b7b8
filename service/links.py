"""Addresses of what is cited: here, and in the published source down to the quoted words."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from indexer.index.catalogue import StoredParagraph

# A quote up to this long is named whole; of a longer one the first and last words, which browsers find as a range.
_WHOLE = 80
_EDGE_WORDS = 5


def report_url(report_id: str) -> str:
    return f"/reports/{quote(report_id, safe='')}"


def anchor(section_id: str, number: int) -> str:
    """A paragraph's id within the page of its report."""
    return f"{section_id}.{number}"


def paragraph_url(found: StoredParagraph) -> str:
    """`/reports/<id>#<section>.<n>`: the one address of a paragraph on every surface."""
    return anchored_url(found.report.id, found.section.id, found.paragraph.number)


def anchored_url(report_id: str, section_id: str, number: int) -> str:
    """The same from its parts."""
    return f"{report_url(report_id)}#{quote(anchor(section_id, number), safe='')}"


def paragraph_id_url(report_id: str, paragraph_id: str) -> str:
    """The same from `<report>:<section>:<n>`."""
    section_id, number = paragraph_id.removeprefix(f"{report_id}:").rsplit(":", 1)
    return anchored_url(report_id, section_id, int(number))


def marked_url(found: StoredParagraph, start: int, end: int) -> str:
    """The same with the words from `start` to `end`, in code points, marked by the service that shows the report.

    What stands behind `#` never reaches a server, so the paragraph is named before it too; the beginning of its digest
    tells, years later, whether it is still the paragraph that was quoted.
    """
    place = quote(anchor(found.section.id, found.paragraph.number), safe="")
    return f"{report_url(found.report.id)}?mark={place}:{start}-{end}:{found.paragraph.digest[:8]}#{place}"


def web_address(url: str | None) -> str | None:
    """The address if it is one of the web; None for anything else, so that it never becomes a link."""
    if url is None:
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    return url.strip() if parts.scheme.lower() in ("http", "https") and parts.netloc else None


def quote_url(address: str, words: str) -> str:
    """The address with a text fragment, so that a browser scrolls to the quoted words and marks them."""
    joint = "" if "#" in address else "#"
    return f"{address}{joint}:~:text={_directive(words)}"


def source_fragment_url(found: StoredParagraph, words: str) -> str | None:
    """The quoted words in the published source; None where the source has no web address."""
    address = web_address(found.report.metadata.source_url)
    return quote_url(address, words) if address else None


def _directive(words: str) -> str:
    # A range may span blocks, such as the cells of a table row; a whole text may not.
    if len(words) <= _WHOLE and "\t" not in words:
        return _encoded(words)
    cells = words.split("\t")
    first, last = cells[0].split(), cells[-1].split()
    if len(cells) == 1 and len(first) <= 2 * _EDGE_WORDS:
        return _encoded(words)
    return f"{_encoded(' '.join(first[:_EDGE_WORDS]))},{_encoded(' '.join(last[-_EDGE_WORDS:]))}"


def _encoded(words: str) -> str:
    # A hyphen has a meaning of its own in a text directive, and `quote` never encodes it.
    return quote(words, safe="").replace("-", "%2D")
