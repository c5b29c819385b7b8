"""A follow-up put into words that stand alone, by a language model, and checked: nothing new may be in it."""

from __future__ import annotations

import json
import re
from contextlib import closing

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from structlog.typing import FilteringBoundLogger

from indexer.text import clean, strip_invisible
from service.answers.written.checks.names import unknown_addresses, unknown_names
from service.answers.written.checks.quantities import quantities, stated
from service.answers.written.exchange import boundary
from service.answers.written.prompts import REWRITE, Prompts
from service.language import LanguageModel, Message, ModelError, Stop
from service.model import Question

_SCHEMA = {
    "type": "object",
    "properties": {"question": {"type": "string"}},
    "required": ["question"],
    "additionalProperties": False,
}
_OBJECT = re.compile(r"\{.*\}", re.DOTALL)
_TURNS = 4
_ANSWER_SHOWN = 600
_LONGEST = 500


class _Rewritten(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True)

    question: str = Field(min_length=3, max_length=_LONGEST)


class Rewriting:
    """Safe for several threads."""

    def __init__(self, model: LanguageModel, prompts: Prompts, log: FilteringBoundLogger) -> None:
        self._model = model
        self._prompts = prompts
        self._log = log

    def __call__(self, question: Question) -> str | None:
        """None where the model gives nothing, or anything that neither the question nor the conversation holds: the
        service then makes sense of the follow-up by itself."""
        try:
            made = _OBJECT.search(self._asked(question))
            text = clean(strip_invisible(_Rewritten.model_validate_json(made.group()).question)[0]) if made else ""
        except ModelError as fault:
            self._log.warning("model_failed", fault=fault.fault.value, detail=str(fault), task="rewrite")
            return None
        except ValidationError:
            return None
        return text if text and not _adds(text, question) else None

    def _asked(self, question: Question) -> str:
        conversation = [
            {"question": t.question, "answer": t.answer[:_ANSWER_SHOWN]} for t in question.history[-_TURNS:]
        ]
        text = self._prompts.fill(
            REWRITE,
            conversation=json.dumps(conversation, ensure_ascii=False, indent=1),
            question=json.dumps(question.text, ensure_ascii=False),
            boundary=boundary(),
        )
        with closing(self._model.write((Message(role="user", content=text),), _SCHEMA, Stop())) as pieces:
            return "".join(pieces)


def _adds(text: str, question: Question) -> bool:
    """Whether it has a name, a number or an address that nobody has said."""
    said = "\n".join((question.text, *(part for turn in question.history for part in (turn.question, turn.answer))))
    known = quantities(said)
    new_numbers = any(not stated(one, known) for one in quantities(text))
    return new_numbers or bool(unknown_names(text, said)) or bool(unknown_addresses(text, said))
