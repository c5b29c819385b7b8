from __future__ import annotations

import csv
import io

import pytest
from selectolax.lexbor import LexborHTMLParser

from service.channels.pages.scales import Scale

pytestmark = pytest.mark.anyio


async def page(door, path: str) -> LexborHTMLParser:
    reply = await door.get(path, headers={"Accept": "text/html"})
    assert reply.status_code == 200, reply.text
    return LexborHTMLParser(reply.text)


def subjects(tree) -> list[str]:
    return [node.text() for node in tree.css("tbody th a")]


async def rows(door, query: str = "") -> list[dict[str, str]]:
    reply = await door.get(f"/ratings.csv?{query}")
    assert reply.status_code == 200
    assert reply.headers["content-type"] == "text/csv; charset=utf-8"
    assert reply.headers["content-disposition"] == 'attachment; filename="ratings.csv"'
    return list(csv.DictReader(io.StringIO(reply.content.decode("utf-8-sig"), newline="")))


async def test_every_rating_stands_in_its_cell_and_leads_to_its_paragraph(door):
    tree = await page(door, "/ratings")
    heads = [th.css_first("a").text().split(" ▲")[0] for th in tree.css("thead th")]
    assert heads == ["Subject", "Date", "Overall", "Safeguarding", "Learning, improvement and innovation"]
    cells = [[td.text(strip=True) for td in tr.css("td")] for tr in tree.css("tbody tr")]
    assert cells == [
        ["14 March 2025", "Good", "2", "3: Good"],
        ["–", "–no rating", "4", "–no rating"],
    ]
    every = (await door.get("/v1/ratings")).json()["ratings"]
    links = [a.attributes["href"] for a in tree.css("tbody td a")]
    assert sorted(links) == sorted(r["url"] for r in every)
    for link in links:
        report, anchor = link.split("#")
        assert (await page(door, report)).css_first(f'[id="{anchor}"]')


async def test_a_rating_has_its_number_and_the_colour_of_its_place(door):
    tree = await page(door, "/ratings")
    shown = {n.text(): n.attributes["class"] for n in tree.css("tbody .rating")}
    assert shown == {"Good": "rating s3", "2": "rating s2", "3: Good": "rating s3", "4": "rating s4"}
    assert [n.text() for n in tree.css(".legend .rating")] == ["1: Poor", "2: Fair", "3: Good", "4: Excellent"]


async def test_the_table_is_one_that_is_read_aloud_well(door):
    tree = await page(door, "/ratings?sort=Safeguarding&order=down")
    assert tree.css_first("caption").text() == "Local authority assessment: ratings by subject"
    assert len(tree.css("thead th[scope=col]")) == 5
    assert len(tree.css("tbody th[scope=row]")) == 2
    (sorted_by,) = tree.css("th[aria-sort]")
    assert sorted_by.attributes["aria-sort"] == "descending"
    assert "Safeguarding" in sorted_by.text()


@pytest.mark.parametrize(
    ("query", "order"),
    [
        ("", ["Aldermere", "Tovey <script>alert(1)</script> Council"]),
        ("sort=subject&order=down", ["Tovey", "Aldermere"]),
        ("sort=Safeguarding", ["Aldermere", "Tovey"]),
        ("sort=Safeguarding&order=down", ["Tovey", "Aldermere"]),
        ("sort=date", ["Aldermere", "Tovey"]),
        ("sort=date&order=down", ["Aldermere", "Tovey"]),
        ("sort=Overall", ["Aldermere", "Tovey"]),
        ("sort=nothing", ["Aldermere", "Tovey"]),
    ],
)
async def test_rows_are_sorted_and_what_has_no_value_comes_last(door, query, order):
    assert [s.split()[0] for s in subjects(await page(door, f"/ratings?{query}"))] == [s.split()[0] for s in order]


async def test_a_column_is_sorted_by_its_link_and_turned_by_it_again(door):
    first = (await page(door, "/ratings")).css_first("thead th:nth-child(4) a").attributes["href"]
    second = (await page(door, first)).css_first("thead th:nth-child(4) a").attributes["href"]
    assert [subjects(await page(door, path))[0] for path in (first, second)] == ["Aldermere", "Tovey"]


@pytest.mark.parametrize(
    ("query", "shown", "columns"),
    [
        ("subject=ALDER", 1, 5),
        ("subject=zebra", 0, 0),
        ("value=4", 1, 5),
        ("value=Good", 1, 5),
        ("value=nothing", 2, 5),
        ("section=Overall", 2, 3),
        ("section=Overall&value=4", 0, 0),
        ("section=nothing", 2, 5),
        ("family=nothing", 2, 5),
    ],
)
async def test_what_is_shown_can_be_narrowed_and_the_file_with_it(door, query, shown, columns):
    tree = await page(door, f"/ratings?{query}")
    assert len(tree.css("tbody tr")) == shown
    assert len(tree.css("thead th")) == columns
    assert f"{shown} of 2 reports of this kind" in tree.css_first("main").text()
    link = next(a.attributes["href"] for a in tree.css("a") if "ratings.csv" in a.attributes["href"])
    assert len(await rows(door, link.partition("?")[2])) == len(tree.css("tbody td a"))


async def test_the_file_has_a_line_for_each_rating_with_where_it_is_printed(door):
    every = await rows(door)
    assert len(every) == 4
    assert every[0] == {
        "family": "Local authority assessment", "subject": "Aldermere", "report": "aldermere-2025",
        "title": "Aldermere Council: local authority assessment", "published": "2025-03-14", "inspected": "",
        "older": "no", "rated": "Overall", "score": "", "judgement": "Good", "percent": "",
        "address": "http://citewise.test/reports/aldermere-2025#learning.1",
    }  # fmt: skip


async def test_the_file_has_the_address_that_people_use(live, new_door):
    door = new_door(live, public_url="https://reports.council.example/citewise/")
    assert (await rows(door))[0]["address"].startswith("https://reports.council.example/citewise/reports/")


async def test_an_index_without_ratings_says_so(fake_index, tmp_path, new_catalogue, new_door, wait):
    fake_index.path = new_catalogue(tmp_path / "none.sqlite", ratings=[])
    live = fake_index.live()
    live.start()
    wait(lambda: live.readiness().ready)
    door = new_door(live)
    assert "No report in the index prints a rating" in (await page(door, "/ratings")).css_first("main").text()
    assert await rows(door) == []
    live.close()


def family(*labels, overall=()):
    def value(n, label):
        return {"value": n, "label": label, "description": f"It shows {label}", "aliases": [f"{label}!"]}

    return {"scale": [value(n, x) for n, x in labels], "overall": [value(None, x) for x in overall]}


def test_a_scale_of_any_length_spans_the_colours():
    two = Scale(family((None, "Met"), (None, "Not met")))
    five = Scale(family(*((n, f"Level {n}") for n in range(1, 6))))
    assert [two.place(None, x) for x in ("met", "NOT MET", "unknown", None)] == [1, 4, None, None]
    assert [five.place(n, None) for n in range(1, 7)] == [1, 2, 2, 3, 4, None]
    assert Scale(family((1, "Only"))).place(1, None) == 4
    assert Scale({}).place(3, "Good") is None


def test_overall_ratings_have_a_scale_of_their_own_where_the_family_says_one():
    scale = Scale(family((1, "Low"), (2, "High"), overall=("Bad", "Good", "Best")))
    assert [scale.place(None, x, overall=True) for x in ("Bad", "It shows Best", "Best!", "High")] == [1, 4, 4, None]
    assert Scale(family((1, "Low"), (2, "High"))).place(None, "High", overall=True) == 4
