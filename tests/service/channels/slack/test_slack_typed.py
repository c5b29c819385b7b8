from __future__ import annotations

import pytest

from service.channels.slack.memory import Deduplicator, ExpiringCache
from service.channels.slack.turnstile import Turnstile
from service.channels.slack.typed import Typed, TypedError, read_command, read_message
from service.model import Filters


@pytest.mark.parametrize(
    ("text", "question", "filters"),
    [
        ("  how long?  ", "how long?", Filters()),
        ('in:"Northtown" how long?', "how long?", Filters(subjects=("Northtown",))),
        ("in:Northtown how long?", "how long?", Filters(subjects=("Northtown",))),
        ("how long? IN:“North Town”", "how long?", Filters(subjects=("North Town",))),
        ("in:“A” in: „B“ how?", "how?", Filters(subjects=("A", "B"))),
        ("score:4 score:3 what is said?", "what is said?", Filters(scores=(4, 3))),
        ('section:"Safe pathways" why?', "why?", Filters(sections=("Safe pathways",))),
        ("who is in:between and score:2 it", "who is and it", Filters(subjects=("between",), scores=(2,))),
        ("R&amp;D &lt;b&gt;", "R&D <b>", Filters()),
        ("a\x00b\nc\ud800", "a b c", Filters()),
        ("which section is it?", "which section is it?", Filters()),
        ("within:here checkin:there", "within:here checkin:there", Filters()),
    ],
)
def test_filters_are_taken_out_of_the_question(text, question, filters):
    assert read_command(text) == Typed(question=question, filters=filters)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("score:high why?", "score:4"),
        ("score:400 why?", "score:4"),
        ("score:" + "9" * 5000, "score:4"),
        ("score:٣ why?", "score:4"),
        ("in: ", 'in:"Northtown"'),
        ("which section: A or B?", 'section:"Safeguarding"'),
        ('section:"" why?', 'section:"Safeguarding"'),
        ('in:"Northtown"', "no question"),
        ("x" * 2001, "2,000"),
    ],
)
def test_what_cannot_be_asked_is_told_with_how_to_write_it(text, said):
    with pytest.raises(TypedError, match=said):
        read_command(text)


@pytest.mark.parametrize(("text", "help_"), [("", True), (" HELP ", True), ("?", True), ("help with costs", False)])
def test_help_is_asked_for_by_a_word_alone(text, help_):
    assert read_command(text).wants_help is help_


@pytest.mark.parametrize(("text", "afresh"), [("New", True), ("start again.", True), ("new carers?", False)])
def test_a_new_conversation_is_asked_for_by_words_alone(text, afresh):
    assert read_command(text).afresh is afresh


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("<@UBOT> how long?", "how long?"),
        ("<@UBOT|citewise> ask <@U2> about <#C1|carers> <!channel> <!here|here>", "ask about #carers"),
        ("see <https://a.example/x|this page> and <https://a.example>", "see this page and https://a.example"),
        ("a &lt;!channel&gt; b", "a <!channel> b"),
        ("<@UBOT>", ""),
    ],
)
def test_slacks_markup_becomes_what_a_reader_sees(text, question):
    assert read_message(text).question == question


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_what_is_remembered_is_bounded_in_time_and_number():
    clock = Clock()
    cache: ExpiringCache[str, int] = ExpiringCache(most=2, seconds=10, clock=clock)
    cache.put("a", 1)
    clock.now = 5
    cache.put("b", 2)
    assert (cache.get("a"), cache.get("b"), cache.get("c")) == (1, 2, None)
    clock.now = 11
    assert (cache.get("a"), cache.get("b")) == (None, 2)
    cache.put("a", 3)
    cache.put("c", 4)
    assert (cache.get("b"), cache.get("a"), cache.get("c")) == (None, 3, 4)
    cache.remove("a")
    assert cache.get("a") is None


def test_a_name_is_new_until_it_was_seen_and_again_when_it_expires_or_is_removed():
    clock = Clock()
    deduplicator = Deduplicator(seconds=10, clock=clock)
    assert [deduplicator.is_new(name) for name in ("a", "a", "b", None, None)] == [True, False, True, True, True]
    clock.now = 11
    assert deduplicator.is_new("a")
    deduplicator.remove("a")
    assert deduplicator.is_new("a")


@pytest.mark.anyio
async def test_a_person_and_a_workspace_have_only_so_many_questions_in_progress():
    turnstile = Turnstile(person=1, workspace=2)
    with turnstile.passing("T1", "U1") as first:
        with (
            turnstile.passing("T1", "U1") as again,
            turnstile.passing("T1", "U2") as other,
            turnstile.passing("T1", "U3") as third,
            turnstile.passing("T2", "U1") as elsewhere,
        ):
            assert (first, again, other, third, elsewhere) == (True, False, True, False, True)
        assert not await turnstile.emptied(0.01)
    assert await turnstile.emptied(0.01)
    with turnstile.passing("T1", "U1") as after:
        assert after


@pytest.mark.anyio
async def test_a_place_is_free_again_after_a_failure():
    turnstile = Turnstile(person=1)
    with pytest.raises(ZeroDivisionError), turnstile.passing("T1", "U1"):
        1 / 0  # noqa: B018
    with turnstile.passing("T1", "U1") as free:
        assert free
