"""The corpus: which files of a folder are reports, and what its reports.toml says of them."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, TypeAdapter, ValidationError

from indexer.errors import CorpusError, UnreadableFileError
from indexer.index.manifest import SkippedFile
from indexer.model import SourceFile
from indexer.readers import READERS
from indexer.text import slug

CATALOGUE_NAME = "reports.toml"

# What people keep beside reports and no reader takes: named, so that nobody believes them indexed.
_OTHER_DOCUMENTS = {
    ".doc": "save it as .docx",
    ".docm": "save it as .docx",
    ".odt": "save it as .docx",
    ".rtf": "save it as .docx",
    ".pages": "save it as .docx or .pdf",
    ".epub": "save it as .html",
    ".mht": "save it as .html",
    ".mhtml": "save it as .html",
    ".ppt": "save it as .pdf",
    ".pptx": "save it as .pdf",
    ".xls": "save the text as .docx or .pdf",
    ".xlsx": "save the text as .docx or .pdf",
}
_NOT_REPORTS = {"readme.md", "readme.txt", "licence.txt", "license.txt", "changelog.md"}


@dataclass(frozen=True, kw_only=True, slots=True)
class CorpusFile:
    """A file that a reader takes. `digest` is the SHA-256 of its bytes; `stated` what reports.toml says of it."""

    path: Path
    name: str
    digest: str
    report_id: str
    stated: Mapping[str, str]

    def load(self) -> SourceFile:
        """Raises UnreadableFileError."""
        try:
            return SourceFile(path=self.path, name=self.name, data=self.path.read_bytes())
        except OSError as fault:
            raise _unreadable(fault) from fault


@dataclass(frozen=True, kw_only=True, slots=True)
class Corpus:
    """What a folder holds.

    skipped   files that look like reports and cannot be read, with the reason.
    ignored   endings of files that are no reports (".css"), counted.
    problems  what is wrong with reports.toml, one clear line each; what is right is used all the same.
    """

    folder: Path
    files: tuple[CorpusFile, ...]
    skipped: tuple[SkippedFile, ...]
    ignored: Mapping[str, int]
    problems: tuple[str, ...]

    def digest(self) -> str:
        """SHA-256 over every file's name, bytes and statements, those that were skipped too."""
        rows = [[f.name, f.digest, f.report_id, dict(f.stated)] for f in self.files]
        rows += [[s.file, s.digest, s.reason] for s in self.skipped]
        return hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()


def scan(folder: Path, *, max_bytes: int, profiles: Collection[str], known: Mapping[str, Mapping[str, str]]) -> Corpus:
    """Looks through a folder, by name; what begins with "_" or "." is left out, with all that is below it.

    max_bytes  larger files are skipped.
    profiles   the names that reports.toml may use.
    known      what reports.toml said of each file when it was last indexed: used if it now is broken.

    Raises CorpusError if the folder is none, or holds no report at all.
    """
    if not folder.is_dir():
        raise CorpusError(f"{folder} is not a folder; name the folder that holds the reports")
    stated, problems = _stated(folder / CATALOGUE_NAME, profiles, known)
    digests: dict[str, str] = {}
    skipped: list[SkippedFile] = []
    ignored: Counter[str] = Counter()
    for path, barred in _walk(folder, frozenset()):
        if barred and path == folder:
            raise CorpusError(f"{folder} cannot be looked into ({barred.strerror}); correct its permissions")
        name = _printable(path.relative_to(folder).as_posix())
        ending = _printable(path.suffix.lower())
        if not barred and ending not in READERS and ending not in _OTHER_DOCUMENTS:
            if name != CATALOGUE_NAME:
                ignored[ending or "no ending"] += 1
            continue
        try:
            digests[name] = _checked_digest(path, ending, barred, max_bytes)
        except UnreadableFileError as fault:
            skipped.append(SkippedFile(file=name, reason=fault.reason, fix=fault.fix, digest=""))
    if not digests and not skipped:
        raise CorpusError(f"{folder} holds no reports; put files ending {', '.join(sorted(READERS))} into it")
    problems += [
        f"{CATALOGUE_NAME}: {name} is not in the corpus; correct its `file` or remove the entry"
        for name in stated
        if name not in digests and not any(s.file == name for s in skipped)
    ]
    ids = _report_ids(list(digests), stated)
    return Corpus(
        folder=folder,
        files=tuple(
            CorpusFile(path=folder / name, name=name, digest=d, report_id=ids[name], stated=stated.get(name, {}))
            for name, d in digests.items()
        ),
        skipped=tuple(skipped),
        ignored=dict(ignored),
        problems=tuple(problems),
    )


def _walk(folder: Path, above: frozenset[Path]) -> Iterator[tuple[Path, OSError | None]]:
    """The files below a folder, and with their fault the folders that cannot be looked into.

    A link to a folder that holds it is not followed, or there would be no end.
    """
    above |= {folder.resolve()}
    try:
        found = [(path, path.is_dir()) for path in sorted(folder.iterdir())]
    except OSError as fault:
        yield folder, fault
        return
    for path, is_folder in found:
        if path.name.startswith(("_", ".")) or path.name.lower() in _NOT_REPORTS:
            continue
        if not is_folder:
            yield path, None
        elif path.resolve() not in above:
            yield from _walk(path, above)


def _printable(name: str) -> str:
    """The name, with a question mark for every byte that is not UTF-8: such a name can be neither kept nor shown."""
    return name.encode("utf-8", "replace").decode()


