from __future__ import annotations


def test_a_question_is_answered_with_numbered_sources(page):
    page.goto("/")
    page.get_by_label("Your question").fill("How long do unpaid carers wait for an assessment in Brackenshire?")
    page.keyboard.press("Enter")
    page.locator(".claim").first.wait_for()
    page.screenshot(path="/tmp/w/shot1.png", full_page=True)
