from __future__ import annotations

import re

import pytest
from hand_made import answer, asked, measured, paragraph, question, run
from selectolax.lexbor import LexborHTMLParser

from eval.errors import RunError
from eval.measure.against import changes
from eval.measure.baseline import baseline_of, falls
from eval.report import plots, write_report
from eval.report.page import page
from service.model import Outcome, Reason

MARKUP = "<script>alert('x')</script> & <img src=x onerror=y>"
ELSEWHERE = paragraph("The council had a plan for its buildings.", path=("Leadership", "Buildings"))
REFUSABLE = {"answerable": False, "gold": [], "category": "greeting", "reasons": ["out_of_scope"]}


def whole(**more):
    return measured(
        asked(question(1), answer(paragraph()), ELSEWHERE, paragraph()),
        asked(
            question(2, category="number"), answer(ELSEWHERE, standalone="What did they plan?"), ELSEWHERE, paragraph()
        ),
        asked(question(3, **REFUSABLE), answer(outcome=Outcome.REFUSED, reason=Reason.OUT_OF_SCOPE)),
        asked(question(4), None),
        **more,
    )


def tree(text: str) -> LexborHTMLParser:
    return LexborHTMLParser(text)


def words(node) -> str:
    return re.sub(r"\s+", " ", node.text()).strip()


def test_it_shows_the_figures_the_endings_and_the_misses():
    found = tree(page(whole()))
    headings = [words(node) for node in found.css("h2")]
    assert headings == ["Figures", "How the questions ended", "By category", "Plots", "Misses", "The run"]
    rows = {words(row.css_first("th")): words(row) for row in found.css("tbody tr")}
    assert "0.500 2" in rows["cited"]
    assert "1 of 1" in rows["out of scope"]
    assert "1 of 2" in rows["an answer"]
    misses = {node.attributes["id"]: words(node) for node in found.css("article")}
    assert misses.keys() == {"q-q2", "q-q4"}
    assert "no right citation" in misses["q-q2"]
    assert "What did they plan?" in misses["q-q2"]
    assert "tovey.md: Learning learned from complaints" in misses["q-q2"]
    assert "tovey.md: Leadership › Learning right" in misses["q-q2"]
    assert "ValueError: no" in misses["q-q4"]


def test_it_needs_nothing_from_elsewhere_and_no_script():
    text = page(whole())
    assert not tree(text).css("script, link, img, iframe, object")
    assert not re.search(r"(?:src|href)\s*=\s*[\"'](?!#)|url\(|@import", text)


def test_whatever_is_written_is_text():
    nasty = paragraph(MARKUP, path=(MARKUP,))
    line = question(1, question=MARKUP, category=MARKUP, gold=[{"doc": "tovey.md", "section": MARKUP, "text": MARKUP}])
    now = measured(
        asked(line, answer(ELSEWHERE, nasty, claims=[(MARKUP, (9,))], standalone=f"{MARKUP}?"), ELSEWHERE, nasty),
        asked(question(2, question=f"{MARKUP} 2"), None) | {"fault": MARKUP},
        model=MARKUP, questions=MARKUP, settings={MARKUP: MARKUP},
    )  # fmt: skip
    text = page(now, changes=changes(now, run(asked(line, answer(nasty)))), baseline=baseline_of(now))
    found = tree(text)
    assert not found.css("script, img")
    assert MARKUP in found.css_first("article h3").text()


def test_each_id_stands_once_and_each_link_leads_to_one():
    found = tree(page(whole(), changes=changes(whole(), run(asked(question(1), answer(ELSEWHERE))))))
    ids = [node.attributes["id"] for node in found.css("[id]")]
    assert len(ids) == len(set(ids))
    assert {node.attributes["href"] for node in found.css("a")} <= {f"#{name}" for name in ids}
    assert found.css_first("html").attributes["lang"] == "en"
    assert all(node.attributes.get("aria-label") for node in found.css("svg[role=img]"))


def test_it_tells_what_fell_below_the_baseline_and_what_did_not():
    good = measured(*(asked(question(n), answer(paragraph()), paragraph()) for n in range(4)))
    bad = measured(*(asked(question(n), answer(ELSEWHERE), ELSEWHERE) for n in range(4)))
    before = baseline_of(good)
    assert "No figure fell below the baseline" in page(good, baseline=before, fallen=falls(before, good))
    found = tree(page(bad, baseline=before, fallen=falls(before, bad)))
    assert "cited fell from 1.0000 to 0.0000, of 4 questions" in words(found.css_first(".fell"))
    rows = {words(row.css_first("th")): words(row) for row in found.css("tbody tr")}
    assert "1.000 worse 1.000 4" in rows["cited"]


def test_it_tells_what_changed_since_an_earlier_run():
    now = whole()
    found = tree(page(now, changes=changes(now, run(asked(question(1), answer(ELSEWHERE))))))
    (group,) = found.css("#changes ~ details:has(.changes)")
    assert "Now right (1)" in words(group)
    assert "What did team 1 learn from?" in words(group)


def test_where_everything_went_right_it_says_so():
    assert "Every question went right." in page(measured(asked(question(1), answer(paragraph()), paragraph())))


def test_a_report_that_cannot_be_written_is_said(tmp_path):
    write_report(tmp_path / "report.html", whole())
    assert (tmp_path / "report.html").read_text("utf-8").startswith("<!doctype html>")
    with pytest.raises(RunError, match="cannot be written"):
        write_report(tmp_path / "none" / "report.html", whole())


def test_curves_rise_to_the_share_that_is_found_at_all():
    lines = (asked(question(n), answer(), *[ELSEWHERE] * n, paragraph()) for n in range(3))
    curves = {one.name: one for one in plots.rank_curves(measured(*lines).rows)}
    assert curves["section"].values[:4] == pytest.approx((1 / 3, 2 / 3, 1.0, 1.0))
    assert curves["doc"].values[0] == 1.0
    heights = sorted(one.label_y for one in curves.values())
    assert all(b - a >= 14 for a, b in zip(heights, heights[1:], strict=False))
    assert plots.rank_curves(measured(asked(question(1, **REFUSABLE), answer())).rows) == []


@pytest.mark.parametrize("values", [[0.4], [3.0, 3.0, 3.0], [1.0, 900.0], [float(n) for n in range(500)]])
def test_every_time_is_in_the_histogram(values):
    found = plots.histogram(values)
    assert found is not None
    assert sum(one.count for one in found.columns) == len(values)
    assert all(plots.TOP <= one.y <= plots.BOTTOM for one in found.columns)
    assert all(plots.LEFT <= one.at <= plots.LEFT + plots.WIDTH for one in (*found.ticks, *found.marks))


def test_no_times_make_no_histogram():
    assert plots.histogram([]) is None


def test_support_is_held_against_what_the_reports_answer():
    absent = {"answerable": False, "gold": []}
    low = (asked(question(n, **absent), answer(), support=0.1) for n in range(10))
    high = (asked(question(n), answer(paragraph()), support=0.9) for n in range(10, 20))
    rows = measured(*low, *high).rows
    assert [(one.estimate, one.share, one.count) for one in plots.reliability(rows)] == [
        (pytest.approx(0.1), 0.0, 10),
        (pytest.approx(0.9), 1.0, 10),
    ]
    assert "what came true" in page(measured(*(asked(question(n), answer(), support=0.5) for n in range(10))))
    assert plots.reliability(whole().rows) == []
