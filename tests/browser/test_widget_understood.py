"""What was understood can be seen, taken off and corrected; what comes closest is read in place."""

from __future__ import annotations

import threading

import pytest
from chat_page import Chat
from scripted_service import answer, nearest, understood

WHOLE = understood(
    subjects=["Wexmoor", "Tovey", "Atlantis"], missing=["Atlantis"], sections=["Carers"], scores={"Carers": "at least 3"},
    when="in 2025", speakers=["carers"], carried={"from": "And before?"}, unread=["frob", "nicate"],
    corrections=[{"written": "wexmore", "meant": "Wexmoor"}],
)  # fmt: skip
RATING = {
    "subject": "Wexmoor", "report": "r", "section": "Carers", "score": 3, "judgement": "Good", "percent": None,
    "citation": 2,
}  # fmt: skip


def whole_answer(**more) -> dict:
    made = answer("Carers waited six weeks.", "Some waited longer.", understood=WHOLE, **more)
    made["claims"][1] = {"text": "Some waited longer.", "citations": [1], "check": "unsure"}
    return {**made, "ratings": [RATING], "shown": {"items": 6, "of": 14}}


@pytest.fixture
def chat(page, scripted) -> Chat:
    scripted.answers = lambda reply, asked: reply.json(whole_answer())
    chat = Chat(page, scripted.url)
    chat.ask("How long?")
    return chat


def chips(chat: Chat) -> list[str]:
    return [" ".join(text.replace("×", "").split()) for text in chat.last.locator(".chip").all_inner_texts()]


def off(chat: Chat, name: str):
    return chat.last.get_by_role("button", name=f"Ask without: {name}")


def asked_again(chat: Chat) -> None:
    chat.turns.nth(1).locator(".reply[aria-busy=false]").wait_for()


def test_everything_that_was_made_of_the_question_is_shown(chat):
    assert chips(chat) == [
        "About Wexmoor", "About Tovey", "No report on Atlantis", "Section Carers", "Rated at least 3", "When in 2025",
        "In the words of carers", "From the question before And before?", "Read as wexmore → Wexmoor",
        "Not understood frob, nicate",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "filters"),
    [
        ("Wexmoor", {"subjects": ["Tovey"]}),
        ("Atlantis", {"subjects": ["Wexmoor", "Tovey"]}),
        ("Carers", {"sections": ["*"]}),
    ],
)
def test_what_is_taken_off_is_asked_without(chat, scripted, name, filters):
    off(chat, name).click()
    asked_again(chat)
    assert scripted.asked[1] == {"question": "How long?", "history": [], "filters": filters}


def test_filters_stand_in_the_place_of_what_the_question_names_until_they_are_taken_off(chat, scripted):
    off(chat, "Wexmoor").click()
    asked_again(chat)
    assert chips(chat)[:2] == ["About Tovey", "Section Carers"]
    off(chat, "Tovey").click()
    chat.turns.nth(2).locator(".reply[aria-busy=false]").wait_for()
    assert chips(chat)[0] == "About all bodies"
    off(chat, "all bodies").click()
    chat.turns.nth(3).locator(".reply[aria-busy=false]").wait_for()
    assert [one["filters"] for one in scripted.asked[2:]] == [{"subjects": ["*"]}, {}]
    chat.ask("And now?")
    assert len(scripted.asked[-1]["history"]) == 1


def test_a_body_is_corrected_by_keyboard_with_the_indexed_ones_offered(chat, scripted):
    chat.last.get_by_role("button", name="Wexmoor", exact=True).focus()
    chat.page.keyboard.press("Enter")
    field = chat.last.get_by_label("Correct: Wexmoor")
    assert field.evaluate("node => node.getRootNode().activeElement === node")
    options = chat.last.locator("datalist option")
    options.nth(1).wait_for(state="attached")
    assert [one.get_attribute("value") for one in options.all()] == ["Wexmoor", "Tovey"]
    chat.page.keyboard.press("Escape")
    assert field.count() == 0
    chat.page.keyboard.press("Enter")
    chat.page.keyboard.type("Aldermere")
    chat.page.keyboard.press("Enter")
    asked_again(chat)
    assert scripted.asked[1]["filters"] == {"subjects": ["Tovey", "Aldermere"]}


def test_a_section_is_corrected_to_a_heading_of_the_report(chat, scripted):
    chat.last.get_by_role("button", name="Carers", exact=True).click()
    chat.last.locator("datalist option").nth(1).wait_for(state="attached")
    chat.last.get_by_label("Correct: Carers").fill("Waiting")
    chat.last.get_by_role("button", name="Ask again").click()
    asked_again(chat)
    assert scripted.asked[1]["filters"] == {"sections": ["Waiting"]}


