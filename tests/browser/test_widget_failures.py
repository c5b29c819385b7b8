"""Whatever becomes of the service or the way to it, the person is told, keeps the question, and can try again."""

from __future__ import annotations

import threading

import pytest
from chat_page import Chat
from scripted_service import answer

QUESTION = "How long do carers wait?"


@pytest.fixture
def chat(page, scripted) -> Chat:
    return Chat(page, scripted.url)


def asked_in_vain(chat: Chat) -> str:
    turn = chat.ask(QUESTION)
    fault = turn.locator(".fault p").inner_text()
    assert chat.alarmed() == fault
    assert chat.box.input_value() == QUESTION
    assert turn.get_by_role("button", name="Try again").is_visible()
    return fault


def then_it_works(chat: Chat, scripted) -> None:
    scripted.answers = lambda reply, asked: reply.json(answer("Carers waited six weeks."))
    chat.last.get_by_role("button", name="Try again").click()
    chat.last.locator(".reply[aria-busy=false] .claim").wait_for()
    assert chat.turns.count() == 1
    assert chat.box.input_value() == ""


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (503, "busy or still starting"),
        (429, "busy or still starting"),
        (401, "sign-in has ended"),
        (403, "sign-in has ended"),
        (422, "could not take this question. (say more)"),
        (500, "went wrong in the service"),
    ],
)
def test_what_the_service_refuses_is_told_and_can_be_tried_again(chat, scripted, status, told):
    scripted.answers = lambda reply, asked: reply.problem(status, "say more", Retry_After="2")
    assert told in asked_in_vain(chat)
    then_it_works(chat, scripted)


def test_a_sign_on_page_is_not_read_as_an_answer(chat, scripted):
    scripted.answers = lambda reply, asked: reply.begin(302, "text/html", Location="/sign-on")
    assert "sign-in has ended" in asked_in_vain(chat)
    scripted.answers = lambda reply, asked: reply.begin(200, "text/html")
    chat.last.get_by_role("button", name="Try again").click()
    chat.last.get_by_text("sign-in has ended").wait_for()


def test_a_stream_that_breaks_keeps_what_came_and_says_that_it_is_not_whole(chat, scripted):
    whole = answer("Carers waited six weeks.", "Some waited longer.")

    def break_off(reply, _asked):
        reply.begin()
        reply.event("meta", {"id": "ans_1", "standalone_question": QUESTION})
        reply.event("claim", {"text": "Carers waited six weeks.", "citations": whole["citations"][:1]})

    scripted.answers = break_off
    fault = asked_in_vain(chat)
    assert fault.startswith("The answer is not complete. The connection broke")
    assert len(chat.claims()) == 1
    then_it_works(chat, scripted)


def test_half_an_event_is_never_shown(chat, scripted):
    def tear(reply, _asked):
        reply.begin()
        reply.send(b'event: claim\ndata: {"text": "Carers waited six')

    scripted.answers = tear
    asked_in_vain(chat)
    assert chat.claims() == []


def test_an_error_event_is_told(chat, scripted):
    def fail(reply, _asked):
        reply.begin()
        reply.event("error", {"title": "x", "status": 500, "detail": "the model is gone"})

    scripted.answers = fail
    assert "(the model is gone)" in asked_in_vain(chat)


def test_an_answer_in_pieces_is_put_together(chat, scripted):
    """Bytes break anywhere: within a character, within a line, within the blank line between events."""

    def crumbs(reply, _asked):
        reply.begin()
        whole = answer("Carers’ café – six weeks.")
        body = f": alive\r\n\r\nevent: done\r\ndata: {__import__('json').dumps(whole, ensure_ascii=False)}\r\n\r\n".encode()
        for at in range(0, len(body), 7):
            reply.send(body[at : at + 7])

    scripted.answers = crumbs
    chat.ask(QUESTION)
    assert chat.claims() == ["Carers’ café – six weeks. 1"]


