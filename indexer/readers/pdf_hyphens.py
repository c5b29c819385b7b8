"""Lines to text. A word broken at a line's end is joined only where its unbroken form is certain."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from indexer.readers.pdf_lines import Line

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019\-\u2010\u2011][^\W\d_]+)*")
_BROKEN = re.compile(r"([^\W\d_]+(?:['\u2019][^\W\d_]+)*)[-\u2010]$")
_START = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
_GLUED = re.compile(r"\S[/_\u2013\u2014]$")
_ADDRESS = re.compile(r"\S\.\S+\.$")  # "www.example." and "gov.uk"
_HYPHENS = re.compile(r"[-\u2010\u2011]")
_SUSPENDED = {"and", "or", "to", "nor", "but"}  # "pre- and post-16" is no broken word


class Joiner:
    """Knows the words of a document. `doubtful` counts the broken words that it could not decide on."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._words: Counter[str] = Counter()
        self.doubtful = 0
        for line in lines:
            self._learn(line.text)

    def text(self, lines: Sequence[str]) -> str:
        """The lines as one text."""
        joined = ""
        for line in lines:
            joined = line if not joined else self._joined(joined, line)
        return joined

    def _learn(self, line: str) -> None:
        for found in _WORD.finditer(line):
            if found.end() < len(line) and line[found.end()] in "-\u2010":
                continue  # the first half of a broken word is no word
            parts = _HYPHENS.split(found[0].casefold())
            self._words["-".join(parts)] += 1
            for first, second in pairwise(parts):
                if len(parts) > 2:
                    self._words[f"{first}-{second}"] += 1

    def _joined(self, before: str, after: str) -> str:
        if _GLUED.search(before) or (_ADDRESS.search(before) and after[0].islower()):
            return before + after
        broken, start = _BROKEN.search(before), _START.match(after)
        if broken is None:
            return before + after if before.endswith(("-", "\u2010")) and before[-2:-1].strip() else f"{before} {after}"
        if start is None or start[0].casefold() in _SUSPENDED:
            return f"{before} {after}" if start else before + after
        whole = (broken[1] + start[0]).casefold()
        parted = f"{broken[1]}-{start[0]}".casefold()
        if self._words[whole] and not self._words[parted]:
            return before[:-1] + after
        if not self._words[parted]:
            self.doubtful += 1
        return before + after
