from __future__ import annotations

import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.index.terms import Terms, TermsDraft, TermsOf, analyse

PIECES = st.sampled_from(
    ["co-production", "s.42", "£1,000,000", "1.5m", "carers’", "12.5%", "-", "'s", "&", "é", "½", "ﬁ"]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=20).map("".join))


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ("co-production", "coproduction", "coproduct"),
        ("co-production", "co production", "product"),
        ("co‑production", "co–production", "coproduct"),
        ("s42", "section 42", "s42"),
        ("s.42", "Section 42’s", "s42"),
        ("S 42", "ss. 42", "s42"),
        ("s117a", "section 117A", "s117a"),
        ("£1m", "£1,000,000", "1000000"),
        ("£1.5 million", "1,500,000 pounds", "1500000"),
        ("£2bn", "2,000 million", "2000000000"),
        ("40k", "40,000", "40000"),
        ("£1,250k", "£1.25m", "1250000"),
        ("carers’", "carer's", "carer"),
        ("carers'", "CARER", "carer"),
        ("the council’s", "the council's", "council"),
        ("12.5%", "12.5 per cent", "12.5"),
        ("health/care", "health & care", "health"),
        ("Zoë’s café", "zoe cafe", "zoe"),
        ("assessments", "assessing", "assess"),
    ],
)
def test_spellings_of_one_thing_share_a_term(one: str, other: str, shared: str) -> None:
    assert shared in analyse(one)
    assert shared in analyse(other)


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("the council’s 42 homes", "s42"),  # a possessive is no section of an Act
        ("12.5%", "125"),
        ("12.5%", "12"),
        ("1,500 people", "1"),
        ("5 metres", "5000000"),
        ("£1,000m", "000m"),
    ],
)
def test_different_things_do_not(text: str, absent: str) -> None:
    assert absent not in analyse(text)


def test_terms_stand_in_the_order_of_the_words() -> None:
    assert analyse("Short “quotes” – and dashes, in-house") == ["short", "quot", "and", "dash", "inhous", "in", "hous"]


@given(TEXTS)
def test_any_text_has_terms_without_blanks_the_same_each_time(text: str) -> None:
    terms = analyse(text)

    assert all(term and not any(c.isspace() for c in term) for term in terms)
    assert analyse(text) == terms
    assert analyse(text.replace("'", "’")) == terms


@settings(max_examples=25, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=8))
def test_a_text_is_found_by_its_own_terms(texts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        draft = TermsDraft(Path(folder))
        draft.add(TermsOf(key=n, report=1, text=text, heading="", title="") for n, text in enumerate(texts))
        draft.commit()
        terms = Terms.open(Path(folder))
        for number, text in enumerate(texts):
            wanted = dict.fromkeys(analyse(text), 1.0)
            found = [key for key, _ in terms.matching(wanted, 100, None)]
            assert (number in found) == bool(wanted)


def test_a_word_in_the_text_counts_most_then_in_a_heading_then_in_the_title(tmp_path: Path) -> None:
    draft = TermsDraft(tmp_path)
    draft.add([
        TermsOf(key=1, report=1, text="budget", heading="access", title="zebra"),
        TermsOf(key=2, report=1, text="access", heading="zebra", title="budget"),
        TermsOf(key=3, report=1, text="zebra", heading="budget", title="access"),
    ])  # fmt: skip
    draft.commit()

    assert [key for key, _ in Terms.open(tmp_path).matching({"zebra": 1.0}, 3, None)] == [3, 2, 1]


def test_rarer_terms_have_the_higher_rarity(tmp_path: Path) -> None:
    draft = TermsDraft(tmp_path)
    draft.add(TermsOf(key=n, report=n, text="carer " + "zebra " * (n == 3), heading="", title="") for n in range(9))
    draft.commit()

    found = Terms.open(tmp_path).rarity(["carer", "zebra", "wombat"])

    assert found["wombat"] > found["zebra"] > found["carer"] > 0


def test_terms_are_the_same_from_many_threads() -> None:
    text = "Section 42’s £1.5m plan for carers’ co-production. " * 20
    with ThreadPoolExecutor(8) as pool:
        assert len(set(map(tuple, pool.map(analyse, [text] * 200)))) == 1
