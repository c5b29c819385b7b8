"""The shape of a profile's data file. An unknown field or a broken pattern is refused, never ignored."""

from __future__ import annotations

import re
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from indexer.model import Role

PLACEHOLDERS = ("<judgement>", "<area>", "<score>", "<percent>")
_STAND_IN = "x"


def _compiles(pattern: str) -> str:
    plain = pattern
    for placeholder in PLACEHOLDERS:
        plain = plain.replace(placeholder, _STAND_IN)
    try:
        re.compile(plain)
    except re.error as error:
        raise ValueError(f"not a regular expression: {error}") from error
    return pattern


Pattern = Annotated[str, Field(min_length=1), AfterValidator(_compiles)]
Words = Annotated[str, Field(min_length=1)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DetectPattern(_Strict):
    pattern: Pattern
    weight: int = Field(ge=1)


class Detect(_Strict):
    """The profile fits where the weights of the patterns found reach the threshold. No pattern: the generic one."""

    threshold: int = Field(ge=1)
    patterns: tuple[DetectPattern, ...] = ()


class MetadataPattern(_Strict):
    """Where a field stands in the text.

    pattern  searched in one block; the named group `value` is taken, or what `value` below says.
    place    "title": the title alone; "heading": any heading, the title first; "opening": the first
             `opening` blocks of any kind; "anywhere".
    known    counts only if it names a body of the subject list.
    """

    pattern: Pattern
    place: Literal["title", "heading", "opening", "anywhere"] = "opening"
    value: str | None = None
    known: bool = False

    @model_validator(mode="after")
    def _gives_a_value(self) -> Self:
        if self.value is None and "(?P<value>" not in self.pattern:
            raise ValueError("the pattern needs a group named value, or the field value")
        return self


class MetadataRules(_Strict):
    """`opening` is how many blocks at the start may state a field, and `closing` how many at the end."""

    opening: int = Field(default=25, ge=1)
    closing: int = Field(default=0, ge=0)
    title: tuple[MetadataPattern, ...] = ()
    subject: tuple[MetadataPattern, ...] = ()
    published: tuple[MetadataPattern, ...] = ()
    inspected: tuple[MetadataPattern, ...] = ()
    assessment: tuple[MetadataPattern, ...] = ()


class SectionRule(_Strict):
    """A section that reports of this family have.

    level    of its heading, where the format shows none.
    aliases  other printed wordings, and `pattern` for those that vary, `<judgement>` standing for any grade;
             `asked`: what people call it in a question, never a heading.
    rated    it is a thing that the regulator rates.
    in_path  whether the heading belongs to the paths of the sections below it: not where every part has the
             same one, which tells nothing.
    role     of the paragraphs directly below its heading, and with `spreads` of those below sub-headings that
             the profile does not know.
    """

    name: Words
    level: int = Field(ge=1, le=6)
    aliases: tuple[Words, ...] = ()
    asked: tuple[Words, ...] = ()
    pattern: Pattern | None = None
    rated: bool = False
    in_path: bool = True
    role: Role | None = None
    spreads: bool = False


class Grade(_Strict):
    """One step of a scale. `aliases` are the other printed wordings; `at_least` its lowest percentage."""

    label: Words
    value: int | None = None
    description: str = ""
    aliases: tuple[Words, ...] = ()
    at_least: int | None = Field(default=None, ge=0, le=100)


class Scale(_Strict):
    """Grades from low to high. `full` is the sum of scores that makes 100 percent, where percentages are printed."""

    grades: tuple[Grade, ...] = ()
    full: int | None = Field(default=None, ge=1)


class RatingRule(_Strict):
    """A printed rating.

    rates      "section": the rated section around it; "area": the section that `<area>` names; "overall";
               "nothing": a part of a score table that tells nothing alone.
    pattern    matches a whole block (or, with `within`, a part of one), `<judgement>`, `<score>`,
               `<percent>` and `<area>` standing for what the scale and the rated sections allow.
    next       a pattern that the following block must match whole: a table row torn in two.
    where      "heading", "text", or both.
    line       the block is nothing but the rating: it is no finding, and as a heading no section.
    judgement  the grade, where the sentence as a whole stands for it.
    """

    rates: Literal["section", "area", "overall", "nothing"]
    pattern: Pattern
    next: Pattern | None = None
    where: Literal["heading", "text", "any"] = "any"
    within: bool = False
    line: bool = True
    judgement: str | None = None


class Boilerplate(_Strict):
    """`whole` patterns match a whole paragraph, `within` a part of one."""

    whole: tuple[Pattern, ...] = ()
    within: tuple[Pattern, ...] = ()


class ProfileFile(_Strict):
    """A family of reports.

    subjects  the list of bodies that its reports are about.
    glossaries  the lists of what abbreviations stand for in them, the most fitting first.
    lock      a question that names one of them is answered from that body's reports alone, and if there are none
              it is told so. Not where any document may mention any body.
    """

    name: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    title: Words
    publisher: str | None = None
    licence: str | None = None
    attribution: str | None = None
    subjects: str | None = None
    glossaries: tuple[Words, ...] = ()
    lock: bool = True
    detect: Detect
    metadata: MetadataRules = MetadataRules()
    sections: tuple[SectionRule, ...] = ()
    scale: Scale = Scale()
    overall: Scale = Scale()
    ratings: tuple[RatingRule, ...] = ()
    boilerplate: Boilerplate = Boilerplate()


class SubjectEntry(_Strict):
    """A body that reports are about. `former`: it no longer exists."""

    name: Words
    short: Words
    aliases: tuple[Words, ...] = ()
    former: bool = False


class SubjectsFile(_Strict):
    """`prefixes` and `suffixes` are the words around a name that do not tell bodies apart ("City of", "Council")."""

    prefixes: tuple[Words, ...] = ()
    suffixes: tuple[Words, ...] = ()
    subjects: tuple[SubjectEntry, ...]


Alternatives = Annotated[tuple[Words, ...], Field(min_length=1)]


class GlossaryFile(_Strict):
    """What abbreviations stand for in one field.

    abbreviations  each as it is mostly written, with what it may stand for; case does not tell two apart.
    ordinary       those of them that are everyday words too: in lower case they stand for nothing.
    same           wordings of one thing, each pair of which may be searched for in the other's place.
    """

    title: Words
    abbreviations: dict[Words, Alternatives]
    ordinary: tuple[Words, ...] = ()
    same: tuple[Annotated[tuple[Words, ...], Field(min_length=2)], ...] = ()

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        written = [short.upper() for short in self.abbreviations]
        if twice := {short for short in written if written.count(short) > 1}:
            raise ValueError(f"the same abbreviation twice: {', '.join(sorted(twice))}")
        known = {*written, *(word.upper() for group in self.same for word in group)}
        if unknown := [word for word in self.ordinary if word.upper() not in known]:
            raise ValueError(f"ordinary words that are no abbreviation of the list: {', '.join(unknown)}")
        return self
