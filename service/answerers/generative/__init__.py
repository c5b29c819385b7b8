"""Claims that a language model writes, each verified before it is shown."""

from service.answerers.generative.answerer import GenerativeAnswerer
from service.answerers.generative.prompts import Prompts, load_prompts
from service.answerers.generative.rewriting import Rewriting

__all__ = ["GenerativeAnswerer", "Prompts", "Rewriting", "load_prompts"]
