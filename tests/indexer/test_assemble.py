from __future__ import annotations

from blocks import h, p
from hypothesis import given
from hypothesis import strategies as st

from indexer.assemble import assemble
from indexer.model import Block, BlockKind, Document, Notice, Report, Role
from indexer.profiles import Profiles
from indexer.text import digest

PROFILES = Profiles.load()


def make(*blocks: Block, profile: str = "generic", **document) -> Report:
    return assemble(
        report_id="ashcombe",
        file="a/ashcombe.md",
        document=Document(blocks=blocks, **document),
        profile=PROFILES.named(profile),
        stated={"assessment": "pilot"},
    )


def test_a_report_keeps_everything_that_the_reader_found() -> None:
    item = Block(kind=BlockKind.LIST_ITEM, text="Ask first.", level=2, page=4, label="(a)")
    cells = Block(kind=BlockKind.TABLE_ROW, text="Carers\t12", page=5, columns=("Group", "Number"))
    notice = Notice(code="invisible", message="2 characters")
    report = make(h(1, "Guide"), p("Intro."), h(2, "Rules"), item, h(3, "Numbers"), cells, notices=(notice,))
    assert (report.id, report.file, report.profile) == ("ashcombe", "a/ashcombe.md", "generic")
    assert [x.id for x in report.paragraphs] == ["ashcombe:opening:1", "ashcombe:rules:1", "ashcombe:numbers:1"]
    first, second, third = report.paragraphs
    assert (first.text, first.role, first.digest) == ("Intro.", Role.FINDING, digest("Intro."))
    assert (second.kind, second.page, second.label) == (BlockKind.LIST_ITEM, 4, "(a)")
    assert (third.text, third.columns, third.section) == ("Carers\t12", ("Group", "Number"), "numbers")
    assert [s.path for s in report.sections] == [(), ("Rules",), ("Rules", "Numbers")]
    assert (report.metadata.title, report.metadata.assessment) == ("Guide", "pilot")
    assert report.notices == (notice,)


def test_a_heading_without_text_of_its_own_is_still_a_section() -> None:
    report = make(h(1, "Guide"), h(2, "Rules"), h(3, "Fees"), p("A."))
    assert [s.id for s in report.sections] == ["rules", "fees"]


def test_a_document_without_headings_is_one_opening() -> None:
    report = make(p("A."), p("B."))
    assert [(s.id, s.path) for s in report.sections] == [("opening", ())]
    assert [x.number for x in report.paragraphs] == [1, 2]


def test_an_empty_document_is_an_empty_report() -> None:
    report = make()
    assert (report.sections, report.paragraphs, report.ratings) == ((), (), ())


WORDS = st.sampled_from(
    ["Safeguarding", "Score: 3", "Good", "68%", "Overall rating", "Leadership", "Adoption performance",
     "Good Adoption performance", "Key findings", "The local authority commitment", "Contents", "©",
     "Children's services in A are good", "Area SEND inspection of B Local Area Partnership"]
)  # fmt: skip


@given(st.lists(st.tuples(st.integers(0, 5), WORDS), max_size=25), st.sampled_from(PROFILES.all()))
def test_whatever_a_reader_gives_the_report_is_consistent(drawn, profile) -> None:
    blocks = tuple(h(level, text) if level else p(text) for level, text in drawn)
    report = make(*blocks, profile=profile.name)
    assert make(*blocks, profile=profile.name) == report
    ids = [x.id for x in report.paragraphs]
    sections = {s.id for s in report.sections}
    assert len(set(ids)) == len(ids)
    assert len(sections) == len(report.sections)
    assert {x.section for x in report.paragraphs} <= sections
    for section in sections:
        numbers = [x.number for x in report.paragraphs if x.section == section]
        assert numbers == list(range(1, len(numbers) + 1))
    written = [b.text for b in blocks if b.kind is BlockKind.PARAGRAPH]
    kept = iter(x.text for x in report.paragraphs)
    assert all(text in kept for text in written)
    for rating in report.ratings:
        assert rating.paragraph_id in ids
        assert rating.section is None or rating.section in sections
        assert (rating.section is None) == (rating.name == "Overall")
    names = [rating.name for rating in report.ratings]
    assert len(set(names)) == len(names)
