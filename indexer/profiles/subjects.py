"""The bodies that reports are about, and the names people give them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from indexer.errors import ProfileError
from indexer.profiles.schema import SubjectEntry, SubjectsFile
from indexer.text import clean, fold

_BETWEEN = re.compile(r"[^\w&+]+")


def _key(name: str) -> str:
    """Names that differ in case, punctuation, "&" or a saint's full stop alone are the same name."""
    plain = fold(name).replace("'", "")
    return clean(_BETWEEN.sub(" ", plain).replace("&", " and ").replace("+", " and "))


def _longest_first(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted((_key(word) for word in words), key=len, reverse=True))


@dataclass(frozen=True, kw_only=True)
class Subjects:
    entries: tuple[SubjectEntry, ...] = ()
    prefixes: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()
    by_key: Mapping[str, SubjectEntry] = field(default_factory=dict)

    @classmethod
    def of(cls, data: SubjectsFile) -> Subjects:
        """Raises ProfileError where one name stands for two bodies."""
        by_key: dict[str, SubjectEntry] = {}
        for entry in data.subjects:
            for name in dict.fromkeys((entry.name, entry.short, *entry.aliases)):
                other = by_key.setdefault(_key(name), entry)
                if other is not entry:
                    raise ProfileError(f'"{name}" names both {other.name} and {entry.name}; keep it at one of them')
        return cls(
            entries=data.subjects,
            prefixes=_longest_first(data.prefixes),
            suffixes=_longest_first(data.suffixes),
            by_key=by_key,
        )

    def find(self, name: str) -> SubjectEntry | None:
        """The body of that name, with or without the words that councils put around it ("City of", "Council")."""
        key = _key(name)
        while key:
            if entry := self.by_key.get(key):
                return entry
            shorter = self._without_one(key)
            if shorter == key:
                return None
            key = shorter
        return None

    def short_name(self, name: str) -> str:
        entry = self.find(name)
        return entry.short if entry else clean(name)

    def _without_one(self, key: str) -> str:
        for suffix in self.suffixes:
            if key.endswith(f" {suffix}"):
                return key[: -len(suffix) - 1]
        for prefix in self.prefixes:
            if key.startswith(f"{prefix} "):
                return key[len(prefix) + 1 :]
        return key
