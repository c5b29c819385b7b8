from __future__ import annotations

import json
import re
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import ProfileError
from indexer.profiles import Profiles
from indexer.profiles.match import even, straight
from indexer.profiles.subjects import Subjects

PROFILES = Profiles.load()
CQC = PROFILES.named("cqc-local-authority")
SEND = PROFILES.named("area-send")
CHILDREN = PROFILES.named("childrens-services")
SUBJECTS = CQC.subjects

MINIMAL = """
name = "{name}"
title = "Fire inspection"
[detect]
threshold = 2
patterns = [{{ pattern = "fire and rescue", weight = 2 }}]
"""


def write(folder: Path, text: str, name: str = "fire.toml") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_the_packaged_families() -> None:
    assert {p.name for p in PROFILES.all()} == {"cqc-local-authority", "area-send", "childrens-services", "generic"}


def section_name(profile, heading):
    rule = profile.section_rule(heading)
    return rule.name if rule else None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Safeguarding\nScore: 2\n2 - Evidence shows some shortfalls\nThe local authority commitment",
            "cqc-local-authority",
        ),
        ("Ashcombe: local authority assessment\nOverall summary\nScore: 2", "cqc-local-authority"),
        ("Area SEND inspection of Ashcombe Local Area Partnership\nInspection outcome", "area-send"),
        (
            "Inspection of Ashcombe local authority children’s services\nOverall effectiveness Good",
            "childrens-services",
        ),
        ("Ashcombe\nInspection of services for children in need of help and protection", "childrens-services"),
        ("Travel guidance\nScore: 3\nThe Care Quality Commission was told", "generic"),
        ("", "generic"),
    ],
)
def test_the_text_tells_the_family(text: str, name: str) -> None:
    assert PROFILES.detect(text).name == name


def test_known_headings_have_levels_whatever_their_wording() -> None:
    levels = [
        CQC.heading_level(line) for line in ("Leadership", "SAFEGUARDING", "Key findings for this quality statement:")
    ]
    assert levels == sorted(levels)
    assert len(set(levels)) == 3
    assert CQC.heading_level("Staff told us that safeguarding mattered.") is None
    assert CQC.heading_level("Score: 3") is None
    assert CQC.heading_level("healthier lives") is None  # asked for by that name, never printed


@pytest.mark.parametrize(
    ("printed", "standard"),
    [
        ("Supporting people to lead healthier lives", "Supporting people to live healthier lives"),
        ("Safe systems, pathways and transitions", "Safe pathways, systems and transitions"),
        ("Assessing people’s needs", "Assessing needs"),
        ("Theme 4: Leadership", "Leadership"),
    ],
)
def test_aliases_lead_to_the_standard_wording(printed: str, standard: str) -> None:
    assert section_name(CQC, printed) == standard


def test_headings_that_carry_a_judgement_a_number_or_a_footnote_are_known() -> None:
    name = "The experiences and progress of children in care"
    assert section_name(CHILDREN, f"{name}: requires improvement to be good") == name
    assert section_name(CHILDREN, "3. Leadership, management and governance") == "Leadership, management and governance"
    assert section_name(CHILDREN, "What needs to improve?1") == "What needs to improve"
    assert section_name(CHILDREN, f"{name}: a summary") is None


def test_the_nine_statements_and_only_they_are_rated() -> None:
    assert sum(s.rated for s in CQC.data.sections) == 9


def test_no_two_sections_of_a_family_share_a_wording() -> None:
    for profile in PROFILES.all():
        owners = defaultdict(set)
        for section in profile.data.sections:
            for words in (section.name, *section.aliases):
                owners[words.casefold()].add(section.name)
        assert {w: o for w, o in owners.items() if len(o) > 1} == {}


def test_scales_rise() -> None:
    for profile in PROFILES.all():
        values = [g.value for g in profile.data.scale.grades if g.value is not None]
        steps = [g.at_least for g in profile.data.overall.grades if g.at_least is not None]
        assert values == sorted(set(values))
        assert steps == sorted(set(steps))


@pytest.mark.parametrize(
    ("percent", "grade"),
    [
        (25, "Inadequate"),
        (38, "Inadequate"),
        (39, "Requires improvement"),
        (62, "Requires improvement"),
        (63, "Good"),
        (87, "Good"),
        (88, "Outstanding"),
        (100, "Outstanding"),
    ],
)
def test_percentages_have_grades(percent: int, grade: str) -> None:
    found = CQC.grade_of_percent(percent)
    assert found is not None
    assert found.label == grade


def test_a_percentage_below_the_scale_has_no_grade() -> None:
    assert CQC.grade_of_percent(24) is None


def test_the_description_is_plain_data() -> None:
    for profile in PROFILES.all():
        assert json.loads(json.dumps(profile.describe())) == profile.describe()
    described = SEND.describe()
    sections = {s["name"]: s for s in described["sections"]}  # type: ignore[index, union-attr, attr-defined]
    assert "strengths" in sections["What is the area partnership doing that is effective?"]["aliases"]
    assert len(described["subjects"]) > 153  # type: ignore[arg-type]


# The subjects that exist.


def test_there_are_153_authorities_and_the_former_ones_are_marked() -> None:
    assert sum(not e.former for e in SUBJECTS.entries) == 153
    assert {e.short for e in SUBJECTS.entries if e.former} >= {"Cumbria", "Northamptonshire", "Bournemouth", "Poole"}


