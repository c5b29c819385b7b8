"""Which bodies a text names, and which reports are about them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer.index.catalogue import Catalogue, StoredReport
from indexer.index.store import Store
from service.question.printed import Print
from service.question.spelling import Speller
from service.question.subjects.forms import forms_of
from service.question.subjects.known import known_bodies
from service.question.subjects.names import Names
from service.question.subjects.reports import ReportsAbout
from service.question.subjects.spent import Publishers, Titled
from service.question.subjects.unlisted import Unlisted, framing_of
from service.question.subjects.unnamed import Unnamed
from service.question.subjects.words import COUNCIL_KINDS
from service.question.words import Token, has_telling, keys_of, split, visible

# Reports that say whom they are about, of all: with fewer, an unknown name is no sign of a missing report.
_ABOUT_BODIES = 0.5
_LEAST_FRAMING = 2
# From which word of a text to before which one, and the bodies that may be meant.
_Found = tuple[int, int, tuple[str, ...]]
_Span = tuple[int, int]
_COUNCIL_LETTERS = frozenset({"cc", "bc", "mbc", "mdc"})


@dataclass(frozen=True, kw_only=True, slots=True)
class SubjectsNamed:
    """The bodies that a text names, by the names they are shown under.

    reports       ids of the reports to answer from; None where the text names nobody.
    missing       the named bodies that no report is about.
    older         reports on them that were left aside, since newer ones of their family supersede them.
    superseded    ids of all reports that are left aside: those of `older`, and where the text names nobody those of
                  every body. Empty where it speaks of earlier times.
    rest          the text without their names, without the words beside these that say which report is meant, and
                  without the names of those who published the reports.
    ambiguous     the bodies of which a wording of the text may mean each; `reports` then has those on any of them.
    unnamed_body  the text speaks of one body ("the council") and does not say which.
    spans         of the names, with the kind of body that follows: `text[start:end]`, of the text without characters
                  that nobody sees.
    """

    names: tuple[str, ...]
    reports: tuple[str, ...] | None
    missing: tuple[str, ...]
    older: tuple[StoredReport, ...]
    superseded: frozenset[str]
    rest: str
    ambiguous: tuple[str, ...] = ()
    unnamed_body: bool = False
    spans: tuple[tuple[int, int], ...] = ()

    def without(self, text: str) -> str:
        """The text that they were found in without their names alone."""
        return _without(text, self.spans)

    @property
    def all_missing(self) -> bool:
        """Bodies are named, and none of them has a report."""
        return bool(self.missing) and len(self.missing) == len(self.names)


class Subjects:
    """Knows the subjects of the indexed reports, and those that their families say exist; `speller` knows their names
    too. Safe for several threads."""

    def __init__(self, catalogue: Catalogue, store: Store) -> None:
        known = known_bodies(catalogue)
        printed = Print(catalogue, store)
        self._about = known.about
        self._subject_of = {r.id: shown for shown, reports in known.about.items() for r in reports}
        self._wordings = {body.shown: body.wordings for body in known.bodies}
        self._indexed = tuple(sorted(known.about, key=str.casefold))
        ids = {shown: [r.id for r in reports] for shown, reports in known.about.items()}
        former = [body.shown for body in known.bodies if body.former]
        self._names = Names(forms_of(known.bodies), ids, former, printed)
        self.speller = Speller(catalogue, store, self._names.spelt(), self._names.words)
        self._titled = Titled(catalogue)
        self._publishers = Publishers(catalogue)
        self._reports = ReportsAbout(catalogue, store, known.about)
        reports = catalogue.reports()
        titles = [(r.title, (known.told.get(r.id, ""), self._subject_of.get(r.id, ""))) for r in reports]
        framing = framing_of(titles, _LEAST_FRAMING)
        words = {key for title, subjects in titles for key in keys_of(" ".join((title, *subjects)))}
        self._unlisted = Unlisted(framing, words, printed)
        self._unnamed = Unnamed(framing.words | known.around)
        self._of_bodies = bool(reports) and len(known.told) >= _ABOUT_BODIES * len(reports)

    def indexed(self) -> tuple[str, ...]:
        """The subjects that reports are about, in alphabetical order."""
        return self._indexed

    def subject_of(self, report_id: str) -> str | None:
        """Whom a report is about, by the name it is shown under; also where only its title tells."""
        return self._subject_of.get(report_id)

    def find(self, wording: str) -> str | None:
        """The subject that one of its names stands for, as it is shown; None if it is none that is known."""
        found = self._names.whole(keys_of(wording))
        return found[0] if len(found) == 1 else None

    def reports_about(self, name: str) -> tuple[str, ...]:
        """Ids of the reports on a subject; if there are none, of those that do not say whom they are about and
        name it in their text."""
        return self._reports.on(name, (name, *self._wordings.get(name, ())))

    def named(self, text: str) -> SubjectsNamed:
        text = visible(text)
        if not self._about and not self._wordings:
            return self._nobody(text)
        words = split(text)
        found = self._found(words, text)
        names = dict.fromkeys(bodies[0] for _, _, bodies in found if len(bodies) == 1)
        several = dict.fromkeys(one for _, _, bodies in found if len(bodies) > 1 for one in bodies if one not in names)
        ambiguous = tuple(several) if len(several) > 1 else ()
        if not names and not ambiguous:
            return self._nobody(text)
        return self._of(tuple(names), ambiguous, text, words, found)

    def matter(self, text: str) -> str:
        """The text without those who published the reports, unless nothing is left then that could be looked for."""
        return _rest(text, (), (), self._publishers.places(text))

    def _of(
        self, names: tuple[str, ...], ambiguous: tuple[str, ...], text: str, words: Sequence[Token], found: list[_Found]
    ) -> SubjectsNamed:
        older: list[StoredReport] = []
        locked: dict[str, tuple[str, ...]] = {}
        for name in (*names, *ambiguous):
            aside = self._reports.older(name, text)
            older.extend(aside)
            ids = {r.id for r in aside}
            locked[name] = tuple(r for r in self.reports_about(name) if r not in ids)
        places = [(first, _with_kind(words, after)) for first, after, _ in found]
        spent = [
            self._titled.around(words, place, [r for body in bodies for r in locked.get(body, ())])
            for place, (_, _, bodies) in zip(places, found, strict=True)
        ]
        spans = tuple(_span(words, place, text) for place in places)
        return SubjectsNamed(
            names=names,
            reports=tuple(dict.fromkeys(r for reports in locked.values() for r in reports)),
            missing=tuple(name for name in names if not self.reports_about(name)),
            older=tuple(older),
            superseded=frozenset(r.id for r in older),
            rest=_rest(text, spans, [_span(words, place, text) for place in spent], self._publishers.places(text)),
            ambiguous=ambiguous,
            spans=spans,
        )

    def _nobody(self, text: str) -> SubjectsNamed:
        return SubjectsNamed(
            names=(),
            reports=None,
            missing=(),
            older=(),
            superseded=self._reports.superseded(text),
            rest=self.matter(text),
            unnamed_body=bool(self._about) and self._unnamed.speaks_of_one(text),
        )

    def _found(self, words: Sequence[Token], text: str) -> list[_Found]:
        """From which word to before which one, and the bodies that may be meant, in the text's order."""
        mentions = self._names.find(words, text)
        found = {m.first: (m.first, m.after, (m.other,) if m.other is not None else m.bodies) for m in mentions}
        taken = {at for m in mentions for at in range(m.first, m.after)}
        for corrected in self.speller.as_names(words, taken):
            for mention in self._names.find(corrected, text):
                span = range(mention.first, mention.after)
                if mention.other is None and any(words[at].key != corrected[at].key for at in span):
                    same = found.get(mention.first, (0, 0, ()))
                    before = same[2] if same[1] == mention.after else ()
                    for at in span:  # with the word put right, a name may be longer than what was found without
                        found.pop(at, None)
                    bodies = dict.fromkeys((*before, *mention.bodies))
                    found[mention.first] = (mention.first, mention.after, tuple(bodies))
        found = {at: (first, after, self._likely(bodies)) for at, (first, after, bodies) in found.items()}
        if self._of_bodies:
            taken = {at for first, after, _ in found.values() for at in range(first, after)}
            publishers = self._publishers.places(text)
            taken |= {at for at, w in enumerate(words) if any(s <= w.start and w.end <= e for s, e in publishers)}
            for first, after in self._unlisted.find(words, text, taken, several=self._unnamed.speaks_of_many(text)):
                found[first] = (first, after, (_name(words, first, after, text),))
        return [found[at] for at in sorted(found)]

    def _likely(self, bodies: tuple[str, ...]) -> tuple[str, ...]:
        indexed = tuple(one for one in bodies if one in self._about)
        return indexed if indexed and len(bodies) > 1 else bodies


