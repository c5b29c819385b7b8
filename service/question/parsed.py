"""A question as it is understood."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.index.catalogue import Catalogue
from indexer.index.store import Store
from service.model import Question
from service.question.abbreviations import Expansion, Glossary
from service.question.conversation import standalone
from service.question.expects import Wants, wanted
from service.question.scope import Outside, outside
from service.question.sections import Sections
from service.question.subjects.subjects import Subjects, SubjectsNamed


@dataclass(frozen=True, kw_only=True, slots=True)
class Parsed:
    """What is asked, and of whom.

    text        the standalone question: a follow-up with what it leaves to the conversation put in.
    subjects    whom it names.
    outside     set where it is not a question for these reports.
    wants       the kind of thing that it asks for.
    expansions  what its abbreviations stand for.
    """

    text: str
    subjects: SubjectsNamed
    outside: Outside | None
    wants: Wants
    expansions: tuple[Expansion, ...]

    @property
    def rest(self) -> str:
        """The question without the names of subjects: what is asked of them."""
        return self.subjects.rest


class Parser:
    """Safe for several threads."""

    def __init__(self, catalogue: Catalogue, store: Store) -> None:
        self.subjects = Subjects(catalogue, store)
        self.sections = Sections(catalogue)
        self._glossary = Glossary(catalogue)

    def of(self, question: Question) -> Parsed:
        text = standalone(question.text, question.history, self.subjects)
        named = self.subjects.named(text)
        return Parsed(
            text=text,
            subjects=named,
            outside=outside(question.text),
            wants=wanted(named.rest),
            expansions=self._glossary.expand(named.rest),
        )
