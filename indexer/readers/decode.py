"""From bytes to text, and what is odd about the text."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from indexer.errors import UnreadableFileError
from indexer.model import Block, Notice
from indexer.text import strip_invisible

_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "a PDF", "rename it to .pdf"),
    (b"PK\x03\x04", "a ZIP archive or an Office file", "rename it to .docx if it is a Word document"),
    (b"\xd0\xcf\x11\xe0", "an old Office file", "save it as .docx"),
    (b"{\\rtf", "rich text (RTF)", "save it as .docx"),
    (b"\x7fELF", "a program", "take it out of the corpus"),
    (b"\x1f\x8b", "a gzip archive", "unpack it"),
    (b"\x89PNG", "an image", "take it out of the corpus"),
    (b"\xff\xd8\xff", "an image", "take it out of the corpus"),
    (b"GIF8", "an image", "take it out of the corpus"),
)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([a-z0-9_:-]{2,40})", re.IGNORECASE)
_HTML_START = re.compile(
    rb"\s*(?>(?:<!--.*?-->|<\?xml[^>]*>)\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL
)
# The encodings that a browser knows and Python decodes; others in Python's list are not text encodings.
_WEB_ENCODING = re.compile(
    r"windows-125[0-8]|iso-8859-\d{1,2}|koi8-[ru]|macintosh|gbk|gb2312|gb18030|big5|shift_jis|euc-(?:jp|kr)"
)
_UTF8 = {"utf-8", "utf8", "utf-16", "utf-16le", "utf-16be"}  # a meta element read as ASCII cannot be UTF-16
_LATIN = {"iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii", "cp1252"}  # browsers read them as windows-1252


def decode(data: bytes) -> str:
    """UTF-8 with or without a byte order mark, or UTF-16 with one. Raises UnreadableFileError."""
    return _decode(data, "utf-8")


def decode_html(data: bytes) -> str:
    """Like `decode`, but in the encoding that a <meta> in the first 4,096 bytes declares, if any."""
    declared = _META_CHARSET.search(data[:4096])
    return _decode(data, _python_encoding(declared[1].decode("ascii").lower()) if declared else "utf-8")


def no_text() -> UnreadableFileError:
    return UnreadableFileError("no text in the file", "put the report's text in it, or remove it")


def looks_like_html(data: bytes) -> bool:
    """Whether the data begins as an HTML page does, whatever its file is called."""
    return _HTML_START.match(data[:4096].removeprefix(codecs.BOM_UTF8)) is not None


def oddities(text: str, removed: Counter[str]) -> tuple[Notice, ...]:
    """Notices on invisible characters that were taken out, and on replacement characters in the text."""
    notices = []
    if removed:
        counts = ", ".join(f"{removed[c]} × {c}" for c in sorted(removed))
        notices.append(Notice(code="invisible-characters", message=f"invisible characters taken out: {counts}"))
    if lost := text.count("\ufffd"):
        message = f"{lost} replacement characters (U+FFFD): letters were lost before this file was made"
        notices.append(Notice(code="replacement-characters", message=message))
    return tuple(notices)


def without_invisible(blocks: Iterable[Block], removed: Counter[str]) -> tuple[Block, ...]:
    """The blocks without invisible characters, such as those that character references bring in.

    Adds to `removed`. A block of nothing else is left out.
    """
    kept = []
    for block in blocks:
        text, found = strip_invisible(block.text)
        if found:
            removed.update(found)
            text = "\t".join(" ".join(cell.split()) for cell in text.split("\t"))
            block = replace(block, text=text)  # noqa: PLW2901 - the same block, cleaned
        if text.strip():
            kept.append(block)
    return tuple(kept)


def _python_encoding(declared: str) -> str:
    if declared in _UTF8:
        return "utf-8"
    if declared in _LATIN:
        return "windows-1252"
    if _WEB_ENCODING.fullmatch(declared):
        try:
            return codecs.lookup(declared).name
        except LookupError:
            pass
    raise UnreadableFileError(f"declares the unknown character set {declared!r}", "save it as UTF-8")


def _decode(data: bytes, encoding: str) -> str:
    _refuse_binary(data)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    elif data.startswith(codecs.BOM_UTF8):
        encoding = "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        name = encoding.removesuffix("-sig").upper()
        raise UnreadableFileError(
            f"not {name}: byte 0x{data[error.start]:02x} at offset {error.start}", "save it as UTF-8"
        ) from error
    if (nul := text.find("\0")) >= 0:
        raise UnreadableFileError(f"binary data, not text: a NUL character at offset {nul}", "export it as UTF-8 text")
    if not text.strip():
        raise UnreadableFileError("the file is empty", "put the report's text in it, or remove it")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _refuse_binary(data: bytes) -> None:
    start = data[:1024].lstrip()
    for magic, what, fix in _MAGIC:
        if start.startswith(magic):
            raise UnreadableFileError(f"looks like {what}, not text", fix)