def _with_kind(words: Sequence[Token], after: int) -> int:
    """Where a name ends with the kind of body that follows it: "Council", "County Council", "CC"."""
    end = after
    while end < len(words) and words[end].key in COUNCIL_KINDS and words[end].gap == " ":
        end += 1
    if end >= len(words) or words[end].gap != " ":
        return after
    tax = end + 1 < len(words) and words[end + 1].key == "tax"
    council = words[end].key == "council" or (end == after and words[end].key in _COUNCIL_LETTERS)
    return end + 1 if council and not tax else after


def _span(words: Sequence[Token], place: tuple[int, int], text: str) -> tuple[int, int]:
    """With the apostrophe of a possessive plural."""
    end = words[place[1] - 1].end
    return words[place[0]].start, end + (text[end : end + 1] in {"'", "\u2019"})


def _name(words: Sequence[Token], first: int, after: int, text: str) -> str:
    name = re.sub(r"\s+", " ", text[words[first].start : words[after - 1].end])
    return re.sub(r"['\u2019]s?$", "", name)


def _rest(text: str, names: Sequence[_Span], spent: Sequence[_Span], publishers: Sequence[_Span]) -> str:
    """Without what is spent, unless nothing is left then that could be looked for."""
    ways = ((*spent, *publishers), spent, names)
    left = [_without(text, spans) for spans in ways]
    return next((rest for rest in left if has_telling(w.term for w in split(rest))), left[-1])


def _without(text: str, spans: Iterable[_Span]) -> str:
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return re.sub(r"\s+", " ", text).strip()
