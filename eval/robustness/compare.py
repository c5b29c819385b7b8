"""How alike two readings of the same report are, for example a PDF and a Markdown file.

python -m eval.robustness.compare A B [--show 10] [--min 0.9]

Sections are compared by their heading paths and by their own headings alone, paragraphs by their letters and
digits, and the whole by its words, so that a paragraph that is merely cut elsewhere is told
from words that are missing.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.arguments import command_parser
from eval.measure.figures import letters
from indexer.assemble import assemble
from indexer.errors import CitewiseError
from indexer.model import Report, SourceFile
from indexer.profiles import Profiles
from indexer.readers import read
from indexer.text import fold


@dataclass(frozen=True, kw_only=True, slots=True)
class Overlap:
    """How many of both and of either, counted with repetition; and what only one of the two has, in its order."""

    what: str
    common: int
    first: int
    second: int
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]

    @property
    def share(self) -> float:
        """Of all that either has, 1 where neither has any."""
        either = self.first + self.second - self.common
        return self.common / either if either else 1.0


def compare(first: Report, second: Report) -> tuple[Overlap, ...]:
    return (
        _overlap("sections by path", _paths(first), _paths(second)),
        _overlap("sections by heading", _headings(first), _headings(second)),
        _overlap("paragraphs", _paragraphs(first), _paragraphs(second)),
        _overlap("words", _words(first), _words(second)),
    )


def read_report(path: Path) -> Report:
    """One file as the indexer reads it, by itself. Raises UnreadableFileError."""
    profiles = Profiles.load(None)
    document = read(SourceFile(path=path, name=path.name, data=path.read_bytes()), profiles.detect)
    profile = profiles.detect("\n".join(block.text for block in document.blocks))
    return assemble(report_id="report", file=path.name, document=document, profile=profile, stated={})


def _paths(report: Report) -> list[tuple[Hashable, str]]:
    return [(tuple(map(fold, s.path)), " > ".join(s.path)) for s in report.sections if s.path]


def _headings(report: Report) -> list[tuple[Hashable, str]]:
    return [(letters(s.path[-1]), s.path[-1]) for s in report.sections if s.path]


def _paragraphs(report: Report) -> list[tuple[Hashable, str]]:
    return [(letters(p.text), p.text) for p in report.paragraphs if letters(p.text)]


def _words(report: Report) -> list[tuple[Hashable, str]]:
    headings = [s.path[-1] for s in report.sections if s.path]
    texts = (*headings, *(p.text for p in report.paragraphs))
    return [(letters(word), word) for text in texts for word in text.split() if letters(word)]


def _overlap(what: str, first: Sequence[tuple[Hashable, str]], second: Sequence[tuple[Hashable, str]]) -> Overlap:
    common = Counter(key for key, _ in first) & Counter(key for key, _ in second)
    return Overlap(
        what=what,
        common=common.total(),
        first=len(first),
        second=len(second),
        only_first=tuple(_beyond(first, common)),
        only_second=tuple(_beyond(second, common)),
    )


def _beyond(shown: Iterable[tuple[Hashable, str]], common: Counter[Hashable]) -> Iterable[str]:
    left = common.copy()
    for key, text in shown:
        if left[key] > 0:
            left[key] -= 1
        else:
            yield text


def main() -> int:
    parser = command_parser("eval.robustness.compare", __doc__)
    parser.add_argument("first", type=Path)
    parser.add_argument("second", type=Path)
    parser.add_argument("--show", type=int, default=10, help="so many of each that only one of the two has")
    parser.add_argument("--min", type=float, default=0.0, help="end with 1 where fewer headings are common")
    asked = parser.parse_args()
    try:
        first, second = read_report(asked.first), read_report(asked.second)
    except (CitewiseError, OSError) as fault:
        print(f"eval.robustness.compare: {fault}", file=sys.stderr)  # noqa: T201 - the command's output
        return 1
    found = compare(first, second)
    _print(first, second, found, asked.show)
    return 0 if found[1].share >= asked.min else 1


def _print(first: Report, second: Report, found: Sequence[Overlap], most: int) -> None:
    for name, report in (("A", first), ("B", second)):
        print(f"{name}: {report.file}: {report.profile}, {report.metadata.title or 'no title'}")  # noqa: T201
    for one in found:
        print(f"{one.what}: {one.share:.3f} in common ({one.common} of {one.first} in A and {one.second} in B)")  # noqa: T201
        for name, only in (("A", one.only_first), ("B", one.only_second)):
            for text in only[:most]:
                print(f"  only in {name}: {text[:160]}")  # noqa: T201 - the command's output
            if len(only) > most:
                print(f"  only in {name}: {len(only) - most} more")  # noqa: T201 - the command's output


if __name__ == "__main__":
    sys.exit(main())
