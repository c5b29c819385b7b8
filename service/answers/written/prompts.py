"""The texts of `prompts/`: read, checked for their placeholders, filled in."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import StrictUndefined, TemplateError, meta
from jinja2.sandbox import ImmutableSandboxedEnvironment

from service.errors import PromptError

SYSTEM, ANSWER, REWRITE = "system.md", "answer.md", "rewrite.md"
_PLACEHOLDERS: Mapping[str, frozenset[str]] = {
    SYSTEM: frozenset(),
    ANSWER: frozenset({"question", "passages", "boundary", "most"}),
    REWRITE: frozenset({"question", "conversation", "boundary"}),
}


@dataclass(frozen=True, kw_only=True)
class Prompts:
    """digest  of all texts, the first 12 hexadecimal digits of their SHA-256: the version."""

    texts: Mapping[str, str]
    digest: str

    def fill(self, name: str, **values: object) -> str:
        """Values stand in the text as they are, and are never read as templates."""
        return _environment().from_string(self.texts[name]).render(**values)


def load_prompts(folder: Path) -> Prompts:
    """Raises PromptError, which names the file and what is wrong with it."""
    texts = {name: _checked(folder / name, wanted) for name, wanted in _PLACEHOLDERS.items()}
    whole = hashlib.sha256("\0".join(texts[name] for name in sorted(texts)).encode())
    return Prompts(texts=texts, digest=whole.hexdigest()[:12])


def _checked(path: Path, wanted: frozenset[str]) -> str:
    try:
        text = path.read_text(encoding="utf-8").strip()
        found = meta.find_undeclared_variables(_environment().parse(text))
    except (OSError, UnicodeDecodeError) as fault:
        raise PromptError(f"{path}: cannot be read as UTF-8 text; CITEWISE_PROMPTS names its folder") from fault
    except TemplateError as fault:
        raise PromptError(f"{path}: {fault}; braces other than placeholders are written {{{{ '{{{{' }}}}") from fault
    if not text:
        raise PromptError(f"{path}: is empty; write what the model is to do")
    if missing := sorted(wanted - found):
        raise PromptError(f"{path}: {_braced(missing)} missing; put it where that belongs")
    if unknown := sorted(found - wanted):
        known = f"known are {_braced(sorted(wanted))}" if wanted else "it may have none"
        raise PromptError(f"{path}: {_braced(unknown)} no placeholder of this file; {known}")
    return text


def _braced(names: list[str]) -> str:
    told = ", ".join(f"{{{{ {name} }}}}" for name in names)
    return f"{told} {'is' if len(names) == 1 else 'are'}"


def _environment() -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False, keep_trailing_newline=True)
