"""Opening a PDF: what it declares, its outline, and every way in which it can be unreadable."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pypdf
from pypdf.errors import DependencyError

from indexer.errors import UnreadableFileError
from indexer.readers.declared import declared_title
from indexer.readers.decode import looks_like_html

_HEADER_WITHIN = 1024  # bytes, as readers of PDF files do
_END_WITHIN = 4096
_ISSUED = re.compile(
    rb"(?:dcterms:issued|prism:publicationDate)(?:\s*>|\s*=\s*[\"'])\s*(\d{4}-\d{2}-\d{2})", re.IGNORECASE
)
_CHATTY = ("pdfminer", "pdfplumber", "pypdf")
_DOWNLOAD_AGAIN = "download the PDF again"


@dataclass(frozen=True, kw_only=True, slots=True)
class OutlineEntry:
    """A bookmark. `page` is 1-based, `depth` 1 for the outermost."""

    title: str
    page: int
    depth: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Declared:
    metadata: Mapping[str, str]
    outline: tuple[OutlineEntry, ...]


def refuse_what_is_no_pdf(data: bytes) -> None:
    """Raises UnreadableFileError for what the first and last bytes already tell."""
    if not data.strip(b"\0 \t\r\n"):
        raise UnreadableFileError("the file is empty", _DOWNLOAD_AGAIN)
    if b"%PDF-" not in data[:_HEADER_WITHIN]:
        if looks_like_html(data):
            raise UnreadableFileError("is a web page, not a PDF", f"{_DOWNLOAD_AGAIN} or save it as .html")
        raise UnreadableFileError("is not a PDF", f"{_DOWNLOAD_AGAIN}, or give the file its right ending")
    if b"%%EOF" not in data.rstrip(b"\0 \t\r\n")[-_END_WITHIN:]:
        raise UnreadableFileError("is cut short: the end of the PDF is missing", _DOWNLOAD_AGAIN)


def declared(data: bytes) -> Declared:
    """The title, the date of issue and the outline. What is damaged there is left out.

    Raises UnreadableFileError where the file opens with a password only.
    """
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        locked = reader.is_encrypted and not reader.decrypt("")
    except DependencyError as error:
        raise UnreadableFileError("is encrypted in an unknown way", "save it without a password") from error
    except Exception:  # noqa: BLE001  a damaged file raises anything; pdfminer may still read its pages
        return Declared(metadata={}, outline=())
    if locked:
        raise UnreadableFileError("is encrypted with a password", "save it without a password")
    return Declared(metadata=_metadata(reader), outline=_outline(reader))


@contextmanager
def quiet() -> Iterator[None]:
    """The PDF libraries log what they forgive; the report of a file says what matters."""
    loggers = [logging.getLogger(name) for name in _CHATTY]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for logger, level in zip(loggers, before, strict=True):
            logger.setLevel(level)


def _metadata(reader: pypdf.PdfReader) -> dict[str, str]:
    found: dict[str, str] = {}
    try:
        info = reader.metadata
        title = declared_title(str(info.title)) if info is not None and info.title else None
        if title:
            found["title"] = title
        if issued := _ISSUED.search(_xmp(reader)):
            found["published"] = issued[1].decode("ascii")
    except Exception:  # noqa: BLE001  properties are a courtesy: a damaged one is no reason to lose the text
        return found
    return found


def _xmp(reader: pypdf.PdfReader) -> bytes:
    packet: Any = reader.root_object.get("/Metadata")
    if packet is None:
        return b""
    data = packet.get_object().get_data()
    return data if isinstance(data, bytes) else b""


def _outline(reader: pypdf.PdfReader) -> tuple[OutlineEntry, ...]:
    try:
        return tuple(_entries(reader, reader.outline, 1))
    except Exception:  # noqa: BLE001  without its outline a document still has its fonts
        return ()


def _entries(reader: pypdf.PdfReader, nodes: Any, depth: int) -> Iterator[OutlineEntry]:
    for node in nodes:
        if isinstance(node, list):
            yield from _entries(reader, node, depth + 1)
            continue
        page = reader.get_destination_page_number(node)
        if page is not None and page >= 0 and node.title:
            yield OutlineEntry(title=str(node.title), page=page + 1, depth=depth)
