from __future__ import annotations

from blocks import h, p
from hypothesis import given
from hypothesis import strategies as st

from indexer.model import Block, Document, Role
from indexer.outline import Outline, outline
from indexer.profiles import Profiles

PROFILES = Profiles.load()
GENERIC = PROFILES.named("generic")
CQC = PROFILES.named("cqc-local-authority")
SEND = PROFILES.named("area-send")
CHILDREN = PROFILES.named("childrens-services")


def draw(*blocks: Block, profile=GENERIC) -> Outline:
    return outline(Document(blocks=blocks), profile)


def paths(drawn: Outline) -> list[tuple[str, ...]]:
    return [heading.path for heading in drawn.headings]


def roles(drawn: Outline) -> list[Role]:
    return [placed.role for placed in drawn.placed]


def codes(drawn: Outline) -> list[str]:
    return [notice.code for notice in drawn.notices]


def test_a_single_highest_first_heading_is_the_title_and_in_no_path() -> None:
    drawn = draw(h(1, "Guide"), p("Intro."), h(2, "Rules"), p("A."), h(3, "Fees"), p("B."), h(2, "Help"), p("C."))
    assert drawn.title == "Guide"
    assert paths(drawn) == [(), ("Rules",), ("Rules", "Fees"), ("Help",)]
    assert [drawn.headings[x.section].id for x in drawn.placed] == ["opening", "rules", "fees", "help"]


def test_without_one_highest_heading_there_is_no_title() -> None:
    assert draw(h(1, "Rules"), p("A."), h(1, "Help"), p("B.")).title is None
    assert draw(h(2, "Rules"), p("A."), h(1, "Help"), p("B.")).title is None


def test_a_known_section_is_no_title() -> None:
    drawn = draw(h(3, "Safeguarding"), p("Score: 3"), h(4, "Key findings"), p("A."), profile=CQC)
    assert drawn.title is None
    assert paths(drawn)[1] == ("Safeguarding", "Key findings")


def test_a_title_pattern_finds_a_title_among_equals() -> None:
    title = "Area SEND inspection of Ashcombe Local Area Partnership"
    drawn = draw(h(1, title), h(1, "Inspection outcome"), p("A."), profile=SEND)
    assert drawn.title == title
    assert paths(drawn) == [("Inspection outcome",)]


def test_below_another_title_the_same_words_stay_a_section() -> None:
    name = "Area SEND inspection of Ashcombe Local Area Partnership"
    drawn = draw(h(1, "Ashcombe - a file"), h(2, name), h(3, "Inspection outcome"), p("A."), profile=SEND)
    assert drawn.title == "Ashcombe - a file"
    assert paths(drawn) == [(name,), (name, "Inspection outcome")]


def test_levels_may_jump_and_come_back() -> None:
    drawn = draw(h(1, "T"), h(4, "Deep"), p("A."), h(3, "Less"), p("B."), h(6, "Deepest"), p("C."), h(2, "Up"), p("D."))
    assert paths(drawn) == [("Deep",), ("Less",), ("Less", "Deepest"), ("Up",)]


def test_repeated_headings_get_numbered_ids_in_order() -> None:
    drawn = draw(
        h(1, "T"), h(2, "Fees"), p("A."), h(2, "Fees 2"), p("B."), h(2, "Fees"), p("C."), h(2, "Fees"), p("D.")
    )
    assert [heading.id for heading in drawn.headings] == ["fees", "fees-2", "fees-3", "fees-4"]
    assert codes(drawn) == ["repeated-heading"]


def test_a_heading_named_opening_does_not_take_the_openings_id() -> None:
    drawn = draw(h(1, "T"), p("A."), h(2, "Opening"), p("B."))
    assert [heading.id for heading in drawn.headings] == ["opening", "opening-2"]


def test_a_heading_with_nothing_below_is_told_but_one_with_subsections_is_not() -> None:
    drawn = draw(h(1, "T"), h(2, "Empty"), h(2, "Full"), h(3, "Inner"), p("A."))
    assert [notice.message for notice in drawn.notices] == ['heading without text: "Empty"']


def test_a_score_printed_as_a_heading_is_a_paragraph() -> None:
    drawn = draw(h(2, "Safeguarding"), h(3, "Score: 3"), h(3, "Key findings"), p("A."), profile=CQC)
    assert paths(drawn) == [("Safeguarding",), ("Safeguarding", "Key findings")]
    assert drawn.placed[0].block.text == "Score: 3"


def test_the_fixed_commitment_text_is_boilerplate_with_its_subheadings() -> None:
    drawn = draw(
        h(3, "Safeguarding"),
        h(4, "What people expect"),
        h(5, "I statement"),
        p("I feel safe."),
        h(4, "The local authority commitment"),
        p("We work with people."),
        h(4, "Key findings for this quality statement"),
        p("Staff knew what to do."),
        profile=CQC,
    )
    assert roles(drawn) == [Role.BOILERPLATE, Role.BOILERPLATE, Role.FINDING]


def test_key_findings_below_the_commitment_are_findings_even_when_the_levels_are_wrong() -> None:
    drawn = draw(
        h(2, "The local authority commitment"),
        p("We."),
        h(3, "Key findings"),
        p("A."),
        h(4, "Staff"),
        p("B."),
        profile=CQC,
    )
    assert roles(drawn) == [Role.BOILERPLATE, Role.FINDING, Role.FINDING]


def test_a_contents_heading_does_not_swallow_the_sections_of_a_messy_file() -> None:
    drawn = draw(h(1, "T"), h(2, "Contents"), p("Summary 2"), h(5, "Summary"), p("Children wait."), profile=CHILDREN)
    assert roles(drawn) == [Role.BOILERPLATE, Role.FINDING]


def test_footers_are_boilerplate_and_prose_about_them_is_not() -> None:
    drawn = draw(
        h(1, "T"),
        p("© Crown copyright 2024"),
        p("Fees ............ 12"),
        p("The © sign stood on the council's leaflets, which staff said confused people."),
    )
    assert roles(drawn) == [Role.BOILERPLATE, Role.BOILERPLATE, Role.FINDING]


@given(
    st.lists(st.tuples(st.integers(0, 6), st.sampled_from(["Fees", "Fees 2", "Help", "Score: 3", "©"])), max_size=30)
)
def test_nothing_is_lost_and_ids_are_unique(drawn_blocks: list[tuple[int, str]]) -> None:
    blocks = [h(level, text) if level else p(text) for level, text in drawn_blocks]
    for profile in PROFILES.all():
        drawn = draw(*blocks, profile=profile)
        ids = [heading.id for heading in drawn.headings]
        assert len(set(ids)) == len(ids)
        titles = 1 if drawn.title is not None else 0
        opened = sum(heading.block is not None for heading in drawn.headings)
        assert titles + opened + len(drawn.placed) == len(blocks)
        assert [x.section for x in drawn.placed] == sorted(x.section for x in drawn.placed)
        for index, above in enumerate(drawn.parents):
            levels = [drawn.headings[i].level for i in (*above, index)]
            assert levels == sorted(set(levels))
