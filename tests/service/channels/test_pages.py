from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from service.model import Understood

pytestmark = pytest.mark.anyio


async def page(door, path: str, status: int = 200) -> LexborHTMLParser:
    reply = await door.get(path, headers={"Accept": "text/html,*/*;q=0.8"})
    assert reply.status_code == status, reply.text
    assert reply.headers["content-type"] == "text/html; charset=utf-8"
    assert "style=" not in reply.text
    assert "<style" not in reply.text
    tree = LexborHTMLParser(reply.text)
    assert tree.css_first("html").attributes["lang"] == "en"
    assert len(tree.css("h1")) == 1
    assert tree.css_first(tree.css_first("a.skip").attributes["href"]).tag == "main"
    ids = [node.attributes["id"] for node in tree.css("[id]")]
    assert len(ids) == len(set(ids))
    return tree


async def test_every_paragraph_stands_at_its_address(door):
    tree = await page(door, "/reports/aldermere-2025")
    paragraphs = (await door.get("/v1/reports/aldermere-2025/paragraphs")).json()["paragraphs"]
    assert paragraphs
    for paragraph in paragraphs:
        anchor = paragraph["url"].split("#")[1]
        node = tree.css_first(f'[id="{anchor}"]')
        assert paragraph["text"].split("\t")[-1] in node.text()


async def test_a_report_is_read_in_its_structure(door):
    tree = await page(door, "/reports/aldermere-2025")
    assert [h.text() for h in tree.css("article h2, article h3")] == [
        "Learning, improvement & innovation",
        "Learning from feedback",
        "Safeguarding",
    ]
    assert [a.attributes["href"] for a in tree.css("nav.outline a")] == ["#learning", "#feedback", "#safe"]
    assert [n.text() for n in tree.css("article .rating")] == 2 * ["Score 3", "Score 2"]  # in the outline too
    assert [li.attributes["id"] for li in tree.css("article ul li")] == ["feedback.2", "feedback.3"]
    assert tree.css_first('[id="feedback.2"] .label').text() == "(a)"
    table = tree.css_first("article table")
    assert [th.text() for th in table.css("th[scope=col]")] == ["Measure", "Count"]
    assert [[td.text().split()[-1] for td in tr.css("td")] for tr in table.css("tbody tr")] == [
        ["enquiries", "31"],
        ["enquiries", "290"],
    ]
    assert [n.attributes["id"] for n in tree.css("article .quiet")] == ["safe.3"]
    assert [n.text() for n in tree.css("article .page")] == ["Page 1", "Page 2", "Page 3"]
    assert "Open Government Licence" in tree.css_first(".attribution").text()
    assert tree.css_first("dl a").attributes["href"] == "https://reports.example/aldermere"


async def test_what_a_report_writes_is_never_markup(door):
    for path in ("/reports", "/reports/tovey", "/ask?q=people+safe+well+kept"):
        tree = await page(door, path)
        assert not tree.css("script, b")
        assert "alert(1)" in tree.body.text()
        assert not [a for a in tree.css("a") if "javascript:" in (a.attributes["href"] or "")]
    assert "<b>kept</b>" in (await page(door, "/reports/tovey")).css_first('[id="safe.1"]').text()


async def test_what_a_person_asks_is_never_markup(door):
    tree = await page(door, "/ask?q=%3C/textarea%3E%3Cscript%3Ealert(1)%3C/script%3E+staff")
    assert not tree.css("script")
    assert tree.css_first("textarea").text() == "</textarea><script>alert(1)</script> staff"


async def test_an_answer_without_javascript_is_the_apis_answer(door):
    question = "What did staff learn from complaints?"
    tree = await page(door, f"/ask?q={question}")
    answer = (await door.ask(question)).json()
    assert tree.css_first(".claim").text().startswith(answer["claims"][0]["text"])
    mark = tree.css_first(".claim a").attributes["href"]
    citation = tree.css_first(mark)
    assert citation.css_first("blockquote").text(strip=True) == answer["citations"][0]["quote"]
    assert citation.css_first(".place a").attributes["href"] == answer["citations"][0]["marked_url"]
    assert citation.css_first(".source a").attributes["href"] == answer["citations"][0]["source_fragment_url"]
    assert tree.css_first("label[for=q]")
    assert tree.css_first("textarea#q").text() == question


async def test_no_answer_says_where_to_look(door):
    tree = await page(door, "/ask?q=zzz")
    assert tree.css_first(".outcome").text() == "No passage was found that clearly answers this."
    assert tree.css_first("#nearest").text() == "The closest passages"
    passage = tree.css_first(".passage")
    assert passage.css_first("blockquote").text(strip=True).endswith("“we were told why”.")
    assert [mark.text() for mark in passage.css("mark")] == ["Staff learned"]
    assert "?mark=feedback.1:0-13" in passage.css_first("a").attributes["href"]
    assert not tree.css(".claim")


