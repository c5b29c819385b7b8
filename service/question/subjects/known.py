"""The bodies that reports are about or that their families list, as metadata, titles and profiles give them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from indexer.index.catalogue import Catalogue, StoredReport
from service.question.subjects.forms import Body, Keys, without_kind
from service.question.subjects.titles import subjects_in_titles
from service.question.words import keys_of

# A list of bodies is taken for a family's own where it has so many of the bodies in its titles.
_LISTS_THEM = 0.8
# What stands after a body's own name, the longest first, and the abbreviations before it.
_TAILS = tuple(
    tuple(tail.split())
    for tail in (
        "fire and rescue service", "fire and rescue authority", "local area partnership", "nhs foundation trust",
        "youth justice service", "youth offending service", "youth offending team", "probation delivery unit",
        "nhs trust", "police service", "probation service",
    )
)  # fmt: skip
_HEADS = frozenset({"hmp", "hmyoi", "yoi", "hm", "prison", "irc", "stc"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """What is known of bodies.

    bodies  all of them.
    about   by shown name, the reports about a body; only for those that have one.
    told    by report id, the subject as the report prints it.
    around  the words that bodies of the indexed families put around their names.
    """

    bodies: tuple[Body, ...]
    about: Mapping[str, Sequence[StoredReport]]
    told: Mapping[str, str]
    around: frozenset[str]


def known_bodies(catalogue: Catalogue) -> Known:
    reports = catalogue.reports()
    derived = subjects_in_titles(r for r in reports if r.metadata.subject is None)
    told = {r.id: subject for r in reports if (subject := r.metadata.subject or derived.get(r.id))}
    around = _around(catalogue)
    listed = _listed(catalogue, sorted(set(derived.values())), around)
    by_keys = {keys_of(w): b.shown for b in reversed(listed) for w in (*b.wordings, b.shown)}
    printed: dict[str, dict[str, None]] = {}
    # The shortest of the names that reports print for one body is the one to show.
    for subject in sorted(set(told.values()), key=lambda s: (len(s), s)):
        full, bare = keys_of(subject), _bare(keys_of(subject), around)
        shown = by_keys.get(full) or by_keys.get(bare) or subject
        by_keys.setdefault(full, shown)
        by_keys.setdefault(bare, shown)
        printed.setdefault(shown, {})[subject] = None
    families = {r.profile for r in reports if r.id in derived}
    for report in reports:  # among titles with a template, one may be nothing but a name in its full form
        if report.id not in told and report.profile in families:
            keys = _bare(keys_of(report.title), around)
            if (whose := by_keys.get(keys)) is not None:
                told[report.id] = report.title
                by_keys[keys_of(report.title)] = whose
    about: dict[str, list[StoredReport]] = {}
    for report in reports:
        if report.id in told:
            about.setdefault(by_keys[keys_of(told[report.id])], []).append(report)
    return Known(
        bodies=tuple(_with_printed(listed, printed, around)),
        about=about,
        told=told,
        around=frozenset(key for keys in around for key in keys),
    )


def _with_printed(
    listed: Sequence[Body], printed: Mapping[str, Mapping[str, None]], around: Sequence[Keys]
) -> list[Body]:
    bodies: list[Body] = []
    for shown in dict.fromkeys((*printed, *(b.shown for b in listed))):
        body = next((b for b in listed if b.shown == shown), Body(shown=shown))
        more = tuple(printed.get(shown, ()))
        bare = tuple(dict.fromkeys(_bare(keys_of(name), around) for name in more))
        bodies.append(replace(body, wordings=(*body.wordings, *more), bare=bare))
    return bodies


def _listed(catalogue: Catalogue, derived: Sequence[str], around: Sequence[Keys]) -> list[Body]:
    """The bodies that the families of the indexed reports list. Where titles alone tell bodies, those of a list
    that has nearly all of them; of a list that has some, those."""
    in_use = {report.profile for report in catalogue.reports()}
    wanted = [{keys_of(name), _bare(keys_of(name), around)} for name in derived]
    found: dict[str, Body] = {}
    for family, description in catalogue.profiles().items():
        bodies = [_body(entry) for entry in description.get("subjects", ())]
        if family in in_use:
            found |= {b.shown: b for b in bodies if b.shown not in found}
        elif wanted:
            by_keys = {keys_of(w): b for b in bodies for w in (b.shown, *b.wordings)}
            held = [b for keys in wanted if (b := next((by_keys[k] for k in keys if k in by_keys), None))]
            taken = bodies if len(held) >= _LISTS_THEM * len(wanted) else held
            found |= {b.shown: b for b in taken if b.shown not in found}
    return list(found.values())


def _body(entry: Mapping[str, Any]) -> Body:
    wordings = (entry["name"], *entry["aliases"])
    return Body(shown=entry["short"], wordings=wordings, former=bool(entry.get("former")))


def _around(catalogue: Catalogue) -> list[Keys]:
    """What bodies of the indexed families put around their names, the longest first."""
    in_use = {report.profile for report in catalogue.reports()}
    families = [description for name, description in catalogue.profiles().items() if name in in_use]
    words = {keys_of(words) for family in families for words in family.get("around_subjects", ())}
    return sorted(words - {()}, key=lambda keys: (len(keys), keys), reverse=True)


def _bare(keys: Keys, around: Sequence[Keys]) -> Keys:
    """A name without the words that bodies of its family, or of its kind, put around it."""
    for words in (*around, *_TAILS):
        if len(keys) > len(words) and keys[: len(words)] == words:
            keys = keys[len(words) :]
        if len(keys) > len(words) and keys[-len(words) :] == words:
            keys = keys[: -len(words)]
    keys = without_kind(keys)
    while len(keys) > 1 and keys[0] in _HEADS:
        keys = keys[1:]
    return keys
