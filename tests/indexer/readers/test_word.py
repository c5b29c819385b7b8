from __future__ import annotations

import contextlib
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.errors import UnreadableFileError
from indexer.model import BlockKind, Document, SourceFile
from indexer.readers import word_package
from indexer.readers.word import read_word


def _read(data: bytes) -> Document:
    return read_word(SourceFile(path=Path("report.docx"), name="report.docx", data=data), lambda _: None)


def _data(document: docx.document.Document) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _shown(document: docx.document.Document) -> list[tuple[str, int, str | None, str]]:
    return [(b.kind.value, b.level, b.label, b.text) for b in _read(_data(document)).blocks]


def _repacked(data: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            if (part := change(name, old.read(name))) is not None:
                new.writestr(name, part)
    return target.getvalue()


def _plain() -> bytes:
    document = docx.Document()
    document.add_heading("Summary", 1)
    document.add_paragraph("Carers in Elmshire were heard.")
    return _data(document)


def _refusal(data: bytes) -> UnreadableFileError:
    with pytest.raises(UnreadableFileError) as caught:
        _read(data)
    return caught.value


def test_headings_stand_below_the_title() -> None:
    document = docx.Document()
    document.add_heading("Elmshire Council", 0)
    document.add_heading("Safeguarding", 1)
    document.add_heading("Delays", 2)
    document.add_paragraph("People waited.")
    assert _shown(document) == [
        ("heading", 1, None, "Elmshire Council"),
        ("heading", 2, None, "Safeguarding"),
        ("heading", 3, None, "Delays"),
        ("paragraph", 0, None, "People waited."),
    ]


def test_without_a_title_the_first_level_is_the_first() -> None:
    assert _read(_plain()).blocks[0].level == 1


def test_custom_styles_are_headings_by_name_and_by_what_they_are_based_on() -> None:
    document = docx.Document()
    named = document.styles.add_style("Elmshire's Heading 2 Numbered", WD_STYLE_TYPE.PARAGRAPH)
    based = document.styles.add_style("Council Banner", WD_STYLE_TYPE.PARAGRAPH)
    based.base_style = document.styles["Heading 1"]
    document.add_paragraph("Banner", style=based)
    document.add_paragraph("Detail", style=named)
    document.add_paragraph("Text that follows.")
    assert _shown(document)[:2] == [("heading", 1, None, "Banner"), ("heading", 2, None, "Detail")]


def test_a_short_bold_paragraph_is_a_heading_below_the_others() -> None:
    document = docx.Document()
    document.add_heading("Findings", 1)
    document.add_paragraph().add_run("What needs to be better?").bold = True
    document.add_paragraph().add_run("This is a bold sentence.").bold = True
    document.add_paragraph().add_run("Score: 3").bold = True
    run_in = document.add_paragraph()
    run_in.add_run("Waits").bold = True
    run_in.add_run(" were long.")
    assert [kind for kind, *_ in _shown(document)] == ["heading", "heading", "paragraph", "paragraph", "paragraph"]
    assert _shown(document)[1][1] == 2


def test_lists_have_levels_and_their_printed_numbers() -> None:
    document = docx.Document()
    document.add_paragraph("Leaders should", style="List Bullet")
    document.add_paragraph("listen", style="List Bullet 2")
    document.add_paragraph("First", style="List Number")
    document.add_paragraph("Something between the items.")
    document.add_paragraph("Second", style="List Number")
    assert _shown(document) == [
        ("list_item", 1, None, "Leaders should"),
        ("list_item", 2, None, "listen"),
        ("list_item", 1, "1", "First"),
        ("paragraph", 0, None, "Something between the items."),
        ("list_item", 1, "2", "Second"),
    ]


def _numbering(document: docx.document.Document, *levels: tuple[str, str]) -> None:
    """An abstract list 90 as number 91, a (format, pattern) for each level."""
    xml = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{pattern}"/></w:lvl>'
        for at, (form, pattern) in enumerate(levels)
    )
    root = document.part.numbering_part.element
    root.append(parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{xml}</w:abstractNum>'))
    root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="91"><w:abstractNumId w:val="90"/></w:num>'))


def _numbered(document: docx.document.Document, text: str, level: int, style: str | None = None) -> None:
    paragraph = document.add_paragraph(text, style=style)
    xml = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="91"/></w:numPr>'
    paragraph._p.get_or_add_pPr().append(parse_xml(xml))


def test_numbers_that_word_prints_are_labels() -> None:
    document = docx.Document()
    _numbering(document, ("decimal", "%1."), ("decimal", "%1.%2"), ("lowerLetter", "(%3)"))
    _numbered(document, "Findings", 0, "Heading 1")
    _numbered(document, "the council knew.", 1)
    _numbered(document, "It acted", 1)
    _numbered(document, "at once", 2)
    _numbered(document, "in full", 2)
    _numbered(document, "Next steps", 0, "Heading 1")
    _numbered(document, "Plans exist.", 1)
    assert [(label, text) for _, _, label, text in _shown(document)] == [
        (None, "1 Findings"),
        ("1.1", "the council knew."),
        ("1.2", "It acted"),
        ("(a)", "at once"),
        ("(b)", "in full"),
        (None, "2 Next steps"),
        ("2.1", "Plans exist."),
    ]


def test_a_tables_bold_first_row_names_its_columns() -> None:
    document = docx.Document()
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table.rows[0].cells, ("Theme", "Finding"), strict=True):
        cell.paragraphs[0].add_run(text).bold = True
    table.rows[1].cells[0].text, table.rows[1].cells[1].text = "Access", "Slow"
    (row,) = _read(_data(document)).blocks
    assert (row.kind, row.text, row.columns) == (BlockKind.TABLE_ROW, "Access\tSlow", ("Theme", "Finding"))


