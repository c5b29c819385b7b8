"""What a question about many reports would have one of them say of its body."""

from __future__ import annotations

import re
from collections.abc import Collection

from service.question.breadth import MANY
from service.question.phrases import tokens

_ASKS = frozenset({"which", "what"})
# One word may stand between: "which local areas".
_FIRST = 3
# These only ask: "which areas do children wait in".
_ONLY_ASKS = re.compile(r"\A(?:do|does|did)\s+(?!not\b)", re.IGNORECASE)


def predicate(text: str, kinds: Collection[str] = ()) -> str | None:
    """Of "Which councils pay people?" that they "pay people"; None of a question in another form.

    text   without names.
    kinds  as `breadth` has them.
    """
    words = tokens(text)
    several = MANY.union(kinds)
    at = next((at for at, word in enumerate(words[:_FIRST]) if word.word in several), None)
    if at is None or words[0].word not in _ASKS:
        return None
    return _ONLY_ASKS.sub("", text[words[at].end :].strip().rstrip("?!. "), count=1) or None
