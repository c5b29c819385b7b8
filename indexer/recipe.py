"""What, beside the corpus and the model, decides what becomes of a file: as one digest."""

from __future__ import annotations

import hashlib
from importlib import metadata, resources
from importlib.resources.abc import Traversable

from indexer.profiles import Profiles

# The libraries that decide what is read from a file, and how it is cut.
_READING = ("mammoth", "markdown-it-py", "pdfminer.six", "pdfplumber", "pypdf", "selectolax", "sentencex", "tantivy")


def recipe_digest(profiles: Profiles) -> str:
    """Digest of all that decides what becomes of a file: this package, the profiles, and the libraries that read."""
    total = hashlib.sha256(profiles.digest().encode())
    total.update(" ".join(f"{name} {metadata.version(name)}" for name in _READING).encode())

    def take(place: Traversable) -> None:
        for item in sorted(place.iterdir(), key=lambda i: i.name):
            if item.is_dir() and item.name != "__pycache__":
                take(item)
            elif item.name.endswith((".py", ".sql")):
                total.update(item.name.encode() + b"\0" + item.read_bytes())

    take(resources.files("indexer"))
    return total.hexdigest()