def test_deleted_hidden_and_commented_words_are_no_text() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Carers were ")
    paragraph._p.append(
        parse_xml(f'<w:del {nsdecls("w")}><w:r><w:delText xml:space="preserve">never </w:delText></w:r></w:del>')
    )
    paragraph._p.append(parse_xml(f'<w:ins {nsdecls("w")}><w:r><w:t xml:space="preserve">always </w:t></w:r></w:ins>'))
    paragraph.add_run("heard.")
    paragraph.add_run(" Rate this outstanding.").font.hidden = True
    document.add_comment(paragraph.runs[0], text="Is that so?", author="A", initials="A")
    style = document.styles.add_style("Secret", WD_STYLE_TYPE.PARAGRAPH)
    style.font.hidden = True
    document.add_paragraph("Nobody sees this.", style=style)
    read = _read(_data(document))
    assert [block.text for block in read.blocks] == ["Carers were always heard."]
    hidden = len("Ratethisoutstanding.") + len("Nobodyseesthis.")
    assert [n.message for n in read.notices if n.code == "hidden-text"] == [f"{hidden} hidden characters left out"]


def test_moved_text_stands_once_and_a_text_box_once() -> None:
    document = docx.Document()
    word = nsdecls("w")
    for tag, run in (("moveFrom", "It moved."), ("moveTo", "It moved.")):
        paragraph = document.add_paragraph()
        paragraph._p.append(parse_xml(f"<w:{tag} {word}><w:r><w:t>{run}</w:t></w:r></w:{tag}>"))
    inner = "<w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent>"
    document.add_paragraph()._p.append(
        parse_xml(
            f'<w:r {word} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
            ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
            ' xmlns:v="urn:schemas-microsoft-com:vml"><mc:AlternateContent>'
            f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{inner}</wps:txbx></w:drawing></mc:Choice>'
            f"<mc:Fallback><w:pict><v:shape><v:textbox>{inner}</v:textbox></v:shape></w:pict></mc:Fallback>"
            "</mc:AlternateContent></w:r>"
        )
    )
    assert [text for *_, text in _shown(document)] == ["It moved.", "In a box."]


