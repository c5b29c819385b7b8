"""What was made of a question, as JSON."""

from __future__ import annotations

from pydantic import Field
from typing_extensions import TypedDict

from service.channels.api.body import Body
from service.model import Kind, Understood

# By its call, since "from" cannot be a field's name.
Carried = TypedDict("Carried", {"from": str | None})


class CorrectionBody(Body):
    written: str
    meant: str


class UnderstoodBody(Body):
    subjects: list[str] = Field(description="The bodies that it names.")
    missing: list[str] = Field(description="Those that no report is about.")
    sections: list[str] = Field(description="The sections that it names, by their standard names.")
    scores: dict[str, str] = Field(description="Conditions on scores in plain words, by what is rated.")
    when: str | None = Field(description="The time that it speaks of.")
    kind: Kind = Field(description="The kind of answer that it wants.")
    speakers: list[str] = Field(description="Whose words it asks for.")
    carried: Carried = Field(description="The earlier question from which bodies or words were taken.")
    words: list[str] = Field(description="The words that were searched for.")
    unread: list[str] = Field(description="The words that nothing was made of.")
    corrections: list[CorrectionBody] = Field(description="Of its spelling.")

    @classmethod
    def of(cls, understood: Understood) -> UnderstoodBody:
        return cls(
            subjects=list(understood.subjects),
            missing=list(understood.missing),
            sections=list(understood.sections),
            scores=dict(understood.scores),
            when=understood.when,
            kind=understood.kind,
            speakers=list(understood.speakers),
            carried={"from": understood.carried},
            words=list(understood.words),
            unread=list(understood.unread),
            corrections=[CorrectionBody(written=c.written, meant=c.meant) for c in understood.corrections],
        )
