"""Claims that a language model writes, each verified before it is shown."""

from service.answers.written.answerer import GenerativeAnswerer
from service.answers.written.prompts import Prompts, load_prompts
from service.answers.written.rewriting import Rewriting

__all__ = ["GenerativeAnswerer", "Prompts", "Rewriting", "load_prompts"]
