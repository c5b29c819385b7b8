"""What abbreviations stand for: as the reports define them, else as the profiles' glossary does."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from indexer.index.catalogue import Catalogue
from service.question.wordlists import listed

_WORD = re.compile(r"[^\W_](?:[\w&]|['’-](?=\w))*")
_OWN = re.compile(r"['’]s?$")
_VOWEL = re.compile("[AEIOUY]")
_MOST = 6
# "Principal social worker (PSW)", "PSW (principal social worker)", and Markdown's own notation.
_BRACKET = re.compile(r"\(([^()]{2,90})\)")
_SHORT = re.compile(r"(?=(?:[^A-Z]*[A-Z]){2})[A-Z][A-Za-z&]{1,9}")
_BEFORE = re.compile(r"(?<![\w&])([A-Z][A-Za-z&]{1,9})\s*$")
_MARKDOWN = re.compile(r"\*?\[(?P<short>[^\]\n]{2,12})\]:\s*(?P<long>[^*\[\].\n]{4,90})")
_WORDS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SMALL = listed("a an and at by for from in of on or the to with")
# A wording found this much less often than the commonest one is a slip.
_LEAST_SHARE = 0.2
_MOST_WORDINGS = 2
# Folded words, other wordings of what they say, and whether the reports say so.
_Wording = tuple[tuple[str, ...], tuple[str, ...], bool]


@dataclass(frozen=True, kw_only=True, slots=True)
class Expansion:
    """An abbreviation of the question, or words that have one, and what is searched for as well.

    written     as the question has it.
    also        the other wording: of an abbreviation what it stands for, of words their abbreviation or a synonym.
    spells_out  `written` is an abbreviation, and `also` what it is read as.
    of_reports  the indexed reports themselves say so; else the glossary does, which an answer has to tell.
    """

    written: str
    also: str
    spells_out: bool
    of_reports: bool


class Glossary:
    """Safe for several threads."""

    def __init__(self, catalogue: Catalogue) -> None:
        known = list(_glossaries(catalogue))
        described = [family["glossary"] for family in catalogue.profiles().values() if family.get("glossary")]
        self._ordinary = frozenset(word.upper() for one in described for word in one["ordinary"])
        self._elsewhere = {
            short.upper(): (tuple(long), False) for one in described for short, long in one["abbreviations"].items()
        }
        self._in_lower_case = {
            short.upper() for one in known for short in one["abbreviations"] if short.upper() not in one["ordinary"]
        } - {word.upper() for one in known for word in one["ordinary"]}
        # By abbreviation in capitals.
        self._stands_for: dict[str, tuple[tuple[str, ...], bool]] = {}
        # By its first word: words that have another wording, with those other wordings.
        self._wordings: dict[str, list[_Wording]] = {}
        of_reports = defined(catalogue.texts(holding="("))
        of_glossary: dict[str, dict[str, None]] = {}
        written: dict[str, str] = {}
        for short, long in ((short, long) for one in known for short, long in one["abbreviations"].items()):
            written.setdefault(short.upper(), short)
            of_glossary.setdefault(short.upper(), {}).update(dict.fromkeys(long))
        for short in {**of_reports, **of_glossary}:
            says = short in of_reports
            self._stands_for[short] = (of_reports[short] if says else tuple(of_glossary[short]), says)
            for wording in self._stands_for[short][0]:
                self._add(wording, (written.get(short, short),), of_reports=says)
        for group in dict.fromkeys(tuple(group) for one in known for group in one["same"]):
            for wording in group:
                self._add(wording, tuple(other for other in group if other != wording), of_reports=False)

    def meaning(self, short: str) -> tuple[tuple[str, ...], bool] | None:
        """What an abbreviation stands for, in any case, the commonest wording first, and whether the reports say so;
        of the glossaries those of families without a report count too. None where nothing says it."""
        key = _OWN.sub("", short).upper()
        for one in dict.fromkeys((key, key.removesuffix("S"))):
            if found := self._stands_for.get(one) or self._elsewhere.get(one):
                return found
        return None

    def is_ordinary(self, word: str) -> bool:
        """Whether an abbreviation is an everyday word in lower case."""
        return word.upper() in self._ordinary

    def expand(self, text: str) -> tuple[Expansion, ...]:
        """In the order of the text. An abbreviation counts where it is written as one: in capitals, or in lower case
        where it is no everyday word."""
        found = [(m.group(), _OWN.sub("", m.group())) for m in _WORD.finditer(text)]
        shouted = sum(w.isupper() for _, w in found) > max(3, len(found) // 2)
        folded = [_folded(w) for _, w in found]
        expansions: dict[tuple[str, str], Expansion] = {}
        seen: set[tuple[str, str]] = set()
        for expansion in (*self._spelt_out(found, shouted=shouted), *self._otherwise(found, folded)):
            key = (expansion.written.lower(), expansion.also)
            if key in seen or len(expansions) == _MOST:
                continue
            seen.add(key)
            said = (e for e in expansions.values() if e.written == expansion.written)
            if not _holds(folded, expansion.also) and not any(
                expansion.also.casefold() in e.also.casefold() for e in said
            ):
                expansions[key] = expansion
        return tuple(expansions.values())

    def _add(self, wording: str, others: tuple[str, ...], *, of_reports: bool) -> None:
        words = tuple(_folded(m.group()) for m in _WORD.finditer(wording))
        if words:
            self._wordings.setdefault(words[0], []).append((words, others, of_reports))

    def _spelt_out(self, found: list[tuple[str, str]], *, shouted: bool) -> Iterator[Expansion]:
        for written, word in found:
            known = self._stands_for.get(word.upper()) or self._stands_for.get(word.removesuffix("s").upper())
            if known is None or not self._is_abbreviation(word, shouted=shouted):
                continue
            long, of_reports = known
            for also in long:
                yield Expansion(written=_OWN.sub("", written), also=also, spells_out=True, of_reports=of_reports)

    def _is_abbreviation(self, word: str, *, shouted: bool) -> bool:
        if not shouted and sum(c.isupper() for c in word) >= 2:
            return True
        if len(word) <= 2 or not (shouted or word.islower()):
            return False
        key = word.upper()
        return not _VOWEL.search(key) or not {key, key.removesuffix("S")}.isdisjoint(self._in_lower_case)

    def _otherwise(self, found: list[tuple[str, str]], folded: list[str]) -> Iterator[Expansion]:
        at = 0
        while at < len(folded):
            taken = 1
            for words, others, of_reports in self._wordings.get(folded[at], ()):
                if tuple(folded[at : at + len(words)]) != words:
                    continue
                taken = max(taken, len(words))
                written = " ".join(w for w, _ in found[at : at + len(words)])
                for also in others:
                    yield Expansion(written=written, also=also, spells_out=False, of_reports=of_reports)
            at += taken


def _glossaries(catalogue: Catalogue) -> Iterable[Mapping[str, Any]]:
    """Those of the families in use, of the family with the most reports first."""
    in_use = Counter(report.profile for report in catalogue.reports())
    described = catalogue.profiles()
    for name, _ in in_use.most_common():
        if glossary := described.get(name, {}).get("glossary"):
            yield glossary


def _folded(word: str) -> str:
    """A plural and its singular are one; the parts of a hyphenated word are written together."""
    plain = _OWN.sub("", word.lower()).replace("-", "").replace("’", "'")
    return plain.removesuffix("s") if len(plain) > 3 and not plain.endswith("ss") else plain


def _holds(folded: list[str], wording: str) -> bool:
    words = [_folded(m.group()) for m in _WORD.finditer(wording)]
    return any(folded[at : at + len(words)] == words for at in range(len(folded) - len(words) + 1))


def defined(texts: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """By abbreviation, in capitals: what the texts say that it stands for, the commonest wording first.

    texts  those that hold a bracket; others define nothing.
    """
    found: dict[str, Counter[str]] = {}
    for text in texts:
        for bracket in _BRACKET.finditer(text):
            if pair := _pair(text, bracket):
                found.setdefault(_key(pair[0]), Counter())[pair[1]] += 1
        if "]:" in text:
            for match in _MARKDOWN.finditer(text):
                found.setdefault(_key(match["short"]), Counter())[match["long"].strip()] += 1
    return {short: _usual(wordings) for short, wordings in found.items()}


def _usual(wordings: Counter[str]) -> tuple[str, ...]:
    counts: Counter[str] = Counter()
    shown: dict[str, str] = {}
    for long, count in wordings.most_common():
        counts[_alike(long)] += count
        shown.setdefault(_alike(long), long)
    best = counts.most_common(_MOST_WORDINGS)
    return tuple(shown[key] for key, count in best if count >= _LEAST_SHARE * best[0][1])


def _alike(long: str) -> str:
    """What wordings share that differ in case, hyphens, commas or number alone."""
    return " ".join(word.removesuffix("s") for word in re.findall(r"\w+", long.casefold()) if word not in {"and", "or"})


def _pair(text: str, bracket: re.Match[str]) -> tuple[str, str] | None:
    inside = bracket.group(1).strip(" '\"‘’“”")
    before = text[max(0, bracket.start() - 120) : bracket.start()]
    if _SHORT.fullmatch(inside):
        long = spelt_out(inside, before)
        return (inside, long) if long else None
    if (outer := _BEFORE.search(before)) and _SHORT.fullmatch(outer.group(1)):
        long = spelt_out(outer.group(1), inside)
        return (outer.group(1), long) if long and len(long) >= len(inside) - 4 else None
    return None


def spelt_out(short: str, text: str) -> str | None:
    """The last words of a text if their first letters make the abbreviation; None if they do not."""
    sentence = re.split(r"[.;:?!]\s", text)[-1]
    found = list(_WORDS.finditer(sentence))
    initials = [word.group().lower() for word in found]
    for letters in dict.fromkeys((_singular(short), short)):
        wanted = letters.replace("&", "").lower()
        start = _first(wanted, initials, len(found), len(wanted))
        if start is not None and len(found) - start > 1 and initials[start] not in _SMALL:
            return sentence[found[start].start() : found[-1].end()]
    return None


def _first(letters: str, words: list[str], at: int, left: int) -> int | None:
    """Where the words before `at` begin that give the first `left` letters; a word may give up to three."""
    if left == 0:
        return at
    if at == 0 or len(words) - at > len(letters) + 4:
        return None
    word = words[at - 1]
    for many in (1, 2, 3):
        if many <= left and word[:many] == letters[left - many : left]:
            start = _first(letters, words, at - 1, left - many)
            if start is not None:
                return start
    return _first(letters, words, at - 1, left) if word in _SMALL and at < len(words) else None


def _singular(short: str) -> str:
    return short[:-1] if short.endswith("s") and short[:-1].isupper() else short


def _key(short: str) -> str:
    return _singular(short).upper()