def test_claims_are_shown_as_they_come(chat, scripted):
    go_on = threading.Event()
    whole = answer("Carers waited six weeks.")

    def slowly(reply, _asked):
        reply.begin()
        reply.event("meta", {"id": "ans_1", "standalone_question": QUESTION})
        reply.event("claim", {"text": "Carers waited six weeks.", "citations": whole["citations"]})
        go_on.wait(20)
        reply.event("done", whole)

    scripted.answers = slowly
    chat.box.fill(QUESTION)
    chat.box.press("Enter")
    chat.last.locator(".claim a.mark").wait_for()
    assert chat.last.locator(".reply").get_attribute("aria-busy") == "true"
    assert chat.announced() == ""
    go_on.set()
    chat.last.locator(".reply[aria-busy=false]").wait_for()
    assert chat.announced().startswith("Answer with 1 source.")


def test_a_service_that_falls_silent_is_given_up(page, scripted):
    go_on = threading.Event()

    def hang(reply, _asked):
        reply.begin()
        reply.event("meta", {"id": "ans_1", "standalone_question": QUESTION})
        go_on.wait(20)

    scripted.answers = hang
    page.clock.install()
    chat = Chat(page, scripted.url)
    chat.box.fill(QUESTION)
    chat.box.press("Enter")
    chat.last.get_by_text("Looking through the reports").wait_for()
    page.wait_for_timeout(300)
    page.clock.fast_forward(41_000)
    chat.last.get_by_text("The service has stopped answering.").wait_for()
    assert chat.box.input_value() == QUESTION
    go_on.set()


def test_a_slow_service_owns_up_and_can_be_stopped(page, scripted):
    go_on = threading.Event()
    scripted.answers = lambda reply, asked: go_on.wait(20)
    page.clock.install()
    chat = Chat(page, scripted.url)
    chat.box.fill(QUESTION)
    chat.box.press("Enter")
    chat.last.get_by_text("Looking through the reports").wait_for()
    page.clock.fast_forward(9_000)
    chat.last.get_by_text("This takes longer than usual.").wait_for()
    chat.send.click()
    chat.last.get_by_text("Stopped.").wait_for()
    assert chat.box.input_value() == QUESTION
    go_on.set()


def test_without_a_network_it_says_so(chat, scripted, context):
    context.set_offline(True)
    assert "no network connection" in asked_in_vain(chat)
    context.set_offline(False)
    then_it_works(chat, scripted)


def test_a_restart_of_the_service_is_lived_through(page, service):
    chat = Chat(page)
    service.stop()
    try:
        turn = chat.ask(QUESTION)
        assert "cannot be reached" in turn.inner_text()
        assert chat.box.input_value() == QUESTION
    finally:
        service.start()
    chat.last.get_by_role("button", name="Try again").click()
    chat.last.locator(".reply[aria-busy=false] .small").wait_for()


def test_words_typed_meanwhile_are_not_lost(chat, scripted):
    go_on = threading.Event()

    def late(reply, _asked):
        go_on.wait(20)
        reply.json(answer("Carers waited six weeks."))

    scripted.answers = late
    chat.box.fill(QUESTION)
    chat.box.press("Enter")
    chat.last.wait_for()
    chat.box.fill("And what about")
    go_on.set()
    chat.last.locator(".claim").wait_for()
    assert chat.box.input_value() == "And what about"


def test_feedback_that_cannot_be_kept_is_told(chat, scripted):
    scripted.answers = lambda reply, asked: reply.json(answer("Carers waited six weeks."))
    scripted.feedback_status = 503
    chat.ask(QUESTION)
    chat.last.get_by_role("button", name="Helpful", exact=True).click()
    chat.last.get_by_text("could not be saved").wait_for()
    assert scripted.said == [{"answer_id": "ans_1", "verdict": "helpful"}]


def test_a_wrong_address_of_the_service_is_told_in_the_page(page, scripted):
    scripted.target = "javascript:alert(1)"
    page.goto(scripted.url)
    page.get_by_text("must begin with http or https").wait_for()
