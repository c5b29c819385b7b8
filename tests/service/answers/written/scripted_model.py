"""A language model that writes what a test tells it to."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from service.language import Fault, ModelError, Stop

ASKED = "How long do unpaid carers wait for an assessment in Brackenshire?"
SAID = "The average wait for a carer's assessment had fallen to 6 weeks"


class Model:
    """Writes what `script` makes of the passages that it is sent."""

    name = "scripted"

    def __init__(self) -> None:
        self.script: Callable[[list[dict]], object] = lambda _: {"answered": False, "claims": []}
        self.sent: list[str] = []
        self.size = 17
        self.told_unusable = 0

    def write(self, messages, schema, stop: Stop):
        text = messages[-1].content
        self.sent.append("\n".join(m.content for m in messages))
        passages = re.search(r"==\w+==\n(.*?)\n==", text, re.DOTALL).group(1)
        made = self.script(json.loads(passages))
        if isinstance(made, Exception):
            raise made
        made = made if isinstance(made, str) else json.dumps(made)
        for at in range(0, len(made), self.size):
            if stop.is_set():
                raise ModelError(Fault.CANCELLED, "left")
            yield made[at : at + self.size]

    def unusable(self) -> None:
        self.told_unusable += 1


def holding(passages: list[dict], words: str) -> dict:
    return next(p for p in passages if words in p["text"])


def claiming(text: str, quote: str = SAID, **changed: str) -> Callable[[list[dict]], dict]:
    def script(passages: list[dict]) -> dict:
        source = {"label": holding(passages, SAID)["label"], "quote": quote} | changed
        return {"answered": True, "claims": [{"text": text, "sources": [source]}]}

    return script
