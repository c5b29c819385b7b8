"""A profile at work: is this line a known heading, a printed rating, boilerplate, a statement of the subject?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from indexer.profiles.schema import GlossaryFile, Grade, MetadataPattern, ProfileFile, RatingRule, Scale, SectionRule
from indexer.profiles.subjects import Subjects
from indexer.text import fold

# One character for one character, so that offsets into the text as published stay right.
_STRAIGHT = tuple(
    zip("\u2018\u2019\u201c\u201d\u2010\u2011\u2012\u2013\u2014\u2212\u00a0\t", "''\"\"------  ", strict=True)
)
# What in a pattern is not text to compare: escapes and the names of groups.
_NOT_TEXT = re.compile(r"\\.|\(\?P[<=>]\w+|[A-Z]+", re.DOTALL)
# No printed rating is longer; a paragraph of findings need not be tried as one.
_LONGEST_LINE = 240
METADATA_FIELDS = ("title", "subject", "published", "inspected", "assessment")
_NUMBERED = re.compile(r"^\d+(\.\d+)*[.)]?\s+(?=\D)")
_FOOTNOTE = re.compile(r"(?<=[a-z?)])\d$")
_TRAILING = " :.;-"


def straight(text: str) -> str:
    """Straight quotes and hyphens, a blank for a tab; offsets are kept."""
    if not text.isascii():
        for published, plain in _STRAIGHT:
            text = text.replace(published, plain)
        return text
    return text.replace("\t", " ")


def even(text: str) -> str:
    """What most patterns are matched with: as `straight`, in lower case."""
    return straight(text).lower()


def heading_key(text: str) -> str:
    """What two wordings of one heading share: no number before it, no footnote mark or stop after it."""
    return _FOOTNOTE.sub("", _NUMBERED.sub("", fold(text)).strip(_TRAILING)).strip(_TRAILING)


def compiled(pattern: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """For texts as `even` gives them: several times faster to search with than a pattern that ignores case."""
    return re.compile(_NOT_TEXT.sub(lambda m: m[0].lower() if m[0].isupper() else m[0], pattern), flags)


def _either(words: Iterable[str]) -> str:
    longest_first = sorted({even(w) for w in words}, key=lambda w: (-len(w), w))
    return "|".join(re.escape(w) for w in longest_first) or r"(?!)"


@dataclass(frozen=True, kw_only=True)
class Printed:
    """A rating as a block prints it. `torn`: its second half is the following block."""

    rule: RatingRule
    section: SectionRule | None
    grade: Grade | None
    score: int | None
    percent: int | None
    torn: bool = False


@dataclass(frozen=True, kw_only=True)
class RatingPattern:
    rule: RatingRule
    first: re.Pattern[str]
    following: re.Pattern[str] | None
    scale: Scale

    @classmethod
    def of(cls, rule: RatingRule, data: ProfileFile) -> RatingPattern:
        scale = data.overall if rule.rates == "overall" and data.overall.grades else data.scale
        rated = [s for s in data.sections if s.rated]
        areas = _either(name for s in rated for name in (s.name, *s.aliases))
        grades = _either(name for g in scale.grades for name in (g.label, *g.aliases))
        names = {
            "<area>": f"(?P<area>{areas})",
            "<judgement>": f"(?P<judgement>{grades})",
            "<score>": r"(?P<score>\d{1,3})",
            "<percent>": r"(?P<percent>\d{1,3}) ?%",
        }

        def expanded(pattern: str) -> re.Pattern[str]:
            for placeholder, stands_for in names.items():
                pattern = pattern.replace(placeholder, stands_for)
            return compiled(pattern)

        return cls(
            rule=rule,
            first=expanded(rule.pattern),
            following=expanded(rule.next) if rule.next else None,
            scale=scale,
        )

    def read(self, text: str, *, heading: bool, following: str | None) -> dict[str, str] | None:
        """What the groups hold in a block, and in the following one where the pattern needs it; `even` texts."""
        if self.rule.where != "any" and (self.rule.where == "heading") != heading:
            return None
        if self.rule.within:
            match = self.first.search(text)
        else:
            match = self.first.fullmatch(text) if len(text) <= _LONGEST_LINE else None
        if match is None:
            return None
        groups = match.groupdict()
        if self.following is not None:
            second = self.following.fullmatch(following) if following is not None else None
            if second is None:
                return None
            groups |= second.groupdict()
        return {name: value for name, value in groups.items() if value is not None}


@dataclass(frozen=True, kw_only=True)
class Profile:
    """The rules of one family of reports, ready to match. Made by `Profile.of`.

    fields  the patterns of each metadata field, to be searched in texts as `straight` gives them.
    """

    data: ProfileFile
    subjects: Subjects
    by_heading: Mapping[str, SectionRule]
    by_pattern: tuple[tuple[re.Pattern[str], SectionRule], ...]
    ratings: tuple[RatingPattern, ...]
    whole: tuple[re.Pattern[str], ...]
    within: tuple[re.Pattern[str], ...]
    signs: tuple[tuple[re.Pattern[str], int], ...]
    fields: Mapping[str, tuple[tuple[re.Pattern[str], MetadataPattern], ...]]
    glossaries: tuple[GlossaryFile, ...]

    @classmethod
    def of(cls, data: ProfileFile, subjects: Subjects, glossaries: Sequence[GlossaryFile] = ()) -> Profile:
        return cls(
            data=data,
            subjects=subjects,
            by_heading={heading_key(n): s for s in reversed(data.sections) for n in (s.name, *s.aliases)},
            by_pattern=tuple((compiled(_with_grades(s.pattern, data)), s) for s in data.sections if s.pattern),
            ratings=tuple(RatingPattern.of(rule, data) for rule in data.ratings),
            whole=tuple(compiled(p) for p in data.boilerplate.whole),
            within=tuple(compiled(p) for p in data.boilerplate.within),
            signs=tuple((compiled(s.pattern, re.MULTILINE), s.weight) for s in data.detect.patterns),
            fields={
                field: tuple((re.compile(p.pattern, re.IGNORECASE), p) for p in getattr(data.metadata, field))
                for field in METADATA_FIELDS
            },
            glossaries=tuple(glossaries),
        )

    @property
    def name(self) -> str:
        return self.data.name

    def section_rule(self, heading: str) -> SectionRule | None:
        if rule := self.by_heading.get(heading_key(heading)):
            return rule
        text = even(heading)
        return next((rule for pattern, rule in self.by_pattern if pattern.fullmatch(text)), None)

    def heading_level(self, line: str) -> int | None:
        """The level that a known section's heading has in this family; None for any other line."""
        rule = self.section_rule(line)
        return rule.level if rule else None

    def is_title(self, heading: str) -> bool:
        """Some title pattern of the family matches the whole heading."""
        text = straight(heading)
        return any(p.fullmatch(text) for p, _ in self.fields["title"])

    def weight(self, text: str) -> int:
        """How much in the text speaks for this profile; `text` as `even` gives it."""
        return sum(weight for pattern, weight in self.signs if pattern.search(text))

    def is_boilerplate(self, text: str) -> bool:
        plain = even(text)
        return any(p.fullmatch(plain) for p in self.whole) or any(p.search(plain) for p in self.within)

    def printed(self, text: str, *, heading: bool, following: str | None = None) -> Printed | None:
        """The rating that a block prints, by the first rule that fits."""
        plain = even(text)
        after = even(following) if following is not None else None
        for pattern in self.ratings:
            groups = pattern.read(plain, heading=heading, following=after)
            if groups is not None:
                return self._printed(pattern, groups)
        return None

    def is_rating_line(self, text: str) -> bool:
        """A heading that is nothing but a printed score or judgement."""
        found = self.printed(text, heading=True)
        return found is not None and found.rule.line and not found.torn

    def grade_of_percent(self, percent: int) -> Grade | None:
        reached = [g for g in self.data.overall.grades if g.at_least is not None and percent >= g.at_least]
        return reached[-1] if reached else None

    def describe(self) -> dict[str, object]:
        """The profile as plain data, for the catalogue: JSON can hold it, and no code of this package is needed."""
        data = self.data
        return {
            "name": data.name,
            "title": data.title,
            "publisher": data.publisher,
            "licence": data.licence,
            "attribution": data.attribution,
            "scale": [_grade(g) for g in data.scale.grades],
            "overall": [_grade(g) for g in data.overall.grades],
            "sections": [{"name": s.name, "aliases": [*s.aliases, *s.asked], "rated": s.rated} for s in data.sections],
            "subjects": [
                {"name": s.name, "short": s.short, "aliases": list(s.aliases), "former": s.former}
                for s in (self.subjects.entries if data.lock else ())
            ],
            "around_subjects": [*self.subjects.prefixes, *self.subjects.suffixes],
            "glossary": _glossary(self.glossaries),
        }

    def _printed(self, pattern: RatingPattern, groups: dict[str, str]) -> Printed:
        words = groups.get("judgement") or pattern.rule.judgement
        score = int(groups["score"]) if "score" in groups else None
        percent = int(groups["percent"]) if "percent" in groups else None
        return Printed(
            rule=pattern.rule,
            section=self.section_rule(groups["area"]) if "area" in groups else None,
            grade=_find_grade(pattern.scale, words, score),
            score=score,
            percent=percent,
            torn=pattern.following is not None,
        )


