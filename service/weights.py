"""What was fitted on questions with known answers: one file beside this module, with a part for each use."""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

FILE_NAME = "weights.json"


class Part(StrEnum):
    """SEARCH    what candidates are ranked by (`service.search.weights`).
    READ      what a reader weighs where the network has read the evidence (`service.reader.weights`).
    COUNTED   the same where it has not.
    """

    SEARCH = "search"
    READ = "read"
    COUNTED = "counted"


@cache
def fitted(part: Part) -> Mapping[str, Any]:
    """That part of the file, with its `origin`: how it was fitted, and the figures reached on what was held out."""
    value: Mapping[str, Any] = json.loads(resources.files("service").joinpath(FILE_NAME).read_text("utf-8"))[part]
    return value