def _checked_digest(path: Path, ending: str, barred: OSError | None, max_bytes: int) -> str:
    if barred:
        raise _unreadable(barred) from barred
    if _printable(str(path)) != str(path):
        raise UnreadableFileError("its name is not in UTF-8", "rename it")
    if ending in _OTHER_DOCUMENTS:
        raise UnreadableFileError(f"no reader for {ending}", _OTHER_DOCUMENTS[ending])
    try:
        if path.exists() and not path.is_file():
            raise UnreadableFileError("is no ordinary file", "take it out of the corpus")
        size = path.stat().st_size
        if size > max_bytes:
            raise UnreadableFileError(
                f"is {size / 1e6:,.0f} MB, more than the {max_bytes / 1e6:,.0f} MB that are read",
                "split it, or raise CITEWISE_MAX_FILE_MB",
            )
        with path.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError as fault:
        raise _unreadable(fault) from fault


def _unreadable(fault: OSError) -> UnreadableFileError:
    return UnreadableFileError(f"cannot be opened ({fault.strerror})", "correct its permissions, or remove it")


def _report_ids(names: list[str], stated: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """An id for each file: as stated, else its name without ending, else its path; unique, in order of names."""
    ids = {name: stated[name]["id"] for name in names if "id" in stated.get(name, {})}
    taken = set(ids.values())
    for name in names:
        if name in ids:
            continue
        stem = name.rsplit(".", 1)[0]
        fallback = f"report-{hashlib.sha256(name.encode()).hexdigest()[:8]}"
        choices = (slug(stem.rsplit("/", 1)[-1]), slug(stem), slug(name), fallback)
        ids[name] = next(c for c in choices if c and c not in taken)
        taken.add(ids[name])
    return ids


def _iso_date(value: Any) -> str:
    if isinstance(value, datetime):
        value = value.date()
    try:
        return str(value if isinstance(value, date) else date.fromisoformat(value))
    except (TypeError, ValueError):
        raise ValueError("a date is a day that exists, written 2025-03-31") from None


def _web_address(value: str) -> str:
    if not re.fullmatch(r"https?://[^\s<>\"]+", value):
        raise ValueError("an address begins with http:// or https://")
    return value


def _report_id(value: str) -> str:
    if value != slug(value):
        raise ValueError(f"an id is lower-case letters, digits and hyphens, for example {slug(value) or 'leeds-2025'}")
    return value


class _Entry(BaseModel):
    """One [[report]] of reports.toml."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, str_min_length=1)

    file: str
    id: Annotated[str, AfterValidator(_report_id)] | None = None
    profile: str | None = None
    title: str | None = None
    subject: str | None = None
    publisher: str | None = None
    published: Annotated[str, BeforeValidator(_iso_date)] | None = None
    inspected: str | None = None
    assessment: str | None = None
    source_url: Annotated[str, AfterValidator(_web_address)] | None = None
    licence: str | None = None
    attribution: str | None = None


def _stated(
    path: Path, profiles: Collection[str], known: Mapping[str, Mapping[str, str]]
) -> tuple[dict[str, dict[str, str]], list[str]]:
    """What reports.toml says, by file name, and what is wrong with it."""
    if not path.exists():
        return {}, []
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as fault:
        kept = {name: dict(values) for name, values in known.items() if values}
        used = "what it said at the last build is used" if kept else "the reports are indexed without it"
        return kept, [f"{path.name} cannot be read ({fault}); correct it and index again; until then {used}"]
    problems = [f"{path.name}: unknown key {key!r}; entries are [[report]] tables" for key in data if key != "report"]
    entries = data.get("report", [])
    if not isinstance(entries, list):
        return {}, [*problems, f"{path.name}: `report` is no list; write [[report]] with two brackets"]
    found: dict[str, dict[str, str]] = {}
    ids: set[str] = set()
    for number, entry in enumerate(entries, 1):
        values, wrong = _entry(entry, profiles)
        place = f"{path.name}: report {number} ({values.get('file', 'no file')})"
        problems += [f"{place}: {w}" for w in wrong]
        name = values.pop("file", None)
        if name is None:
            continue
        if name in found:
            problems.append(f"{place}: a second entry for this file; remove one")
            continue
        if values.get("id") in ids:
            problems.append(f"{place}: id {values.pop('id')!r} is taken by another entry; choose another")
        ids.add(values.get("id", ""))
        found[name] = values
    return found, problems


def _entry(entry: Any, profiles: Collection[str]) -> tuple[dict[str, str], list[str]]:
    """The right values of one entry, and a line for each wrong one."""
    wrong: list[str] = []
    values = dict(entry) if isinstance(entry, dict) else {}
    try:
        TypeAdapter(_Entry).validate_python(values)
    except ValidationError as fault:
        for error in fault.errors(include_url=False):
            key = str(error["loc"][0]) if error["loc"] else "file"
            what = "there is no such key" if error["type"] == "extra_forbidden" else error["msg"]
            wrong.append(f"{key}: {what.removeprefix('Value error, ')}; this value is left out")
            values.pop(key, None)
        if "file" not in values:
            return {}, wrong
    model = _Entry.model_validate(values)
    good = {key: value for key, value in model.model_dump().items() if value is not None}
    if "profile" in good and good["profile"] not in profiles:
        wrong.append(f"profile: no {good.pop('profile')!r}; use one of {', '.join(sorted(profiles))}")
    return good, wrong
