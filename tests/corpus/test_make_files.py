"""The committed PDF and Word reports are what the script makes from their sources."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import docx
import pdfplumber
import pypdf
import pytest

CORPUS = Path(__file__).parents[2] / "corpus"
FILES = ["saltersea-2024.pdf", "tarnholme-2025.docx"]


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_files", CORPUS / "make_files.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["make_files"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def made(maker: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    maker.make_all(folder)
    return folder


def pdf_lines(path: Path) -> list[str]:
    with pdfplumber.open(path) as pdf:
        return [line for page in pdf.pages for line in page.extract_text().split("\n")]


def word_blocks(path: Path) -> list[str]:
    document = docx.Document(path)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [f"{p.style.name}: {p.text}" for p in document.paragraphs] + cells


def test_remaking_gives_the_committed_words(made: Path) -> None:
    assert pdf_lines(made / FILES[0]) == pdf_lines(CORPUS / FILES[0])
    assert word_blocks(made / FILES[1]) == word_blocks(CORPUS / FILES[1])


def test_making_twice_gives_the_same_bytes(maker: ModuleType, made: Path, tmp_path: Path) -> None:
    maker.make_all(tmp_path)
    for name in FILES:
        assert (tmp_path / name).read_bytes() == (made / name).read_bytes()


def test_every_word_of_the_source_is_in_the_pdf(maker: ModuleType) -> None:
    lines = [line for line in pdf_lines(CORPUS / FILES[0]) if not line.startswith(maker.PUBLISHER)]
    title = maker.read_source(CORPUS / "_sources" / "saltersea-2024.md")[0].text
    # The running header stands on every page but the first; the printed title runs over two lines.
    text = re.sub(r"\s", "", "".join(line.removesuffix("-") if re.search(r"[a-z]-$", line) else line
                                     for line in lines if line != title))  # fmt: skip
    for part in maker.read_source(CORPUS / "_sources" / "saltersea-2024.md"):
        for piece in [part.text, *(cell for row in part.rows for cell in row)]:
            assert re.sub(r"\s", "", piece) in text


def test_the_pdf_has_what_it_is_there_to_exercise() -> None:
    path = CORPUS / FILES[0]
    lines = pdf_lines(path)
    reader = pypdf.PdfReader(path)
    assert 4 <= len(reader.pages) <= 6
    assert [round(float(side)) for side in reader.pages[0].mediabox[2:]] == [595, 842]
    assert reader.outline[0].title == "Saltersea Borough Council: local authority assessment"
    assert len([line for line in lines if re.search(r"[a-z]-$", line)]) >= 2  # words broken at a line end
    assert sum(line == reader.metadata.title for line in lines) == len(reader.pages) - 1  # running header
    with pdfplumber.open(path) as pdf:
        assert pdf.pages[0].extract_table()[1] == ["Assessing needs", "1", "Evidence shows significant shortfalls"]
        # A paragraph goes on after the page break: the page's first line of text begins in lower case.
        assert any(page.extract_text().split("\n")[1][0].islower() for page in pdf.pages[1:])


def test_the_word_file_uses_word_styles() -> None:
    document = docx.Document(CORPUS / FILES[1])
    styles = {p.style.name for p in document.paragraphs}
    assert {"Heading 1", "Heading 2", "Heading 3", "Heading 4", "List Bullet", "Normal"} <= styles
    assert [cell.text for cell in document.tables[0].rows[0].cells][:2] == ["Quality statement", "Score"]
