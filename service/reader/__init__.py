"""Which of the paragraphs found answers, with which sentences, and how surely: one narrow port, so that a trained
reader can take the place of the fitted features."""

from service.reader.port import Read, Reader, Reading, Sentence
from service.reader.reader import FittedReader

__all__ = ["FittedReader", "Read", "Reader", "Reading", "Sentence"]
