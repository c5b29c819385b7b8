"""Cursor-paged lists. A cursor is opaque: it names the last item given, so that a new generation does not shift it."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import Annotated, Generic, NamedTuple, TypeVar
from urllib.parse import urlencode

from fastapi import Query

from service.channels.problems import FieldFault, ProblemError

Item = TypeVar("Item")

Limit = Annotated[int, Query(ge=1, le=200, description="How many at most.")]
Cursor = Annotated[
    str | None, Query(min_length=1, max_length=1000, description="From the `next` address of the page before.")
]


class Page(NamedTuple, Generic[Item]):
    items: Sequence[Item]
    next: str | None

    @property
    def headers(self) -> dict[str, str]:
        return {"Link": f'<{self.next}>; rel="next"'} if self.next else {}


def page(
    items: Sequence[Item], name: Callable[[Item], str], *, limit: int, cursor: str | None, path: str
) -> Page[Item]:
    """The items after the cursor's, and the address of the next page.

    Raises a 422 problem if the cursor was not given by this list, or its item has left it.
    """
    start = 0
    if cursor is not None:
        last = _decode(cursor)
        start = next((place for place, item in enumerate(items, 1) if name(item) == last), 0)
        if start == 0:
            raise _unknown_cursor()
    shown = items[start : start + limit]
    more = start + limit < len(items)
    query = urlencode({"limit": limit, "cursor": _encode(name(shown[-1]))}) if more else ""
    return Page(shown, f"{path}?{query}" if more else None)


def _encode(name: str) -> str:
    return base64.urlsafe_b64encode(name.encode()).decode().rstrip("=")


def _decode(cursor: str) -> str:
    try:
        return base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError) as fault:
        raise _unknown_cursor() from fault


def _unknown_cursor() -> ProblemError:
    message = "no such place in this list, or no longer; begin again without a cursor"
    return ProblemError(422, f"cursor: {message}", errors=[FieldFault(field="cursor", message=message)])
