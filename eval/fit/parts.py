"""Where the fits put what they found: a part of the service's file of weights."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import service
from service.weights import FILE_NAME, Part

FILE = Path(service.__path__[0]) / FILE_NAME


def add_out(parser: ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, help=f"a file to write the weights to, its other parts kept: {FILE_NAME}")


def put(part: Part, value: Mapping[str, Any], out: Path | None) -> None:
    """Nothing where no file is named."""
    if out is not None:
        known = json.loads(out.read_text(encoding="utf-8")) if out.exists() else {}
        out.write_text(json.dumps(known | {part.value: value}, indent=1) + "\n", encoding="utf-8")
