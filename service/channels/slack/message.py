"""An answer as a Slack message, within its limits: no claim without its citation, and a way to what does not fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import quote, urlencode

from indexer.index.catalogue import StoredParagraph, StoredReport
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
    bullets,
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
from service.links import marked_url, paragraph_url
from service.model import Answer, Citation, Filters, RatingFound

_NOTICE = "Answers are made automatically from the reports: check the sources. Please do not type personal details."
_LONGEST_QUOTE = 900
_MOST_CHOICES = 10
_MOST_NEAREST = 5
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
    body = (
        _ratings(answer, shown, fitting) if shown.tables and _tells_ratings(answer) else _claims(answer, shown, fitting)
    )
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
    if answer.standalone_question != answer.question:
        made.append(aside(f"Understood as: {cut(answer.standalone_question, 300)}"))
    made += [line(words(cut(note, 600))) for note in answer.notes[:6]]
    return made


def _claims(answer: Answer, shown: Shown, fitting: _Fitting) -> list[Block]:
    """The claims, each with all of its citations below; where one does not fit, it and what follows is left out."""
    by_number = {citation.number: citation for citation in answer.citations}
    made: list[Block] = []
    sources: dict[int, list[Block]] = {}
    for part in answer.parts:
        opening = [line(words(part.label, bold=True))] if part.label else []
        opening += [line(words(part.note))] if part.note else []
        if not fitting.take(opening):
            return _closed(made, sources, answer, shown)
        made += opening
        for at in part.claims:
            claim = answer.claims[at]
            cited = [by_number[number] for number in claim.citations]
            marks = [mark for one in cited for mark in (words(" "), link(f"[{one.number}]", _marked(one, shown)))]
            told = [] if at < shown.told else [line(words(cut(claim.text, LONGEST_TEXT)), *marks)]
            new = {one.number: _source(one, shown) for one in cited if one.number not in sources}
            if not fitting.take([*told, *(block for blocks in new.values() for block in blocks)]):
                return _closed(made, sources, answer, shown)
            made += told
            sources |= new
    made += _sources(sources)
    if answer.nearest:
        near = [_near(one.found, one.snippet, shown) for one in answer.nearest[:_MOST_NEAREST]]
        looked = [line(words("Where to look:", bold=True)), bullets(near)]
        made += looked if fitting.take(looked) else []
    return made


def _closed(made: list[Block], sources: dict[int, list[Block]], answer: Answer, shown: Shown) -> list[Block]:
    return [*made, *_sources(sources), _rest(answer, shown)]


def _sources(sources: dict[int, list[Block]]) -> list[Block]:
    return [block for blocks in sources.values() for block in blocks]


def _source(citation: Citation, shown: Shown) -> list[Block]:
    found = citation.found
    place = " › ".join((_about(found.report), *found.section.path))
    facts = [
        _score(found),
        _day(found.report),
        None if found.paragraph.page is None else f"page {found.paragraph.page}",
    ]
    told = " · ".join(filter(None, (cut(place, 400), *facts)))
    return [
        line(words(f"[{citation.number}] ", bold=True), link(told, _marked(citation, shown))),
        aside(f"“{cut(' '.join(citation.quote.split()), _LONGEST_QUOTE)}”"),
    ]


def _near(found: StoredParagraph, snippet: str, shown: Shown) -> list[Block]:
    place = " › ".join((_about(found.report), *found.section.path))
    return [link(cut(place, 300), f"{shown.base}{paragraph_url(found)}"), words(f": {cut(snippet, 200)}")]


def _tells_ratings(answer: Answer) -> bool:
    """Whether the claims say no more than a table of the ratings does."""
    printed = {rating.citation for rating in answer.ratings}
    return (
        len(answer.ratings) > 1
        and len(answer.claims) == len(answer.ratings)
        and all(set(claim.citations) <= printed for claim in answer.claims)
    )


def _ratings(answer: Answer, shown: Shown, fitting: _Fitting) -> list[Block]:
    """A row for each rating; its value leads to the paragraph that prints it."""
    by_number = {citation.number: citation for citation in answer.citations}
    head = [cell(name) for name in ("Subject", "Rated", "Rating", "Published")]
    rows = [head]
    fitting.take(head, blocks=1)
    for rating in answer.ratings:
        row = [
            cell(_about(rating.report)),
            cell(rating.section),
            linked_cell(_value(rating), _marked(by_number[rating.citation], shown)),
            cell(_day(rating.report) or "–"),
        ]
        if len(rows) == MOST_ROWS or not fitting.take(row, blocks=0):
            return [table(rows), _rest(answer, shown)]
        rows.append(row)
    return [table(rows)]


def _value(rating: RatingFound) -> str:
    score = None if rating.score is None else str(rating.score)
    percent = None if rating.percent is None else f"{rating.percent}%"
    return " · ".join(filter(None, (score, rating.judgement, percent)))


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
    made.append(aside(" ".join(filter(None, (answer.attribution, _NOTICE)))))
    return made


def _full_address(answer: Answer, shown: Shown) -> str | None:
    """The answer on the service's own page; None where the question makes the address longer than Slack takes."""
    query = [("q", answer.standalone_question)]
    query += [("subject", name) for name in shown.filters.subjects or ()]
    query += [("section", name) for name in shown.filters.sections or ()]
    query += [("score", str(score)) for score in shown.filters.scores or ()]
    address = f"{shown.base}/ask?{urlencode(query, quote_via=quote)}"
    return address if len(address) <= LONGEST_ADDRESS else None


def _marked(citation: Citation, shown: Shown) -> str:
    return f"{shown.base}{marked_url(citation.found, citation.start, citation.end)}"


def _about(report: StoredReport) -> str:
    return report.metadata.subject or report.title


def _score(found: StoredParagraph) -> str | None:
    section = found.section
    return f"score {section.score}" if section.score is not None else section.judgement


def _day(report: StoredReport) -> str | None:
    published = report.metadata.published
    return None if published is None else f"{published.day} {published:%B %Y}"


def without_table(shown: Shown) -> Shown:
    """For a workspace where Slack does not take tables."""
    return replace(shown, tables=False)


def bare(answer: Answer, shown: Shown) -> Message:
    """The answer in words alone, for when Slack takes no blocks: each claim with the addresses that carry it."""
    by_number = {citation.number: citation for citation in answer.citations}
    whole = _full_address(answer, shown)
    room = LONGEST_TEXT - len(whole or "") - _ROOM_FOR_REST
    lines: list[str] = [cut(note, 600) for note in answer.notes[:6]]
    for part in answer.parts:
        lines += filter(None, (part.label, part.note))
        for at in part.claims:
            claim = answer.claims[at]
            addresses = (_marked(by_number[number], shown) for number in claim.citations)
            lines.append(f"{claim.text} {' '.join(addresses)}")
    kept: list[str] = []
    while lines and len("\n".join(kept)) + len(lines[0]) < room:
        kept.append(lines.pop(0))
    if whole:
        kept.append(f"{'There is more. ' if lines else ''}The full answer: {whole}")
    return Message(text=escaped("\n".join(kept) or answer.text[:LONGEST_TEXT]))
