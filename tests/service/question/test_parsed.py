"""A question as one value, over two fictional families of rated reports."""

from __future__ import annotations

import math
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rated_reports import LEARNING, VISITS, make_rated_catalogue

from indexer.index.terms import analyse
from service.model import Correction, Kind, Question, Turn
from service.question import Parser
from service.question.breadth import Breadth
from service.question.expects import Wants

# What the paragraphs hold beside the printed ratings.
HELD = (
    "Carers waited 11 weeks for an assessment in 2023, which is long, and had not been told why.",
    "Carers praised the helpline, which they could find and ring at night, and complaints about waiting fell.",
    "Staff were trained in safeguarding, and the backlog of reviews was cleared.",
    "Complaints were read together, and carers had heard back.",
)


class Store:
    def __init__(self, texts) -> None:
        self._held = Counter(term for text in texts for term in set(analyse(text)))
        self._total = len(texts)

    def rarity(self, terms):
        return {t: math.log(1 + (self._total - self._held[t] + 0.5) / (self._held[t] + 0.5)) for t in terms}

    def matching(self, terms, *, limit, within=None):
        return []


@pytest.fixture(scope="module")
def parser(tmp_path_factory):
    catalogue = make_rated_catalogue(tmp_path_factory.mktemp("parsed"))
    printed = [p.paragraph.text for r in catalogue.reports() for p in catalogue.paragraphs(r.id)]
    yield Parser(catalogue, Store([*printed, *HELD]))
    catalogue.close()


@pytest.fixture
def parse(parser):
    def of(text, *turns):
        return parser.parse(Question(text=text, history=tuple(Turn(question=q, answer=a) for q, a in turns)))

    return of


@pytest.fixture
def shown(parse):
    def of(text, *turns):
        return parse(text, *turns).understood

    return of


def test_bodies_those_without_a_report_and_sections(shown):
    found = shown("How do Netherby and Oakhollow compare on complaints about safe visits?")
    assert found.subjects == ("Netherby", "Oakhollow")
    assert found.missing == ()
    assert found.sections == (VISITS,)
    assert found.kind is Kind.COMPARISON

    assert shown("What does it say about co-production?").sections == (LEARNING,)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("How long do carers wait in Netherby?", Kind.FACT),
        ("Why do carers wait in Netherby?", Kind.REASON),
        ("Give me a quote from carers in Netherby", Kind.QUOTATION),
        ("How has waiting changed in Larkrise since 2022?", Kind.COMPARISON),
        ("Which councils had complaints about the helpline?", Kind.ACROSS),
        ("Which councils scored 3 for safe visits?", Kind.RATINGS),
    ],
)
def test_the_kind_of_answer_that_is_wanted(shown, text, kind):
    assert shown(text).kind is kind


def test_conditions_on_scores_in_plain_words(shown):
    found = shown("Which councils scored at least 3 for safe visits?")
    assert list(found.scores) == [VISITS]
    assert "3" in found.scores[VISITS]
    assert shown("How long do carers wait?").scores == {}


def test_whose_words_and_which_time(shown):
    found = shown("What did carers say about complaints in 2023?")
    assert found.speakers == ("carers",)
    assert found.when == "2023"
    assert shown("How long do carers wait?").when is None
    assert shown("How long do carers wait?").speakers == ()


def test_words_that_are_searched_for_and_words_that_no_report_holds(shown):
    found = shown("Did zebras in Netherby ring the carers' helpline?")
    assert found.unread == ("zebras",)
    assert {"carers", "helpline"} <= set(found.words)
    assert not set(found.words) & set(found.unread)


@pytest.mark.parametrize(
    "text",
    [
        "How long do carers wait in Netherby?",
        "Compare Netherby with HMP Fenmoor on complaints: which is better, and which worse?",
        "NETHERBY vs OAKHOLLOW complaints",
        "What did the Fictional Care Board find on complaints in Oakhollow?",
        "Which community care review praised the helpline?",
        "What did the FCB say about carers?",
        "Netherby's complaints",
    ],
)
def test_names_of_bodies_and_publishers_and_words_that_compare_are_never_unread(shown, text):
    assert shown(text).unread == ()


def test_a_misspelt_word_is_put_right_and_shown(parse):
    found = parse("How long do carers wait in Netherbey?")
    assert found.subjects.names == ("Netherby",)
    assert Correction(written="Netherbey", meant="Netherby") in found.understood.corrections
    assert "Netherby" in found.text
    assert found.understood.unread == ()


def test_what_is_carried_from_the_question_before(parse):
    found = parse("And Oakhollow?", ("How long do carers wait in Netherby?", "11 weeks. [1]"))
    assert found.understood.carried == "How long do carers wait in Netherby?"
    assert found.understood.subjects == ("Oakhollow",)
    assert found.text == "How long do carers wait in Oakhollow?"
    assert parse("How long do carers wait in Netherby?").understood.carried is None


def test_a_body_in_the_question_is_no_part_of_what_is_asked_of_it(parse):
    found = parse("Why do carers in Netherby wait?")
    assert "Netherby" in found.text
    assert "Netherby" not in found.rest
    assert found.wants is Wants.REASON
    assert found.breadth is Breadth.ONE


def test_several_questions_are_parsed_each(parse):
    found = parse("How long do carers wait in Netherby? Why were complaints late in Oakhollow?")
    assert [part.subjects.names for part in found.parts] == [("Netherby",), ("Oakhollow",)]
    assert [part.wants for part in found.parts] == [Wants.NUMBER, Wants.REASON]
    assert parse("How long do carers wait in Netherby?").parts == ()


def test_what_is_no_question_for_the_reports_has_a_reason(parse):
    assert parse("Write me a poem about the sea").outside is not None
    assert parse("How long do carers wait?").outside is None


def test_characters_that_nobody_sees_change_nothing(parse):
    plain, seeded = (parse(f"How long do carers wait in Neth{unseen}erby?") for unseen in ("", "\u200b"))
    assert seeded.understood == plain.understood


@given(st.text(max_size=2000))
def test_any_text_is_parsed(parser, text):
    found = parser.parse(Question(text=text)).understood
    assert not set(found.words) & set(found.unread)
    assert not set(found.subjects) & set(found.missing)
