"""The vocabulary of a question and its answer, the same on every surface."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from indexer.index.catalogue import StoredParagraph, StoredReport
from service.networks.port import PairRead


class Outcome(StrEnum):
    ANSWERED = "answered"
    PARTIAL = "partial"
    NOT_FOUND = "not_found"
    CLARIFY = "clarify"
    REFUSED = "refused"


class Reason(StrEnum):
    NO_EVIDENCE = "no_evidence"
    WEAK_EVIDENCE = "weak_evidence"
    SUBJECT_NOT_INDEXED = "subject_not_indexed"
    FALSE_PREMISE = "false_premise"
    AMBIGUOUS = "ambiguous"
    OUT_OF_SCOPE = "out_of_scope"
    PERSONAL_DATA = "personal_data"
    UNSUPPORTED = "unsupported"


class Kind(StrEnum):
    """The kind of answer that a question wants."""

    FACT = "fact"
    REASON = "reason"
    SECTION = "section"
    COMPARISON = "comparison"
    ACROSS = "across"
    RATINGS = "ratings"
    REPORT = "report"
    DEFINITION = "definition"
    QUOTATION = "quotation"


class Checked(StrEnum):
    """How a claim was checked against what it cites. EXACT: it is the cited words. SUPPORTED: it says no more than
    they do. UNSURE: nothing speaks against it, and it was not checked word for word."""

    EXACT = "exact"
    SUPPORTED = "supported"
    UNSURE = "unsure"


class Fallback(StrEnum):
    """Why an answer that a language model was to write has other sentences, or ends early."""

    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    BUSY = "busy"
    REJECTED = "rejected"
    INVALID = "invalid"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True, kw_only=True, slots=True)
class Turn:
    question: str
    answer: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Filters:
    """Each None or the values of which a paragraph must meet one. Subjects and sections in any known wording."""

    reports: tuple[str, ...] | None = None
    subjects: tuple[str, ...] | None = None
    sections: tuple[str, ...] | None = None
    scores: tuple[int, ...] | None = None

    def stated(self) -> dict[str, list[str | int]]:
        """The filters that are set, for showing."""
        pairs: tuple[tuple[str, Sequence[str | int] | None], ...] = (
            ("reports", self.reports),
            ("subjects", self.subjects),
            ("sections", self.sections),
            ("scores", self.scores),
        )
        return {name: list(value) for name, value in pairs if value is not None}


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    text: str
    history: tuple[Turn, ...] = ()
    filters: Filters = Filters()
    answerer: str | None = None
    max_citations: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """A paragraph retrieved for a question.

    dense    cosine of its best window to the question; None where only its words were found.
    lexical  BM25 of its words; None where only its meaning was found.
    fused    what it is ranked by.
    read     what a model says that read it together with the question; None where none did.
    """

    found: StoredParagraph
    dense: float | None
    lexical: float | None
    fused: float
    read: PairRead | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Citation:
    """A claim's link to a paragraph: `found.paragraph.text[start:end] == quote`, always."""

    number: int
    found: StoredParagraph
    quote: str
    start: int
    end: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """One sentence of an answer, or a run of sentences quoted together, and the numbers of the citations that carry
    it."""

    text: str
    citations: tuple[int, ...]
    check: Checked = Checked.EXACT


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """A part of an answer under a heading of its own: a subject, an assessment, one of several questions.

    claims  their places among the answer's claims, from 0; empty where no passage was found.
    note    what stands in their place, or beside them.
    """

    label: str
    claims: tuple[int, ...]
    note: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class RatingFound:
    """A rating in an answer. `section` is its name in the profile's wording, or "Overall"."""

    report: StoredReport
    section: str
    score: int | None
    judgement: str | None
    percent: int | None
    citation: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Nearest:
    """A passage that comes nearest where there is no answer. `quote` is its likeliest sentence or run of sentences,
    `found.paragraph.text[start:end]`; `snippet` is a short run of the paragraph's own words."""

    found: StoredParagraph
    snippet: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Correction:
    """A misspelt word of the question, and the known word that it was taken for."""

    written: str
    meant: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Understood:
    """What was made of a question, to be shown beside its answer.

    subjects     the bodies that it names, by the names they are shown under; `missing` those without a report.
    sections     that it names, by their standard names.
    scores       the conditions on scores that it sets, in plain words, by what is rated ("any section" where it names
                 none): {"Safeguarding": "at least 3"}.
    when         the time that it speaks of, in plain words; None where it speaks of none.
    speakers     whose words it asks for.
    carried      the earlier question of the conversation from which bodies or words were taken; None where none were.
    words        that the reports were searched for.
    unread       that nothing was made of: no name, section, score or time, and in no report.
    corrections  of its spelling.
    """

    kind: Kind = Kind.FACT
    subjects: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    scores: Mapping[str, str] = field(default_factory=dict)
    when: str | None = None
    speakers: tuple[str, ...] = ()
    carried: str | None = None
    words: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """Of an answer that lists: how many items stand in it, of how many that there are."""

    items: int
    of: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Searched:
    """What was looked through: how many reports and paragraphs, under which filters."""

    reports: int
    paragraphs: int
    filters: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Provenance:
    """answerer  what wrote the claims that are shown.
    model     the language model that was asked, and `prompt` the digest of the texts that it was sent.
    dropped   how many of its claims failed which check; `fallback` why it did not write all that is shown.
    """

    generation: str
    embedding_model: str
    answerer: str
    model: str | None = None
    prompt: str | None = None
    dropped: Mapping[str, int] = field(default_factory=dict)
    fallback: Fallback | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """How a question ended. `text` is plain, with [1] markers; timings are in milliseconds.

    notes     the sentences of `text` that are no claims: how many of how many, what is missing, what is older.
    groups    where the answer is told apart by subject, assessment or question; each claim stands in one of them.
    choices   what to ask about instead, where the outcome is `clarify`.
    evidence  what was retrieved for it, best first, whether or not a claim came of it.
    shown     where it lists.
    support   the calibrated probability (0 to 1) that the evidence answers the question; None where the answer does
              not rest on one body of evidence that was read for it.
    """

    id: str
    question: str
    standalone_question: str
    outcome: Outcome
    reason: Reason | None
    text: str
    notes: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()
    citations: tuple[Citation, ...] = ()
    groups: tuple[Group, ...] = ()
    choices: tuple[str, ...] = ()
    ratings: tuple[RatingFound, ...] = ()
    nearest: tuple[Nearest, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    searched: Searched
    provenance: Provenance
    attribution: str | None
    timings_ms: Mapping[str, float]
    support: float | None = None
    understood: Understood = Understood()
    shown: Shown | None = None

    @property
    def parts(self) -> tuple[Group, ...]:
        """The groups; where there are none, all claims as one without a label."""
        return self.groups or (Group(label="", claims=tuple(range(len(self.claims))), note=None),)