def test_scores_stand_above_the_sentences_and_a_cut_list_and_an_unsure_sentence_are_told(chat):
    told = chat.last.inner_text()
    assert told.index("Printed scores: Carers") < told.index("Carers waited six weeks.")
    assert chat.last.locator("table.strip tbody tr").inner_text().split() == ["Wexmoor", "3", "·", "Good"]
    assert chat.last.locator(".claim").nth(1).inner_text().endswith("(not checked word for word)")
    assert "checked" not in chat.last.locator(".claim").nth(0).inner_text()
    assert "6 of 14 shown." in told


def nothing_clear(**more) -> dict:
    return answer(
        outcome="not_found", reason="weak_evidence", answer="I found no passage that clearly answers this.",
        notes=["I found no passage that clearly answers this."], understood=WHOLE, nearest=[nearest(1), nearest(2)], **more,
    )  # fmt: skip


def test_the_closest_passages_are_content(page, scripted):
    scripted.answers = lambda reply, asked: reply.json(nothing_clear())
    chat = Chat(page, scripted.url)
    chat.ask("How long?")
    assert "do not say" not in chat.last.inner_text()
    assert chat.last.get_by_role("heading", name="The closest passages").is_visible()
    passage = chat.last.locator(".passage").first
    assert passage.locator("blockquote").inner_text() == "Before it. Carers waited six weeks. After it."
    assert passage.locator("mark").inner_text() == "Carers waited six weeks."
    assert "Carers › Waiting" in passage.inner_text()
    link = passage.get_by_role("link", name="Open in report")
    assert link.get_attribute("href") == f"{scripted.url}/reports/r?mark=s.1:11-35#s.1"
    passage.get_by_role("button", name="Copy with citation").click()
    assert chat.clipboard("text/plain").startswith("“Carers waited six weeks.” (Wexmoor: assessment, The inspectorate")


def test_what_is_understood_and_how_far_it_has_read_is_told_meanwhile(page, scripted):
    go_on = threading.Event()

    def answers(reply, asked):
        reply.begin()
        reply.event("meta", {"id": "ans_1", "standalone_question": "q"})
        reply.event("understood", WHOLE)
        reply.event("progress", {"read": 12, "of": 57})
        go_on.wait(10)
        reply.event("done", whole_answer())

    scripted.answers = answers
    chat = Chat(page, scripted.url)
    chat.box.fill("What do all say?")
    chat.box.press("Enter")
    chat.last.get_by_text("Reading 12 of 57 reports…").wait_for()
    assert chips(chat)[0] == "About Wexmoor"
    go_on.set()
    chat.last.locator(".reply[aria-busy=false]").wait_for()
    assert "Reading" not in chat.last.inner_text()


def test_a_filter_that_the_service_does_not_know_is_told_with_what_it_says(page, scripted):
    def answers(reply, asked):
        reply.begin()
        reply.event("meta", {"id": "ans_1", "standalone_question": "q"})
        reply.event("error", {"title": "x", "status": 422, "detail": "filters.subjects: no subject 'Nowhere'"})

    scripted.answers = answers
    chat = Chat(page, scripted.url)
    fault = chat.ask("What?").locator(".fault p").inner_text()
    assert fault == "The service could not take this question. (filters.subjects: no subject 'Nowhere')"


@pytest.mark.parametrize("made", [whole_answer, nothing_clear], ids=["answered", "closest passages"])
def test_all_of_it_is_accessible_large_enough_and_whole_on_a_narrow_screen(page, scripted, faults_found, resize, made):
    scripted.answers = lambda reply, asked: reply.json(made())
    resize(page, "phone")
    chat = Chat(page, scripted.url)
    chat.ask("How long?")
    chat.last.get_by_role("button", name="Wexmoor", exact=True).click()
    assert faults_found(page) == []
    assert chat.log.evaluate("node => node.scrollWidth - node.clientWidth") <= 0
    for node in chat.last.locator(":is(button, a, summary, input)").all():
        if not node.is_visible():
            continue
        box = node.bounding_box()
        assert box["width"] >= 24, node.inner_text()
        assert box["height"] >= 24, node.inner_text()


def test_it_is_told_in_welsh(page, scripted):
    scripted.language = "cy"
    scripted.answers = lambda reply, asked: reply.json({**nothing_clear(), "shown": {"items": 6, "of": 14}})
    chat = Chat(page, scripted.url)
    chat.ask("Pa mor hir?")
    assert chips(chat)[2] == "Dim adroddiad am Atlantis"
    assert chat.last.get_by_role("button", name="Gofyn heb: Tovey").is_visible()
    assert "Y darnau agosaf" in chat.last.inner_text()
    assert "Dangosir 6 o 14." in chat.last.inner_text()
