"""The widget's source modules put together into the one ES module that browsers load.

One file is one request, and one integrity hash holds for all of it. Nothing but Python is needed: a source imports
names from others in lines of one form, and exports by a prefix, so that both can be left out when the sources stand
one behind the other. Browsers and type checkers read the same sources as they are.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files

ENTRY = "citewise.js"

_IMPORT = re.compile(r'^import \{ [\w, ]+ \} from "\./([\w-]+\.js)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const)\b)", re.MULTILINE)
_LEFT = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)
_COMMENT = re.compile(r"^ *(?:/\*\*(?:(?!\*/)[\s\S])*\*/|//.*)\n", re.MULTILINE)
_NAME = re.compile(r"^(?:async )?(?:function\*?|class|const|let) (\w+)", re.MULTILINE)


class ModuleError(Exception):
    """The sources cannot become one module: a fault of whoever wrote them."""


@dataclass(frozen=True, kw_only=True)
class WidgetModule:
    """The module as it is served, and what pages say to be sure of it. `compressed` is the same, by gzip."""

    text: bytes
    compressed: bytes

    @property
    def integrity(self) -> str:
        """For the `integrity` attribute of the script element that loads it."""
        return f"sha384-{b64encode(hashlib.sha384(self.text).digest()).decode()}"

    @property
    def etag(self) -> str:
        return f'"{hashlib.sha256(self.text).hexdigest()[:32]}"'


def load_module() -> WidgetModule:
    folder = files("service.channels.widget") / "source"
    sources = {f.name: f.read_text(encoding="utf-8") for f in folder.iterdir() if f.name.endswith(".js")}
    text = assemble(sources, ENTRY).encode()
    return WidgetModule(text=text, compressed=gzip.compress(text, 9, mtime=0))


def assemble(sources: Mapping[str, str], entry: str) -> str:
    """One module out of `entry` and all that it imports, whoever is imported first. Comments are left out.

    Raises ModuleError where a source is missing, imports go round in a circle, a line imports or exports in another
    form, or two sources have the same name at their top level.
    """
    names: dict[str, str] = {}
    parts = []
    for file in _in_order(sources, entry, (), set()):
        text = _EXPORT.sub("", _IMPORT.sub("", _COMMENT.sub("", sources[file])))
        if other := _LEFT.search(text):
            raise ModuleError(f"{file}: {other[0]!r} is no import or export of the form that is put together here")
        for name in _NAME.findall(text):
            if name in names:
                raise ModuleError(f"{file} and {names[name]} both have {name} at their top level")
            names[name] = file
        parts.append(text.strip("\n"))
    return "\n".join([*parts, ""])


def _in_order(sources: Mapping[str, str], file: str, above: tuple[str, ...], done: set[str]) -> Iterator[str]:
    """The files that `file` needs and then itself, each once. `above` needs them, `done` were given before."""
    if file in above:
        raise ModuleError(f"imports go round in a circle: {' > '.join((*above, file))}")
    if file not in sources:
        raise ModuleError(f"{above[-1] if above else 'nothing'} imports {file}, which is not there")
    for needed in _IMPORT.findall(sources[file]):
        yield from _in_order(sources, needed, (*above, file), done)
    if file not in done:
        done.add(file)
        yield file
