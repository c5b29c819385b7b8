"""A Word file as a package of parts: what it must hold, how large it may be, what it declares."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from xml.etree import ElementTree as ET

from indexer.errors import UnreadableFileError
from indexer.readers.declared import declared_title
from indexer.readers.decode import looks_like_html

_DOCUMENT = "word/document.xml"
_RELATIONS = "_rels/.rels"
_IS_DOCUMENT = "/relationships/officeDocument"
_LARGEST_PART = 200 * 1024 * 1024  # bytes unpacked; the longest reports have some ten
_LARGEST_TOTAL = 1024 * 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_DOWNLOAD_AGAIN = "download it again, or open it in Word and save it as .docx"


def parts_of_package(data: bytes) -> dict[str, bytes]:
    """The XML parts that make the text, by their names. Raises UnreadableFileError."""
    _refuse_what_is_no_package(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            sizes = {info.filename: info.file_size for info in package.infolist()}
            xml = {name: size for name, size in sizes.items() if name.endswith((".xml", ".rels"))}
            if max(xml.values(), default=0) > _LARGEST_PART or sum(xml.values()) > _LARGEST_TOTAL:
                raise UnreadableFileError("unpacks to more than 200 MB of text", "split it, or save it as PDF")
            return {name: package.read(name) for name in xml}
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, NotImplementedError, RuntimeError) as error:
        raise UnreadableFileError("is damaged or cut short: it cannot be unpacked", _DOWNLOAD_AGAIN) from error


def document_name(parts: Mapping[str, bytes]) -> str:
    """The name of the part that holds the text. Raises UnreadableFileError where there is none."""
    if _DOCUMENT in parts:
        return _DOCUMENT
    relations = xml_of(parts[_RELATIONS]) if _RELATIONS in parts else ()
    for relation in relations:
        target = relation.get("Target", "").lstrip("/")
        if relation.get("Type", "").endswith(_IS_DOCUMENT) and target in parts:
            return target
    raise UnreadableFileError("is not a Word document: it has no word/document.xml", _DOWNLOAD_AGAIN)


def xml_of(part: bytes) -> ET.Element:
    """A part's root. Raises UnreadableFileError; a document type, which no Word file has, is refused unread."""
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part or b"<\0!\0D\0O\0C\0T" in part:
        raise UnreadableFileError("declares a document type inside, as no Word file does", _DOWNLOAD_AGAIN)
    try:
        return ET.fromstring(part)  # noqa: S314  without a document type there are no entities to abuse
    except (ET.ParseError, ValueError, LookupError) as error:
        raise UnreadableFileError("is damaged: its text cannot be parsed", _DOWNLOAD_AGAIN) from error


def metadata_of(parts: Mapping[str, bytes]) -> dict[str, str]:
    """The title, where a person wrote one. The subject, author and dates there are the program's habit."""
    core = parts.get("docProps/core.xml")
    if core is None:
        return {}
    try:
        title = declared_title(xml_of(core).findtext(_TITLE))
    except UnreadableFileError:
        return {}  # properties are a courtesy: damaged ones are no reason to lose the text
    return {"title": title} if title else {}


def packed(parts: Mapping[str, bytes]) -> io.BytesIO:
    """The parts as a package again."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name, part in parts.items():
            package.writestr(name, part)
    target.seek(0)
    return target


def _refuse_what_is_no_package(data: bytes) -> None:
    if not data.strip(b"\0 \t\r\n"):
        raise UnreadableFileError("the file is empty", "put the report's text in it, or remove it")
    if data.startswith(_OLE):
        raise UnreadableFileError(
            "is protected by a password or in Word's format from before 2007",
            "open it in Word and save it as .docx without a password",
        )
    if not data.startswith(b"PK"):
        if looks_like_html(data):
            raise UnreadableFileError("is a web page, not a Word document", "save it as .html")
        if data.startswith(b"%PDF-"):
            raise UnreadableFileError("is a PDF, not a Word document", "rename it to .pdf")
        raise UnreadableFileError("is not a Word document", _DOWNLOAD_AGAIN)