def _glossary(lists: Sequence[GlossaryFile]) -> dict[str, object]:
    """Several as one: an abbreviation of more than one field stands for what each says, the first field's first."""
    written: dict[str, str] = {}
    stands_for: dict[str, dict[str, None]] = {}
    for short, long in ((short, long) for one in lists for short, long in one.abbreviations.items()):
        stands_for.setdefault(written.setdefault(short.upper(), short), {}).update(dict.fromkeys(long))
    return {
        "abbreviations": {short: list(long) for short, long in stands_for.items()},
        "ordinary": sorted({word for one in lists for word in one.ordinary}),
        "same": [list(group) for group in dict.fromkeys(group for one in lists for group in one.same)],
    }


def _with_grades(pattern: str, data: ProfileFile) -> str:
    """A heading's pattern, where `<judgement>` stands for any grade."""
    grades = _either(name for g in (*data.scale.grades, *data.overall.grades) for name in (g.label, *g.aliases))
    return pattern.replace("<judgement>", f"(?:{grades})")


def _find_grade(scale: Scale, words: str | None, score: int | None) -> Grade | None:
    if words is not None:
        key = fold(words)
        return next((g for g in scale.grades if key in {fold(w) for w in (g.label, *g.aliases)}), None)
    return next((g for g in scale.grades if g.value is not None and g.value == score), None)


def _grade(grade: Grade) -> dict[str, object]:
    return {
        "value": grade.value,
        "label": grade.label,
        "description": grade.description,
        "aliases": list(grade.aliases),
        "at_least": grade.at_least,
    }
