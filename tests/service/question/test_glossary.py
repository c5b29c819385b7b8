"""What abbreviations stand for, by the reports and by the profiles."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from indexer.errors import ProfileError
from indexer.profiles import Profiles
from service.question.abbreviations import Expansion, Glossary, defined, spelt_out

KNOWN = {
    "abbreviations": {
        "PSW": ["principal social worker"],
        "LGSCO": ["Local Government and Social Care Ombudsman"],
        "MASH": ["multi-agency safeguarding hub"],
        "PA": ["personal assistant", "personal adviser"],
        "ICB": ["invented care bureau"],
    },
    "ordinary": ["MASH"],
    "same": [["councillors", "elected members"]],
}
TEXTS = (
    "The integrated care board (ICB) met. Deprivation of Liberty Safeguards (DoLS) requests were late.",
    "The SENCo (special educational needs coordinator) left (see page 4).",
)


def glossary(texts: tuple[str, ...] = TEXTS) -> Glossary:
    return Glossary(
        SimpleNamespace(  # type: ignore[arg-type]
            reports=lambda: (SimpleNamespace(profile="family"),),
            profiles=lambda: {
                "family": {"glossary": KNOWN},
                "unused": {"glossary": {**KNOWN, "same": [["a b", "c d"]]}},
            },
            texts=lambda *, holding: (text for text in texts if holding in text),
        )
    )


def also(text: str) -> list[str]:
    return [expansion.also for expansion in glossary().expand(text)]


def test_an_abbreviation_is_spelt_out_and_its_source_told() -> None:
    assert glossary().expand("What does the PSW say?") == (
        Expansion(written="PSW", also="principal social worker", spells_out=True, of_reports=False),
    )
    assert glossary().expand("Was the ICB there?") == (
        Expansion(written="ICB", also="integrated care board", spells_out=True, of_reports=True),
    )


def test_words_find_their_abbreviation() -> None:
    assert glossary().expand("Do principal social workers meet?") == (
        Expansion(written="principal social workers", also="PSW", spells_out=False, of_reports=False),
    )
    assert also("deprivation of liberty safeguards") == ["DOLS"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("what did the lgsco uphold", ["Local Government and Social Care Ombudsman"]),
        ("the psw's plan", ["principal social worker"]),
        ("What are PAs paid?", ["personal assistant", "personal adviser"]),
        ("bangers and mash", []),
        ("What did the MASH do?", ["multi-agency safeguarding hub"]),
        ("The PSW (principal social worker) left", []),
        ("were councillors told", ["elected members"]),
        ("WHAT DID THE MASH AND PSW DO TODAY", ["principal social worker"]),
        ("what did people say about care", []),
    ],
)
def test_only_what_is_written_as_an_abbreviation_is_read_as_one(text: str, expected: list[str]) -> None:
    assert also(text) == expected


def test_a_glossary_of_a_family_without_reports_is_not_used() -> None:
    assert also("a b") == []


@pytest.mark.parametrize(
    ("short", "text", "long"),
    [
        ("PSW", "They met the principal social worker", "principal social worker"),
        ("DoLS", "under the Deprivation of Liberty Safeguards", "Deprivation of Liberty Safeguards"),
        ("EHCPs", "late education, health and care plans", "education, health and care plans"),
        ("SENCo", "a special educational needs coordinator", "special educational needs coordinator"),
        ("MASH", "the multi-agency safeguarding hub", "multi-agency safeguarding hub"),
        ("PSW", "They met a person who was there", None),
        ("CQC", "It ended. Care was commissioned", None),
    ],
)
def test_the_letters_tell_where_the_words_begin(short: str, text: str, long: str | None) -> None:
    assert spelt_out(short, text) == long


def test_the_commonest_wording_counts() -> None:
    texts = ["the family group conference (FGC)"] * 9 + ["the first general clinic (FGC)"]
    assert defined(texts) == {"FGC": ("family group conference",)}
    assert defined(["*[PPE]: personal protective equipment (kit)"]) == {"PPE": ("personal protective equipment (kit)",)}


# The profiles' own glossaries.


def test_every_profile_brings_its_glossary_to_the_catalogue() -> None:
    described = {profile.name: profile.describe()["glossary"] for profile in Profiles.load().all()}
    known = described["cqc-local-authority"]["abbreviations"]  # type: ignore[index]
    assert known["PSW"] == ["principal social worker"]
    assert set(known) < set(described["generic"]["abbreviations"])  # type: ignore[index]


def test_letters_of_the_glossaries_mostly_fit_their_words() -> None:
    known = Profiles.load().named("generic").describe()["glossary"]["abbreviations"]  # type: ignore[index]
    fits = [spelt_out(short, long[0]) == long[0] for short, long in known.items()]
    assert sum(fits) > 0.85 * len(fits)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('title = "x"\n[abbreviations]\nPSW = []', "abbreviations.PSW"),
        ('title = "x"\n[abbreviations]\nPSW = ["a b c"]\npsw = ["p s w"]', "twice"),
        ('title = "x"\nordinary = ["CAN"]\n[abbreviations]\nPSW = ["a b c"]', "ordinary"),
    ],
)
def test_a_broken_glossary_is_refused(tmp_path, text: str, told: str) -> None:
    folder = tmp_path / "glossaries"
    folder.mkdir()
    (folder / "own.toml").write_text(text)
    with pytest.raises(ProfileError, match=told):
        Profiles.load(tmp_path)
