"""An answer as a Slack message, within its limits: no claim without its citation, and a way to what does not fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import quote, urlencode

from service.channels.slack.blocks import (
    CHOICE,
    DIVIDER,
    FULL,
    HELPFUL,
    LONGEST_ADDRESS,
    LONGEST_TEXT,
    MOST_BLOCKS,
    MOST_CHARACTERS,
    MOST_ROWS,
    SHARE,
    UNHELPFUL,
    Block,
    actions,
    aside,
    button,
    cell,
    characters,
    cut,
    escaped,
    line,
    link,
    linked_cell,
    person,
    table,
    words,
)
from service.channels.slack.passages import LONGEST_QUOTE, about, day, marked, near, source
from service.channels.understood import (
    UNSURE,
    rating_value,
    searched_line,
    shown_line,
    strip_of,
    tells_ratings,
    told_rating,
    understood_line,
)
from service.model import Answer, Checked, Citation, Claim, Filters

_NOTICE = "Answers are made automatically from the reports: check the sources. Please do not type personal details."
_MOST_CHOICES = 10
_MOST_NEAREST = 5
# Above claims, which matter more.
_MOST_RATINGS = 8
# Kept free for the line that says what is left out.
_ROOM_FOR_REST = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """`text` is what notifications and screen readers get, escaped."""

    text: str
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """How an answer is shown.

    base     the address under which people reach the service, without a slash at the end.
    filters  those that the question was asked with, for the address of the full answer.
    buttons  whether to ask what people think of it; and to `share`, where only one person sees it.
    tables   whether ratings become a table; otherwise they are told sentence by sentence.
    told     how many claims the person has seen already, since they were streamed.
    asker    who shares it with a channel.
    """

    base: str
    filters: Filters = field(default_factory=Filters)
    buttons: bool = True
    share: bool = False
    tables: bool = True
    told: int = 0
    asker: str | None = None


def plain(text: str) -> Message:
    """A message of our own words."""
    return Message(text=escaped(text))


def answer_message(answer: Answer, shown: Shown) -> Message:
    whole = _full_address(answer, shown)
    head, tail = _head(answer, shown), _tail(answer, shown, whole)
    fitting = _Fitting(MOST_BLOCKS - len(head) - len(tail), MOST_CHARACTERS - characters(head) - characters(tail))
    in_table = shown.tables and len(answer.ratings) > 1 and tells_ratings(answer)
    body = _ratings(answer, shown, fitting) if in_table else _claims(answer, shown, fitting)
    return Message(text=escaped(cut(answer.text, LONGEST_TEXT)), blocks=(*head, *body, *tail))


class _Fitting:
    """What room is left, in blocks and in characters."""

    def __init__(self, blocks: int, most: int) -> None:
        self._blocks = blocks - 1
        self._characters = most - _ROOM_FOR_REST

    def take(self, new: Sequence[Block], *, blocks: int | None = None) -> bool:
        """Whether they fit; if so, their room is taken. `blocks` is how many, where they become part of others."""
        count, size = len(new) if blocks is None else blocks, characters(new)
        if count > self._blocks or size > self._characters:
            return False
        self._blocks -= count
        self._characters -= size
        return True


def _head(answer: Answer, shown: Shown) -> list[Block]:
    made = []
    if shown.asker is not None:
        made.append(line(person(shown.asker), words(" asked: "), words(cut(answer.question, 300), italic=True)))
    if understood := understood_line(answer, shown.filters):
        made.append(aside(cut(understood, 600)))
    told = (*answer.notes[:6], shown_line(answer))
    made += [line(words(cut(note, 600))) for note in told if note]
    return made


def _claims(answer: Answer, shown: Shown, fitting: _Fitting) -> list[Block]:
    """The claims, each with all of its citations below; where one does not fit, it and what follows is left out."""
    by_number = {citation.number: citation for citation in answer.citations}
    made: list[Block] = []
    sources: dict[int, list[Block]] = {}
    for rating in strip_of(answer)[:_MOST_RATINGS]:
        cited = [by_number[rating.citation]]
        new = {one.number: source(one, shown.base) for one in cited if one.number not in sources}
        told = [line(words(told_rating(rating)), *_marks(cited, shown))]
        if not fitting.take([*told, *_sources(new)]):
            return _closed(made, sources, answer, shown)
        made += told
        sources |= new
    for part in answer.parts:
        opening = [line(words(part.label, bold=True))] if part.label else []
        opening += [line(words(part.note))] if part.note else []
        if not fitting.take(opening):
            return _closed(made, sources, answer, shown)
        made += opening
        for at in part.claims:
            claim = answer.claims[at]
            cited = [by_number[number] for number in claim.citations]
            told = [] if at < shown.told else [_claim(claim, cited, shown)]
            new = {one.number: source(one, shown.base) for one in cited if one.number not in sources}
            if not fitting.take([*told, *_sources(new)]):
                return _closed(made, sources, answer, shown)
            made += told
            sources |= new
    made += _sources(sources)
    for at, one in enumerate(answer.nearest[:_MOST_NEAREST]):
        heading = [line(words("The closest passages:", bold=True))] if at == 0 else []
        passage = [*heading, *near(one, shown.base)]
        if not fitting.take(passage):
            break
        made += passage
    return made


def _claim(claim: Claim, cited: Sequence[Citation], shown: Shown) -> Block:
    unsure = [words(f" ({UNSURE})", italic=True)] if claim.check is Checked.UNSURE else []
    return line(words(cut(claim.text, LONGEST_TEXT)), *_marks(cited, shown), *unsure)


def _marks(cited: Sequence[Citation], shown: Shown) -> list[Block]:
    return [mark for one in cited for mark in (words(" "), link(f"[{one.number}]", marked(one, shown.base)))]


def _closed(made: list[Block], sources: dict[int, list[Block]], answer: Answer, shown: Shown) -> list[Block]:
    return [*made, *_sources(sources), _rest(answer, shown)]


def _sources(sources: dict[int, list[Block]]) -> list[Block]:
    return [block for blocks in sources.values() for block in blocks]


def _ratings(answer: Answer, shown: Shown, fitting: _Fitting) -> list[Block]:
    """A row for each rating; its value leads to the paragraph that prints it."""
    by_number = {citation.number: citation for citation in answer.citations}
    head = [cell(name) for name in ("Subject", "Rated", "Rating", "Published")]
    rows = [head]
    fitting.take(head, blocks=1)
    for rating in answer.ratings:
        row = [
            cell(about(rating.report)),
            cell(rating.section),
            linked_cell(rating_value(rating), marked(by_number[rating.citation], shown.base)),
            cell(day(rating.report) or "–"),
        ]
        if len(rows) == MOST_ROWS or not fitting.take(row, blocks=0):
            return [table(rows), _rest(answer, shown)]
        rows.append(row)
    return [table(rows)]


def _rest(answer: Answer, shown: Shown) -> Block:
    whole = _full_address(answer, shown)
    told = words("There is more than fits into a message. ")
    return line(told, link("Open the full answer", whole)) if whole else line(told, words("Ask for a part of it."))


def _tail(answer: Answer, shown: Shown, whole: str | None) -> list[Block]:
    made: list[Block] = []
    if answer.choices and shown.buttons:
        values = [f"{answer.id}:{at}" for at in range(len(answer.choices))][:_MOST_CHOICES]
        made.append(actions([button(answer.choices[at], f"{CHOICE}_{at}", value) for at, value in enumerate(values)]))
    made.append(dict(DIVIDER))
    buttons = []
    if shown.buttons:
        buttons += [button("Helpful", HELPFUL, answer.id), button("Not helpful", UNHELPFUL, answer.id)]
    if shown.share:
        buttons.append(button("Share to channel", SHARE, answer.id))
    if whole:
        buttons.append(button("Open the full answer", FULL, answer.id, address=whole))
    if buttons:
        made.append(actions(buttons))
    made.append(aside(" ".join(filter(None, (searched_line(answer), answer.attribution, _NOTICE)))))
    return made


def _full_address(answer: Answer, shown: Shown) -> str | None:
    """The answer on the service's own page; None where the question makes the address longer than Slack takes."""
    query = [("q", answer.standalone_question)]
    query += [("subject", name) for name in shown.filters.subjects or ()]
    query += [("section", name) for name in shown.filters.sections or ()]
    query += [("score", str(score)) for score in shown.filters.scores or ()]
    address = f"{shown.base}/ask?{urlencode(query, quote_via=quote)}"
    return address if len(address) <= LONGEST_ADDRESS else None


