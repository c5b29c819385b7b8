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


def test_a_citation_leads_to_its_paragraph(page) -> None:
    page.goto(PAGES["answer"])
    quoted = page.locator("blockquote, q, .quote").first.inner_text()
    page.locator("a[href^='/reports/brackenshire-2025#']").first.click()
    assert "#" in page.url
    anchor = page.url.split("#", 1)[1].split(":~:")[0]  # the text fragment is the browser's
    assert quoted.strip('“”" \n')[:40] in page.locator(f"[id='{anchor}']").inner_text()


def test_a_question_is_asked_by_keyboard_alone(page) -> None:
    page.goto("/")
    page.locator("textarea, input[name=q]").first.focus()
    page.keyboard.type("How long do unpaid carers wait in Brackenshire?")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ask?q=*")
    assert "6 weeks" in page.locator("main").inner_text()
