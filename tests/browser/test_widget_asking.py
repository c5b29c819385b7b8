"""The widget on the sample page, over the real service: asking, sources, copying, feedback."""

from __future__ import annotations

import httpx
import pytest
from chat_page import Chat

WAIT = "How long do unpaid carers wait for an assessment in Brackenshire?"


@pytest.fixture
def chat(page) -> Chat:
    return Chat(page)


def test_a_question_is_answered_with_numbered_sources(chat):
    chat.ask(WAIT)
    (claim,) = chat.claims()
    assert "6 weeks" in claim
    assert claim.endswith("1")
    assert chat.box.input_value() == ""
    assert chat.announced().startswith("Answer with 2 sources. The average wait")
    assert "fictional council" in chat.last.locator(".attribution").inner_text()


def test_the_log_is_there_before_anything_is_said_and_what_it_holds_is_named(chat):
    assert chat.log.get_attribute("aria-label") == "Conversation"
    assert "8 reports, indexed on" in chat.log.locator(".index").inner_text()
    assert "automatic" in chat.page.locator("citewise-chat #notice").inner_text()


def test_a_source_opens_as_a_card_and_leads_to_the_marked_words(chat, context):
    chat.ask(WAIT)
    mark = chat.last.locator("a.mark").first
    assert mark.get_attribute("aria-label").startswith("Source 1: Brackenshire County Council")
    mark.click()
    card = chat.last.locator(".card")
    quote = card.locator("mark").inner_text()
    assert "6 weeks" in quote
    assert quote in card.locator("blockquote").inner_text()
    assert "Score 3" in card.inner_text()
    assert "20 June 2025" in card.inner_text()
    with context.expect_page() as opened:
        card.get_by_role("link", name="Open in report").click()
    report = opened.value
    report.wait_for_load_state()
    assert report.locator("article mark").inner_text() == quote
    assert report.locator("article mark").is_visible()


def test_the_number_itself_is_a_link_to_the_report(chat):
    chat.ask(WAIT)
    href = chat.last.locator("a.mark").first.get_attribute("href")
    assert "/reports/brackenshire-2025?mark=" in href


def test_a_quotation_is_copied_for_word_with_its_reference(chat):
    chat.ask(WAIT)
    chat.last.locator("a.mark").first.click()
    quote = chat.last.locator(".card mark").inner_text()
    chat.last.get_by_role("button", name="Copy with citation").click()
    assert chat.last.locator(".card .said").inner_text() == "Copied."
    plain = chat.clipboard("text/plain")
    assert plain.startswith(f"“{quote}” (Brackenshire County Council: local authority assessment")
    for part in ("section “", "score 3", "20 June 2025", "https://reports.example/"):
        assert part.lower() in plain.lower()
    assert '<a href="https://reports.example/' in chat.clipboard("text/html")


def test_an_answer_is_copied_with_footnotes(chat):
    chat.ask("Compare Aldermere and Tarnholme on learning from complaints")
    chat.last.get_by_role("button", name="Copy all as footnotes").click()
    plain = chat.clipboard("text/plain").splitlines()
    assert plain[0].startswith(
        "Aldermere City Council, Learning, improvement and innovation: 4 · Exceptional standard ["
    )
    side = plain.index("Aldermere City Council")
    assert plain[side + 1].endswith("[1]")
    assert "[1] Aldermere City Council" in "\n".join(plain[plain.index("Sources") :])
    assert "<sup>1</sup>" in chat.clipboard("text/html")


def test_scores_are_a_table_of_links(chat):
    chat.ask("Which councils scored 3 for safeguarding?")
    table = chat.last.locator("table")
    assert table.locator("caption").inner_text() == "Ratings: Safeguarding"
    assert table.locator("tbody tr").count() == 4
    assert "?mark=" in table.locator("tbody a").first.get_attribute("href")
    assert "of the 6 indexed reports" in chat.last.inner_text()


def test_a_comparison_stands_side_by_side(chat):
    chat.ask("Compare Aldermere and Tarnholme on learning from complaints")
    left, right = (chat.last.locator(".part").nth(n).bounding_box() for n in (0, 1))
    assert left["y"] == right["y"]
    assert left["x"] < right["x"]


def test_a_refusal_says_why(chat):
    chat.ask("What did CQC say about Leeds?")
    assert "There is no report about that body." in chat.last.inner_text()
    assert chat.announced().startswith("No clear answer found")


def test_a_choice_is_a_button_that_asks(chat):
    chat.ask("What did the council learn?")
    choice = chat.last.locator(".choices button").first
    name = choice.inner_text()
    choice.click()
    chat.turns.nth(1).locator(".reply[aria-busy=false]").wait_for()
    assert name in chat.last.locator(".question").inner_text()


def test_a_follow_up_is_understood_and_a_new_conversation_forgets(chat):
    chat.ask(WAIT)
    chat.ask("And in Tarnholme?")
    assert "Understood as:" in chat.last.inner_text()
    assert "Tarnholme" in chat.last.inner_text()
    chat.page.get_by_role("button", name="New conversation").click()
    assert chat.turns.count() == 0
    chat.box.wait_for()
    assert chat.page.evaluate("document.activeElement.shadowRoot.activeElement.id") == "box"
    with chat.page.expect_request("**/v1/ask") as sent:
        chat.ask("And in Tarnholme?")
    assert sent.value.post_data_json["history"] == []


def test_feedback_reaches_the_store_with_a_comment(chat, service):
    with chat.page.expect_response("**/v1/ask"):
        chat.ask(WAIT)
    chat.last.get_by_role("button", name="Not helpful").click()
    comment = chat.last.get_by_label("What was good or wrong")
    comment.fill("It quotes the wrong year.")
    chat.last.get_by_role("button", name="Send comment").click()
    chat.last.get_by_text("your comment was sent").wait_for()
    (said,) = [one for one in service.feedback() if one.comment == "It quotes the wrong year."]
    assert said.verdict == "unhelpful"


def test_it_lives_through_two_hundred_turns(chat):
    answer = httpx.post(f"{chat.page.url}v1/ask", json={"question": WAIT}).json()
    chat.page.route("**/v1/ask", lambda route: route.fulfill(json=answer))
    for number in range(200):
        chat.ask(f"Question {number}?")
    assert chat.turns.count() == 200
    assert chat.last.locator(".claim").count() == 1
    assert chat.last.locator(".question").bounding_box()["y"] < chat.box.bounding_box()["y"]
    with chat.page.expect_request("**/v1/ask") as sent:
        chat.ask("The last?")
    assert len(sent.value.post_data_json["history"]) == 10
