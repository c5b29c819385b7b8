from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from service.channels.pages.assessments import Assessments
from service.links import marked_url

pytestmark = pytest.mark.anyio

PAGE = {"Accept": "text/html"}


async def page(door, path: str) -> LexborHTMLParser:
    reply = await door.get(path, headers=PAGE)
    assert reply.status_code == 200, reply.text
    return LexborHTMLParser(reply.text)


def marks(tree: LexborHTMLParser) -> list[str]:
    return [node.text() for node in tree.css("article mark.quoted")]


async def test_every_citation_leads_to_its_words_marked(door, catalogue):
    for report in catalogue.reports():
        for found in catalogue.paragraphs(report.id):
            text = found.paragraph.text
            for start, end in ((0, len(text)), (1, len(text) - 1)):
                tree = await page(door, marked_url(found, start, end).partition("#")[0])
                assert "".join(marks(tree)) == text[start:end].replace("\t", "")
                (target,) = {a.attributes["href"] for a in tree.css(".arrived a")}
                assert tree.css_first(f'[id="{target[1:]}"] mark.quoted')


@pytest.mark.parametrize(
    "mark",
    ["feedback.1:0-9999", "feedback.1:5-5", "feedback.1:0-5:00000000", "feedback.99:0-5", "gone.1:0-5", "", "x", "%00"],
)
async def test_words_that_are_no_longer_there_are_not_marked_and_the_page_says_so(door, mark):
    tree = await page(door, f"/reports/aldermere-2025?mark={mark}")
    assert not tree.css("mark")
    assert "not marked" in tree.css_first(".notice.fault").text()


async def test_a_report_that_nobody_quotes_from_speaks_of_no_marks(door):
    assert not (await page(door, "/reports/aldermere-2025")).css(".notice, mark, .hits")


async def test_words_are_found_within_a_report(door):
    tree = await page(door, "/reports/aldermere-2025?q=ENQUIRIES&mark=safe.1:0-4")
    assert tree.css_first(".hits h2").text() == "2 paragraphs with “ENQUIRIES”"
    assert [a.attributes["href"] for a in tree.css(".hits li a")] == ["#safe.1", "#safe.2"]
    for link in tree.css(".hits li a"):
        (found,) = tree.css(f'[id="{link.attributes["href"][1:]}"]')
        assert [m.text() for m in found.css("mark:not(.quoted)")] == ["enquiries"]
    assert marks(tree) == ["Open"]
    assert tree.css_first("input#q").attributes["value"] == "ENQUIRIES"


async def test_nothing_found_says_what_to_try(door):
    tree = await page(door, "/reports/aldermere-2025?q=zebra")
    assert tree.css_first(".hits h2").text() == "No paragraphs with “zebra”"
    assert tree.css_first(".hits a[href='/ask']")


async def test_what_is_searched_for_is_text(door):
    tree = await page(door, "/reports/aldermere-2025?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")
    assert not tree.css("script")
    assert tree.css_first("input#q").attributes["value"] == '"><script>alert(1)</script>'


async def test_a_hit_shows_its_words_in_their_surroundings(door):
    tree = await page(door, "/reports/aldermere-2025?q=Staff%20learned")
    shown = tree.css_first(".hits li").text().split("\n")[-1]
    assert shown.startswith("Learning, improvement & innovation › Learning from feedbackStaff learned")
    assert shown.endswith(" …")
    tree = await page(door, "/reports/aldermere-2025?q=told%20why")
    assert "feedback… " in tree.css_first(".hits li").text()
    assert [m.text() for m in tree.css(".hits mark")] == ["told why"]


async def test_reports_are_listed_by_kind_and_can_be_narrowed(door):
    tree = await page(door, "/reports")
    assert [h.text() for h in tree.css("h2")] == ["Local authority assessment"]
    assert len(tree.css(".reports li")) == 2
    assert "14 March 2025 · Fictional Quality Board" in tree.css_first(".reports .facts").text()
    for query, ids in {
        "q=ALDERMERE": ["aldermere-2025"],
        "q=quality+fictional": ["aldermere-2025"],
        "q=council": ["aldermere-2025", "tovey"],
        "q=zebra": [],
        "family=generic": ["aldermere-2025", "tovey"],
        "family=other": [],
        "newest=1": ["aldermere-2025", "tovey"],
    }.items():
        links = (await page(door, f"/reports?{query}")).css(".reports a")
        assert [a.attributes["href"].rsplit("/", 1)[1] for a in links] == ids, query
    assert "1 of 2 reports" in (await page(door, "/reports?q=tovey")).css_first("main").text()


def report(name: str, published: str | None, inspected: str | None = None):
    return (name, f"{name}.md", {"title": f"Tovey {name}", "subject": "Tovey", "published": published,
                                 "inspected": inspected})  # fmt: skip


@pytest.fixture
def three(fake_index, tmp_path, new_catalogue):
    """Three on one subject: of 2023, of 2025 by its inspection alone, and one that has no date."""
    reports = [report("a", "2023-05-01"), report("b", None, "3 to 6 February 2025"), report("c", None)]
    fake_index.path = new_catalogue(tmp_path / "three.sqlite", reports)
    return fake_index


def test_which_report_is_newer_is_told_by_dates_alone(three):
    opened = three.open_newest()
    known = Assessments(opened)
    by_id = {r.id: known.others(r) for r in known.reports}
    told = {n: ([r.id for r in o.newer], [r.id for r in o.older]) for n, o in by_id.items()}
    assert told == {"a": (["b"], []), "b": ([], ["a"]), "c": ([], [])}
    assert known.older == {"a"}
    opened.release()


async def test_an_older_report_names_the_newer_and_the_newer_the_older(three, new_door, wait):
    live = three.live()
    live.start()
    wait(lambda: live.readiness().ready)
    door = new_door(live)
    older, newer = await page(door, "/reports/a"), await page(door, "/reports/b")
    assert older.css_first(".notice.older a").attributes["href"] == "/reports/b"
    assert "inspected 3 to 6 February 2025" in older.css_first(".notice.older").text()
    assert newer.css_first(".notice:not(.older) a").attributes["href"] == "/reports/a"
    assert not newer.css(".notice.older")
    listed = await page(door, "/reports")
    assert [a.text() for a in listed.css(".reports li:has(.tag) a")] == ["Tovey a"]
    assert len((await page(door, "/reports?newest=1")).css(".reports li")) == 2
    live.close()
