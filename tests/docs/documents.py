"""The documents of this repository, taken apart: fenced blocks, tables, links, headings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted(
    [
        *(
            ROOT / name
            for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "corpus/README.md", "prompts/README.md")
        ),
        *(ROOT / "docs").rglob("*.md"),
    ]
)
_FENCE = re.compile(
    r"^(?P<indent> *)(?P<fence>`{3,})(?P<language>\w*)\n(?P<text>.*?)^(?P=indent)(?P=fence)$", re.MULTILINE | re.DOTALL
)
_SCHEMA = re.compile(r"<!-- schema: (\w+) -->\n```json\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[(?:[^\[\]]|\[[^\]]*\])*\]\(([^)\s]+)\)|<(https?://[^>]+)>")


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """A fenced block. `name` is what its first line says it is: `# reports.toml`."""

    document: str
    language: str
    text: str

    @property
    def name(self) -> str:
        return self.text.split("\n", 1)[0].removeprefix("# ")


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def document(path: str) -> str:
    return text(ROOT / path)


def blocks(path: Path) -> list[Block]:
    found = []
    for match in _FENCE.finditer(text(path)):
        indent = match["indent"]
        lines = [line.removeprefix(indent) for line in match["text"].split("\n")]
        found.append(Block(document=name(path), language=match["language"], text="\n".join(lines)))
    return found


def all_blocks(*languages: str) -> list[Block]:
    return [b for path in DOCUMENTS for b in blocks(path) if b.language in languages]


def schema_examples(path: str) -> list[tuple[str, str]]:
    """The name of a schema, and the JSON that is an example of it."""
    return _SCHEMA.findall(document(path))


def prose(path: Path) -> str:
    """A document without its fenced blocks."""
    return _FENCE.sub("", text(path))


def links(path: Path) -> list[str]:
    return [inner or bare for inner, bare in _LINK.findall(prose(path))]


def anchors(path: Path) -> set[str]:
    """The anchors of a document's headings, as GitHub makes them."""
    headings = re.findall(r"^#{1,6} (.+)$", prose(path), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}


def rows(path: str, heading: str) -> list[list[str]]:
    """The cells of the first table below a heading, its header left out."""
    below = f"\n{document(path)}".split(f"\n{heading}\n", 1)[1]
    table = re.search(r"(?:^\|.*\n)+", below, re.MULTILINE)
    assert table is not None
    lines = table[0].strip().split("\n")[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
