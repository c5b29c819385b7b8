from __future__ import annotations

import pytest
from blocks import codes, h, overall, p, printing, row

from indexer.assemble import assemble
from indexer.model import Block, BlockKind, Document, Report, Role
from indexer.profiles import Profiles

PROFILE = Profiles.load().named("childrens-services")


def report(*blocks: Block) -> Report:
    return assemble(report_id="r", file="r.md", document=Document(blocks=blocks), profile=PROFILE, stated={})


def by_name(made: Report) -> dict[str, str | None]:
    return {r.name: r.judgement for r in made.ratings}


LEADERS = "The impact of leaders on social work practice with children and families"
PROTECTION = "The experiences and progress of children who need help and protection"
CARE = "The experiences and progress of children in care and care leavers"


@pytest.mark.parametrize(
    "table",
    [
        [
            p(f"Good {LEADERS}"),
            p(f"Requires improvement to be good {PROTECTION}"),
            p("Overall effectiveness Requires improvement to be good"),
        ],
        [
            p(f"{LEADERS} Good"),
            p(f"{PROTECTION} Requires improvement"),
            p("Overall effectiveness Requires improvement"),
        ],
        [
            p(LEADERS),
            p("Good"),
            p(PROTECTION),
            p("Requires improvement to be good"),
            p("Overall effectiveness"),
            p("Requires improvement to be good"),
        ],
        [
            row(LEADERS, "Good"),
            row(PROTECTION, "Requires improvement"),
            row("Overall effectiveness", "Requires improvement"),
        ],
        [
            h(5, LEADERS),
            h(5, "Good"),
            h(5, PROTECTION),
            h(5, "Requires improvement"),
            p("Overall effectiveness: requires improvement"),
        ],
    ],
)
def test_judgement_tables_of_every_shape(table: list[Block]) -> None:
    made = report(
        h(1, "Inspection of A children's services"),
        h(3, "Judgement Grade"),
        *table,
        h(2, f"{LEADERS}: good"),
        p("A."),
    )
    improvement = "Requires improvement to be good"
    assert by_name(made) == {LEADERS: "Good", PROTECTION: improvement, "Overall": improvement}
    assert "conflicting-rating" not in codes(made)
    for rating in made.ratings:
        assert rating.judgement is not None
        assert rating.judgement.split()[0].lower() in printing(made, rating).lower()
        assert next(x.role for x in made.paragraphs if x.id == rating.paragraph_id) is Role.RATING
    body = next(s for s in made.sections if s.path[-1] == f"{LEADERS}: good")
    assert body.judgement == "Good"


def test_a_rating_that_only_a_heading_prints_is_cited_by_the_headings_own_words() -> None:
    heading = f"{CARE}: outstanding"
    made = report(
        h(1, "Inspection of A children's services"),
        p("B."),
        h(2, heading),
        p("C."),
        h(2, "Recommendations"),
        p("D."),
    )
    (rating,) = made.ratings
    assert (rating.name, rating.judgement) == (CARE, "Outstanding")
    assert printing(made, rating) == heading
    assert [(x.text, x.role, x.kind, x.number) for x in made.paragraphs[1:3]] == [
        (heading, Role.RATING, BlockKind.PARAGRAPH, 1),
        ("C.", Role.FINDING, BlockKind.PARAGRAPH, 2),
    ]
    assert [(s.judgement, s.rated) for s in made.sections] == [(None, False), ("Outstanding", True), (None, False)]


def test_a_rated_heading_at_the_end_with_no_text_is_still_cited() -> None:
    made = report(h(1, "Inspection of A children's services"), p("B."), h(2, f"{CARE}: good"))
    assert printing(made, made.ratings[0]) == f"{CARE}: good"


@pytest.mark.parametrize(
    ("line", "judgement"),
    [
        ("Children’s services in Ashcombe are good", "Good"),
        ("Children’s services in the Ashcombe with Elm Council area are good", "Good"),
        ("Children’s services in Ashcombe require improvement to be good", "Requires improvement to be good"),
        (
            "Children’s services in Ashcombe requires improvement to be good. Leaders know why.",
            "Requires improvement to be good",
        ),
        ("The overall judgement is that children’s services are inadequate.", "Inadequate"),
        (
            "The overall judgement is requires improvement. There are no widespread failures.",
            "Requires improvement to be good",
        ),
        ("Children’s services in Ashcombe were last judged good.", None),
        ("Children’s services in Ashcombe are of a consistently good quality.", None),
        ("Children’s services in Ashcombe, which were good, have got worse.", None),
        ("Leaders said that overall effectiveness was good.", None),
    ],
)
def test_overall_judgements_in_words(line: str, judgement: str | None) -> None:
    made = report(h(1, "Ashcombe"), h(4, "Executive summary"), p(line))
    found = overall(made)
    assert (found.judgement if found else None) == judgement


def test_a_graded_judgement_heading_rates_its_area() -> None:
    made = report(
        h(1, "A"),
        h(5, "The graded judgement for adoption performance is that it requires improvement"),
        p("B."),
    )
    assert by_name(made) == {"Adoption performance": "Requires improvement to be good"}
