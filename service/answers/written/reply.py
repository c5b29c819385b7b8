"""What the model writes, read as it comes: a claim is there once its closing bracket is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import from_json

from service.language import Fault, ModelError

# More than this is no answer to anything, whatever it is.
_LONGEST = 60_000
_THOUGHT = re.compile(r"<think>.*?(?:</think>|$)", re.DOTALL)
_CLAIMS = re.compile(r'"claims"\s*:\s*\[')
_ANSWERED = re.compile(r'"answered"\s*:\s*(true|false)\b')


class RawSource(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True)

    label: str = Field(max_length=40)
    quote: str = Field(max_length=4000)


class RawClaim(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True)

    text: str = Field(min_length=1, max_length=1200)
    sources: list[RawSource] = Field(max_length=12)


class Reply:
    """Reads pieces of text once; afterwards tells whether the model says that the passages answer.

    answered  None where it does not say.
    """

    def __init__(self) -> None:
        self.answered: bool | None = None

    def claims(self, pieces: Iterable[str]) -> Iterator[RawClaim | None]:
        """Each claim when it is whole; None for one of another shape.

        Raises ModelError with Fault.INVALID where what came is no JSON with a list of claims, and whatever taking
        the pieces raises.
        """
        text, given = "", 0
        for piece in pieces:
            text += piece
            if len(text) > _LONGEST:
                raise ModelError(Fault.INVALID, "the model does not come to an end")
            if "}" in piece:
                whole = _whole(text)
                for one in whole[given:]:
                    yield _claim(one)
                given = max(given, len(whole))
        plain = _THOUGHT.sub("", text)
        said = _ANSWERED.search(plain)
        self.answered = said.group(1) == "true" if said else None
        if not _CLAIMS.search(plain) or (self.answered is None and not given):
            raise ModelError(Fault.INVALID, "the model's reply is not the JSON that it was asked for")


def _whole(text: str) -> list[Any]:
    """The items of the list of claims that are closed."""
    plain = _THOUGHT.sub("", text)
    begun = _CLAIMS.search(plain)
    if begun is None:
        return []
    listed = plain[begun.end() - 1 :]
    end = len(listed)
    while (end := listed.rfind("}", 0, end)) > 0:
        try:
            items = from_json(listed[: end + 1] + "]")
        except ValueError:
            continue
        return items if isinstance(items, list) else []
    return []


def _claim(value: Any) -> RawClaim | None:
    try:
        return RawClaim.model_validate(value)
    except ValidationError:
        return None
