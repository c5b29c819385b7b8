"""The rules of each family of reports, as data files; see `schema.py` for their shape."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from indexer.errors import ProfileError
from indexer.profiles.match import Profile, even
from indexer.profiles.schema import GlossaryFile, ProfileFile, SubjectsFile
from indexer.profiles.subjects import Subjects

__all__ = ["Profile", "Profiles"]

GENERIC = "generic"
_LISTS = "subjects"
_GLOSSARIES = "glossaries"
_Model = TypeVar("_Model", bound=BaseModel)


@dataclass(frozen=True, kw_only=True)
class Profiles:
    by_name: Mapping[str, Profile]
    bytes_digest: str

    @classmethod
    def load(cls, folder: Path | None = None) -> Profiles:
        """The packaged profiles, and those of `folder`, where one of the same name replaces the packaged one.

        A folder may hold lists of subjects of its own, in `subjects/`, and glossaries, in `glossaries/`. Raises
        ProfileError naming the file and the field.
        """
        places: list[Traversable] = [resources.files(__name__)]
        if folder is not None:
            if not folder.is_dir():
                raise ProfileError(f"{folder}: no such folder of profiles; create it or leave the setting out")
            places.append(folder)
        digest = hashlib.sha256()
        lists: dict[str, Subjects] = {"": Subjects()}
        glossaries: dict[str, GlossaryFile] = {}
        files: dict[str, tuple[str, ProfileFile]] = {}
        for place in places:
            for file in _toml_files(place.joinpath(_LISTS)):
                lists[file.name.removesuffix(".toml")] = _subjects(file, digest)
            for file in _toml_files(place.joinpath(_GLOSSARIES)):
                glossaries[file.name.removesuffix(".toml")] = _parse(file, GlossaryFile, digest)
            for file in _toml_files(place):
                data = _parse(file, ProfileFile, digest)
                files[data.name] = (file.name, data)
        return cls(
            by_name={name: _profile(file, data, lists, glossaries) for name, (file, data) in sorted(files.items())},
            bytes_digest=digest.hexdigest(),
        )

    def detect(self, text: str) -> Profile:
        """The profile that most in the text speaks for; the generic one where none reaches its threshold."""
        plain = even(text)
        best, best_weight = self.by_name[GENERIC], 0
        for profile in self.by_name.values():
            weight = profile.weight(plain)
            if weight >= profile.data.detect.threshold and weight > best_weight:
                best, best_weight = profile, weight
        return best

    def named(self, name: str) -> Profile:
        """Raises ProfileError that lists the names there are."""
        try:
            return self.by_name[name]
        except KeyError:
            raise ProfileError(f'no profile named "{name}"; there are: {", ".join(self.by_name)}') from None

    def digest(self) -> str:
        """SHA-256 of the names and bytes of all data files: tells a change of the rules."""
        return self.bytes_digest

    def all(self) -> tuple[Profile, ...]:
        return tuple(self.by_name.values())


def _toml_files(place: Traversable) -> Iterator[Traversable]:
    if place.is_dir():
        yield from sorted((f for f in place.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)


def _parse(file: Traversable, model: type[_Model], digest: hashlib._Hash) -> _Model:
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise ProfileError(f"{file.name}: cannot be read ({error.strerror}); check its permissions") from error
    digest.update(f"{file.name}\0{len(raw)}\0".encode())
    digest.update(raw)
    try:
        return model.model_validate(tomllib.loads(raw.decode()))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ProfileError(f"{file.name}: not valid TOML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "the file"
        raise ProfileError(f"{file.name}: {field}: {first['msg']}") from error


def _subjects(file: Traversable, digest: hashlib._Hash) -> Subjects:
    data = _parse(file, SubjectsFile, digest)
    try:
        return Subjects.of(data)
    except ProfileError as error:
        raise ProfileError(f"{file.name}: subjects: {error}") from error


def _profile(
    file: str, data: ProfileFile, lists: Mapping[str, Subjects], glossaries: Mapping[str, GlossaryFile]
) -> Profile:
    subjects = lists.get(data.subjects or "")
    if subjects is None:
        known = ", ".join(name for name in lists if name)
        raise ProfileError(f'{file}: subjects: no list named "{data.subjects}"; there are: {known}')
    for name in data.glossaries:
        if name not in glossaries:
            raise ProfileError(f'{file}: glossaries: none named "{name}"; there are: {", ".join(glossaries)}')
    labels = {g.label for g in (*data.scale.grades, *data.overall.grades)}
    for number, rule in enumerate(data.ratings):
        if rule.judgement is not None and rule.judgement not in labels:
            raise ProfileError(f'{file}: ratings.{number}.judgement: "{rule.judgement}" is not a grade of the scale')
    return Profile.of(data, subjects, [glossaries[name] for name in data.glossaries])
