"""What an abbreviation stands for: as the reports spell it out, else as the glossary does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from indexer.index.catalogue import Catalogue, StoredParagraph
from indexer.model import Role
from indexer.sentences import sentence_spans
from service.answers.told import Extract, Statement, Told
from service.model import Outcome, Reason
from service.question.abbreviations import Glossary, defined
from service.question.subjects.subjects import SubjectsNamed
from service.question.wordlists import listed

_WORD = re.compile(r"[^\W_](?:[\w&]|['’-](?=\w))*")
_LAW = re.compile(r"\bs(?:ec)?\.? ?(\d{1,3}[A-Z]{0,2})\b", re.IGNORECASE)
_SHORT = re.compile(r"(?=(?:.*[A-Z]){2})[A-Z][A-Za-z&]{1,9}")
# Words that ask what something stands for, and those that may stand around it.
_MEANING = listed(
    "mean means meaning stand stands short abbreviation abbreviations abbreviated acronym acronyms initials define "
    "defined definition spelt spelled spell full form expansion expanded jargon same difference thing"
)
_AROUND = listed(
    "what what's whats is are a an the does do did it its for of by in on to out and or vs versus be as stand term "
    "terms word letters you your they mean please explain tell me us can could u this that these those here who s "
    "report reports between i actually exactly used council councils inspectors"
)
_WHAT = re.compile(r"\W*what\b", re.IGNORECASE)
_LONG = 320
_LOOKED_AT = 20
_MOST = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class _Asked:
    """The abbreviations that a question consists of; `plainly`: it asks in words what they stand for."""

    shorts: tuple[str, ...]
    plainly: bool


class Definitions:
    """Safe for several threads."""

    def __init__(self, catalogue: Catalogue, glossary: Glossary) -> None:
        self._catalogue = catalogue
        self._glossary = glossary
        self._one = lru_cache(maxsize=512)(self._uncached)

    def asked(self, rest: str) -> bool:
        """Whether a question without its names asks for nothing but what abbreviations stand for."""
        return self._asked(rest) is not None

    def told(self, rest: str, subjects: SubjectsNamed, reports: frozenset[str], most: int | None) -> Told | None:
        """None where more is asked, or nothing is known of a word that is not plainly asked for."""
        asked = self._asked(rest)
        if asked is None or (subjects.names and not asked.plainly and not _WHAT.match(rest)):
            return None
        own = reports if subjects.names else None
        parts = [self._one(short, own) for short in asked.shorts[: most or _MOST]]
        statements = tuple(s for part in parts for s in part.statements)
        if not statements and not asked.plainly:
            return None
        outcome = Outcome.ANSWERED if all(p.outcome is Outcome.ANSWERED for p in parts) else Outcome.PARTIAL
        return Told(
            statements=statements,
            before=tuple(note for part in parts for note in part.before),
            outcome=outcome if statements else Outcome.NOT_FOUND,
            reason=None if statements else Reason.NO_EVIDENCE,
        )

    def _asked(self, rest: str) -> _Asked | None:
        words = [match.group() for match in _WORD.finditer(rest)]
        plainly = any(word.lower() in _MEANING for word in words)
        left = [word for word in words if word.lower() not in _AROUND and word.lower() not in _MEANING]
        if not plainly and words and words[-1].lower() in {"do", "did"}:
            return None
        left = [re.sub(r"['’]s?$", "", word) for word in left]
        if not left or len(left) > _MOST or not all(self._is_short(word, plainly=plainly) for word in left):
            return None
        return _Asked(shorts=tuple(dict.fromkeys(left)), plainly=plainly)

    def _is_short(self, word: str, *, plainly: bool) -> bool:
        if _LAW.fullmatch(word) or _SHORT.fullmatch(word):
            return True
        known = self._glossary.meaning(word) is not None
        return known and (plainly or not (word.islower() and self._glossary.is_ordinary(word)))

    def _uncached(self, short: str, own: frozenset[str] | None) -> Told:
        if law := _LAW.fullmatch(short):
            used = self._using(f"section {law.group(1)}", own)
            note = f"{short} is short for section {law.group(1)} of an Act."
            return Told(statements=_stated(used), before=(note,), outcome=Outcome.PARTIAL)
        known = self._glossary.meaning(short)
        spelt = self._spelling_out(short, known[0] if known else (), own)
        if spelt is not None:
            extract, long = spelt
            return Told(statements=_stated(extract), before=(f"{_shown(short, extract)} stands for {long}.",))
        used = self._using(short, own) or self._using(short.upper(), own)
        if known is not None:
            shown = short.upper() if short.islower() else short
            note = f"{shown} stands for {' or '.join(known[0])} (from the glossary, not from a report)."
            used = used or next((u for long in known[0] if (u := self._using(long, own))), None)
            return Told(statements=_stated(used), before=(note,), outcome=Outcome.PARTIAL)
        note = f"{short} is not spelt out in what was searched, nor in the glossary."
        return Told(statements=_stated(used), before=(note,), outcome=Outcome.PARTIAL)

    def _spelling_out(
        self, short: str, longs: tuple[str, ...], own: frozenset[str] | None
    ) -> tuple[Extract, str] | None:
        """The sentence that spells an abbreviation out, of the named body's reports before all others."""
        key = short.upper().removesuffix("S") if short.endswith("s") else short.upper()
        forms = dict.fromkeys((f"({short}", f"({short.upper()}", f"{short} (", *longs))
        for reports in (own, None) if own is not None else (None,):
            found = [e for form in forms for e in self._sentences(form, reports)]
            spelt = [(e, long) for e in found if (long := next(iter(defined([e.text]).get(key, ())), None))]
            if spelt:
                return min(spelt, key=lambda pair: (len(pair[0].text) > _LONG, pair[0].found.key))
        return None

    def _using(self, characters: str, own: frozenset[str] | None) -> Extract | None:
        """A sentence with these words in it, of the named body's reports or of any."""
        whole = re.compile(rf"(?<![\w&]){re.escape(characters)}s?(?![\w&])")
        for reports in (own, None) if own is not None else (None,):
            found = [e for e in self._sentences(characters, reports) if whole.search(e.text)]
            if found:
                return min(found, key=lambda e: (len(e.text) > _LONG, e.found.key))
        return None

    def _sentences(self, characters: str, reports: frozenset[str] | None) -> Iterator[Extract]:
        for one in self._catalogue.holding(characters, reports=reports, most=_LOOKED_AT):
            if one.paragraph.role is Role.FINDING:
                yield from _holding(one, characters)


def _holding(one: StoredParagraph, characters: str) -> Iterator[Extract]:
    text = one.paragraph.text
    for start, end in sentence_spans(text):
        if characters in text[start:end]:
            yield Extract(found=one, start=start, end=end)


def _stated(extract: Extract | None) -> tuple[Statement, ...]:
    return (Statement(text=extract.text, rests=(extract,)),) if extract is not None else ()


def _shown(short: str, extract: Extract) -> str:
    """An abbreviation as the report writes it."""
    written = re.search(rf"(?<![\w&]){re.escape(short)}(?![\w&])", extract.text, re.IGNORECASE)
    return written.group() if written else short
