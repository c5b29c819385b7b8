"""Every page as it is, in a browser: accessible in light, dark and forced colours, and whole on a narrow screen."""

from __future__ import annotations

import pytest

PAGES = {
    "start": "/",
    "answer": "/ask?q=How+long+do+unpaid+carers+wait+for+an+assessment+in+Brackenshire%3F",
    "sides": "/ask?q=Compare+Aldermere+and+Tarnholme+on+learning+from+complaints",
    "scores": "/ask?q=Which+councils+scored+3+for+safeguarding%3F",
    "choices": "/ask?q=What+did+the+council+learn%3F",
    "no answer": "/ask?q=What+did+CQC+say+about+Leeds%3F",
    "reports": "/reports",
    "report": "/reports/brackenshire-2025",
    "older report": "/reports/brackenshire-2023",
    "words sought": "/reports/aldermere-2025?q=carers",
    "nothing found": "/reports/aldermere-2025?q=zebra",
    "words gone": "/reports/aldermere-2025?mark=summary.1:0-9:00000000",
    "ratings": "/ratings",
    "ratings sorted": "/ratings?sort=Safeguarding&order=down&newest=1",
    "no such rating": "/ratings?subject=zebra",
    "api": "/docs",
    "nothing there": "/reports/nowhere",
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible(page, faults_found, name: str) -> None:
    page.goto(PAGES[name])
    assert page.locator("h1").count() == 1
    assert faults_found(page) == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_needs_no_sideways_scrolling_on_a_narrow_screen(page, resize, name: str) -> None:
    resize(page, "phone")
    page.goto(PAGES[name])
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_citation_leads_to_its_words_and_they_are_seen(page, faults_found) -> None:
    page.goto(PAGES["answer"])
    quoted = page.locator("blockquote").first.inner_text()
    page.locator("a[href^='/reports/brackenshire-2025?mark=']").first.click()
    marked = page.locator("article mark.quoted")
    marked.wait_for()
    assert marked.inner_text() == quoted
    page.wait_for_function("seen => seen.getBoundingClientRect().top < innerHeight", arg=marked.element_handle())
    page.wait_for_function("seen => seen.getBoundingClientRect().top >= 0", arg=marked.element_handle())
    assert faults_found(page) == []


def test_words_are_found_within_a_report_by_keyboard_alone(page) -> None:
    page.goto("/reports/aldermere-2025")
    page.get_by_label("Search in this report").focus()
    page.keyboard.type("carers")
    page.keyboard.press("Enter")
    page.wait_for_url("**/reports/aldermere-2025?q=carers")
    first = page.locator(".hits li a").first
    first.focus()
    page.keyboard.press("Enter")
    target = page.locator(f"[id='{first.get_attribute('href')[1:]}']")
    assert target.locator("mark").first.inner_text().lower() == "carers"
    assert target.evaluate("element => element.matches(':target')")


def test_a_rating_leads_to_the_paragraph_that_prints_it(page) -> None:
    page.goto("/ratings?subject=Aldermere&section=Safeguarding")
    page.locator("tbody td a").click()
    page.wait_for_url("**/reports/aldermere-2025#*")
    assert "3" in page.locator(":target").inner_text()


def test_what_stands_in_a_wide_matrix_is_reached_by_keyboard_and_never_hidden(page, resize) -> None:
    resize(page, "phone")
    page.goto("/ratings")
    cell = page.locator("tbody tr:has(td:last-child a)").last.locator("td:last-child a")
    cell.focus()
    page.wait_for_function(
        """link => {
            const { left, top, right, bottom } = link.getBoundingClientRect();
            return document.elementFromPoint((left + right) / 2, (top + bottom) / 2)?.closest("a") === link;
        }""",
        arg=cell.element_handle(),
    )


def test_the_ratings_are_downloaded_as_a_file(page) -> None:
    page.goto("/ratings?section=Safeguarding")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Download as CSV").click()
    assert waiting.value.suggested_filename == "ratings.csv"
    lines = waiting.value.path().read_text("utf-8-sig").splitlines()
    assert len(lines) == 1 + page.locator("tbody td a").count()


@pytest.mark.parametrize("path", ["/reports/brackenshire-2025?q=carers", "/ratings"])
def test_a_printed_page_has_what_is_read_and_nothing_to_press(page, path: str) -> None:
    page.goto(path)
    page.emulate_media(media="print")
    assert not page.locator("header.site").is_visible()
    assert not page.locator("nav").first.is_visible()
    assert not page.get_by_role("button").first.is_visible()
    assert page.locator("h1").is_visible()
    assert page.locator("table, article p").last.is_visible()


def test_a_question_is_asked_by_keyboard_without_the_widget(page) -> None:
    page.goto("/ask")
    page.locator("textarea, input[name=q]").first.focus()
    page.keyboard.type("How long do unpaid carers wait in Brackenshire?")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ask?q=*")
    assert "6 weeks" in page.locator("main").inner_text()
