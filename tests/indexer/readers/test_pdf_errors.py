from __future__ import annotations

import contextlib
import io
import logging

import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from paper import PROSE, Paper, read, texts
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader

from indexer.errors import UnreadableFileError


def _plain() -> bytes:
    paper = Paper()
    paper.heading("Summary")
    paper.lines(*PROSE)
    paper.turn()
    paper.lines(*PROSE)
    return paper.data()


def _refusal(data: bytes) -> UnreadableFileError:
    with pytest.raises(UnreadableFileError) as caught:
        read(data)
    return caught.value


def _picture(paper: Paper) -> None:
    paper.canvas.drawImage(ImageReader(Image.new("RGB", (40, 40), "grey")), 60, 60, 400, 600)


def test_pictures_of_pages() -> None:
    paper = Paper()
    _picture(paper)
    refusal = _refusal(paper.data())
    assert refusal.reason == "holds only images of pages"
    assert "ocrmypdf" in refusal.fix


def test_a_scanned_page_with_a_text_layer_is_read() -> None:
    paper = Paper()
    _picture(paper)
    layer = paper.canvas.beginText(60, 700)
    layer.setTextRenderMode(3)
    layer.setFont("Helvetica", 11)
    for line in PROSE:
        layer.textLine(line)
    paper.canvas.drawText(layer)
    document = paper.read()
    assert texts(document) == [" ".join(PROSE)]


def test_a_web_page_with_a_pdf_ending() -> None:
    refusal = _refusal(b"\n<!DOCTYPE html>\n<html><body>Not found</body></html>")
    assert refusal.reason == "is a web page, not a PDF"
    assert refusal.fix == "download the PDF again or save it as .html"


def test_other_data_and_no_data() -> None:
    assert _refusal(b"Dear all, please find the report below.").reason == "is not a PDF"
    assert _refusal(b"").reason == "the file is empty"
    assert _refusal(b"\0" * 500).reason == "the file is empty"


def test_a_file_that_was_cut_short() -> None:
    data = _plain()
    assert "cut short" in _refusal(data[: len(data) // 2]).reason


def test_a_password_is_needed() -> None:
    paper = Paper(encrypt=StandardEncryption("open sesame"))
    paper.lines(*PROSE)
    refusal = _refusal(paper.data())
    assert refusal.reason == "is encrypted with a password"
    assert refusal.fix == "save it without a password"


def test_an_empty_password_opens() -> None:
    paper = Paper(encrypt=StandardEncryption("", ownerPassword="the owner's"))
    paper.lines(*PROSE)
    assert texts(paper.read()) == [" ".join(PROSE)]


def test_no_pages() -> None:
    target = io.BytesIO()
    pypdf.PdfWriter().write(target)
    assert _refusal(target.getvalue()).reason == "has no pages"


def test_pages_without_text_and_pictures() -> None:
    paper = Paper()
    paper.canvas.rect(100, 100, 50, 50)
    assert _refusal(paper.data()).reason == "no text on any page"


def test_the_title_is_declared_but_not_where_it_is_a_file_name() -> None:
    for title, metadata in (
        ("Assessment of Elmshire Council", {"title": "Assessment of Elmshire Council"}),
        ("Microsoft Word - Elmshire final.docx", {}),
        ("10327154 Elmshire 80508 final final clean-1747.docx", {}),
        ("elmshire_report_v3", {}),
        ("untitled", {}),
    ):
        paper = Paper()
        paper.canvas.setTitle(title)
        paper.canvas.setAuthor("A. N. Inspector")
        paper.lines(*PROSE)
        assert dict(paper.read().metadata) == metadata


def test_the_date_of_issue_is_read_and_the_date_of_making_is_not() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(_plain()))
    packet = pypdf.generic.StreamObject()
    packet.set_data(b"<x><dcterms:issued>2024-05-03</dcterms:issued><xmp:CreateDate>2020-01-01</xmp:CreateDate></x>")
    writer.root_object[pypdf.generic.NameObject("/Metadata")] = writer._add_object(packet)
    target = io.BytesIO()
    writer.write(target)
    assert read(target.getvalue()).metadata["published"] == "2024-05-03"
    assert "published" not in read(_plain()).metadata


def test_a_damaged_page_is_reported_and_the_others_are_read() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(_plain()))
    page = writer.pages[1]
    page[pypdf.generic.NameObject("/Rotate")] = pypdf.generic.NameObject("/Sideways")
    target = io.BytesIO()
    writer.write(target)
    document = read(target.getvalue())
    assert texts(document) == [" ".join(PROSE)]
    assert [notice.message for notice in document.notices if notice.code == "damaged-pages"] == [
        "page 2 cannot be read"
    ]


def test_the_libraries_do_not_log(caplog: pytest.LogCaptureFixture) -> None:
    data = _plain().replace(b"/Helvetica", b"/Helvetixx")
    level = logging.getLogger("pdfminer").level
    read(data)
    assert caplog.records == []
    assert logging.getLogger("pdfminer").level == level


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=400), st.booleans())
def test_any_bytes_are_refused_with_a_reason(data: bytes, dressed: bool) -> None:
    refusal = _refusal(b"%PDF-1.7\n" + data + b"\n%%EOF" if dressed else data)
    assert refusal.reason
    assert refusal.fix


PLAIN = _plain()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_flipped_bits_raise_nothing_else(data: st.DataObject) -> None:
    damaged = bytearray(PLAIN)
    for _ in range(data.draw(st.integers(1, 12))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    end = data.draw(st.integers(0, len(damaged)))
    for candidate in (bytes(damaged), bytes(damaged[:end]) + b"\n%%EOF"):
        with contextlib.suppress(UnreadableFileError):
            assert read(candidate).blocks is not None
