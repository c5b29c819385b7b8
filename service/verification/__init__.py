"""Whether a claim that a language model wrote says no more than the words that it cites."""

from service.verification.judge import CrossEncoderJudge, Judge, ReaderJudge
from service.verification.quotes import find_quote
from service.verification.verifier import Check, Source, Verifier

__all__ = ["Check", "CrossEncoderJudge", "Judge", "ReaderJudge", "Source", "Verifier", "find_quote"]
