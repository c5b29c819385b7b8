"""Questions and claims that were written about indexed reports: `eval/questions/domain`.

One line: id, category, question or claim, answerable, corpus, file, paragraph and digest of its text, and start and end
of the answering sentence; for a claim that is not supported also `change`, what was changed. The reports' text stands
in indexes of them, by corpus.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import AliasChoices, BaseModel, ConfigDict, Field

from eval.training.changes import CHANGES, changed
from eval.training.rows import Row, body_of, held_out, read_folder
from indexer.encoders.port import Encoder
from indexer.index.catalogue import StoredParagraph
from indexer.index.generations import OpenIndex
from indexer.model import Role
from indexer.sentences import is_definition, sentence_spans
from indexer.text import digest
from indexer.windows import join
from service.model import Filters, Question
from service.question import Parser
from service.search import Retriever

# Retrieved paragraphs of these ranks stand for those that look like an answer and are none.
_HARD = range(1, 9)
_HARD_OF_EACH = 2
# Claims made of a corpus' own sentences by rule, and the words of a sentence that makes one.
_BY_RULE = 1100
_CLAIM_WORDS = range(9, 36)
_MOST_NAMES = 400


class Line(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    category: str
    text: str = Field(min_length=3, validation_alias=AliasChoices("question", "claim"))
    answerable: bool
    corpus: str
    file: str
    paragraph: str
    digest: str
    start: int | None = None
    end: int | None = None
    change: str | None = None

    @property
    def group(self) -> str:
        """What it is held out with."""
        return body_of(self.file)

    @property
    def is_claim(self) -> bool:
        return self.category.startswith("claim")


def read_lines(folder: Path) -> list[Line]:
    """Raises QuestionsError, which names the file and the line."""
    return read_folder(folder, Line)


@dataclass(frozen=True, kw_only=True, slots=True)
class Corpus:
    """An index of a corpus, its questions, and what is searched for the passages that only look like an answer."""

    name: str
    index: OpenIndex
    encoder: Encoder

    def rows(self, lines: Sequence[Line], chance: random.Random, lost: Counter[str]) -> Iterator[Row]:
        """lost  counts the lines whose paragraph this index does not have, or has in other words."""
        parser = Parser(self.index.catalogue, self.index.store)
        retriever = Retriever(self.index, self.encoder, parser)
        for line in lines:
            found = self.index.catalogue.paragraph(line.paragraph)
            if found is None or digest(found.paragraph.text) != line.digest:
                lost[self.name] += 1
                continue
            passage, span = self._passage(found, line.start, line.end)
            yield self._row(line, passage, span)
            if line.answerable and not line.is_claim:
                asked = parser.parse(Question(text=line.text))
                near = retriever.retrieve(asked, Filters(), _HARD.stop).evidence[_HARD.start :]
                others = [e.found for e in near if e.found.paragraph.id != line.paragraph]
                for other in chance.sample(others, min(_HARD_OF_EACH, len(others))):
                    looks_like_it, _ = self._passage(other, None, None)
                    row = self._row(line, looks_like_it, None)
                    yield row.model_copy(update={"kind": "retrieved", "right": False})

    def _row(self, line: Line, passage: str, span: tuple[int, int] | None) -> Row:
        faithful = "faithful" if line.answerable else line.change or "other"
        return Row(
            task="supports" if line.is_claim else "answers",
            set=self.name,
            kind=faithful if line.is_claim else line.category,
            text=line.text,
            passage=passage,
            right=line.answerable,
            spans=(span,) if span is not None and line.answerable and not line.is_claim else (),
            group=line.group,
            held=held_out(line.group),
        )

    def _passage(
        self, found: StoredParagraph, start: int | None, end: int | None
    ) -> tuple[str, tuple[int, int] | None]:
        """The window with the answering sentence, as it was embedded, and where in it the sentence stands."""
        windows = self.index.catalogue.windows_of(found.key)
        for first, last, context in windows:
            if start is None or end is None or (first <= start and end <= last):
                text = join(context, found.paragraph.text[first:last])
                before = len(text) - (last - first) - first
                return text, None if start is None or end is None else (before + start, before + end)
        return join(windows[0][2], found.paragraph.text), None

    def claims_by_rule(self, chance: random.Random) -> Iterator[Row]:
        """Sentences beside the paragraphs that they stand in: as they are, and with one thing changed."""
        for made in made_by_rule(self.index, chance, _BY_RULE):
            passage, _ = self._passage(made.found, *made.span)
            yield Row(
                task="supports",
                set=self.name,
                kind=made.kind,
                by_rule=True,
                text=made.text,
                passage=passage,
                right=made.right,
                group=made.group,
                held=held_out(made.group),
            )


@dataclass(frozen=True, kw_only=True, slots=True)
class Made:
    """A claim made by rule from `found`'s `text[slice(*span)]`. `kind` is "faithful" where it is that sentence."""

    text: str
    kind: str
    found: StoredParagraph
    span: tuple[int, int]

    @property
    def right(self) -> bool:
        return self.kind == "faithful"

    @property
    def group(self) -> str:
        """What it is held out with."""
        return body_of(self.found.report.file)


def made_by_rule(index: OpenIndex, chance: random.Random, most: int) -> Iterator[Made]:
    """At most so many changed sentences, of each kind of change as many as there are, each before the sentence itself;
    of every report in turn, and never two of one paragraph."""
    catalogue = index.catalogue
    reports = list(catalogue.reports())
    names = [n for r in reports if (n := r.metadata.subject)][:_MOST_NAMES]
    chance.shuffle(reports)
    kinds = list(CHANGES)
    counted: Counter[str] = Counter()
    used: set[str] = set()
    while reports and counted.total() < most:
        for report in tuple(reports):
            every = catalogue.paragraphs(report.id)
            found = [p for p in every if p.paragraph.role is Role.FINDING and p.paragraph.id not in used]
            if not found or counted.total() >= most:
                reports.remove(report)
                continue
            one = chance.choice(found)
            used.add(one.paragraph.id)
            kinds.sort(key=lambda kind: (counted[kind], chance.random()))
            for made in _of_paragraph(one, kinds, chance, names):
                counted[made.kind] += 1
                yield made


def _of_paragraph(
    found: StoredParagraph, kinds: Sequence[str], chance: random.Random, names: Sequence[str]
) -> tuple[Made, ...]:
    text = found.paragraph.text
    spans = [s for s in sentence_spans(text) if len(text[slice(*s)].split()) in _CLAIM_WORDS]
    for span in chance.sample(spans, len(spans)):
        sentence = text[slice(*span)]
        if is_definition(sentence):
            continue
        for kind in kinds:
            other = changed(sentence, kind, chance, names)
            if other is not None and other != sentence:
                wrong = Made(text=other, kind=kind, found=found, span=span)
                return wrong, Made(text=sentence, kind="faithful", found=found, span=span)
    return ()
