"""Whether a claim that a language model wrote says no more than the words that it cites."""

from service.answers.written.checks.judge import CrossEncoderJudge, Judge, ReaderJudge
from service.answers.written.checks.quotes import find_quote
from service.answers.written.checks.verifier import Check, Source, Verifier

__all__ = ["Check", "CrossEncoderJudge", "Judge", "ReaderJudge", "Source", "Verifier", "find_quote"]
