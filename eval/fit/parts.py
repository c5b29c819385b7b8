"""Where the fits put what they found: a part of the service's file of weights."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from service.weights import Part, fitted


def known(part: Part, out: Path | None) -> Mapping[str, Any]:
    """What stands there already; or in the service's own file."""
    parts = json.loads(out.read_text(encoding="utf-8")) if out is not None and out.exists() else {}
    return parts.get(part.value) or fitted(part)


def put(part: Part, value: Mapping[str, Any], out: Path | None) -> None:
    """Nothing where no file is named."""
    if out is not None:
        parts = json.loads(out.read_text(encoding="utf-8")) if out.exists() else {}
        out.write_text(json.dumps(parts | {part.value: value}, indent=1) + "\n", encoding="utf-8")