def test_every_name_leads_back_to_its_own_authority() -> None:
    for entry in SUBJECTS.entries:
        for name in (entry.name, entry.short, *entry.aliases):
            assert SUBJECTS.find(name) is entry


@pytest.mark.parametrize(
    ("printed", "short"),
    [
        ("City of York", "York"),
        ("London Borough of Sutton", "Sutton"),
        ("Plymouth City Council", "Plymouth"),
        ("Telford & Wrekin", "Telford and Wrekin"),
        ("Stoke-on- Trent", "Stoke-on-Trent"),
        ("N. Lincs", "North Lincolnshire"),
        ("Kingston", "Kingston upon Thames"),
        ("Kingston upon Hull, City of", "Kingston upon Hull"),
        ("the Royal Borough of Windsor & Maidenhead", "Windsor and Maidenhead"),
        ("City of London", "City of London"),
        ("Nottinghamshire County Council", "Nottinghamshire"),
        ("Nottingham City Council", "Nottingham"),
    ],
)
def test_printed_names_become_short_names(printed: str, short: str) -> None:
    assert SUBJECTS.short_name(printed) == short


@pytest.mark.parametrize("printed", ["Ashcombe County Council", "Council", "City of", "&", ""])
def test_what_is_not_on_the_list_stays_as_printed(printed: str) -> None:
    assert SUBJECTS.find(printed) is None
    assert SUBJECTS.short_name(printed) == printed


@given(st.text(max_size=40))
def test_any_text_can_be_looked_up(text: str) -> None:
    found = SUBJECTS.find(text)
    assert found is None or found in SUBJECTS.entries


@given(st.text(max_size=80))
def test_straightening_keeps_offsets(text: str) -> None:
    assert len(straight(text)) == len(text)
    assert straight(straight(text)) == straight(text)


def test_patterns_meet_curly_and_straight_quotes_alike() -> None:
    assert even("Children’s – SERVICES") == "children's - services"


# A council's own files.


def test_a_folder_adds_profiles_and_replaces_those_of_the_same_name(tmp_path: Path) -> None:
    write(tmp_path / "own", MINIMAL.format(name="fire"))
    added = Profiles.load(tmp_path / "own")
    assert added.detect("Ashcombe Fire and Rescue Service").name == "fire"
    assert len(added.all()) == len(PROFILES.all()) + 1
    write(tmp_path / "other", MINIMAL.format(name="area-send"))
    replaced = Profiles.load(tmp_path / "other")
    assert replaced.named("area-send").describe()["title"] == "Fire inspection"
    assert len({PROFILES.digest(), added.digest(), replaced.digest()}) == 3
    assert PROFILES.digest() == Profiles.load().digest()


def test_a_folder_may_bring_its_own_subjects(tmp_path: Path) -> None:
    write(tmp_path, 'subjects = "brigades"\n' + MINIMAL.format(name="fire"))
    write(
        tmp_path / "subjects", 'subjects = [{ name = "Ashcombe Fire Authority", short = "Ashcombe" }]', "brigades.toml"
    )
    assert Profiles.load(tmp_path).named("fire").subjects.short_name("Ashcombe Fire Authority") == "Ashcombe"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name = ", "fire.toml: not valid TOML"),
        ("colour = 1\n" + MINIMAL.format(name="fire"), "fire.toml: colour: Extra inputs"),
        (MINIMAL.format(name="fire").replace("fire and rescue", "fire (and"), "fire.toml: detect.patterns.0.pattern: "),
        (MINIMAL.format(name="Fire Brigade"), "fire.toml: name: "),
        ('subjects = "nobody"\n' + MINIMAL.format(name="fire"), 'fire.toml: subjects: no list named "nobody"'),
        (
            MINIMAL.format(name="fire") + '[[ratings]]\nrates = "overall"\npattern = "x"\njudgement = "Superb"',
            "ratings.0.judgement",
        ),
        (MINIMAL.format(name="fire") + '[metadata]\nsubject = [{ pattern = "of (.*)" }]', "metadata.subject.0: "),
    ],
)
def test_a_wrong_file_is_named_with_its_field(tmp_path: Path, text: str, told: str) -> None:
    write(tmp_path, text)
    with pytest.raises(ProfileError, match=re.escape(told)):
        Profiles.load(tmp_path)


def test_one_name_for_two_bodies_is_refused(tmp_path: Path) -> None:
    first, second = (
        '{ name = "Ash Council", short = "Ash" }',
        '{ name = "Ash Borough", short = "Elm", aliases = ["ASH"] }',
    )
    clash = f"subjects = [{first}, {second}]"
    write(tmp_path / "subjects", clash, "trees.toml")
    with pytest.raises(ProfileError, match=r'trees.toml: subjects: "ASH" names both Ash Council and Ash Borough'):
        Profiles.load(tmp_path)


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match="no such folder"):
        Profiles.load(tmp_path / "none")


def test_an_unknown_name_lists_those_there_are() -> None:
    with pytest.raises(ProfileError, match="area-send, childrens-services, cqc-local-authority, generic"):
        PROFILES.named("ofsted")


def test_no_list_is_a_list_of_nobody() -> None:
    assert Subjects().find("York") is None
