"""What is sent to the model: the passages under labels that mean nothing, apart from the question."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from indexer.index.catalogue import StoredParagraph
from service.answers.written.prompts import ANSWER, SYSTEM, Prompts
from service.language import Message
from service.model import Evidence

# Enough for an answer, and for a small model's context, with the prompt and the reply.
_MOST_PASSAGES = 10
_MOST_CHARACTERS = 9000
_ALPHABET = "BCDFGHJKLMNPQRSTVWXZ"


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """labels  the paragraphs by the labels of this one request."""

    messages: tuple[Message, ...]
    schema: Mapping[str, Any]
    labels: Mapping[str, StoredParagraph]


def exchange(prompts: Prompts, question: str, evidence: Sequence[Evidence], most: int) -> Exchange:
    """evidence  best first; as much of it is sent as fits."""
    labels = dict(zip(_labels(len(evidence)), _fitting(evidence), strict=False))
    passages = [_passage(label, found) for label, found in labels.items()]
    text = prompts.fill(
        ANSWER,
        question=json.dumps(question, ensure_ascii=False),
        passages=json.dumps(passages, ensure_ascii=False, indent=1),
        boundary=boundary(),
        most=most,
    )
    system = Message(role="system", content=prompts.fill(SYSTEM))
    return Exchange(
        messages=(system, Message(role="user", content=text)), schema=_schema(list(labels), most), labels=labels
    )


def boundary() -> str:
    """A word that no report can have foreseen."""
    return f"=={secrets.token_hex(8)}=="


def _labels(count: int) -> list[str]:
    """Different ones every time, so that words planted in a report cannot name one."""
    found: dict[str, None] = {}
    while len(found) < count:
        found["".join(secrets.choice(_ALPHABET) for _ in range(4))] = None
    return list(found)


def _fitting(evidence: Sequence[Evidence]) -> list[StoredParagraph]:
    chosen: list[StoredParagraph] = []
    room = _MOST_CHARACTERS
    for one in evidence:
        size = len(one.found.paragraph.text)
        if chosen and (size > room or len(chosen) == _MOST_PASSAGES):
            continue
        chosen.append(one.found)
        room -= size
    return chosen[:_MOST_PASSAGES]


def _passage(label: str, found: StoredParagraph) -> dict[str, object]:
    metadata = found.report.metadata
    known: dict[str, object] = {
        "label": label,
        "report": found.report.title,
        "about": metadata.subject,
        "published": str(metadata.published) if metadata.published else None,
        "section": " > ".join(found.section.path),
        "columns": list(found.paragraph.columns) or None,
        "text": found.paragraph.text,
    }
    return {name: value for name, value in known.items() if value}


def _schema(labels: Sequence[str], most: int) -> dict[str, Any]:
    def whole(**properties: Any) -> dict[str, Any]:
        return {
            "type": "object",
            "properties": properties,
            "required": list(properties),
            "additionalProperties": False,
        }

    source = whole(label={"type": "string", "enum": list(labels)}, quote={"type": "string"})
    claim = whole(text={"type": "string"}, sources={"type": "array", "items": source, "minItems": 1, "maxItems": 4})
    return whole(answered={"type": "boolean"}, claims={"type": "array", "items": claim, "maxItems": most})