def without_table(shown: Shown) -> Shown:
    """For a workspace where Slack does not take tables."""
    return replace(shown, tables=False)


def bare(answer: Answer, shown: Shown) -> Message:
    """The answer in words alone, for when Slack takes no blocks: each claim with the addresses that carry it."""
    by_number = {citation.number: citation for citation in answer.citations}
    whole = _full_address(answer, shown)
    room = LONGEST_TEXT - len(whole or "") - _ROOM_FOR_REST
    told = (understood_line(answer, shown.filters), *answer.notes[:6], shown_line(answer))
    lines: list[str] = [cut(note, 600) for note in told if note]
    lines += (f"{told_rating(rating)} {marked(by_number[rating.citation], shown.base)}" for rating in strip_of(answer))
    for part in answer.parts:
        lines += filter(None, (part.label, part.note))
        for at in part.claims:
            claim = answer.claims[at]
            addresses = (marked(by_number[number], shown.base) for number in claim.citations)
            lines.append(f"{claim.text} {' '.join(addresses)}")
    lines += (f"“{cut(one.quote, LONGEST_QUOTE)}” {marked(one, shown.base)}" for one in answer.nearest[:_MOST_NEAREST])
    kept: list[str] = []
    while lines and len("\n".join(kept)) + len(lines[0]) < room:
        kept.append(lines.pop(0))
    if whole:
        kept.append(f"{'There is more. ' if lines else ''}The full answer: {whole}")
    return Message(text=escaped("\n".join(kept) or answer.text[:LONGEST_TEXT]))
