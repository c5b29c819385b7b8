"""A question as it was parsed: one value, made once, that everything after it reads."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from indexer.index.catalogue import Catalogue
from indexer.index.store import Store
from service.model import Correction, Kind, Question, Turn, Understood
from service.question.abbreviations import Expansion, Glossary
from service.question.breadth import Breadth, breadth, parts
from service.question.conversation import Carried, Wish, carry
from service.question.expects import Wants, wanted
from service.question.predicate import predicate
from service.question.scope import Outside, outside
from service.question.scores import Scores, ScoresParsed
from service.question.scores.lexicon import KINDS, bodies_anywhere, plural
from service.question.sections import Sections
from service.question.speakers import asks_for_mentions, asks_what_is_said, speakers_asked, wants_quotation
from service.question.subjects import Subjects, SubjectsNamed
from service.question.words import COMPARING, query_terms, split, visible

_YEAR = re.compile(r"\b(?:19|20)\d\d(?:[/-]\d\d(?:\d\d)?)?\b")
_TIMES = re.compile(
    r"\b(?:pilot|previous|earlier|earliest|first|last|latest|newest|most recent|since|between|until|before)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Parsed:
    """What is asked, and of whom.

    text         the standalone question: what a follow-up leaves to the conversation put in, its spelling corrected.
    bare         it without the names of subjects.
    subjects     whom it names.
    outside      set where it is not a question for these reports.
    sections     the standard names of the sections that it names.
    scores       what it wants of printed scores, makes a condition of them or takes for granted.
    wants        the kind of thing that it asks for.
    breadth      of how many reports it asks.
    speakers     whose words it asks for; `quotation` that it asks for words in quotation marks or exact ones.
    mentions     it asks where something is spoken of at all.
    expansions   what its abbreviations stand for.
    carried      what was taken from the conversation.
    corrections  of its spelling.
    words        its content words that the reports are searched for; `unread` those that no report holds.
    predicate    what it would have one of many reports say of its body: "pay people" of "Which councils pay people?".
    parts        the questions that it consists of, each parsed; itself alone where it is one.
    """

    text: str
    bare: str
    subjects: SubjectsNamed
    outside: Outside | None
    sections: tuple[str, ...]
    scores: ScoresParsed
    wants: Wants
    breadth: Breadth
    speakers: frozenset[str]
    quotation: bool
    mentions: bool
    expansions: tuple[Expansion, ...]
    carried: Carried
    corrections: tuple[Correction, ...]
    words: tuple[str, ...]
    unread: tuple[str, ...]
    predicate: str | None = None
    parts: tuple[Parsed, ...] = ()

    @property
    def rest(self) -> str:
        """What is asked of the subjects: without their names, and without the words that have chosen the reports."""
        return self.subjects.rest

    @property
    def kind(self) -> Kind:
        if self.scores.wanted:
            return Kind.RATINGS
        if self.quotation:
            return Kind.QUOTATION
        if len(self.subjects.names) > 1 or self.breadth is Breadth.TIMES:
            return Kind.COMPARISON
        if self.breadth is Breadth.EVERY:
            return Kind.ACROSS
        return Kind.REASON if self.wants is Wants.REASON else Kind.FACT

    @property
    def understood(self) -> Understood:
        """What is shown of it."""
        return Understood(
            kind=self.kind,
            subjects=tuple(name for name in self.subjects.names if name not in self.subjects.missing),
            missing=self.subjects.missing,
            sections=self.sections,
            scores=self.scores.plain,
            when=_when(self.rest),
            speakers=tuple(sorted(self.speakers)),
            carried=self.carried.question,
            words=self.words,
            unread=self.unread,
            corrections=self.corrections,
        )


class Parser:
    """Safe for several threads."""

    def __init__(self, catalogue: Catalogue, store: Store) -> None:
        self.subjects = Subjects(catalogue, store)
        self.sections = Sections(catalogue)
        self.glossary = Glossary(catalogue)
        self._store = store
        self._scores = Scores(catalogue, self.sections)
        self._speller = self.subjects.speller
        # What the inspected bodies are called, several of them: as their families say, and as titles have it.
        around = (words for family in self.sections.families for words in family.get("around_subjects", ()))
        titled = {token.word for r in catalogue.reports() for token in split(r.title)}
        titled &= bodies_anywhere().union(KINDS)
        bodies = titled.union(token.word for words in around for token in split(words)[-1:])
        self._kinds = frozenset(plural(body) for body in bodies)
        # Words that need not stand in a report to be understood: what families and their publishers are called, and
        # words that compare.
        called = [str(f.get(key) or "") for f in self.sections.families for key in ("title", "publisher")]
        initials = {"".join(re.findall(r"\b[A-Z]", name)).lower() for name in called}
        self._heard = COMPARING | initials | {token.word for name in called for token in split(name)}
        # Of a term that no paragraph holds.
        self._rarest = store.rarity([""])[""]

    def parse(self, question: Question) -> Parsed:
        text, corrections = self._speller.correct(visible(question.text))
        carried = carry(text, question.history, self.subjects)
        wishes = carried.wish is not Wish.NONE
        out = None if wishes else outside(text, follows=carried.question is not None)
        asked = self._one(carried, out, corrections)
        texts = parts(asked.text) if carried.question is None else (asked.text,)
        if len(texts) < 2 or asked.outside is not None:
            return asked
        return replace(asked, parts=tuple(self._parts(texts)))

    def _parts(self, texts: tuple[str, ...]) -> list[Parsed]:
        """Each question of one text; what it leaves out, the one before it says."""
        turns = [Turn(question=text, answer="") for text in texts]
        return [self._one(carry(text, turns[:at], self.subjects), None, ()) for at, text in enumerate(texts)]

    def _one(self, carried: Carried, out: Outside | None, corrections: tuple[Correction, ...]) -> Parsed:
        text = carried.text
        named = self.subjects.named(text)
        bare = named.without(text)
        rarity = self._store.rarity(query_terms(named.rest))
        content = {token.word: rarity[token.term] for token in split(named.rest) if token.term in rarity}
        return Parsed(
            text=text,
            bare=bare,
            subjects=named,
            outside=out,
            sections=self.sections.named(self.subjects.matter(bare)),
            scores=self._scored(named.rest, bare, len(named.names)),
            wants=wanted(bare),
            breadth=self._breadth(bare, len(named.names)),
            predicate=predicate(bare, self._kinds),
            speakers=speakers_asked(bare),
            quotation=wants_quotation(bare),
            mentions=asks_for_mentions(bare),
            expansions=self.glossary.expand(bare),
            carried=carried,
            corrections=corrections,
            words=tuple(word for word, rare in content.items() if rare < self._rarest),
            unread=tuple(word for word, rare in content.items() if rare >= self._rarest and word not in self._heard),
        )

    def _scored(self, rest: str, bare: str, names: int) -> ScoresParsed:
        """Without the words that have chosen the reports, unless these are what is asked for ("which areas")."""
        scores = self._scores.parse(rest, named=names)
        if scores.wanted or rest == bare:
            return scores
        whole = self._scores.parse(bare, named=names)
        return whole if whole.wanted else scores

    def _breadth(self, bare: str, names: int) -> Breadth:
        every = names == 0 and asks_what_is_said(bare)
        return Breadth.EVERY if every else breadth(bare, names=names, kinds=self._kinds)


def _when(text: str) -> str | None:
    """The words that speak of a time."""
    found = dict.fromkeys(m.group().lower() for pattern in (_TIMES, _YEAR) for m in pattern.finditer(text))
    return ", ".join(found) or None
