"""The widget without a mouse, and as a screen reader meets it."""

from __future__ import annotations

import pytest
from chat_page import Chat
from scripted_service import answer

FOCUSED = """() => {
  let node = document.activeElement;
  while (node?.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
  return node.getAttribute("aria-label") || node.id || node.textContent.trim();
}"""


@pytest.fixture
def scripted_answer(scripted):
    scripted.answers = lambda reply, asked: reply.json(answer("Carers waited six weeks.", "Some waited longer."))
    return scripted


def test_from_the_question_to_the_copied_source_by_keyboard_alone(page, scripted_answer):
    chat = Chat(page, scripted_answer.url)
    for _ in range(10):
        if page.evaluate(FOCUSED) == "box":
            break
        page.keyboard.press("Tab")
    page.keyboard.type("How long?")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("In weeks.")
    page.keyboard.press("Enter")
    chat.last.locator(".claim").first.wait_for()
    assert scripted_answer.asked[0]["question"] == "How long?\nIn weeks."
    for _ in range(30):
        page.keyboard.press("Shift+Tab")
        if page.evaluate(FOCUSED).startswith("Source 1:"):
            break
    page.keyboard.press("Enter")
    assert chat.last.locator(".card").count() == 1
    assert page.evaluate(FOCUSED).startswith("Source 1:")
    seen = []
    for _ in range(3):
        page.keyboard.press("Tab")
        seen.append(page.evaluate(FOCUSED))
    assert seen[0].startswith("Open in report")
    assert seen[2] == "Copy with citation"
    page.keyboard.press("Enter")
    chat.last.get_by_text("Copied.").wait_for()
    page.keyboard.press("Escape")
    assert chat.last.locator(".card").count() == 0
    assert page.evaluate(FOCUSED).startswith("Source 1:")


def test_a_launcher_opens_into_the_box_and_escape_goes_back_to_it(page):
    page.goto("/?mode=launcher")
    launcher = page.get_by_role("button", name="Ask the reports")
    assert launcher.get_attribute("aria-expanded") == "false"
    launcher.focus()
    page.keyboard.press("Enter")
    assert launcher.get_attribute("aria-expanded") == "true"
    assert page.evaluate(FOCUSED) == "box"
    page.keyboard.press("Escape")
    assert launcher.get_attribute("aria-expanded") == "false"
    assert page.evaluate(FOCUSED) == "Ask the reports"


def test_escape_closes_a_card_before_the_launchers_chat(page, scripted_answer):
    scripted_answer.attributes = 'mode="launcher" open'
    chat = Chat(page, scripted_answer.url)
    chat.ask("How long?")
    chat.last.locator("a.mark").first.click()
    page.keyboard.press("Escape")
    assert chat.last.locator(".card").count() == 0
    assert chat.box.is_visible()
    page.keyboard.press("Escape")
    assert not chat.box.is_visible()


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_the_focus_is_never_covered(page, scripted_answer, resize, size):
    resize(page, size)
    chat = Chat(page, scripted_answer.url)
    chat.ask("How long?")
    chat.last.locator("a.mark").first.click()
    for _ in range(25):
        page.keyboard.press("Shift+Tab")
        covered = page.evaluate(
            """() => {
              const root = document.querySelector("citewise-chat").shadowRoot;
              const node = root.activeElement;
              if (!node || node.matches(".log")) return null;
              const box = node.getBoundingClientRect();
              const hit = root.elementFromPoint(box.x + Math.min(box.width, 20) / 2, box.y + box.height / 2);
              return hit === node || node.contains(hit) ? null : node.outerHTML;
            }"""
        )
        assert covered is None


def test_what_can_be_pressed_is_large_enough(page, scripted_answer):
    chat = Chat(page, scripted_answer.url)
    chat.ask("How long?")
    chat.last.locator("a.mark").first.click()
    for node in page.locator("citewise-chat :is(button, a, summary)").all():
        if node.is_visible():
            box = node.bounding_box()
            assert box["width"] >= 24, node.inner_text()
            assert box["height"] >= 24, node.inner_text()


def test_an_answer_is_announced_once_and_politely(page, scripted_answer):
    chat = Chat(page, scripted_answer.url)
    assert chat.log.get_attribute("aria-live") == "off"
    page.evaluate(
        """() => {
          window.announced = [];
          const status = document.querySelector("citewise-chat").shadowRoot.querySelector(".panel > [role=status]");
          new MutationObserver(() => status.textContent && announced.push(status.textContent))
            .observe(status, { childList: true, characterData: true, subtree: true });
        }"""
    )
    chat.ask("How long?")
    assert page.evaluate("announced") == ["Answer with 2 sources. Carers waited six weeks. Some waited longer. "]


def test_it_speaks_welsh_and_says_which_words_are_english(page, scripted_answer):
    scripted_answer.language = "cy"
    chat = Chat(page, scripted_answer.url)
    assert chat.log.get_attribute("aria-label") == "Sgwrs"
    chat.ask("Pa mor hir?")
    assert page.locator("citewise-chat .panel").get_attribute("lang") == "cy"
    assert chat.last.locator(".claim").first.get_attribute("lang") == "en"
    assert chat.last.locator("a.mark").first.get_attribute("lang") == "cy"
    assert "2 ffynhonnell" in chat.last.locator(".sources summary").inner_text()
    scripted_answer.answers = lambda reply, asked: reply.json(answer("Carers waited six weeks."))
    chat.ask("Eto?")
    assert "1 ffynhonnell" in chat.last.locator(".sources summary").inner_text()
