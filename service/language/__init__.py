"""A language model on an OpenAI-compatible server; `client`, which speaks HTTP, is imported where it is used."""

from service.language.port import Fault, LanguageModel, Message, ModelError, Stop, Usage

__all__ = ["Fault", "LanguageModel", "Message", "ModelError", "Stop", "Usage"]