async def test_what_was_understood_can_be_taken_off(door, fake_index):
    fake_index.understood = Understood(
        subjects=("Aldermere", "Tovey"), missing=("Wexmoor",), sections=("Safeguarding",), unread=("frob",)
    )

    async def chips(path: str) -> dict[str, str | None]:
        found = (await page(door, path)).css(".chips li")
        links = {" ".join(li.text().replace("×", "").split()): li.css_first("a") for li in found}
        return {text: link.attributes["href"] if link else None for text, link in links.items()}

    one = await chips("/ask?q=staff&score=3")
    assert one == {
        "About Aldermere": "/ask?q=staff&subject=Tovey&score=3",
        "About Tovey": "/ask?q=staff&subject=Aldermere&score=3",
        "No report on Wexmoor": "/ask?q=staff&subject=Aldermere&subject=Tovey&score=3",
        "Section Safeguarding": "/ask?q=staff&section=%2A&score=3",
        "Rated score 3": None,
        "Not understood frob": None,
    }
    two = await chips("/ask?q=staff&subject=Tovey&section=*")
    assert two == {
        "About Tovey": "/ask?q=staff&subject=%2A&section=%2A",
        "Section all sections": "/ask?q=staff&subject=Tovey",
        "Not understood frob": None,
    }
    assert (await chips("/ask?q=staff&subject=*"))["About all bodies"] == "/ask?q=staff"
    corrected = await page(door, "/ask?q=staff&subject=Tovey&section=")
    assert corrected.css_first("input[name=subject]").attributes["value"] == "Tovey"
    assert [o.attributes["value"] for o in corrected.css("datalist option")] == ["Aldermere", "Tovey"]


async def test_what_the_start_page_suggests_is_answered_and_asked_on_the_plain_page_too(door):
    tree = await page(door, "/")
    told = tree.css_first("citewise-chat").attributes["suggestions"].split("|")
    links = {link.text(): link.attributes["href"] for link in tree.css("citewise-chat li a")}
    assert told == list(links)
    assert "What did Aldermere score for learning, improvement and innovation?" in told
    for text in told:
        assert (await door.ask(text)).json()["outcome"] == "answered"
        assert (await page(door, links[text])).css(".claim")


async def test_a_question_may_be_missing_or_too_long(door):
    assert not (await page(door, "/ask")).css(".answer")
    assert (await page(door, f"/ask?q={'x' * 2001}", 422)).css_first("[role=alert]")


async def test_every_link_within_the_service_leads_somewhere(door):
    seen, waiting = set(), ["/"]
    while waiting:
        path = waiting.pop()
        seen.add(path)
        for link in (await page(door, path)).css("a[href^='/']"):
            target = link.attributes["href"].split("#")[0]
            if target.startswith(("/openapi.json", "/ratings.csv")):
                assert (await door.get(target)).status_code == 200
            elif target not in seen and target not in waiting:
                waiting.append(target)
    assert {"/", "/ask", "/reports", "/ratings", "/docs", "/reports/tovey"} <= seen


async def test_the_api_page_lists_every_operation(door):
    tree = await page(door, "/docs")
    shown = {node.text() for node in tree.css("section > p > code")}
    document = (await door.get("/openapi.json")).json()
    assert shown == {f"{m.upper()} {path}" for path, ops in document["paths"].items() for m in ops}


async def test_an_unknown_report_is_a_page_for_people_and_a_problem_for_programs(door, expect_problem):
    tree = await page(door, "/reports/nowhere", 404)
    assert "no such report" in tree.css_first("main").text()
    expect_problem(await door.get("/reports/nowhere"), 404)
    expect_problem(await door.get("/v1/reports/nowhere", headers={"Accept": "text/html"}), 404)


async def test_a_head_request_is_answered_without_a_body(door):
    reply = await door.client.head("/reports/aldermere-2025")
    assert (reply.status_code, reply.content) == (200, b"")


async def test_every_page_has_an_icon(door):
    icon = (await page(door, "/reports")).css_first("link[rel=icon]").attributes["href"]
    reply = await door.get(icon)
    assert (reply.status_code, reply.headers["content-type"]) == (200, "image/svg+xml")


async def test_the_style_sheet_is_served_and_loads_nothing(door):
    reply = await door.get("/static/citewise.css")
    assert reply.headers["content-type"].startswith("text/css")
    assert "url(" not in reply.text
    assert "@import" not in reply.text


def _channel(value: int) -> float:
    share = value / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


def _contrast(one: str, other: str) -> float:
    def luminance(colour: str) -> float:
        red, green, blue = (_channel(int(colour[n : n + 2], 16)) for n in (1, 3, 5))
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


async def test_the_colours_have_enough_contrast_in_light_and_dark(door):
    sheet = (await door.get("/static/citewise.css")).text
    light, dark = (dict(_colours(part)) for part in sheet.split("prefers-color-scheme: dark")[:2])
    for colours in (light, dark):
        for ink, ground in (("text", "ground"), ("quiet", "ground"), ("link", "ground"), ("fault", "ground"),
                            ("text", "tint"), ("mark-text", "mark"), ("ground", "link")):  # fmt: skip
            assert _contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)
        assert _contrast(colours["line"], colours["ground"]) >= 3


def _colours(sheet: str) -> list[tuple[str, str]]:
    lines = (line.strip() for line in sheet.splitlines())
    return [(n.strip("- "), v.strip(" ;")) for n, v in (ln.split(":") for ln in lines if ln.startswith("--"))]
