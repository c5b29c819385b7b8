"""From a file to its blocks, in reading order. One module a format; `read` picks it."""

from __future__ import annotations

from pathlib import PurePosixPath

from indexer.errors import UnreadableFileError
from indexer.model import Document, SourceFile
from indexer.readers.html import read_html
from indexer.readers.markdown import read_markdown
from indexer.readers.pdf import read_pdf
from indexer.readers.plain import read_plain
from indexer.readers.port import Detect, Reader
from indexer.readers.word import read_word

READERS: dict[str, Reader] = {
    ".txt": read_plain,
    ".text": read_plain,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".pdf": read_pdf,
    ".docx": read_word,
}


def read(source: SourceFile, detect: Detect) -> Document:
    """The document in a file. Raises UnreadableFileError, and nothing else, where there is none."""
    reader = READERS.get(PurePosixPath(source.name).suffix.lower())
    if reader is None:
        raise UnreadableFileError(
            f"no reader for {PurePosixPath(source.name).suffix or 'a file without an ending'}",
            f"save it as one of {', '.join(sorted(READERS))}",
        )
    return reader(source, detect)
