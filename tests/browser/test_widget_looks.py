"""Every state of the widget: accessible in light, dark and forced colours, and whole on a narrow or zoomed screen."""

from __future__ import annotations

import pytest
from chat_page import Chat
from scripted_service import answer

ASKED = {
    "answered": "How long do unpaid carers wait for an assessment in Brackenshire?",
    "sides": "Compare Aldermere and Tarnholme on learning from complaints",
    "scores": "Which councils scored 3 for safeguarding?",
    "refused": "What did CQC say about Leeds?",
    "not found": "What do the reports say about zebra farming?",
    "choices": "What did the council learn?",
}


@pytest.mark.parametrize("state", ASKED)
def test_an_answer_is_accessible_with_all_that_can_be_opened(page, faults_found, state):
    chat = Chat(page)
    chat.ask(ASKED[state])
    for shut in chat.last.locator("a.mark, summary").all():
        shut.click()
    assert faults_found(page) == []


def test_a_fault_is_accessible(page, faults_found, scripted):
    scripted.answers = lambda reply, asked: reply.problem(500, "gone")
    Chat(page, scripted.url).ask("What?")
    assert faults_found(page) == []


def test_after_feedback_it_is_accessible(page, faults_found):
    chat = Chat(page)
    chat.ask(ASKED["answered"])
    chat.last.get_by_role("button", name="Helpful", exact=True).click()
    chat.last.get_by_label("What was good or wrong").wait_for()
    assert faults_found(page) == []


@pytest.mark.parametrize("open_", [True, False])
def test_a_launcher_is_accessible(page, faults_found, open_):
    page.goto("/?mode=launcher")
    if open_:
        page.get_by_role("button", name="Ask the reports").click()
    assert faults_found(page) == []


@pytest.mark.parametrize("accent", ["#ffee00", "#ffffff", "#000000", "#777777", "url(https://evil.example/)"])
def test_any_accent_colour_can_be_read(page, faults_found, scripted, accent):
    scripted.attributes = f'accent="{accent}" suggestions="What is new?"'
    scripted.answers = lambda reply, asked: reply.json(answer("Carers waited six weeks."))
    Chat(page, scripted.url).ask("What?")
    assert faults_found(page) == []


@pytest.mark.parametrize("state", ASKED)
def test_nothing_scrolls_sideways_on_a_narrow_screen(page, resize, state):
    resize(page, "phone")
    chat = Chat(page)
    chat.ask(ASKED[state])
    for shut in chat.last.locator("a.mark, summary").all():
        shut.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert chat.log.evaluate("node => node.scrollWidth - node.clientWidth") <= 0


def test_with_wide_text_spacing_nothing_is_cut_off(page, resize):
    """WCAG 1.4.12."""
    resize(page, "phone")
    chat = Chat(page)
    page.evaluate(
        """() => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; } p { margin-block-end: 2em !important; }");
          document.querySelector("citewise-chat").shadowRoot.adoptedStyleSheets.push(sheet);
        }"""
    )
    chat.ask(ASKED["answered"])
    cut = page.evaluate(
        """() => [...document.querySelector("citewise-chat").shadowRoot.querySelectorAll("button, a, p, label")]
          .filter(node => node.checkVisibility() && !node.closest(".unseen") && node.scrollWidth > node.clientWidth + 1
            && getComputedStyle(node).display !== "inline" && getComputedStyle(node).overflow !== "visible")
          .map(node => node.outerHTML)"""
    )
    assert cut == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_at_four_hundred_percent_the_answer_can_be_read(page):
    page.set_viewport_size({"width": 320, "height": 225})
    chat = Chat(page)
    chat.ask(ASKED["answered"])
    claim = chat.last.locator(".claim")
    claim.scroll_into_view_if_needed()
    box = claim.bounding_box()
    hit = page.evaluate(
        "([x, y]) => document.querySelector('citewise-chat').shadowRoot.elementFromPoint(x, y)?.closest('.claim') !== null",
        [box["x"] + 10, box["y"] + 10],
    )
    assert hit


def test_dots_stand_still_where_motion_is_not_wanted(page, scripted):
    page.emulate_media(reduced_motion="reduce")
    scripted.answers = lambda reply, asked: (reply.begin(), __import__("time").sleep(3))
    chat = Chat(page, scripted.url)
    chat.box.fill("What?")
    chat.box.press("Enter")
    dot = chat.last.locator(".dots i").first
    dot.wait_for(state="attached")
    assert dot.evaluate("node => getComputedStyle(node).animationName") == "none"


def test_from_right_to_left_it_turns(page):
    chat = Chat(page)
    page.evaluate("document.documentElement.dir = 'rtl'")
    chat.ask(ASKED["answered"])
    assert chat.box.bounding_box()["x"] > chat.send.bounding_box()["x"]
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
