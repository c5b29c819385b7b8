from __future__ import annotations

import pytest
from blocks import codes, h, overall, p, printing, row

from indexer.assemble import assemble
from indexer.model import Block, Document, Rating, Report, Role
from indexer.profiles import Profiles

PROFILES = Profiles.load()
STATEMENTS = [s.name for s in PROFILES.named("cqc-local-authority").data.sections if s.rated]


def report(profile: str, *blocks: Block) -> Report:
    document = Document(blocks=blocks)
    return assemble(report_id="r", file="r.md", document=document, profile=PROFILES.named(profile), stated={})


def test_two_score_lines_are_one_rating_that_the_subsections_inherit() -> None:
    made = report(
        "cqc-local-authority",
        h(3, "Safe systems, pathways and transitions"),
        p("Score: 2"),
        p("2 - Evidence shows some shortfalls"),
        h(4, "Key findings"),
        p("Staff scored: 3 of them told us so."),
    )
    assert made.ratings == (
        Rating(
            section="safe-systems-pathways-and-transitions",
            name="Safe pathways, systems and transitions",
            paragraph_id="r:safe-systems-pathways-and-transitions:1",
            score=2,
            judgement="Some shortfalls",
        ),
    )
    assert [x.role for x in made.paragraphs] == [Role.RATING, Role.RATING, Role.FINDING]
    assert [(s.score, s.judgement, s.rated) for s in made.sections] == [
        (2, "Some shortfalls", True),
        (2, "Some shortfalls", False),
    ]


def test_a_score_heading_of_a_saved_page_rates_the_statement_above_it() -> None:
    made = report(
        "cqc-local-authority",
        h(1, "A: local authority assessment"),
        h(2, "Safeguarding"),
        h(3, "Score: 4"),
        h(3, "Key findings"),
        p("A."),
    )
    assert [(r.name, r.score, r.paragraph_id) for r in made.ratings] == [("Safeguarding", 4, "r:safeguarding:1")]


def test_a_score_under_a_statement_of_unknown_wording_rates_that_section() -> None:
    made = report(
        "cqc-local-authority", h(1, "A: local authority assessment"), h(2, "Keeping adults safe"), p("Score: 1")
    )
    assert [(r.name, r.section) for r in made.ratings] == [("Keeping adults safe", "keeping-adults-safe")]


def test_a_score_before_any_heading_rates_nothing() -> None:
    made = report("cqc-local-authority", p("Score: 1"), p("We found."))
    assert made.ratings == ()
    assert made.paragraphs[0].role is Role.RATING


def test_a_score_under_a_heading_that_says_overall_is_no_sections_rating() -> None:
    made = report("cqc-local-authority", h(1, "Ashcombe: local authority assessment"), h(2, "Overall"), p("Score: 3"))
    assert made.ratings == ()


@pytest.mark.parametrize("line", ["Score: 5", "Score: 0", "9 - Evidence shows some more"])
def test_a_score_outside_the_scale_is_told_and_not_counted(line: str) -> None:
    made = report("cqc-local-authority", h(3, "Safeguarding"), p(line))
    assert made.ratings == ()
    assert ("rating-outside-scale" in codes(made)) == line.startswith("Score")


def test_a_section_rated_in_two_ways_is_told() -> None:
    made = report("cqc-local-authority", h(3, "Safeguarding"), p("Score: 2"), p("3 - Evidence shows a good standard"))
    assert [r.score for r in made.ratings] == [2]
    assert "conflicting-rating" in codes(made)


@pytest.mark.parametrize(
    ("lines", "judgement", "percent", "cited"),
    [
        (["Overall rating: Good (68%)"], "Good", 68, "Overall rating: Good (68%)"),
        (["Overall score 64%"], "Good", 64, "Overall score 64%"),
        (
            ["Overall rating: Requires improvement"],
            "Requires improvement",
            None,
            "Overall rating: Requires improvement",
        ),
        (["Overall rating", "Good", "68%"], "Good", None, "Good"),
        (["Good, 71%"], "Good", 71, "Good, 71%"),
        (["Requires improvement", "Score: 56%"], "Requires improvement", 56, "Score: 56%"),
        (["Rating: Good", "Overall score: 70%"], "Good", 70, "Overall score: 70%"),
    ],
)
def test_overall_ratings(lines: list[str], judgement: str, percent: int | None, cited: str) -> None:
    made = report("cqc-local-authority", h(1, "A: local authority assessment"), h(2, "Overall summary"), *map(p, lines))
    found = overall(made)
    assert found is not None
    assert (found.name, found.judgement) == ("Overall", judgement)
    assert found.percent in (percent, 68)
    assert printing(made, found) in (cited, "68%")


def nine(printed: str, scores: dict[str, int]) -> Report:
    return report(
        "cqc-local-authority",
        h(1, "Ashcombe: local authority assessment"),
        h(2, "Overall summary"),
        p(printed),
        h(3, "Quality statement scores"),
        *(row(name, str(score)) for name, score in scores.items()),
        h(2, "Ensuring safety"),
        h(3, "Safeguarding"),
        p(f"Score: {scores['Safeguarding']}"),
        p("Staff acted."),
    )


def test_a_score_table_rates_every_statement_and_a_statements_own_line_is_preferred() -> None:
    scores = dict.fromkeys(STATEMENTS, 2) | {"Safeguarding": 3}
    made = nine("Overall score 53%", scores)
    assert {r.name: r.score for r in made.ratings if r.name != "Overall"} == scores
    own = next(r for r in made.ratings if r.name == "Safeguarding")
    assert (own.section, own.paragraph_id) == ("safeguarding", "r:safeguarding:1")
    table = next(s for s in made.sections if s.id == "quality-statement-scores")
    assert (table.score, table.rated) == (None, False)
    assert codes(made) == {"no-published"}


def test_a_percentage_that_the_scores_do_not_make_is_told() -> None:
    assert "percent-mismatch" in codes(nine("Overall score 64%", dict.fromkeys(STATEMENTS, 2)))


@pytest.mark.parametrize(
    ("sentence", "judgement"),
    [
        (
            "The partnership’s SEND arrangements typically lead to positive experiences and outcomes for children.",
            "Typically positive experiences and outcomes",
        ),
        (
            "The local area partnership’s arrangements lead to inconsistent experiences and outcomes.",
            "Inconsistent experiences and outcomes",
        ),
        ("There are widespread and/or systemic failings leading to concerns.", "Widespread and/or systemic failings"),
    ],
)
def test_an_area_outcome_is_a_rating_and_still_a_finding(sentence: str, judgement: str) -> None:
    made = report(
        "area-send", h(1, "Area SEND inspection of A Local Area Partnership"), h(2, "Inspection outcome"), p(sentence)
    )
    found = overall(made)
    assert found is not None
    assert found.judgement == judgement
    assert found.paragraph_id == "r:inspection-outcome:1"
    assert made.paragraphs[0].role is Role.FINDING


def test_the_generic_profile_rates_nothing() -> None:
    made = report("generic", h(1, "Film reviews"), h(2, "Safeguarding"), p("Score: 3"), p("Overall effectiveness Good"))
    assert made.ratings == ()
    assert {x.role for x in made.paragraphs} == {Role.FINDING}
