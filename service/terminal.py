"""Answers and hits on a terminal: the words of the reports, never their control characters or markup."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from indexer.index.catalogue import StoredParagraph
from indexer.text import clean, strip_invisible
from service.channels.understood import UNSURE, searched_line, shown_line, strip_of, told_rating, understood_line
from service.links import marked_url, paragraph_url, source_fragment_url, web_address
from service.model import Answer, Checked, Citation, Evidence, Filters

_INDENT = (0, 0, 0, 4)
_NONE = Filters()


def show_answer(console: Console, answer: Answer, public_url: str | None, filters: Filters = _NONE) -> None:
    """What was understood, printed scores, the claims, then what each citation quotes and where it stands."""
    if understood := understood_line(answer, filters):
        _line(console, _plain(understood), style="dim")
    _said(console, answer)
    for note in answer.notes:
        _line(console, _plain(note), style="italic" if answer.claims else "")
    for citation in answer.citations:
        _citation(console, citation, public_url)
    _closest(console, answer, public_url)
    if searched := searched_line(answer):
        console.print()
        _line(console, searched, style="dim")
    if answer.attribution:
        console.print()
        _line(console, _plain(answer.attribution), style="dim")


def _said(console: Console, answer: Answer) -> None:
    for rating in strip_of(answer):
        _line(console, f"{_plain(told_rating(rating))} [{rating.citation}]")
    for part in answer.parts:
        if part.label:
            _line(console, _plain(part.label), style="bold")
        for claim in (answer.claims[at] for at in part.claims):
            unsure = f" ({UNSURE})" if claim.check is Checked.UNSURE else ""
            _line(console, f"{_plain(claim.text)} {''.join(f'[{n}]' for n in claim.citations)}{unsure}")
        if part.note:
            _line(console, _plain(part.note), style="italic")
    if shown := shown_line(answer):
        _line(console, shown, style="italic")


def show_hits(console: Console, evidence: tuple[Evidence, ...], public_url: str | None) -> None:
    """Each paragraph with its place and its scores, best first."""
    if not evidence:
        _line(console, "Nothing found.")
    for rank, hit in enumerate(evidence, 1):
        console.print()
        _line(console, f"[{rank}] {_place(hit.found)}", style="bold")
        _line(console, _scores(hit), style="dim", indented=True)
        _line(console, _plain(hit.found.paragraph.text), indented=True)
        _address(console, _absolute(paragraph_url(hit.found), public_url))


def _citation(console: Console, citation: Citation, public_url: str | None) -> None:
    console.print()
    _line(console, f"[{citation.number}] {_place(citation.found)}", style="bold")
    _line(console, f"“{_plain(citation.quote)}”", indented=True)
    _address(console, _absolute(paragraph_url(citation.found), public_url))
    if source := source_fragment_url(citation.found, citation.quote):
        _address(console, source)


def _closest(console: Console, answer: Answer, public_url: str | None) -> None:
    if answer.nearest:
        console.print()
        _line(console, "The closest passages:")
    for near in answer.nearest:
        console.print()
        _line(console, _place(near.found), style="bold")
        _line(console, f"“{_plain(near.quote)}”", indented=True)
        _address(console, _absolute(marked_url(near.found, near.start, near.end), public_url))


def _place(found: StoredParagraph) -> str:
    known, section, paragraph = found.report.metadata, found.section, found.paragraph
    facts = []
    if section.score is not None:
        facts.append(f"score {section.score}")
    elif section.judgement:
        facts.append(section.judgement)
    if known.published:
        facts.append(f"{known.published.day} {known.published:%B %Y}")
    if paragraph.page is not None:
        facts.append(f"page {paragraph.page}")
    if paragraph.label:
        facts.append(f"paragraph {paragraph.label}")
    path = " › ".join((found.report.title, *section.path))
    return _plain(f"{path} ({', '.join(facts)})" if facts else path)


def _scores(hit: Evidence) -> str:
    parts = [f"fused {hit.fused:.4f}"]
    if hit.dense is not None:
        parts.append(f"dense {hit.dense:.3f}")
    if hit.lexical is not None:
        parts.append(f"lexical {hit.lexical:.2f}")
    return ", ".join(parts)


def _absolute(url: str, public_url: str | None) -> str:
    base = web_address(public_url)
    return f"{base.rstrip('/')}{url}" if base else url


def _line(console: Console, words: str, *, style: str = "", indented: bool = False) -> None:
    # A Text is printed as it is: square brackets in a report are no markup.
    text = Text(words, style=style)
    console.print(Padding(text, _INDENT) if indented and console.is_terminal else _indented(text, indented=indented))


def _indented(text: Text, *, indented: bool) -> Text:
    return Text.assemble("    ", text) if indented else text


def _address(console: Console, url: str) -> None:
    # Never broken over lines, so that it can be clicked or copied.
    console.print(Text(f"    {_plain(url)}", style="blue"), soft_wrap=True)


def _plain(words: str) -> str:
    return clean(strip_invisible(words)[0])