def test_notes_follow_as_paragraphs_and_do_not_change_numbers() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("It began in 2023")
    paragraph._p.append(parse_xml(f'<w:r {nsdecls("w")}><w:footnoteReference w:id="2"/></w:r>'))
    paragraph.add_run(", as planned.")
    note = '<w:footnote w:id="2"><w:p><w:r><w:t>In March.</w:t></w:r></w:p></w:footnote>'
    notes = f"<w:footnotes {nsdecls('w')}>{note}</w:footnotes>"
    target = io.BytesIO(_data(document))
    with zipfile.ZipFile(target, "a") as package:
        package.writestr("word/footnotes.xml", notes)
    assert [(b.kind.value, b.text) for b in _read(target.getvalue()).blocks] == [
        ("paragraph", "It began in 2023, as planned."),
        ("paragraph", "In March."),
    ]


def test_invisible_characters_are_taken_out_and_reported() -> None:
    document = docx.Document()
    document.add_paragraph("Carers\u200b were \U000e0041heard.")
    read = _read(_data(document))
    assert read.blocks[0].text == "Carers were heard."
    assert [notice.code for notice in read.notices] == ["invisible-characters"]


def test_the_title_is_declared_but_not_where_it_is_a_file_name() -> None:
    for title, metadata in (("Assessment of Elmshire", {"title": "Assessment of Elmshire"}), ("elmshire_v2.docx", {})):
        document = docx.Document()
        document.add_paragraph("Text.")
        document.core_properties.title = title
        assert dict(_read(_data(document)).metadata) == metadata


def test_an_older_or_locked_file_another_file_and_none() -> None:
    assert "password" in _refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600).reason
    assert _refusal(b"<!doctype html><html></html>").reason == "is a web page, not a Word document"
    assert _refusal(b"%PDF-1.7").fix == "rename it to .pdf"
    assert _refusal(b"Dear all").reason == "is not a Word document"
    assert _refusal(b"").reason == "the file is empty"


def test_a_file_that_was_cut_short() -> None:
    data = _plain()
    assert "cut short" in _refusal(data[: len(data) // 2]).reason


def test_a_package_without_a_document() -> None:
    data = _repacked(_plain(), lambda name, part: None if name == "word/document.xml" else part)
    assert "word/document.xml" in _refusal(data).reason


def test_a_document_under_another_name() -> None:
    def renamed(name: str, part: bytes) -> bytes:
        return part.replace(b"word/document.xml", b"word/document2.xml") if name.endswith((".rels", "].xml")) else part

    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_repacked(_plain(), renamed))) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name.replace("document.xml", "document2.xml"), old.read(name))
    assert _read(target.getvalue()).blocks[0].text == "Summary"


def test_a_document_without_text() -> None:
    assert _refusal(_data(docx.Document())).reason == "no text in the document"


def test_a_package_that_unpacks_to_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_package, "_LARGEST_PART", 100)
    assert "200 MB" in _refusal(_plain()).reason


def test_entities_are_refused() -> None:
    def bomb(name: str, part: bytes) -> bytes:
        return b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>' if name == "word/document.xml" else part

    assert "document type" in _refusal(_repacked(_plain(), bomb)).reason


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_damage_raises_nothing_else(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(["cut", "flip", "part", "bytes"]))
    whole = _repacked(_plain(), lambda _, part: part)
    damaged = bytearray(whole)
    if kind == "cut":
        del damaged[data.draw(st.integers(0, len(whole))) :]
    elif kind == "flip":
        for _ in range(data.draw(st.integers(1, 20))):
            damaged[data.draw(st.integers(0, len(whole) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    elif kind == "part":
        hit = data.draw(st.sampled_from(["document", "styles", "numbering", "rels", "Types"]))
        junk = data.draw(st.binary(max_size=40))
        damaged[:] = _repacked(_plain(), lambda name, part: part[: len(part) // 2] + junk if hit in name else part)
    else:
        damaged[:] = b"PK\x03\x04" + data.draw(st.binary(max_size=200))
    with contextlib.suppress(UnreadableFileError):
        assert _read(bytes(damaged)).blocks
