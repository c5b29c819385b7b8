"""The `---` block of `key: value` lines at the head of a text or Markdown file."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from indexer.model import Notice
from indexer.text import clean

KEYS = frozenset(
    {"title", "subject", "publisher", "published", "inspected", "assessment"}
    | {"source_url", "licence", "attribution", "profile"}
)
_LONGEST = 60  # lines; what is longer is not front matter
_PAIR = re.compile(r"([A-Za-z][\w -]{0,40}?)\s*:(?:\s+(.*))?")
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?![\d-])")


@dataclass(frozen=True, kw_only=True, slots=True)
class FrontMatter:
    """`body` is the text after the block, or the whole text where there is no readable block."""

    body: str
    metadata: dict[str, str] = field(default_factory=dict)
    notices: tuple[Notice, ...] = ()


def split_front_matter(text: str) -> FrontMatter:
    """Never raises: a block that cannot be read is kept as text, with a notice."""
    first, _, rest = text.lstrip("\n").partition("\n")
    if first.rstrip() != "---":
        return FrontMatter(body=text)
    lines = rest.split("\n", _LONGEST)
    end = next((i for i, line in enumerate(lines[:_LONGEST]) if line.rstrip() in {"---", "..."}), None)
    inside = [line for line in lines[:end] if line.strip() and not line.startswith("#")]
    if not inside or not _PAIR.fullmatch(inside[0].rstrip()):
        return FrontMatter(body=text)  # a rule at the head of the text
    if end is None:
        return _broken(text, "it has no closing ---")
    pairs: dict[str, str] = {}
    notices = []
    for line in inside:
        pair = _PAIR.fullmatch(line.rstrip())
        if pair is None:
            return _broken(text, f"{clean(line)[:60]!r} is not `key: value`")
        notice = _add(pairs, pair[1], pair[2] or "")
        if notice:
            notices.append(Notice(code="front-matter", message=notice))
    return FrontMatter(body="\n".join(lines[end + 1 :]), metadata=pairs, notices=tuple(notices))


def iso_date(text: str) -> str | None:
    """The date of an ISO date or date and time, else None."""
    found = _ISO_DATE.match(text.strip())
    if found is None:
        return None
    try:
        return date.fromisoformat(found[0]).isoformat()
    except ValueError:
        return None


def _add(pairs: dict[str, str], raw_key: str, raw_value: str) -> str | None:
    key = raw_key.strip().lower().replace("-", "_").replace(" ", "_")
    value = clean(raw_value)
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        value = value[1:-1].strip()
    if key not in KEYS:
        return f"unknown key {raw_key.strip()!r}"
    if key in pairs:
        return f"{key} is given twice: the first is taken"
    if not value:
        return None
    if key == "published":
        day = iso_date(value)
        if day is None:
            return f"published: {value[:40]!r} is not a date like 2025-01-24"
        value = day
    pairs[key] = value
    return None


def _broken(text: str, why: str) -> FrontMatter:
    notice = Notice(code="front-matter", message=f"front matter not read, and kept as text: {why}")
    return FrontMatter(body=text, notices=(notice,))
