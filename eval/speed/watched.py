"""A citewise command that notes which libraries of models it imported: `python -m eval.speed.watched NOTES COMMAND`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from indexer.cli import main

_MODEL_LIBRARIES = ("openvino", "sentence_transformers", "tokenizers", "torch", "transformers")


def watched() -> None:
    notes = Path(sys.argv.pop(1))
    try:
        main()
    finally:
        loaded = [name for name in _MODEL_LIBRARIES if name in sys.modules]
        notes.write_text(json.dumps(loaded), encoding="utf-8")


if __name__ == "__main__":
    watched()
