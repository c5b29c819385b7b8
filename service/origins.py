"""The origins of other sites, as an administrator lists them."""

from __future__ import annotations

import json
import re
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator
from pydantic_settings import NoDecode

# What a browser sends as Origin: scheme, host in lower case, and a port that is not the scheme's own.
_ORIGIN = re.compile(r"(https?)://([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:]+\])(?::([1-9][0-9]{0,4}))?")
_OWN_PORT = {"http": "80", "https": "443"}


def listed(stated: Any) -> Any:
    """A list out of text: JSON, or values with commas between. Anything else stays as it is."""
    if not isinstance(stated, str):
        return stated
    if stated.lstrip().startswith("["):
        return json.loads(stated)
    return [part.strip() for part in stated.split(",") if part.strip()]


def _exact(stated: tuple[str, ...]) -> tuple[str, ...]:
    """Raises ValueError for the first that no browser would send, and says what to write."""
    for origin in stated:
        if origin == "*":
            raise ValueError("* would let every site in; list the origins that may embed the widget")
        found = _ORIGIN.fullmatch(origin)
        if found is None or _OWN_PORT[found[1]] == found[3]:
            raise ValueError(
                f"{origin!r} is no origin; write scheme and host in lower case, with a port only where it is not the "
                "usual one, and nothing behind it, as in https://intranet.example"
            )
    return stated


# NoDecode: text from the environment comes as it is, for it need not be JSON.
Origins = Annotated[tuple[str, ...], NoDecode, BeforeValidator(listed), AfterValidator(_exact)]
